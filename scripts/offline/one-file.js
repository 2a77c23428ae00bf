// Opens the chapter that an address or a link leads into, and all of them at once.
(() => {
  "use strict"

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target) return
    target.querySelector(":scope > details")?.setAttribute("open", "")
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
    target.scrollIntoView()
  }
  const set = open => document.querySelectorAll(".chapter > details").forEach(fold => { fold.open = open })

  const all = document.querySelector(".whole__all")
  all.hidden = false
  all.querySelector("[data-open]").addEventListener("click", () => set(true))
  all.querySelector("[data-close]").addEventListener("click", () => set(false))
  addEventListener("hashchange", reveal)
  // A link to where the reader is already changes no address.
  addEventListener("click", ({ target }) => {
    if (target.closest("a")?.hash && target.closest("a").hash === location.hash) reveal()
  })
  reveal()
})()
