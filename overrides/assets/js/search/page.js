// The search in the page: fetches the engine and the small index once the search is opened; fetching.js goes on.
//
// Material's bundle asks a worker, which it starts with every page. It gets this stand-in instead, which speaks as
// Material's does: 0 sets it up, 1 says that it is ready, 2 is a query, 3 its results.
;(() => {
  "use strict"

  // The 404 page is one for both languages; its address tells the reader's, as lost.js has it.
  const { index, indexEn, engine } = document.currentScript.dataset
  const indexUrl = indexEn && /\/en(\/|$)/.test(location.pathname) ? indexEn : index
  const Native = window.Worker
  if (!Native) return

  /** @type {Promise<void>} */
  const opened = new Promise(resolve => {
    /** @param {Event} event */
    const look = ({ target }) => {
      const { id, name } = /** @type {HTMLInputElement} */ (target)
      if (id === "__search" || name === "query") resolve()
    }
    document.addEventListener("change", look)
    document.addEventListener("focusin", look)
    if (window.miaotui.searching()) resolve()
  })

  // The engine and the core come side by side, and wait for neither each other nor Material's bundle.
  /** @type {Searching.Came[]} */
  const came = []
  window.miaotuiPiece = (...piece) => came.push(piece)
  /** @type {Promise<Searching.Came[]> | undefined} */
  let loading
  const ready = () =>
    (loading ??= Promise.all([engine, indexUrl].map(url => window.miaotui.script(url)))
      .then(() => came)
      .catch(error => {
        loading = undefined
        throw error
      }))

  // The search itself, which shows what it finds once Material's bundle is there to take it.
  /** @type {Searching.Show} */
  let show = () => {}
  /** @type {Promise<Searching.Query> | undefined} */
  let started
  // Where the network was gone for a moment, the next key asks again.
  /** @type {() => undefined} */
  const failed = () => (started = undefined)
  const search = () =>
    (started ??= ready()
      .then(early => window.miaotuiSearch(indexUrl, early, items => show(items)))
      .catch(failed))
  opened.then(search)
  // Material's bundle asks for its own index, an empty one, before it takes a query: a turn of the network, saved where
  // the browser has it by then. A page opened from file:// may not fetch, and has it as a script.
  if (location.protocol !== "file:")
    opened.then(() => fetch(indexUrl.replace(/[^/]*$/, "search_index.json")).catch(() => {}))

  // Once nothing else is to do, and where the reader's connection is no slow or dear one, what every search needs.
  const QUIET = 3000
  const connection = navigator.connection
  const early = () => ready().catch(() => {})
  const idle = window.requestIdleCallback ?? setTimeout
  if (!connection?.saveData && (connection?.effectiveType ?? "4g") === "4g") {
    const wait = () => setTimeout(() => idle(early), QUIET)
    // Our scripts are fetched once the page has been painted, and the page may have loaded by then.
    if (document.readyState === "complete") wait()
    else addEventListener("load", wait)
  }

  // Material looks at the field when a key comes up, and a paste by touch, a dictated word or one put together from
  // pinyin brings none.
  document.addEventListener("input", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target)
    if (field.name !== "query") return
    field.dispatchEvent(new KeyboardEvent("keyup"))
    search().then(query => query?.warm(field.value))
  })

  // The key that ends a composition is the input method's, and no choice of a result. Safari sends it after the
  // composition has ended, where only its code tells.
  /** @param {KeyboardEvent} event */
  const press = event => {
    const composing = event.isComposing || event.keyCode === 229
    const { name } = /** @type {HTMLInputElement} */ (event.target)
    if (name === "query" && composing) event.stopImmediatePropagation()
  }
  addEventListener("keydown", press, { capture: true })

  class Search extends EventTarget {
    /** @type {(type: number, data?: object) => void} */
    tell(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }))
    }

    /** @param {Searching.Message} message */
    postMessage({ type, data }) {
      show = items => this.tell(3, { items })
      const started = opened.then(search)
      if (type === 0) started.then(() => this.tell(1))
      if (type === 2) started.then(query => query?.(data))
    }

    terminate() {
      /* nothing runs */
    }
  }

  /** @type {(url: string | URL, options?: WorkerOptions) => Worker | Search} */
  const asked = function Worker(url, options) {
    return /\/workers\/search\./.test(String(url)) ? new Search() : new Native(url, options)
  }
  window.Worker = /** @type {any} */ (asked)
})()
