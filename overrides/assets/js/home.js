// The home page's search field and its random question.
;(() => {
  "use strict"

  const bar = /** @type {HTMLElement | null} */ (document.querySelector(".home-tools"))
  if (!bar) return
  const open = document.getElementById("home-search")
  open.addEventListener("click", () =>
    /** @type {HTMLInputElement} */ (document.querySelector("input[name=query]")).focus()
  )

  const links = [
    .../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".contents [data-question]"))
  ]
  const random = document.getElementById("home-random")
  random.addEventListener("click", () => {
    location.href = links[Math.floor(Math.random() * links.length)].href
  })
  bar.hidden = false
})()
