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
