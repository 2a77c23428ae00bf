// The search in the page: fetches the engine and the small index once the search is opened, and, for what is asked,
// the pieces that have its words and the texts of what was found.
//
// Material's bundle asks a worker, which it starts with every page. It gets this stand-in instead, which speaks as
// Material's does: 0 sets it up, 1 says that it is ready, 2 is a query, 3 its results.
(() => {
  "use strict"

  // The 404 page is one for both languages; its address tells the reader's, as lost.js has it.
  const { index, indexEn, engine } = document.currentScript.dataset
  const indexUrl = indexEn && /\/en(\/|$)/.test(location.pathname) ? indexEn : index
  const Native = window.Worker
  if (!Native) return

  // Results come at once; where the words of the texts are longer on their way, what the small index tells comes first.
  const PATIENCE = 250
  // Whose texts are fetched for an excerpt.
  const SEEN = 6

  const opened = new Promise(resolve => {
    const look = event => {
      const { id, name } = event.target
      if (id === "__search" || name === "query") resolve()
    }
    document.addEventListener("change", look)
    document.addEventListener("focusin", look)
    if (window.miaotui.searching()) resolve()
  })

  // Material looks at the field when a key comes up, and a paste by touch, a dictated word or one put together from
  // pinyin brings none.
  document.addEventListener("input", ({ target }) => {
    if (target.name === "query") target.dispatchEvent(new KeyboardEvent("keyup"))
  })

  // The Enter that ends a word put together from pinyin opens no result; Safari tells of it once the word is there.
  addEventListener("keydown", event => {
    if (event.target.name === "query" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation()
  }, { capture: true })

  // The pieces by their names, each fetched once; one that did not come is asked for again.
  const pieces = new Map()
  const came = new Map()
  window.miaotuiPiece = (name, value) => came.set(name, value)
  const base = indexUrl.replace(/[^/]*$/, "")
  const piece = name => {
    if (!pieces.has(name)) {
      const coming = window.miaotui.script(`${base}${name}.js`).then(() => came.get(name))
      coming.catch(() => pieces.delete(name))
      pieces.set(name, coming)
    }
    return pieces.get(name)
  }

  const code = indexUrl.match(/([^/]*)\.js$/)[1]
  const begin = async () => {
    const [small] = await Promise.all([piece(code), window.miaotui.script(engine)])
    return window.miaotuiEngine.load(small)
  }

  const learned = new Set()
  // Fetches the words of a query; whether any had to come.
  const words = async (asked, known) => {
    const wanted = ["sounds", ...window.miaotuiEngine.pieces(asked, known).map(at => `w${at}`)].filter(name => !learned.has(name))
    await Promise.all(wanted.map(async name => {
      const value = await piece(`${code}/${name}`)
      if (learned.has(name)) return
      learned.add(name)
      if (name === "sounds") window.miaotuiEngine.hear(known, value)
      else window.miaotuiEngine.learn(known, value)
    }))
    return wanted.length > 0
  }
  const texts = (found, known) => Promise.all(found.slice(0, SEEN).map(async ({ page }) => {
    if (page.size && !known.texts.has(page.at)) known.texts.set(page.at, await piece(`${code}/t${page.at}`))
  }))

  const field = () => document.querySelector("input[name=query]")
  const list = () => document.querySelector(".md-search-result")
  const later = time => new Promise(resolve => { setTimeout(resolve, time) })

  class Search extends EventTarget {
    tell(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }))
    }

    // Where the network was gone for a moment, the next key asks again.
    start() {
      this.started ??= opened.then(begin).then(known => { this.known = known }).catch(() => { this.started = undefined })
      return this.started
    }

    // What is found for the query, with what is there by now.
    find(query) {
      const asked = miaotuiQuery.asks(query, this.known)
      return { asked, found: miaotuiEngine.search(asked, query, this.known) }
    }

    show(query) {
      const { asked, found } = this.find(query)
      this.tell(3, { items: miaotuiResults.items(found, asked, query, this.known) })
    }

    async query(query) {
      this.last = query
      await this.start()
      if (this.last !== query || !this.known) return
      if (!query.trim()) { this.tell(3, { items: [] }); return }
      list().setAttribute("aria-busy", "true")
      const current = () => this.last === query
      const whole = this.whole(query).catch(() => { /* without a network the small index has to do */ })
      await Promise.race([whole, later(PATIENCE)])
      if (current() && list().getAttribute("aria-busy")) this.show(query)
      await whole
      // Who has gone on to a result keeps the list as it is.
      if (current() && list().contains(document.activeElement) === false) this.show(query)
      if (current()) list().removeAttribute("aria-busy")
    }

    // Fetches what the query asks for: its words, those that sound like them, and the texts of what they bring.
    async whole(query) {
      while (await words(miaotuiQuery.asks(query, this.known), this.known)) { /* sounds may bring further words */ }
      await texts(this.find(query).found, this.known)
    }

    postMessage({ type, data }) {
      if (type === 0) this.start().then(() => this.tell(1))
      if (type === 2) this.query(data)
    }

    terminate() { /* nothing runs */ }
  }

  window.Worker = function Worker(url, options) {
    return /\/workers\/search\./.test(url) ? new Search() : new Native(url, options)
  }
})()
