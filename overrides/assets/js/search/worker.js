// The search's worker: what stands before Material's in the file that miaotui/site/search_index.py writes.
//
// It mends each query before Material's code sees it, and bounds what a key costs in a bank of thousands of questions.
(() => {
  "use strict"

  // A word in more texts than this tells none of them apart: titles and names alone are searched for it.
  const COMMON = 500
  // Material writes every result out, with its marks; nobody reads more than these.
  const SHOWN = 60

  let vocabulary
  let typed
  let telling
  // The text of each page, by its address: what Material hands on of it is cut.
  const texts = new Map()

  const pageOf = ({ location }) => location.split("#")[0]

  const learn = ({ invertedIndex }, { docs, config }) => {
    const all = Object.keys(invertedIndex)
    const names = new Set(all.filter(word => word.startsWith("§")))
    const words = new Set(all.filter(word => /^[a-z\p{sc=Han}]/u.test(word)))
    const plain = new Set(docs.flatMap(({ words: listed = "" }) => listed.match(/(?<!\S)\p{sc=Han}{3,}(?!\S)/gu) ?? []))
    for (const doc of docs) {
      const text = `${doc.title} ${doc.text}`.replace(/<[^>]*>|\u200b/g, "").toLowerCase()
      texts.set(pageOf(doc), `${texts.get(pageOf(doc)) ?? ""}\n${text}`)
    }
    vocabulary = {
      names,
      words,
      latin: [...words].filter(word => /^[a-z]/.test(word)),
      han: [...words].filter(word => /^\p{sc=Han}/u.test(word)),
      spelt: [...names].filter(name => /^§[a-z]{5,}$/.test(name)).map(name => name.slice(1)),
      plain: [...plain],
      sounds: new Map(Object.entries(config.sounds).flatMap(([sound, letters]) => [...letters].map(one => [one, sound])))
    }
  }

  const bounded = (builder, data) => {
    const { build } = builder.prototype
    builder.prototype.build = function bounding() {
      const index = build.call(this)
      for (const posting of Object.values(index.invertedIndex)) {
        if (Object.keys(posting.text).length > COMMON) posting.text = {}
      }
      learn(index, data)
      const { search } = index
      index.search = query => search.call(index, query).slice(0, SHOWN)
      return index
    }
  }

  // Material's own listener comes after this one: it gets the query mended.
  addEventListener("message", event => {
    const { type, data, mended } = event.data
    if (type === 0) bounded(self.lunr.Builder, data)
    if (type !== 2 || mended) return
    event.stopImmediatePropagation()
    const { query, ...asked } = miaotuiQuery.mend(data, vocabulary)
    typed = new Set(asked.typed)
    telling = asked.telling
    dispatchEvent(new MessageEvent("message", { data: { type, data: query, mended: true } }))
  })

  // Material tells of each result which words it has and lacks, and the page shows it: no names as the index writes
  // them, and of what it lacks only what was typed. Those that it has become the ?h= of its address.
  const told = group => {
    const words = new Set(group.flatMap(({ terms }) => Object.keys(terms)).filter(term => !term.startsWith("§")))
    // A page whose sections alone have the words has none itself.
    const found = [...words].filter(word => group.some(({ terms }) => terms[word]))
    const marks = miaotuiQuery.marked(telling, found, texts.get(pageOf(group[0])))
    return group.map(({ terms, ...result }) => {
      const lacking = [...words].filter(word => terms[word] === false && typed.has(word))
      const shown = [...lacking.map(word => [word, false]), ...marks.map(word => [word, true])]
      return { ...result, terms: Object.fromEntries(shown) }
    })
  }
  const post = self.postMessage
  self.postMessage = message => {
    const items = message.data?.items?.map(told)
    post.call(self, items ? { ...message, data: { ...message.data, items } } : message)
  }
})()
