// The search in the page: starts the worker, with the index of the page's language, once the search is opened.
//
// Material's bundle starts a worker with every page and sends it the whole index. It gets this stand-in instead.
(() => {
  "use strict"

  // The 404 page is one for both languages; its address tells the reader's, as lost.js has it.
  const { index, indexEn, worker } = document.currentScript.dataset
  const indexUrl = indexEn && /\/en(\/|$)/.test(location.pathname) ? indexEn : index
  // Not an address relative to the page: a worker's own is, and so is that of the frame it becomes on file://.
  const workerUrl = new URL(worker, document.baseURI).href
  const Native = window.Worker
  if (!Native) return

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

  // The key that ends a composition is the input method's, and no choice of a result. Safari sends it after the
  // composition has ended, where only its code tells.
  addEventListener("keydown", event => {
    if (event.target.name === "query" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation()
  }, { capture: true })

  // A page in a frame without an origin may start no worker of another address, but one of its own that fetches it.
  const started = () => {
    try {
      return new Native(workerUrl)
    } catch {
      const own = new Blob([`importScripts(${JSON.stringify(workerUrl)})`], { type: "text/javascript" })
      return new Native(URL.createObjectURL(own))
    }
  }

  class SearchWorker extends EventTarget {
    constructor() {
      super()
      this.waiting = []
    }

    async start({ options }) {
      await opened
      await window.miaotui.script(indexUrl)
      this.worker = started()
      this.worker.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })))
      this.worker.postMessage({ type: 0, data: { ...window.miaotuiIndex, options } })
      this.waiting.splice(0).forEach(message => this.worker.postMessage(message))
    }

    postMessage(message) {
      if (message.type === 0) {
        // Where the index is gone with the network the search stays as it is.
        this.start(message.data).catch(() => {})
        return
      }
      if (this.worker) this.worker.postMessage(message)
      else this.waiting.push(message)
    }

    terminate() {
      this.worker?.terminate()
    }
  }

  window.Worker = function Worker(url, options) {
    return /\/workers\/search\./.test(url) ? new SearchWorker() : new Native(url, options)
  }
})()
