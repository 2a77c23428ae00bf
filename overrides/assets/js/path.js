// The learning path that the reader chose on the home page: kept in this browser, followed at the foot of every page.
;(() => {
  "use strict"

  const { words, button, kept, keep } = window.miaotui
  const KEY = "miaotui.path"
  let chosen = kept(KEY)

  /** @param {"prev" | "next"} rel */
  const follow = rel => {
    const links = [
      .../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(`.ways [rel=${rel}][data-path]`))
    ]
    // One way on: along the path that was chosen, or along the first one.
    const mine = links.find(link => link.dataset.path === chosen) ?? links[0]
    for (const link of links) link.hidden = link !== mine
    // Material's keys p and n go where the head says.
    if (mine) document.querySelector(`link[rel=${rel}]`)?.setAttribute("href", mine.href)
  }

  const boxes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".path[data-path]"))]
  const choices = boxes.map(box => {
    const { path } = box.dataset
    const made = button(words.follow, () => {
      chosen = chosen === path ? "" : path
      keep(KEY, chosen)
      show()
    })
    made.id = `follow-${path}`
    made.setAttribute("aria-labelledby", `${made.id} ${path}`)
    box.querySelector(".path__name").append(made)
    return /** @type {const} */ ([path, made])
  })

  const show = () => {
    choices.forEach(([path, made]) => made.setAttribute("aria-pressed", path === chosen))
    follow("prev")
    follow("next")
  }
  show()
  window.addEventListener("pageshow", () => {
    chosen = kept(KEY) ?? chosen
    show()
  })
})()
