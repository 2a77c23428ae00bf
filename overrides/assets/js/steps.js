// A stepped figure shows one still at a time, the one that its slider is at; without this script all of them stand, as
// they do on paper. Nothing moves by itself.
;(() => {
  "use strict"

  const { words } = window.miaotui

  /** @type {(stills: Element, pictures: Element[]) => void} */
  const step = (stills, pictures) => {
    const row = document.createElement("label")
    const slider = document.createElement("input")
    const place = document.createElement("span")
    row.className = "steps"
    slider.type = "range"
    slider.min = slider.value = "1"
    slider.max = String(pictures.length)
    slider.setAttribute("aria-label", words.step)
    // Heard from the slider, with the step's own sentence.
    place.setAttribute("aria-hidden", "true")
    row.append(slider, place)

    const show = () => {
      const at = slider.valueAsNumber
      pictures.forEach((picture, index) => picture.classList.toggle("still--shown", index + 1 === at))
      place.textContent = words.step_of.replace("{}", at).replace("{}", pictures.length)
      slider.setAttribute("aria-valuetext", `${place.textContent}: ${pictures[at - 1].getAttribute("aria-label")}`)
    }
    slider.addEventListener("input", show)
    // A reload keeps where a form's field stood.
    window.addEventListener("pageshow", show)
    show()
    stills.classList.add("stills--stepped")
    stills.after(row)
  }

  for (const stills of document.querySelectorAll(".stills")) step(stills, [...stills.children])
})()
