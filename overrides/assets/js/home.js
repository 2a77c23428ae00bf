// The home page's search field and its random question.
;(() => {
  "use strict"

  const bar = /** @type {HTMLElement | null} */ (document.querySelector(".home-tools"))
  if (!bar) return
  const open = document.getElementById("home-search")
  const field = () => /** @type {HTMLInputElement} */ (document.querySelector("input[name=query]"))
  open.addEventListener("click", () => field().focus())

  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".contents [data-question]")
  const random = document.getElementById("home-random")
  random.addEventListener("click", () => {
    location.href = links[Math.floor(Math.random() * links.length)].href
  })
  bar.hidden = false
})()
