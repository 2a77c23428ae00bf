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

  // Settles once the script has run; where the network is gone it fails, and may be asked for again.
  script(address) {
    return new Promise((loaded, failed) => {
      const made = document.createElement("script")
      made.src = address
      made.onload = loaded
      made.onerror = () => { made.remove(); failed(new Error(address)) }
      document.head.append(made)
    })
  },

  // Whether the search is open: it may have been before the scripts were there.
  searching() {
    return document.getElementById("__search")?.checked || document.activeElement?.name === "query"
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
