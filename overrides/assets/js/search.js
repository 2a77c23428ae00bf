// The search: loads the index of the page's language once the search is opened, and mends queries.
//
// Material's bundle starts a worker with every page and sends it the whole index. It gets this
// stand-in instead, which starts the real worker, with our index, on the first opening.
(() => {
  "use strict"

  // The 404 page is one for both languages; its address tells the reader's, as lost.js has it.
  const { index, indexEn } = document.currentScript.dataset
  const indexUrl = indexEn && /\/en(\/|$)/.test(location.pathname) ? indexEn : index
  const Native = window.Worker
  if (!Native) return

  // "KV缓存" is two words; the worker only cuts between Chinese ones.
  const cut = query => query.normalize("NFKC")
    .replace(/(\p{sc=Han})(?=[\p{sc=Latn}\d])/gu, "$1 ")
    .replace(/([\p{sc=Latn}\d])(?=\p{sc=Han})/gu, "$1 ")

  // A name as the index has it whole: the hook's key() writes the same.
  const key = units => `§${units.join("").replace(/\p{sc=Han}/gu, letter => letter.codePointAt(0).toString(16))}`

  // The more a name has of the query, the more it counts; a Latin word is worth three Chinese letters.
  const weight = units => 1000 * units.reduce((sum, unit) => sum + Math.min(unit.length, 3), 0)

  // The names of questions that are in a query, the longest from each place: 量化感知训练 is not 量化.
  // A query that is no name may be one with a letter wrong.
  const named = (query, names) => {
    const units = query.normalize("NFKC").toLowerCase().match(/\p{sc=Han}|[a-z\d]+/gu) ?? []
    const found = []
    for (let from = 0; from < units.length; from++) {
      for (let to = units.length; to > from; to--) {
        const part = units.slice(from, to)
        if (!names.has(key(part))) continue
        found.push(`${key(part)}^${weight(part)}`)
        from = to - 1
      }
    }
    const whole = key(units)
    return names.has(whole) || !/^§[a-z]{5,}$/.test(whole) ? found : [...found, `${whole}~1^${weight(units)}`]
  }

  // The worker takes every word for the beginning of one; the whole word counts more. A Latin word of five letters
  // or more is also looked for with one letter wrong.
  const weigh = word => /[+\-~^*:"]|\p{sc=Han}/u.test(word) ? word
    : `${word}^1000 ${word}${/^[a-z]{5,}$/i.test(word) ? ` ${word}~1` : ""}`

  const mend = (query, names) => {
    const words = cut(query).split(/\s+/).filter(Boolean)
    return [...named(query, names), ...words.map(weigh)].join(" ")
  }

  // The worker tells of each result which terms it lacks, and the page shows them: only those that were typed.
  const tidy = message => {
    message.data?.items?.flat().forEach(({ terms }) => {
      Object.keys(terms).filter(term => /^§|\*$/.test(term)).forEach(term => delete terms[term])
    })
    return message
  }

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
      this.names = new Set(index.docs.flatMap(doc => doc.keys?.split(" ") ?? []))
      this.worker = new Native(this.url)
      this.worker.addEventListener("message", ({ data }) => {
        this.dispatchEvent(new MessageEvent("message", { data: tidy(data) }))
      })
      this.worker.postMessage({ type: 0, data: { ...index, options } })
      this.waiting.splice(0).forEach(message => this.postMessage(message))
    }

    postMessage({ type, data }) {
      if (type === 0) {
        this.start(data).catch(() => { /* the index is gone with the network: the search stays as it is */ })
        return
      }
      if (this.worker) this.worker.postMessage({ type, data: type === 2 ? mend(data, this.names) : data })
      else this.waiting.push({ type, data })
    }

    terminate() {
      this.worker?.terminate()
    }
  }

  window.Worker = function Worker(url, options) {
    return /\/workers\/search\./.test(url) ? new SearchWorker(url) : new Native(url, options)
  }
})()
