// The offer to keep the site in the browser, on the page that has it. Nothing of it is asked for before the reader says
// so: neither the worker, stays-worker.js, nor the list of what there is.
;(() => {
  "use strict"

  const box = /** @type {HTMLElement | null} */ (document.getElementById("stays"))
  if (!box?.dataset.sizes) return
  const { button, kept } = window.miaotui
  /** @type {Record<string, string>} */
  const said = JSON.parse(document.getElementById("stays-words").textContent)
  /** @type {Stays.Sizes} */
  const sizes = JSON.parse(box.dataset.sizes)
  const root = new URL(box.dataset.root, location.href).href
  const code = box.dataset.language
  const codes = Object.keys(sizes).filter(name => !["shared", "page"].includes(name))
  // A worker that tells nothing for so long was ended by the browser.
  const SILENT = 60_000

  /** @param {string} text @param {Record<string, string | number>} values */
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
  /** @param {number} bytes */
  const mega = bytes => (bytes / 1e6).toFixed(1)
  /** @param {string[]} groups @param {0 | 1} which */
  const sum = (groups, which) => groups.reduce((all, name) => all + sizes[name][which], 0)
  /** @param {string} name @param {string} [text] */
  const element = (name, text = "", className = "") =>
    Object.assign(document.createElement(name), { textContent: text, className })

  /** What a reader may choose, and how it is called. @type {(Stays.Asked & { name: string, label: string })[]} */
  const choices = [
    { name: said.one, groups: ["shared", code], reads: false },
    { name: said.both, groups: ["shared", ...codes], reads: false },
    { name: said.read, groups: ["shared"], reads: true }
  ].map(({ name, groups, reads }) => {
    const [load, room] = [mega(sum(groups, 0)), mega(sum(groups, 1))]
    const page = Math.round(sizes.page[0] / 1e3)
    return { name, groups, reads, label: filled(reads ? said.reads : said.sized, { name, load, room, page }) }
  })
  /** @param {Stays.Asked} asked */
  const chosen = asked => choices.find(one => one.reads === asked.reads && one.groups.join() === asked.groups.join())

  const form = element("fieldset")
  form.append(element("legend", said.choose))
  const radios = choices.map(({ label }, at) => {
    const [line, radio] = [element("label"), document.createElement("input")]
    Object.assign(radio, { type: "radio", name: "stays", value: String(at), checked: at === 0 })
    line.append(radio, " ", label)
    form.append(line)
    return radio
  })
  const status = element("p", "", "stays__status")
  status.setAttribute("role", "status")
  const bar = document.createElement("progress")
  bar.setAttribute("aria-label", said.title)
  // Not announced: it changes with each file.
  const loaded = element("p")
  const loading = element("div", "", "stays__loading")
  loading.append(bar, loaded)
  loading.hidden = true
  const tools = element("p", "", "stays__tools")
  const rest = element("p", said.rest, "stays__rest")

  const registered = async () => {
    try {
      const found = await navigator.serviceWorker.getRegistration(root)
      return found?.scope === root ? found : undefined
    } catch {
      return undefined
    }
  }
  /** @param {ServiceWorkerRegistration} registration @returns {Promise<ServiceWorker>} */
  const active = async registration => {
    const worker = registration.active ?? registration.waiting ?? registration.installing
    while (worker.state === "installing" || worker.state === "installed")
      await new Promise(changed => worker.addEventListener("statechange", changed, { once: true }))
    return worker
  }

  /** @type {(answer: Stays.Answer) => void} */
  const silent = () => {}
  // Asks the worker, and waits for its last word.
  /** @param {ServiceWorker} worker @param {Partial<Stays.Question>} question @returns {Promise<Stays.Answer>} */
  const ask = (worker, question, heard = silent) =>
    new Promise(answer => {
      const { port1, port2 } = new MessageChannel()
      /** @type {ReturnType<typeof setTimeout>} */
      let timer
      const listen = () => {
        clearTimeout(timer)
        timer = setTimeout(() => answer({ failed: "left" }), SILENT)
      }
      port1.onmessage = ({ data }) => {
        listen()
        if (data.all === undefined) answer(data)
        else heard(data)
      }
      listen()
      worker.postMessage(question, [port2])
    }).finally(() => (loading.hidden = true))

  /** @type {Record<Stays.Reason | "refused", string>} */
  const reasons = {
    network: said.failed_network,
    gone: said.failed_network,
    mixed: said.failed_mixed,
    room: said.failed_room,
    unable: said.unable,
    left: said.interrupted,
    refused: said.failed_refused
  }

  // The files of the pages that this browser knows to have been read: marked questions, and the last one opened.
  const pagesRead = () => {
    const prefix = code === codes[0] ? "" : `${code}/`
    try {
      const { reviews = [] } = JSON.parse(kept("miaotui.progress") ?? "{}")
      const last = Number(kept("miaotui.last"))
      const numbers = new Set(reviews.map((/** @type {Miaotui.Review} */ { question }) => question))
      if (last) numbers.add(last)
      return [...numbers].map(number => `${prefix}q/${number}/index.html`)
    } catch {
      return []
    }
  }

  /** @param {string} text */
  const say = (text, more = "") => {
    status.textContent = [text, more].filter(Boolean).join(" ")
  }
  const keeper = button(said.keep, () => keep())
  const leaver = button(said.leave, () => leave())
  tools.append(keeper, leaver)

  /** @param {Stays.Answer | null} answer null where nothing was ever kept */
  const show = answer => {
    leaver.hidden = !answer
    keeper.textContent = answer?.state?.version ? said.change : said.keep
    if (!answer) return say(said.none)
    const { state, missing, files, bytes } = answer
    if (!state) return say(said.evicted)
    if (!state.version || bytes === undefined) return say(said.interrupted)
    const mine = chosen(state)
    if (mine) radios[choices.indexOf(mine)].checked = true
    const version = `${state.build} (${state.version.slice(0, 8)})`
    const what = mine?.name ?? said.other
    say(
      filled(said.kept, { what, version, size: mega(bytes), files }),
      missing ? filled(said.missing, { missing }) : state.stuck ? said.stuck : ""
    )
  }

  /** @param {boolean} on */
  const busy = on => {
    for (const one of [keeper, ...radios]) one.disabled = on
  }

  const remove = async () => {
    const registration = await registered()
    await caches.delete(`miaotui ${root}`)
    await registration?.unregister()
  }

  // Whether there is a server, which a log-in page in place of everything is not: else it is the browser that refuses.
  const answers = () =>
    fetch(`${root}stays.txt`, { cache: "no-store" })
      .then(response => response.text())
      .then(
        text => /^[0-9a-f]{32}\s*$/.test(text),
        () => false
      )

  // Whoever leaves while it is still loading hears of that alone.
  let [turn, leftAt] = [0, 0]
  const keep = async () => {
    const mine = ++turn
    const { groups, reads } = choices[radios.findIndex(({ checked }) => checked)]
    busy(true)
    say(said.starting)
    leaver.hidden = false
    const before = await registered()
    try {
      const registration =
        before ??
        (await navigator.serviceWorker.register(`${root}stays-worker.js`, { scope: root, updateViaCache: "none" }))
      const worker = await active(registration)
      // It came once its reader had left.
      if (mine !== turn) return turn === leftAt && remove()
      // Where the browser takes part: it may throw away what it was not asked to spare.
      navigator.storage?.persist?.().catch(() => {})
      const answer = await ask(worker, { ask: "keep", groups, reads, pages: pagesRead() }, ({ done, all }) => {
        Object.assign(bar, { max: all, value: done })
        loaded.textContent = filled(said.loading, { done: mega(done), all: mega(all) })
        loading.hidden = false
      })
      if (mine !== turn) return
      if (!answer.failed) show(answer)
      else await failed(answer.failed)
    } catch {
      const reason = (await answers()) ? "refused" : "network"
      if (mine === turn) await failed(reason)
    }
    if (mine === turn) busy(false)
  }

  /** @param {Stays.Reason | "refused"} reason */
  const failed = async reason => {
    const registration = await registered()
    const now = registration?.active ? await ask(registration.active, { ask: "state" }) : null
    // What was there before stays; of a first time nothing does.
    if (now?.state?.version) show(now)
    else if (reason !== "left") {
      await remove().catch(() => {})
      show(null)
    }
    say(reasons[reason], now?.state?.version ? status.textContent : "")
  }

  const leave = async () => {
    leftAt = ++turn
    busy(true)
    try {
      const registration = await registered()
      if (registration?.active)
        await Promise.race([ask(registration.active, { ask: "leave" }), new Promise(late => setTimeout(late, 5000))])
      await remove()
      show(null)
      say(said.gone)
      keeper.focus()
    } catch {
      say(said.failed_refused)
    }
    loading.hidden = true
    busy(false)
  }

  const begin = async () => {
    box.hidden = false
    if (location.hash === "#stays") box.scrollIntoView()
    if (!isSecureContext) return box.append(element("p", said.insecure))
    if (!("serviceWorker" in navigator)) return box.append(element("p", said.unable))
    box.append(element("p", said.why), form, tools, loading, status, rest)
    leaver.hidden = true
    const registration = await registered()
    show(registration?.active ? await ask(registration.active, { ask: "state" }) : null)
  }
  begin().catch(() => say(said.failed_refused))
})()
