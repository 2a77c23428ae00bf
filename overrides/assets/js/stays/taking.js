// Takes a version of the site, whole or not at all, and lets older ones go.
//
// One record, `state`, says which version is shown. It is written once all files of that version are there.
const miaotuiTaking = (() => {
  "use strict"

  const { worker, scope, lists, Fault, reasonOf, at, read, write, stateNow, listOf, named, bring } = miaotuiKept
  const { open, asks, wanted, keys, placesOf, forget } = miaotuiKept
  // How many files are on their way at once, and after which pauses one that did not come is asked for again.
  const TOGETHER = 6
  const PAUSES = [1000, 4000]
  const OLD_PINS = 200
  // A page that has just been asked for is not among those that are open.
  const YOUNG = 60_000

  /** @param {number} time */
  const wait = time => new Promise(resolve => setTimeout(resolve, time))

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

  // Brings all that is not there yet.
  /** @param {[string, Stays.File][]} files @param {AbortController} job @param {(done: number) => void} told */
  const fill = async (files, job, told) => {
    const [cache, there] = [await open(), await keys()]
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

  // What goes on: one thing at a time, the last one asked for; nothing is taken while something is let go.
  let tidying = Promise.resolve()
  /** @type {{ job: AbortController, done: Promise<void> } | undefined} */
  let going
  /** @param {(job: AbortController) => Promise<void>} work */
  const start = work => {
    const job = new AbortController()
    const before = going
    before?.job.abort()
    const mine = { job, done: Promise.allSettled([tidying, before?.done]).then(() => work(job)) }
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
      await forget()
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
      // The server went back to what is kept: nothing newer is missing any more.
      if (version === state.version) return state.stuck && write("state", { ...state, stuck: undefined })
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
    // Where there is no room left it holds as long as the worker. Whoever leaves meanwhile leaves no trace.
    if (await stateNow()) await write("pins", [...known]).catch(() => {})
  }

  // Lets older versions go that no page is of; of the one that is shown, what is not among the places, if any are given.
  /** @param {Set<string>} [places] */
  const tidied = async places => {
    const state = await stateNow()
    if (!state?.version || !(places || state.old?.length)) return
    const [seen, known] = [new Set((await worker.clients.matchAll({ type: "all" })).map(({ id }) => id)), await pins()]
    const used = new Set(
      [...known].filter(([id, [, time]]) => seen.has(id) || time > Date.now() - YOUNG).map(([, [version]]) => version)
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
    const cache = await open()
    await Promise.all([...(await keys())].filter(url => !needed.has(url)).map(url => cache.delete(url)))
  }

  /** @param {Set<string>} [places] */
  const tidy = async places => {
    if (!going) await (tidying = tidying.then(() => tidied(places)).catch(() => {}))
  }

  const leave = async () => {
    await stop()
    await tidying
    pinned = undefined
    await forget()
  }

  return { newest, newList, start, busy: () => Boolean(going), take, update, pins, pin, tidy, leave }
})()
