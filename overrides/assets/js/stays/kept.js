// What the browser keeps of the site, and what the server has of it: read, written, and checked against the list.
//
// A file is kept under its hash, so that versions stand beside each other and share what they have in common.
const miaotuiKept = (() => {
  "use strict"

  const worker = /** @type {Stays.Scope} */ (/** @type {unknown} */ (self))
  const { scope } = worker.registration
  const NAME = `miaotui ${scope}`
  const HEADERS = [
    ...["content-type", "content-language", "content-security-policy", "cross-origin-embedder-policy"],
    ...["cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy", "referrer-policy"],
    ...["x-content-type-options", "x-frame-options"]
  ]

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
  const write = async (name, value) => (await open()).put(at(name), new Response(JSON.stringify(value)))
  const open = () => caches.open(NAME)
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

  /** @param {Stays.Asked} asked @param {Stays.File} file */
  const asks = ({ groups, reads }, [, , group]) => groups.includes(group) || (reads && group !== "rest")
  // What there is to have of a list; of what was read, that which is there of an older one, or is named.
  /** @param {Stays.List} list @param {Stays.Asked} asked @param {Set<string>} places */
  const wanted = ({ files }, asked, places) =>
    Object.entries(files).filter(
      ([place, file]) => asked.groups.includes(file[2]) || (places.has(place) && asks(asked, file))
    )

  const keys = async () => new Set((await (await open()).keys()).map(({ url }) => url))
  /** @param {string | undefined} version */
  const placesOf = async version => {
    const [there, list] = [await keys(), version && (await listOf(version))]
    const files = Object.entries(list?.files ?? {})
    return new Set(files.filter(([place, file]) => there.has(at(named(place, file)))).map(([place]) => place))
  }

  const forget = async () => {
    lists.clear()
    await caches.delete(NAME)
  }

  return {
    ...{ worker, scope, lists, Fault, reasonOf, at, kept, read, write, stateNow, listOf, named, address, bring },
    ...{ open, asks, wanted, keys, placesOf, forget }
  }
})()
