// The home page's search field; and on a question's page the note that it was the last one read.
;(() => {
  "use strict"

  const question = /** @type {HTMLElement | null} */ (document.querySelector(".question[data-number]"))
  if (question) window.miaotui.keep("miaotui.last", question.dataset.number)

  const bar = /** @type {HTMLElement | null} */ (document.querySelector(".home-tools"))
  if (!bar) return
  const open = document.getElementById("home-search")
  open.addEventListener("click", () =>
    /** @type {HTMLInputElement} */ (document.querySelector("input[name=query]")).focus()
  )
  bar.hidden = false
})()
