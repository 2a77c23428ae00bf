// What our scripts share: their words in the page's language, buttons, and what the browser keeps. Loaded before them.
window.miaotui = {
  words: JSON.parse(document.getElementById("miaotui-words").textContent),

  button(label, act) {
    const made = document.createElement("button")
    made.type = "button"
    made.textContent = label
    made.addEventListener("click", () => act(made))
    return made
  },

  // A browser that keeps nothing (private windows, some file:// pages) still has a page that works.
  kept(key) {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },

  keep(key, text) {
    try {
      localStorage.setItem(key, text)
    } catch { /* it lasts as long as the page */ }
  }
}

// A formula wider than a phone scrolls by itself; the keyboard reaches it where it does.
;(() => {
  "use strict"

  const reach = () => {
    for (const formula of document.querySelectorAll("div.formula")) {
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0
      else formula.removeAttribute("tabindex")
    }
  }
  reach()
  window.addEventListener("resize", reach)
})()
