// The home page's search field.
;(() => {
  "use strict"

  const bar = /** @type {HTMLElement | null} */ (document.querySelector(".home-tools"))
  if (!bar) return
  const open = document.getElementById("home-search")
  open.addEventListener("click", () =>
    /** @type {HTMLInputElement} */ (document.querySelector("input[name=query]")).focus()
  )
  bar.hidden = false
})()
