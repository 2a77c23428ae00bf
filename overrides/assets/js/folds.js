// Folded parts open where they are wanted: linked to, brought by a search, printed. Loaded after what makes folds.
(() => {
  "use strict"

  const headings = [...document.querySelectorAll(".md-content :is(h2, h3, h4, h5, h6)[id]")]
  const closed = () => [...document.querySelectorAll(".md-content details:not([open])")]

  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)))
    } catch {
      return null
    }
  }

  // A result of the search leads to the heading of a section, and brings the words of the query that it has.
  const found = (fold, place) => {
    const words = new URLSearchParams(location.search).get("h")?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
    const above = headings.filter(one => one.compareDocumentPosition(fold) & Node.DOCUMENT_POSITION_FOLLOWING)
    const text = fold.textContent.toLowerCase()
    return above.at(-1) === place && words.some(word => text.includes(word))
  }

  const aim = () => {
    const place = target()
    const wanted = place ? closed().filter(fold => fold.contains(place) || found(fold, place)) : []
    wanted.forEach(fold => { fold.open = true })
    if (wanted.length) place.scrollIntoView()
  }
  aim()
  window.addEventListener("hashchange", aim)

  // Browsers that know ::details-content print closed folds by the style alone; this is for the others.
  let opened = []
  window.addEventListener("beforeprint", () => {
    opened = closed()
    opened.forEach(fold => { fold.open = true })
  })
  window.addEventListener("afterprint", () => opened.forEach(fold => { fold.open = false }))
})()
