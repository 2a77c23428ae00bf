// What our scripts share: their words in the page's language, buttons, and what the browser keeps. Loaded before them.
window.miaotui = {
  words: JSON.parse(document.getElementById("miaotui-words").textContent),

  src: /** @type {HTMLScriptElement} */ (document.currentScript).src,

  button(label, act) {
    const made = document.createElement("button")
    made.type = "button"
    made.textContent = label
    made.addEventListener("click", () => act(made))
    return made
  },

  // A chat's own view of the web saves no file, and takes no blob: address.
  inApp: /MicroMessenger|\bQQ\/|Weibo|DingTalk|; wv\)/.test(navigator.userAgent),

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

  // What is seldom said comes when it is.
  async seldom() {
    const { script, src } = window.miaotui
    if (!window.miaotuiSeldom) await script(new URL(`seldom-${document.documentElement.lang}.js`, src).href)
    return window.miaotuiSeldom
  },

  style(address) {
    const made = document.createElement("link")
    made.rel = "stylesheet"
    made.href = address
    document.head.append(made)
  },

  // Whether the search is open: it may have been before the scripts were there.
  searching() {
    return (
      /** @type {HTMLInputElement | null} */ (document.getElementById("__search"))?.checked ||
      /** @type {HTMLInputElement | null} */ (document.activeElement)?.name === "query"
    )
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

  // Whether it is kept for longer than the page.
  keep(key, text) {
    try {
      localStorage.setItem(key, text)
      this.unkept.delete(key)
      return true
    } catch {
      this.unkept.set(key, text)
      this.tell("unkept")
      return false
    }
  },

  // Says once what a reader has to know of what is kept.
  async tell(word, more) {
    const said = await this.seldom().catch(() => {})
    if (!said || document.querySelector(`.unkept[data-told=${word}]`)) return
    const told = document.createElement("p")
    told.className = "unkept"
    told.dataset.told = word
    told.setAttribute("role", "status")
    told.append(said[word])
    if (more) told.append(" ", more(said))
    const tools = [".question__tools", ".contents__progress", ".reading-mode", "h1"]
    const place = tools.map(name => document.querySelector(`article ${name}`)).find(Boolean)
    place?.after(told)
  },

  // Gives the reader a file.
  save(made, name, type) {
    const { inApp, seldom } = window.miaotui
    if (inApp) {
      seldom().then(said => alert(said.outside))
      return
    }
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([made], { type }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }
}

window.miaotui.kept = window.miaotui.kept.bind(window.miaotui)
window.miaotui.keep = window.miaotui.keep.bind(window.miaotui)
window.miaotui.tell = window.miaotui.tell.bind(window.miaotui)

try {
  localStorage.setItem("miaotui.probe", "")
  localStorage.removeItem("miaotui.probe")
} catch {
  window.miaotui.tell("unkept")
}

if (window.miaotui.inApp) {
  const taken = document.querySelector("a[download]")
  if (taken) {
    window.miaotui.seldom().then(said => {
      const told = document.createElement("p")
      told.setAttribute("role", "status")
      told.textContent = said.outside
      taken.closest("p, div").before(told)
    })
  }
}
