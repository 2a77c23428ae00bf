// Answers for the site from what the browser keeps, for a reader who asked for it on the page that has stays.js.
//
// A file is kept under its hash, so that versions stand beside each other and share what they have in common. One
// record, `state`, says which version is shown: it is written once all files of that version are there, each checked
// against the list, and so the site changes whole or not at all. A page gets all it asks for from the version that it
// is of itself (`pins`); what the server gives it beside that is checked against that version's list.
;(() => {
  "use strict"

  const worker = /** @type {Stays.Scope} */ (/** @type {unknown} */ (self))
  const { scope } = worker.registration
  const NAME = `miaotui ${scope}`
  // How long a page waits to hear of a newer version, then for all of it; whoever waited in vain does not at once again.
  const ASKING = 3000
  const LOADING = 6000
  const PAUSE = 60_000
  // How many files are on their way at once, and after which pauses one that did not come is asked for again.
  const TOGETHER = 6
  const PAUSES = [1000, 4000]
  const OLD_PINS = 200
  const HEADERS = [
    ...["content-type", "content-language", "content-security-policy", "cross-origin-embedder-policy"],
    ...["cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy", "referrer-policy"],
    ...["x-content-type-options", "x-frame-options"]
  ]

  /** @param {number} time */
  const wait = time => new Promise(resolve => setTimeout(resolve, time))

  // What went wrong, by the word that tells it.
  class Fault extends Error {
    /** @param {Stays.Reason} reason */
    constructor(reason) {
      super(reason)
      this.reason = reason
    }
  }
  /** @param {any} error @returns {Stays.Reason} */
  const reasonOf = error =>
    error.reason ?? (error.name === "QuotaExceededError" ? "room" : error.name === "AbortError" ? "left" : "network")

  // What is kept: no page of the site begins with "-".
  /** @param {string} name */
  const at = name => `${scope}-/${name}`
  /** @param {string} name */
  const kept = name => caches.match(at(name), { cacheName: NAME })
  /** @param {string} name */
  const read = async name => (await kept(name))?.json()
  /** @param {string} name @param {unknown} value */
  const write = async (name, value) => (await caches.open(NAME)).put(at(name), new Response(JSON.stringify(value)))
  /** @returns {Promise<Stays.State | undefined>} */
  const stateNow = () => read("state")

  /** @type {Map<string, Stays.List>} */
  const lists = new Map()
  /** @param {string} version @returns {Promise<Stays.List | undefined>} */
  const listOf = async version => {
    const found = lists.get(version) ?? (await read(`list/${version}`))
    if (found) lists.set(version, found)
    return found
  }

  /** @param {string} place @param {Stays.File} file */
  const named = (place, [, hash]) => `file/${hash}${place.match(/\.\w+$/)[0]}`
  // Servers may send on whoever asks for an index by its name.
  /** @param {string} place */
  const address = place => scope + encodeURI(place.replace(/(^|\/)index\.html$/, "$1"))

  /** @param {ArrayBuffer} body */
  const hashOf = async body => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body))
    return btoa(String.fromCharCode(...digest)).replace(/[+/=]/g, sign => ({ "+": "-", "/": "_", "=": "" })[sign])
  }

  // A file from the server, as it stands in the list.
  /** @param {string} place @param {Stays.File} file @param {AbortSignal} [signal] */
  const bring = async (place, [, hash], signal) => {
    for (const cache of /** @type {const} */ (["no-cache", "reload"])) {
      const response = await fetch(address(place), { cache, signal })
      const body = await response.arrayBuffer()
      if (!response.ok || (await hashOf(body)) !== hash) continue
      const headers = HEADERS.filter(name => response.headers.has(name)).map(name => [name, response.headers.get(name)])
      return new Response(body, { headers: Object.fromEntries(headers) })
    }
    throw new Fault("mixed")
  }

  /** @type {(place: string, file: Stays.File, signal: AbortSignal, pauses?: number[]) => Promise<Response>} */
  const patiently = async (place, file, signal, [pause, ...more] = PAUSES) => {
    try {
      return await bring(place, file, signal)
    } catch (error) {
      if (signal.aborted || reasonOf(error) !== "network" || !pause) throw error
      await wait(pause)
      return patiently(place, file, signal, more)
    }
  }

  // Which version the server has: small, as each page that is opened asks for it.
  const newest = async () => {
    const response = await fetch(`${scope}stays.txt`, { cache: "no-store" })
    const version = (await response.text()).trim()
    if ([404, 410].includes(response.status)) throw new Fault("gone")
    // Whoever asks for a log-in in the server's place is no server.
    if (!response.ok || !/^[0-9a-f]{32}$/.test(version)) throw new Fault("network")
    return version
  }
  /** @param {string} version @returns {Promise<Stays.List>} */
  const newList = async version => {
    const list = await fetch(`${scope}stays.json`, { cache: "no-store" })
      .then(response => response.json())
      .catch(() => ({}))
    if (list.version !== version) throw new Fault("mixed")
    return list
  }

  /** @param {Stays.Asked} asked @param {Stays.File} file */
  const asks = ({ groups, reads }, [, , group]) => groups.includes(group) || (reads && group !== "rest")
  // What there is to have of a list; of what was read, that which is there of an older one, or is named.
  /** @param {Stays.List} list @param {Stays.Asked} asked @param {Set<string>} places */
  const wanted = ({ files }, asked, places) =>
    Object.entries(files).filter(
      ([place, file]) => asked.groups.includes(file[2]) || (places.has(place) && asks(asked, file))
    )

  const keys = async () => new Set((await (await caches.open(NAME)).keys()).map(({ url }) => url))
  /** @param {string | undefined} version */
  const placesOf = async version => {
    const [there, list] = [await keys(), version && (await listOf(version))]
    const files = Object.entries(list?.files ?? {})
    return new Set(files.filter(([place, file]) => there.has(at(named(place, file)))).map(([place]) => place))
  }

  // Brings all that is not there yet.
  /** @param {[string, Stays.File][]} files @param {AbortController} job @param {(done: number) => void} told */
  const fill = async (files, job, told) => {
    const [cache, there] = [await caches.open(NAME), await keys()]
    let done = 0
    const next = files[Symbol.iterator]()
    const line = async () => {
      for (const [place, file] of next) {
        const name = at(named(place, file))
        if (!there.has(name)) {
          const response = await patiently(place, file, job.signal)
          job.signal.throwIfAborted()
          await cache.put(name, response)
        }
        told((done += file[0]))
      }
    }
    const lines = Array.from({ length: TOGETHER }, line)
    // One that fails ends all of them.
    await Promise.all(lines).catch(async error => {
      const { aborted } = job.signal
      job.abort()
      await Promise.allSettled(lines)
      throw aborted ? new Fault("left") : error
    })
  }

  // What goes on: one thing at a time, and nothing is taken while something is let go.
  let tidying = Promise.resolve()
  /** @type {{ job: AbortController, done: Promise<void> } | undefined} */
  let going
  /** @param {(job: AbortController) => Promise<void>} work */
  const start = work => {
    const job = new AbortController()
    const mine = { job, done: tidying.then(() => work(job)) }
    going = mine
    const end = () => {
      if (going === mine) going = undefined
    }
    mine.done.then(end, end)
    return mine.done
  }
  const stop = async () => {
    going?.job.abort()
    await going?.done.catch(() => {})
  }

  /** @type {(done: number, all: number) => void} */
  const silent = () => {}
  // Takes a version whole, and only then shows it.
  /** @param {AbortController} job @param {Stays.Asked} asked @param {Stays.List} list */
  const take = async (job, asked, list, places = new Set(), told = silent) => {
    const files = wanted(list, asked, places)
    const all = files.reduce((sum, [, [bytes]]) => sum + bytes, 0)
    const { quota = Infinity, usage = 0 } =
      (await navigator.storage?.estimate?.().catch(() => /** @type {StorageEstimate} */ ({}))) ?? {}
    const there = await keys()
    const missing = files.filter(([place, file]) => !there.has(at(named(place, file))))
    if (missing.reduce((sum, [, [bytes]]) => sum + bytes, 0) > quota - usage) throw new Fault("room")
    await fill(files, job, done => told(done, all))
    await write(`list/${list.version}`, list)
    // The browser may have thrown away meanwhile what was there.
    const state = await stateNow()
    job.signal.throwIfAborted()
    if (!state) {
      await caches.delete(NAME)
      throw new Fault("room")
    }
    const old = [...new Set([...(state.old ?? []), state.version])].filter(one => one && one !== list.version)
    const { groups, reads } = asked
    await write("state", { groups, reads, version: list.version, build: list.build, old })
  }

  /** @param {Stays.State} state */
  const update = (state, heard = () => {}) =>
    start(async job => {
      const version = await newest()
      if (version === state.version) return
      heard()
      try {
        const list = await newList(version)
        await take(job, state, list, state.reads ? await placesOf(state.version) : new Set())
      } catch (error) {
        const reason = reasonOf(error)
        // Told on the page: the older version stays, whole.
        if (reason !== "left" && reason !== "network" && (await stateNow()))
          await write("state", { ...state, stuck: reason })
        throw error
      }
    })

  let patient = 0
  // Waits a while for what the server has newer; what takes longer goes on behind the page. Whether the server still
  // offers to be kept.
  /** @param {Stays.Event} event @param {Stays.State} state */
  const freshened = async (event, state) => {
    if (going || !navigator.onLine) return true
    let until = Date.now() + ASKING
    let [ended, offered] = [false, true]
    const done = update(state, () => {
      until += LOADING
    })
      .catch(error => {
        offered = reasonOf(error) !== "gone"
      })
      .finally(() => {
        ended = true
      })
    event.waitUntil(done)
    if (Date.now() < patient) return true
    while (!ended && Date.now() < until) await Promise.race([done, wait(Math.min(until - Date.now(), 500))])
    if (!ended) patient = Date.now() + PAUSE
    return offered
  }

  // Of which version each page is that is open, or that going back would show.
  /** @type {Promise<Map<string, [string, number]>> | undefined} */
  let pinned
  const pins = () =>
    (pinned ??= read("pins").then(
      known => new Map(known ?? []),
      () => new Map()
    ))
  /** @param {string} client @param {string} version */
  const pin = async (client, version) => {
    const known = await pins()
    known.set(client, [version, Date.now()])
    for (const id of [...known.keys()].slice(0, -OLD_PINS)) known.delete(id)
    // Where there is no room left it holds as long as the worker.
    await write("pins", [...known]).catch(() => {})
  }

  // Lets older versions go that no page is of; of the one that is shown, what is not among the places, if any are given.
  /** @param {Set<string>} [places] */
  const tidied = async places => {
    const state = await stateNow()
    if (!state?.version || !(places || state.old?.length)) return
    const [open, known] = [new Set((await worker.clients.matchAll({ type: "all" })).map(({ id }) => id)), await pins()]
    const used = new Set(
      [...known].filter(([id, [, time]]) => open.has(id) || time > Date.now() - PAUSE).map(([, [version]]) => version)
    )
    const old = (state.old ?? []).filter(version => used.has(version))
    const needed = new Set(["state", "pins"].map(at))
    for (const version of [state.version, ...old]) {
      needed.add(at(`list/${version}`))
      for (const [place, file] of Object.entries((await listOf(version))?.files ?? {})) {
        if (version !== state.version || (places?.has(place) ?? asks(state, file))) needed.add(at(named(place, file)))
      }
    }
    // Written before: what is to go is asked for no more.
    if (old.length < (state.old ?? []).length) await write("state", { ...state, old })
    for (const version of lists.keys()) if (version !== state.version && !old.includes(version)) lists.delete(version)
    const cache = await caches.open(NAME)
    await Promise.all([...(await keys())].filter(url => !needed.has(url)).map(url => cache.delete(url)))
  }

  /** @param {Set<string>} [places] */
  const tidy = async places => {
    if (!going) await (tidying = tidying.then(() => tidied(places)).catch(() => {}))
  }

  // The file that an address means; undefined where the list has none.
  /** @param {string} url */
  const placeOf = url => {
    try {
      const path = decodeURIComponent(new URL(url).pathname.slice(new URL(scope).pathname.length))
      return path === "" || path.endsWith("/") ? `${path}index.html` : path
    } catch {
      return undefined
    }
  }

  // A file of a version: kept, or the server's where that is the same one. What is read is kept from then on.
  /** @param {string} place @param {Stays.List} list */
  const part = async (place, list) => {
    const file = list.files[place]
    const name = named(place, file)
    const found = await kept(name)
    if (found) return found
    const response = await bring(place, file)
    const state = await stateNow()
    if (state?.version === list.version && asks(state, file)) {
      // Where there is no room for it, it is read all the same.
      await (await caches.open(NAME)).put(at(name), response.clone()).catch(() => {})
    }
    return response
  }

  /** @param {string} text */
  const escaped = text => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
  /** @param {string} url */
  const languageOf = url => {
    const first = new URL(url).pathname.slice(new URL(scope).pathname.length).split("/")[0]
    const codes = Object.keys(miaotuiStays)
    return codes.indexOf(first) > 0 ? first : codes[0]
  }
  /** @param {string} code */
  const homeOf = code => scope + (code === Object.keys(miaotuiStays)[0] ? "" : `${code}/`)

  // In place of a page that is not kept, while there is no network.
  /** @param {string} url */
  const away = url => {
    const code = languageOf(url)
    const [title, why, home] = ["away", "away_why", "home"].map(key => escaped(miaotuiStays[code][key]))
    const body = `<!doctype html>
<html lang="${code}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<style>body{max-width:36rem;margin:3rem auto;padding:0 1rem;font:1rem/1.7 system-ui,sans-serif}h1{font-size:1.4rem}</style>
<h1>${title}</h1><p>${why}</p><p><a href="${escaped(homeOf(code))}">${home}</a></p></html>`
    return new Response(body, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } })
  }

  // The browser threw away what was kept: a page from the network says so.
  /** @param {Response} response @param {string} url */
  const evicted = async (response, url) => {
    if (response.status !== 200 || !/^text\/html/.test(response.headers.get("content-type") ?? "")) return response
    const code = languageOf(url)
    const link = `<a href="${escaped(homeOf(code))}about/#stays">${escaped(miaotuiStays[code].again)}</a>`
    const said = `<p class="unkept stays-evicted" role="status">${escaped(miaotuiStays[code].evicted)} ${link}</p>`
    const headers = new Headers(response.headers)
    for (const name of ["content-encoding", "content-length"]) headers.delete(name)
    return new Response(
      (await response.text()).replace(/<article\b[^>]*>/, tag => tag + said),
      { headers }
    )
  }

  /** @param {Stays.FetchEvent} event */
  const online = event => fetch(event.request).catch(() => away(event.request.url))

  /** @param {Stays.FetchEvent} event */
  const opened = async event => {
    const { url } = event.request
    let state = await stateNow()
    if (!state) return evicted(await online(event), url)
    if (!state.version) return online(event)
    if (!(await freshened(event, state))) {
      const response = await online(event)
      if (response.ok) return response
    }
    state = (await stateNow()) ?? state
    const list = await listOf(state.version)
    const place = placeOf(url)
    if (list?.files[`${place}/index.html`])
      return Response.redirect(address(`${place}/index.html`) + new URL(url).search)
    if (!list?.files[place]) return online(event)
    try {
      const response = await part(place, list)
      await pin(event.resultingClientId, state.version)
      event.waitUntil(tidy())
      return response
    } catch {
      return online(event)
    }
  }

  /** @param {Stays.FetchEvent} event */
  const asked = async event => {
    const [version] = (await pins()).get(event.clientId) ?? []
    if (!version) return fetch(event.request)
    const list = await listOf(version)
    // A version that is gone has nothing for the page, unless all is gone.
    if (!list) return (await stateNow()) ? Response.error() : fetch(event.request)
    const place = placeOf(event.request.url)
    return list.files[place] ? part(place, list).catch(() => Response.error()) : fetch(event.request)
  }

  worker.addEventListener("fetch", event => {
    const { method, url, mode } = event.request
    const own = url === `${scope}stays.txt` || url === `${scope}stays.json`
    if (method !== "GET" || !url.startsWith(scope) || own) return
    // Where the browser refuses what it gave before, the site works as without.
    event.respondWith((mode === "navigate" ? opened(event) : asked(event)).catch(() => fetch(event.request)))
  })

  /** @param {MessagePort} port */
  const tellState = async port => {
    const state = await stateNow()
    const list = state?.version && (await listOf(state.version))
    if (!list) return port.postMessage({ state })
    const places = await placesOf(state.version)
    const files = wanted(list, state, places)
    const missing = files.filter(([place]) => !places.has(place)).length
    port.postMessage({ state, missing, files: files.length, bytes: files.reduce((sum, [, [bytes]]) => sum + bytes, 0) })
  }

  /** @type {Record<Stays.Question["ask"], (question: Stays.Question, port: MessagePort) => Promise<void>>} */
  const answers = {
    state: (_, port) => tellState(port),

    // Keeps the newest version, and tells how far it is.
    async keep({ groups, reads, pages }, port) {
      await stop()
      const before = await stateNow()
      try {
        if (!("resultingClientId" in FetchEvent.prototype)) throw new Fault("unable")
        const asked = { groups, reads }
        const places = new Set([...pages, ...(before?.reads ? await placesOf(before.version) : [])])
        /** @type {Stays.List} */
        let list
        await start(async job => {
          await write("state", before?.version ? before : asked)
          list = await newList(await newest())
          await take(job, asked, list, places, (done, all) => port.postMessage({ done, all }))
        })
        // What another choice had kept goes.
        await tidy(new Set(wanted(list, asked, places).map(([place]) => place)))
        await tellState(port)
      } catch (error) {
        if (!before?.version) await caches.delete(NAME)
        port.postMessage({ failed: reasonOf(error) })
      }
    },

    async leave(_, port) {
      await stop()
      pinned = undefined
      lists.clear()
      await caches.delete(NAME)
      port.postMessage({ left: true })
    }
  }
  worker.addEventListener("message", event => {
    event.waitUntil(answers[event.data.ask](event.data, event.ports[0]))
  })

  // It holds nothing of a version itself, so a newer one takes over at once.
  worker.addEventListener("install", () => worker.skipWaiting())
})()
