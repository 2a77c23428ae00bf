// The palette that a reader chooses: three boxes, each with the label that says so and leads to the next one. The bundle
// would do this too, and have the style of the whole page worked out three times as it comes: between a reader and the
// first result of a search. So the form is kept from it. partials/javascripts/palette.html has painted the page by now.
;(() => {
  "use strict"

  const { dataset } = document.body
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = document.querySelectorAll("[name=__palette]")
  /** @param {number} [index] */
  const paint = index => {
    // At once, and not by and by as the colours of links change.
    dataset.mdColorSwitching = ""
    window.miaotuiPaint(index)
    setTimeout(() => delete dataset.mdColorSwitching)
  }
  for (const [index, box] of boxes.entries()) {
    box.addEventListener("change", () => {
      __md_set("__palette", { index })
      paint(index)
    })
    box.addEventListener("keydown", event => {
      if (event.key !== "Enter") return
      event.preventDefault()
      const next = boxes[index + 1] ?? boxes[0]
      next.click()
      next.focus()
    })
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint())
})()
