// A topic's cards in one of two ways, remembered: the 60-second answers folded for a self-test, or open to be read.
;(() => {
  "use strict"

  const { words, button, kept, keep } = window.miaotui
  const mode = document.querySelector(".reading-mode")
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const folds = document.querySelectorAll(".card details")
  if (!mode || !folds.length) return

  const KEY = "miaotui.self-test"
  /** @type {[string, boolean][]} */
  const modes = [
    [words.self_test, true],
    [words.read, false]
  ]
  const choices = modes.map(([label, folded]) => {
    const made = button(label, () => {
      keep(KEY, folded ? "1" : "0")
      show(folded)
    })
    mode.append(made)
    return /** @type {const} */ ([folded, made])
  })
  /** @param {boolean} folded */
  const show = folded => {
    for (const fold of folds) fold.open = !folded
    for (const [its, made] of choices) made.setAttribute("aria-pressed", its === folded)
  }
  show(kept(KEY) !== "0")
})()
