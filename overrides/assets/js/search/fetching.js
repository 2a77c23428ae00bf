// Fetches the search's index piece by piece: the small one first, then, for what is asked, the words of the texts, and
// the texts of what was found. All are scripts, since a page opened from file:// may not fetch.
var miaotuiSearch = async (indexUrl, show) => {
  "use strict"

  // Results come at once; where the words of the texts are longer on their way, what the small index tells comes first.
  const PATIENCE = 250
  // Whose texts are fetched, for their excerpts.
  const SEEN = 6

  // The pieces by their names, each fetched once; one that did not come is asked for again.
  const base = indexUrl.replace(/[^/]*$/, "")
  const code = indexUrl.match(/([^/]*)\.js$/)[1]
  const pieces = new Map()
  const came = new Map()
  window.miaotuiPiece = (name, value) => came.set(name, value)
  const piece = name => {
    if (!pieces.has(name)) {
      const coming = window.miaotui.script(`${base}${name}.js`).then(() => came.get(name))
      coming.catch(() => pieces.delete(name))
      pieces.set(name, coming)
    }
    return pieces.get(name)
  }
  const known = miaotuiEngine.load(await piece(code))

  const learned = new Set()
  const learn = async name => {
    const value = await piece(`${code}/${name}`)
    if (learned.has(name)) return
    learned.add(name)
    if (name === "sounds") miaotuiEngine.hear(known, value)
    else miaotuiEngine.learn(known, value)
  }
  // Fetches the words of a query; whether any had to come.
  const words = async asked => {
    const names = ["sounds", ...miaotuiEngine.pieces(asked, known).map(at => `w${at}`)]
    const wanted = names.filter(name => !learned.has(name))
    await Promise.all(wanted.map(learn))
    return wanted.length > 0
  }

  // What is found for a query, with what is there by now.
  const find = query => {
    const asked = miaotuiQuery.asks(query, known)
    return { asked, found: miaotuiEngine.search(asked, query, known) }
  }
  const tell = query => {
    const { asked, found } = find(query)
    show(miaotuiResults.items(found, asked, query, known))
  }

  // Fetches what a query asks for: its words, those that names of the same sound bring, and the texts of the first pages.
  const whole = async query => {
    while (await words(miaotuiQuery.asks(query, known))) { /* what has come may bring further words */ }
    await Promise.all(find(query).found.slice(0, SEEN).map(async ({ page }) => {
      if (page.size && !known.texts.has(page.at)) known.texts.set(page.at, await piece(`${code}/t${page.at}`))
    }))
  }

  const list = document.querySelector(".md-search-result")
  let last
  return async query => {
    last = query
    if (!query.trim()) {
      list.removeAttribute("aria-busy")
      show([])
      return
    }
    list.setAttribute("aria-busy", "true")
    let done = false
    // Without a network what has come has to do.
    const all = whole(query).catch(() => {}).then(() => { done = true })
    await Promise.race([all, new Promise(resolve => { setTimeout(resolve, PATIENCE) })])
    if (!done && last === query) tell(query)
    await all
    if (last !== query) return
    // Who has gone on to a result keeps the list as it is.
    if (!list.contains(document.activeElement)) tell(query)
    list.removeAttribute("aria-busy")
  }
}
