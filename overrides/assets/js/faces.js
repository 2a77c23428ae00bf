// Fonts come with the scripts, once the page has been painted; until then the system's stand in for them. Those of
// formulas are a quarter of what a page weighs; without scripts the page asks for them itself.
;(() => {
  "use strict"

  const { faces, serif } = document.currentScript.dataset
  if (faces) {
    const style = document.createElement("link")
    style.rel = "stylesheet"
    style.href = faces
    document.head.append(style)
  }

  /** @param {Element[]} titles */
  const heights = titles => titles.map(title => title.getBoundingClientRect().height)

  // The serif of titles. Nothing is to move when it comes: a title that would break into more or fewer lines keeps the
  // system's.
  const set = async () => {
    const names = ["Miaotui Serif", "Miaotui Serif Page"]
    // As high as the system's, in css/site/palette.css.
    const measures = { weight: "600", ascentOverride: "90%", descentOverride: "22%", lineGapOverride: "0%" }
    const made = serif.split(" ").map((way, at) => new FontFace(names[at], `url("${way}")`, measures))
    await Promise.all(made.map(face => face.load()))
    const titles = [...document.querySelectorAll(".md-content :is(h1, h2, .card h3)")]
    const before = heights(titles)
    for (const face of made) document.fonts.add(face)
    const after = heights(titles)
    titles.forEach((title, at) => title.classList.toggle("unset", before[at] !== after[at]))
    document.documentElement.classList.add("set")
  }
  // Without a network for a moment: the system's stay.
  if (serif) set().catch(() => {})
})()
