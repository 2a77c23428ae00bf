// Fetches the search's index piece by piece: its core first, then, for what is asked, the words, the pages found and
// their texts. All are scripts, since a page opened from file:// may not fetch.

// The pieces of an index by their names, each fetched once; one that did not come is asked for again.
var miaotuiPieces = (() => {
  "use strict"

  const pieces = new Map()
  const came = new Map()
  window.miaotuiPiece = (name, value) => came.set(name, value)
  return indexUrl => {
    const base = indexUrl.replace(/[^/]*$/, "")
    const code = indexUrl.match(/([^/]*)\.js$/)[1]
    return (name = "") => {
      const place = name ? `${code}/${name}` : code
      if (!pieces.has(place)) {
        const coming = window.miaotui.script(`${base}${place}.js`).then(() => came.get(place))
        coming.catch(() => pieces.delete(place))
        pieces.set(place, coming)
      }
      return pieces.get(place)
    }
  }
})()

var miaotuiSearch = async (indexUrl, show) => {
  "use strict"

  // Where the texts are longer on their way, results come without what stands in them.
  const PATIENCE = 100
  // Whose texts are fetched, for their excerpts.
  const SEEN = 6

  const fetched = miaotuiPieces(indexUrl)
  const core = await fetched()
  const known = miaotuiEngine.load(core)

  const learned = new Set()
  const learn = async name => {
    const value = await fetched(name)
    if (!learned.has(name)) miaotuiEngine.take(known, name, value)
    learned.add(name)
  }
  // Fetches the words of a query, and those that these bring: other names of a thing, how a misspelt word is spelt.
  const words = async query => {
    for (;;) {
      const asked = miaotuiQuery.asks(miaotuiQuery.written(query, known), known)
      const wanted = miaotuiEngine.wanted(asked, known).filter(name => !learned.has(name))
      if (!wanted.length) return
      await Promise.all(wanted.map(learn))
    }
  }

  // What is found for a query, with what is there by now.
  const find = typed => {
    const query = miaotuiQuery.written(typed, known)
    const asked = miaotuiQuery.asks(query, known)
    return { query, asked, found: miaotuiEngine.search(asked, query, known).slice(0, miaotuiResults.SHOWN) }
  }
  // Fetches the pages that are found, as they are shown.
  const met = new Set()
  const pages = found => Promise.all([...new Set(found.map(({ at }) => Math.floor(at / known.shelf)))].map(async shelf => {
    const value = await fetched(`p${shelf}`)
    if (!met.has(shelf)) miaotuiEngine.meet(known, shelf, value)
    met.add(shelf)
  }))
  // Fetches the texts of the first pages, whose excerpts they are.
  const texts = found => Promise.all(found.slice(0, SEEN).map(async ({ at }) => {
    if (known.pages.get(at).sections.length && !known.texts.has(at)) known.texts.set(at, await fetched(`t${at}`))
  }))
  const tell = typed => {
    const { query, asked, found } = find(typed)
    show(miaotuiResults.items(found, asked, query, known))
  }

  // Shows what is found for a query: first with what the pages say of themselves, then with excerpts of their texts.
  const whole = async (query, current) => {
    await words(query)
    await pages(find(query).found)
    const late = setTimeout(() => { if (current()) tell(query) }, PATIENCE)
    await texts(find(query).found).finally(() => clearTimeout(late))
  }

  const list = document.querySelector(".md-search-result")
  const started = miaotuiStart(core)
  let last
  return async query => {
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
}
