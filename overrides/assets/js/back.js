// Who follows a link comes back to it: a page that is loaded again has forgotten which folds were open, and its letters
// come later than the place that the browser looks for.
;(() => {
  "use strict"

  /** @param {string} href */
  const same = href =>
    [...document.querySelectorAll(".md-content a")].filter(link => link.getAttribute("href") === href)
  /** @param {[string, number]} [left] */
  const note = left => {
    try {
      history.replaceState({ ...history.state, left }, "")
    } catch {
      /* some browsers keep the entry of a file as it is */
    }
  }

  document.addEventListener("click", event => {
    const { button, ctrlKey, metaKey, shiftKey, target } = event
    const link = /** @type {Element} */ (target).closest?.("a[href]")
    if (!link || button || ctrlKey || metaKey || shiftKey) return
    const href = link.getAttribute("href")
    const place = href.startsWith("#") ? -1 : same(href).indexOf(link)
    note(place < 0 ? undefined : [href, place])
  })

  /** @type {[string, number] | undefined} */
  const left = history.state?.left
  if (!left) return
  note()
  const [{ type } = {}] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"))
  const link = same(left[0])[left[1]]
  if (type !== "back_forward" || !link) return
  for (let fold = link.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
  let moved = false
  for (const name of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(name, () => (moved = true), { once: true, passive: true })
  const show = () => {
    const { top, bottom } = link.getBoundingClientRect()
    const under = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0
    if (!moved && (top < under || bottom > innerHeight)) link.scrollIntoView({ block: "center" })
  }
  // The browser goes to the place it remembers once all is loaded; formulas and titles change their letters after that.
  addEventListener("load", () => setTimeout(show, 50))
  document.fonts.addEventListener("loadingdone", show)
})()
