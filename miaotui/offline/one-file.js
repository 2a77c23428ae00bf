// Opens the chapter that an address or a link leads into, and all of them at once; lets what is wide be scrolled.
;(() => {
  "use strict"

  // What an app cut off may be no address at all: "%E0" alone is half a letter.
  const asked = () => {
    try {
      return decodeURIComponent(location.hash.slice(1))
    } catch {
      return ""
    }
  }
  const reveal = () => {
    const target = document.getElementById(asked())
    if (!target) return
    target.querySelector(":scope > details")?.setAttribute("open", "")
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
    target.scrollIntoView()
  }
  /** @param {boolean} open */
  const set = open =>
    document.querySelectorAll(".chapter > details").forEach(fold => fold.toggleAttribute("open", open))

  // What is wider than its column scrolls by the keyboard too, once it is seen. To ask what is folded for its width
  // would lay all of the file out.
  /** @param {Element} fold */
  const reach = fold =>
    fold.querySelectorAll("div.formula, .md-typeset__scrollwrap").forEach(box => {
      if (!box.closest("details:not([open])") && box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0")
    })

  /** @type {HTMLElement} */
  const all = document.querySelector(".whole__all")
  all.hidden = false
  all.querySelector("[data-open]").addEventListener("click", () => set(true))
  all.querySelector("[data-close]").addEventListener("click", () => set(false))
  addEventListener("hashchange", reveal)
  addEventListener("toggle", ({ target }) => reach(/** @type {Element} */ (target)), { capture: true })
  // A link to where the reader is already changes no address.
  addEventListener("click", ({ target }) => {
    const hash = /** @type {Element} */ (target).closest("a")?.hash
    if (hash && hash === location.hash) reveal()
  })
  reveal()
  reach(document.body)
})()
