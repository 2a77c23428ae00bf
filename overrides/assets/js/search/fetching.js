// Fetches the search's index piece by piece: its core first, then, for what is asked, the words, the pages found and
// their texts. All are scripts, since a page opened from file:// may not fetch.

// The pieces of an index by their names, each fetched once; one that did not come is asked for again.
var miaotuiPieces = (() => {
  "use strict"

  /** @type {Map<string, Promise<any>>} */
  const pieces = new Map()
  /** @type {Map<string, any>} */
  const came = new Map()
  window.miaotuiPiece = (name, value) => came.set(name, value)
  /** @type {Searching.Pieces} */
  return (indexUrl, early) => {
    for (const [place, value] of early) came.set(place, value)
    const base = indexUrl.replace(/[^/]*$/, "")
    const code = indexUrl.match(/([^/]*)\.js$/)[1]
    return (name = "") => {
      const place = name ? `${code}/${name}` : code
      if (came.has(place)) return Promise.resolve(came.get(place))
      if (!pieces.has(place)) {
        const coming = window.miaotui.script(`${base}${place}.js`).then(() => came.get(place))
        coming.catch(() => pieces.delete(place))
        pieces.set(place, coming)
      }
      return pieces.get(place)
    }
  }
})()

/** @type {Window["miaotuiSearch"]} */
var miaotuiSearch = async (indexUrl, early, show) => {
  "use strict"

  // Where all the rest is longer on its way, results come without it.
  const PATIENCE = 30
  // Whose texts are fetched, for their excerpts.
  const SEEN = 6

  const fetched = miaotuiPieces(indexUrl, early)
  /** @type {Searching.Core} */
  const core = await fetched()
  const known = miaotuiEngine.load(core)
  if (core.brief) miaotuiBrief.take(known, core.brief)

  /** @type {Set<string>} */
  const learned = new Set()
  /** @param {string} name */
  const learn = async name => {
    /** @type {Searching.Piece} */
    const value = await fetched(name)
    if (!learned.has(name)) miaotuiEngine.take(known, name, value)
    learned.add(name)
  }
  // Fetches the words of a query; whether any had to come.
  /** @param {string} query */
  const words = async query => {
    const asked = miaotuiQuery.asks(miaotuiQuery.written(query, known), known)
    const wanted = miaotuiEngine.wanted(asked, known).filter(name => !learned.has(name))
    await Promise.all(wanted.map(learn))
    return wanted.length > 0
  }

  // What is found for a query, with what is there by now.
  /** @param {string} typed */
  const find = typed => {
    const query = miaotuiQuery.written(typed, known)
    const asked = miaotuiQuery.asks(query, known)
    return { query, asked, found: miaotuiEngine.search(asked, query, known).slice(0, miaotuiResults.SHOWN) }
  }
  // Fetches the pages that are found, as they are shown.
  /** @param {Searching.Found[]} found */
  const pages = found =>
    Promise.all(
      found.map(async ({ at }) => {
        if (known.pages.get(at)?.brief ?? true) miaotuiEngine.meet(known, at, await fetched(`p${at}`))
      })
    )
  // Fetches the texts of the sections that are found first, whose excerpts they are.
  /** @param {Searching.Found[]} found */
  const texts = found =>
    Promise.all(
      found
        .slice(0, SEEN)
        .filter(({ section }) => section >= 0)
        .map(async ({ at, section }) => {
          const piece = miaotuiEngine.piece(known.pages.get(at), section)
          miaotuiEngine.read(known, at, piece, await fetched(`t${at}_${piece}`))
        })
    )
  /** @param {string} typed */
  const tell = typed => {
    const { query, asked, found } = find(typed)
    show(miaotuiResults.items(found, asked, query, known))
  }

  // What a query's own words find, where all the rest is longer on its way. Once the reader has typed on, nothing more is
  // fetched for what stood there before.
  /** @type {(query: string, current: () => boolean) => Promise<void>} */
  const first = async (query, current) => {
    await words(query)
    if (current()) await pages(find(query).found.slice(0, SEEN))
  }
  // All the rest: the words that its words bring, as other names of a thing; the other pages; the texts.
  /** @type {(query: string, current: () => boolean) => Promise<void>} */
  const rest = async (query, current) => {
    while (current() && (await words(query))) {
      /* what has come may bring further words */
    }
    if (current()) await pages(find(query).found)
    if (current()) await texts(find(query).found)
  }
  // Waits for what is on its way; where it takes long, results come of what is there.
  /** @type {(coming: Promise<void>, query: string, current: () => boolean) => Promise<void>} */
  const patiently = async (coming, query, current) => {
    const late = setTimeout(() => {
      if (current()) tell(query)
    }, PATIENCE)
    await coming.finally(() => clearTimeout(late))
  }
  /** @type {(query: string, current: () => boolean) => Promise<void>} */
  const whole = async (query, current) => {
    const early = first(query, current)
    await (core.brief ? patiently(early, query, current) : early)
    await patiently(rest(query, current), query, current)
  }

  const list = document.querySelector(".md-search-result")
  const started = miaotuiStart(core)
  /** @type {string} */
  let last
  /** @param {string} query */
  const answer = async query => {
    last = query
    started.hidden = Boolean(query.trim())
    if (!query.trim()) {
      list.removeAttribute("aria-busy")
      show([])
      return
    }
    list.setAttribute("aria-busy", "true")
    // Without a network what has come has to do.
    await whole(query, () => last === query).catch(() => {})
    if (last !== query) return
    // Who has gone on to a result keeps the list as it is.
    if (!list.contains(document.activeElement)) tell(query)
    list.removeAttribute("aria-busy")
  }
  // What is typed before Material's bundle is there to ask for it is on its way by then.
  /** @type {string} */
  let newest
  /** @param {string} query */
  const warm = query => {
    newest = query
    return first(query, () => newest === query).catch(() => {})
  }
  return Object.assign(answer, { warm })
}
