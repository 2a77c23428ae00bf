// The strip of a question's parts, which stays on top of a phone's screen: the part that is read is marked, and in sight.
;(() => {
  "use strict"

  const strip = /** @type {HTMLElement | null} */ (document.querySelector(".strip"))
  if (!strip) return
  const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (strip.querySelectorAll("a"))]
  const parts = links.map(link => document.getElementById(link.hash.slice(1)))
  /** @type {HTMLAnchorElement | undefined} */
  let marked

  const mark = () => {
    const { bottom, height } = strip.getBoundingClientRect()
    if (!height) return
    const passed = parts.filter(part => part.getBoundingClientRect().top <= bottom + 24).length
    const now = links[Math.max(passed, 1) - 1]
    if (now === marked) return
    marked?.removeAttribute("aria-current")
    now.setAttribute("aria-current", "true")
    marked = now
    // Along the strip alone: the page stays where the reader is.
    strip.firstElementChild.scrollLeft = now.offsetLeft - (strip.clientWidth - now.offsetWidth) / 2
  }
  let waiting = false
  const soon = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      mark()
    })
  }
  addEventListener("scroll", soon, { passive: true })
  addEventListener("resize", soon)
  mark()
})()
