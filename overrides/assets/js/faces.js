// The letters of formulas come with the scripts, once the page has been painted: they are a quarter of what it weighs,
// and until then the system's stand in for them. Without scripts the page asks for them itself.
;(() => {
  "use strict"

  const { faces } = document.currentScript.dataset
  if (!faces) return
  const style = document.createElement("link")
  style.rel = "stylesheet"
  style.href = faces
  document.head.append(style)
})()
