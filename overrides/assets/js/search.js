// The search: loads the index of the page's language once the search is opened, and mends queries.
//
// Material's bundle starts a worker with every page and sends it the whole index. It gets this
// stand-in instead, which starts the real worker, with our index, on the first opening.
(() => {
  "use strict"

  // The 404 page is one for both languages; its address tells the reader's.
  const { index, indexEn } = document.currentScript.dataset
  const indexUrl = indexEn && /\/en(\/|$)/.test(location.pathname) ? indexEn : index
  const Native = window.Worker
  if (!Native) return

  // "KV缓存" is two words; the worker only cuts between Chinese ones.
  const cut = query => query.normalize("NFKC")
    .replace(/(\p{sc=Han})(?=[\p{sc=Latn}\d])/gu, "$1 ")
    .replace(/([\p{sc=Latn}\d])(?=\p{sc=Han})/gu, "$1 ")

  // A Chinese keyword as the index has it whole: the hook writes the same letters for it.
  const whole = word => "han" + [...word].map(letter => letter.codePointAt(0).toString(16)).join("")

  // The worker takes every word for the beginning of one; the whole word counts more: 量化 before 量化感知训练.
  // A Latin word of five letters or more is also looked for with one letter wrong.
  const weigh = word => {
    if (/[+\-~^*:"]/.test(word)) return word
    if (/\p{sc=Han}/u.test(word)) return `${whole(word)}^1000 ${word}`
    return `${word}^1000 ${word}${/^[a-z]{5,}$/i.test(word) ? ` ${word}~1` : ""}`
  }

  // 如何量化, 第7题: the words of a question's form say nothing of which.
  const bare = query => query.replace(/^(?:如何|怎么|怎样|什么是)(?=.)/u, "").replace(/^第?\s*(\d+)\s*题$/u, "$1")
  const mend = query => bare(cut(query)).split(/\s+/).filter(Boolean).map(weigh).join(" ")

  const load = url => new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = url
    script.onload = () => resolve(window.miaotuiIndex)
    script.onerror = () => reject(new Error(url))
    document.head.append(script)
  })

  const opened = new Promise(resolve => {
    const look = event => {
      const { id, name } = event.target
      if (id === "__search" || name === "query") resolve()
    }
    document.addEventListener("change", look)
    document.addEventListener("focusin", look)
  })

  class SearchWorker extends EventTarget {
    constructor(url) {
      super()
      this.url = url
      this.waiting = []
    }

    async start({ options }) {
      await opened
      const index = await load(indexUrl)
      this.worker = new Native(this.url)
      this.worker.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })))
      this.worker.postMessage({ type: 0, data: { ...index, options } })
      this.waiting.splice(0).forEach(message => this.worker.postMessage(message))
    }

    postMessage({ type, data }) {
      if (type === 0) {
        this.start(data).catch(() => { /* the index is gone with the network: the search stays as it is */ })
        return
      }
      const message = { type, data: type === 2 ? mend(data) : data }
      if (this.worker) this.worker.postMessage(message)
      else this.waiting.push(message)
    }

    terminate() {
      this.worker?.terminate()
    }
  }

  window.Worker = function Worker(url, options) {
    return /\/workers\/search\./.test(url) ? new SearchWorker(url) : new Native(url, options)
  }
})()
