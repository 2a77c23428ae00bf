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
      made.onerror = () => {
        made.remove()
        failed(new Error(address))
      }
      document.head.append(made)
    })
  },

  // Whether the search is open: it may have been before the scripts were there.
  searching() {
    const toggle = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"))
    const focused = /** @type {HTMLInputElement | null} */ (document.activeElement)
    return toggle?.checked || focused?.name === "query"
  },

  // A browser that keeps nothing (cookies blocked, some file:// pages) still has a page that works: what would be kept
  // lasts as long as the page.
  unkept: new Map(),

  kept(key) {
    if (this.unkept.has(key)) return this.unkept.get(key)
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },

  keep(key, text) {
    try {
      localStorage.setItem(key, text)
      this.unkept.delete(key)
    } catch {
      this.unkept.set(key, text)
      this.tell()
    }
  },

  // Says once that nothing is kept.
  tell() {
    if (document.querySelector(".unkept")) return
    const told = document.createElement("p")
    told.className = "unkept"
    told.setAttribute("role", "status")
    told.textContent = this.words.unkept
    const tools = [".question__tools", ".contents__progress", ".reading-mode", "h1"]
    tools
      .map(name => document.querySelector(`article ${name}`))
      .find(Boolean)
      ?.after(told)
  }
}

window.miaotui.kept = window.miaotui.kept.bind(window.miaotui)
window.miaotui.keep = window.miaotui.keep.bind(window.miaotui)

try {
  localStorage.setItem("miaotui.probe", "")
  localStorage.removeItem("miaotui.probe")
} catch {
  window.miaotui.tell()
}
