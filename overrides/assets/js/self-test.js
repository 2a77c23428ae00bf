// A topic page read in one of two ways, remembered: answers open, or folded for a self-test.
;(() => {
  "use strict"

  const { words, button, kept, keep } = window.miaotui
  if (!document.getElementById("topic")) return
  const headings = [...document.querySelectorAll(".md-content h2[id^=q]")].filter(({ id }) => /^q\d+$/.test(id))
  if (!headings.length) return

  const KEY = "miaotui.self-test"

  const folds = headings.map(heading => {
    const fold = document.createElement("details")
    const summary = document.createElement("summary")
    summary.textContent = words.answer
    fold.className = "fold"
    fold.append(summary)
    const first = heading.nextElementSibling
    while (first.nextElementSibling && first.nextElementSibling.tagName !== "H2") fold.append(first.nextElementSibling)
    first.after(fold)
    return fold
  })

  const aim = () => {
    const target = document.getElementById(location.hash.slice(1))
    if (!target) return
    const fold = folds[headings.indexOf(target)]
    if (fold) fold.open = true
  }

  const mode = document.createElement("p")
  mode.className = "reading-mode"
  /** @type {[string, boolean][]} */
  const modes = [
    [words.read, false],
    [words.self_test, true]
  ]
  const choices = modes.map(([label, folded]) => {
    const made = button(label, () => {
      keep(KEY, folded ? "1" : "0")
      show(folded)
    })
    mode.append(made)
    return made
  })
  /** @param {boolean} folded */
  const show = folded => {
    document.documentElement.classList.toggle("self-test", folded)
    folds.forEach(fold => {
      fold.open = !folded
    })
    choices.forEach((made, index) => made.setAttribute("aria-pressed", Boolean(index) === folded))
  }
  headings[0].before(mode)
  show(kept(KEY) === "1")
  aim()
  window.addEventListener("hashchange", aim)
})()
