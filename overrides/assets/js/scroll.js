// What is wider than the page scrolls by itself; here the keyboard reaches it too.
;(() => {
  "use strict"

  /** @param {HTMLElement} box */
  const mark = box => {
    const wide = box.scrollWidth > box.clientWidth
    if (wide === box.hasAttribute("tabindex")) return
    if (wide) box.tabIndex = 0
    else box.removeAttribute("tabindex")
  }
  /** @returns {NodeListOf<HTMLElement>} */
  const boxes = () => document.querySelectorAll(".md-content :is(div.formula, .md-typeset__scrollwrap, pre > code)")
  const markAll = () => boxes().forEach(mark)
  // Material takes code out of the tab key's order where nothing hovers: a phone may have a keyboard too.
  const kept = new MutationObserver(changes =>
    changes.forEach(({ target }) => mark(/** @type {HTMLElement} */ (target)))
  )
  for (const code of document.querySelectorAll(".md-content pre > code"))
    kept.observe(code, { attributeFilter: ["tabindex"] })

  markAll()
  // The letters of formulas are wider or narrower than those that stood in for them.
  document.fonts.addEventListener("loadingdone", markAll)
  window.addEventListener("resize", markAll)
  document.addEventListener("toggle", markAll, true)
})()
