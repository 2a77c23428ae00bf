// Answers for the site from what the browser keeps, for a reader who asked for it on the page that has stays.js.
//
// A page gets all it asks for from the version that it is of itself; what the server gives it beside that is checked
// against that version's list.
;(() => {
  "use strict"

  const { worker, scope, reasonOf, Fault, at, kept, write, stateNow, listOf, named, address, bring } = miaotuiKept
  const { open, asks, wanted, placesOf, forget } = miaotuiKept
  const { newest, newList, start, busy, take, update, pins, pin, tidy, leave } = miaotuiTaking
  // How long a page waits to hear of a newer version, then for all of it; whoever waited in vain does not at once again.
  const ASKING = 3000
  const LOADING = 6000
  const PAUSE = 60_000

  /** @param {number} time */
  const wait = time => new Promise(resolve => setTimeout(resolve, time))

  let patient = 0
  // Waits a while for what the server has newer; what takes longer goes on behind the page. Whether the server still
  // offers to be kept.
  /** @param {Stays.Event} event @param {Stays.State} state */
  const freshened = async (event, state) => {
    if (busy() || !navigator.onLine) return true
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
      await (await open()).put(at(name), response.clone()).catch(() => {})
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

  /** @param {[string, Stays.File][]} files */
  const placesIn = files => new Set(files.map(([place]) => place))

  /** @type {Record<Stays.Question["ask"], (question: Stays.Question, port: MessagePort) => Promise<void>>} */
  const answers = {
    state: (_, port) => tellState(port),

    // Keeps the newest version, and tells how far it is.
    async keep({ groups, reads, pages }, port) {
      const asked = { groups, reads }
      // What stays in the end: another choice's files go, whether this one came whole or had no room.
      /** @type {Set<string> | undefined} */
      let stays
      try {
        if (!("resultingClientId" in FetchEvent.prototype)) throw new Fault("unable")
        await start(async job => {
          const before = await stateNow()
          const known = before?.version ? await listOf(before.version) : undefined
          const there = await placesOf(before?.version)
          const places = new Set([...pages, ...(before?.reads ? there : [])])
          try {
            await write("state", before?.version ? before : asked)
            const list = await newList(await newest())
            await take(job, asked, list, places, (done, all) => port.postMessage({ done, all }))
            stays = placesIn(wanted(list, asked, places))
          } catch (error) {
            const reason = reasonOf(error)
            if (known && reason === "room") stays = placesIn(wanted(known, before, there))
            // Of what another page asks for now, what is there already is its own.
            if (!before?.version && reason !== "left") await forget()
            throw error
          }
        })
        await tidy(stays)
        await tellState(port)
      } catch (error) {
        if (stays) await tidy(stays)
        port.postMessage({ failed: reasonOf(error) })
      }
    },

    async leave(_, port) {
      await leave()
      port.postMessage({ left: true })
    }
  }
  worker.addEventListener("message", event => {
    event.waitUntil(answers[event.data.ask](event.data, event.ports[0]))
  })

  // It holds nothing of a version itself, so a newer one takes over at once.
  worker.addEventListener("install", () => worker.skipWaiting())
})()
