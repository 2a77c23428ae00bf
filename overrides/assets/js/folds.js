// A folded part opens when a search leads to it: a result brings the words of the query that it has, and leads to the
// heading of its section. Linked to and printed, they open too, whether Material's bundle is there or not yet.
;(() => {
  "use strict"

  const headings = [...document.querySelectorAll(".md-content :is(h2, h3, h4, h5, h6)[id]")]
  /** @type {(one: Element, fold: Element) => number} */
  const above = (one, fold) => one.compareDocumentPosition(fold) & Node.DOCUMENT_POSITION_FOLLOWING
  /** @param {Element} fold */
  const section = fold => headings.filter(one => above(one, fold)).at(-1)

  /** @returns {NodeListOf<HTMLDetailsElement>} */
  const closed = () => document.querySelectorAll(".md-content details:not([open])")

  const look = () => {
    const words = new URLSearchParams(location.search).get("h")?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
    for (const fold of closed()) {
      const text = fold.textContent.toLowerCase()
      const led = `#${section(fold)?.id}` === location.hash
      if (led && words.some(word => text.includes(word))) fold.open = true
    }
  }
  const lead = () => {
    const [, id] = location.hash.split("#")
    const target = id && document.getElementById(id)
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
    if (target?.closest("details")) target.scrollIntoView()
    look()
  }
  lead()
  window.addEventListener("hashchange", lead)

  /** @type {HTMLDetailsElement[]} */
  let printed = []
  window.addEventListener("beforeprint", () => {
    printed = [...closed()]
    for (const fold of printed) fold.open = true
  })
  window.addEventListener("afterprint", () => {
    for (const fold of printed) fold.open = false
  })
})()
