// What stands under the empty search field: the reader's last searches, and what people look for. And, once a result is
// opened, its search is kept: among the last ones, and in the address, so that going back returns to the results.
/** @type {(core: Searching.Core) => HTMLElement} */
var miaotuiStart = core => {
  "use strict"

  const LAST = 5
  const KEY = "miaotui.searches"
  const { kept, keep } = window.miaotui
  /** @type {HTMLInputElement} */
  const field = document.querySelector("[name=query]")
  const place = document.querySelector(".md-search-result")

  // Another page's script, or a reader, may have written something else there.
  /** @type {() => string[]} */
  const last = () => {
    try {
      /** @type {unknown[]} */
      const read = JSON.parse(kept(KEY) ?? "[]")
      return read.filter(words => typeof words === "string").slice(0, LAST)
    } catch {
      return []
    }
  }

  /** @param {string} words */
  const ask = words => {
    field.value = words
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
    field.focus()
  }

  /** @type {(title: string, all: string[]) => HTMLElement} */
  const list = (title, all) => {
    const made = document.createElement("section")
    const heading = document.createElement("h2")
    heading.textContent = title
    const row = document.createElement("ul")
    row.append(
      ...all.map(words => {
        const item = document.createElement("li")
        item.append(window.miaotui.button(words, () => ask(words)))
        return item
      })
    )
    made.append(heading, row)
    return made
  }

  const made = document.createElement("div")
  made.className = "search-start"
  const fill = () => {
    const [title, ...common] = core.common
    const mine = last()
    made.replaceChildren(...(mine.length ? [list(core.recent, mine)] : []), list(title, common))
  }
  fill()
  // Beside it: Material takes its last child for the list.
  place.after(made)

  // The address of a page that is opened from a file may not change in every browser.
  /** @type {(change: (asked: URLSearchParams) => void) => void} */
  const address = change => {
    const url = new URL(location.href)
    change(url.searchParams)
    try {
      if (url.href !== location.href) history.replaceState(history.state, "", url)
    } catch {
      /* it stays as it is */
    }
  }

  // Who opens a result leaves the search open behind, though Material closes it.
  let leaving = false
  addEventListener("pageshow", () => {
    leaving = false
  })
  place.addEventListener("click", ({ target }) => {
    const words = field.value.trim()
    if (!words || !(/** @type {Element} */ (target).closest("a"))) return
    keep(KEY, JSON.stringify([words, ...last().filter(other => other !== words)].slice(0, LAST)))
    address(asked => asked.set("q", words))
    leaving = true
    fill()
  })

  // Who closes the search has done with it.
  const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"))
  toggle.addEventListener("change", () => {
    if (!toggle.checked && !leaving) address(asked => asked.delete("q"))
  })
  return made
}
