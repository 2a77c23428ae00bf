// Fonts come with the scripts, once the page has been painted; until then the system's stand in for them. Those of
// formulas are a quarter of what a page weighs; without scripts the page asks for them itself.
;(() => {
  "use strict"

  const TITLES = ".md-content :is(h1, h2, h3, .question__number, #three-numbers + ul strong)"
  const { faces } = document.currentScript.dataset
  if (faces) window.miaotui.style(faces)

  /** @param {Element[]} titles */
  const heights = titles => titles.map(title => title.getBoundingClientRect().height)

  // The serif of titles, which the page has named (overrides/main.html). Nothing is to move when it comes: a title that
  // would break into more or fewer lines keeps the system's.
  const set = async () => {
    const named = [...document.fonts].filter(face => face.family.includes("Miaotui Serif"))
    await Promise.all(named.map(face => face.load()))
    const titles = [...document.querySelectorAll(TITLES)].filter(one =>
      getComputedStyle(one).fontFamily.includes("Songti")
    )
    const before = heights(titles)
    for (const title of titles) title.classList.add("serif")
    const after = heights(titles)
    titles.forEach((title, at) => title.classList.toggle("serif", before[at] === after[at]))
    document.documentElement.classList.add("set")
  }
  // Without a network for a moment: the system's stay.
  set().catch(() => {})
})()
