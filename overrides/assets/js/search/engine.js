// Ranks the pages of a language for a query: BM25 over what pages say of themselves and over the words of their texts.
// Pure: the small index goes in, then, as they come, the pieces that a query asks for; page.js fetches them.
var miaotuiEngine = (() => {
  "use strict"

  const { cutters, plain, stem, tokens, units } = miaotuiWords

  // How much a field counts, and how much its length takes from it.
  const FIELDS = {
    name: [4, 0.7], keywords: [10, 0.2], wordings: [0.3, 0.3], phrases: [2, 0.4], heads: [2, 0.4], lead: [1.8, 0.8], body: [0.3, 0.7]
  }
  // Questions before problems before calculators before the laboratory before the glossary, where they are as good.
  const KIND = [1, 0.94, 0.7, 0.85, 0.3, 0.3]
  const PROBLEM = 1
  const HANDS_ON = /手写|手撕|实现|写一个|写个|代码|\bimplement|\bwrite\b|\bcode\b|\bby hand\b/
  const WEIGHTS = {
    // Where a word that comes again says no more.
    saturation: 2.2,
    // A name in the query, and a query that is nothing but the name.
    named: 5.5, whole: 14,
    // How far a name counts in a long query, and how far a query like one of a page's wordings.
    long: 0.87, alike: 20,
    // What the best section has of the query, and how much the words that a page lacks take from it.
    section: 0.3, cover: 0.43,
    // A problem, where somebody asks to write it.
    craft: 1.3,
    // Three Chinese characters or more that stand as they were typed, in a text that has been fetched.
    phrase: 3
  }

  const key = text => units(text).join("")
  const counted = words => words.reduce((count, word) => count.set(word, (count.get(word) ?? 0) + 1), new Map())
  const mean = numbers => numbers.reduce((sum, one) => sum + one, 0) / (numbers.length || 1)
  const listing = (map, one, value) => map.set(one, [...(map.get(one) ?? []), value])

  // The sections of a page whose titles are its own: "Follow-ups" says nothing of it.
  const heads = ({ sections }, usual) => sections.map(([, title]) => title).filter(title => !usual.has(title)).join(" | ")

  // A page as the small index tells it: miaotui/site/search_pieces.py writes these in this order.
  const told = ([place, kind, number, level, title, name, keywords, lead, parts, wordings, size, phrases], at, all) => ({
    at, place, kind, number, level, title, name, lead, wordings, size, phrases,
    keywords: keywords ? keywords.split("|") : [],
    sections: parts.map(part => all[part]),
    asked: title.replace(/^\d+\. /, "")
  })

  const fields = (page, usual, stop) => Object.entries({
    name: `${page.asked} ${page.name}`,
    keywords: page.keywords.join(" | "),
    wordings: page.wordings.map(([text]) => text).join(" | "),
    phrases: page.phrases.join(" | "),
    heads: heads(page, usual),
    lead: page.lead
  }).map(([field, text]) => {
    const words = tokens(text, stop)
    return { field, count: counted(words), size: words.length }
  })

  // How a page is asked: its title, its name and the wordings, each with the section that answers it.
  const likes = ({ asked, name, wordings, phrases }, stop) => [[asked, ""], [name, ""], ...wordings, ...phrases.map(one => [one, ""])]
    .map(([text, anchor]) => ({ words: new Set(tokens(text, stop)), key: key(text), anchor }))

  const averages = pages => Object.fromEntries(Object.keys(FIELDS).map((field, at) => [field, mean(field === "body"
    ? pages.map(({ size }) => size)
    : pages.map(page => page.fields[at].size).filter(Boolean))]))

  const noted = ({ pages }) => {
    const places = new Map()
    for (const { at, fields: all } of pages) {
      for (const { field, count, size } of all) {
        for (const [word, times] of count) {
          if (!places.has(word)) places.set(word, new Map())
          listing(places.get(word), at, [field, times, size])
        }
      }
    }
    return places
  }

  const spelt = (pages, stop) => {
    const text = pages.map(page => [page.title, page.name, ...page.keywords, page.lead].join(" ")).join(" ")
    const words = new Set(plain(text).match(/[a-z][a-z\d]{3,}/g))
    return new Map([...words].filter(word => !stop.en.has(word)).map(word => [word, stem(word)]))
  }

  const called = pages => {
    const names = new Map()
    for (const { at, name, keywords } of pages) {
      for (const one of new Set([name, ...keywords].map(key).filter(Boolean))) listing(names, one, at)
    }
    return names
  }

  const others = synonyms => {
    const found = new Map()
    for (const forms of synonyms) {
      for (const form of forms) listing(found, key(form), forms.filter(other => other !== form))
    }
    return new Map([...found].map(([form, listed]) => [form, listed.flat()]))
  }

  // Prepares the small index.
  const load = small => {
    const stop = cutters(small.stop)
    const usual = new Set(small.usual)
    const pages = small.pages.map((page, at) => told(page, at, small.sections)).map(page => ({
      ...page, fields: fields(page, usual, stop), likes: likes(page, stop)
    }))
    return {
      stop, pages, places: noted({ pages }), names: called(pages), latin: spelt(pages, stop), average: averages(pages),
      synonyms: others(small.synonyms), folder: small.folder, buckets: small.buckets,
      levels: small.levels, glossary: small.glossary,
      sounds: new Map(), bodies: new Map(), texts: new Map()
    }
  }

  // The piece that has a word, as miaotui/site/search_pieces.py has it.
  const bucket = (word, count) =>
    [...word].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 65521, 7) % count

  // The pieces in which the words of a query stand.
  const pieces = ({ words }, { buckets }) => [...new Set([...words.keys()].map(word => bucket(word, buckets)))]

  // Takes in a piece: for each word the pages that have it, how often, and in which sections, as bits.
  const learn = ({ bodies }, piece) => {
    for (const [word, flat] of Object.entries(piece)) {
      const its = new Map()
      for (let at = 0, page = 0; at < flat.length; at += 3) {
        page += flat[at]
        its.set(page, [flat[at + 1], flat[at + 2]])
      }
      bodies.set(word, its)
    }
  }

  // Takes in how names sound: the pages that have a name in these letters, and which letters sound the same.
  const hear = (known, { letters, pages }) => {
    known.sounds = new Map(Object.entries(letters).flatMap(([sound, all]) => [...all].map(one => [one, sound])))
    for (const [at, said] of pages) {
      for (const one of said) {
        listing(known.names, one, at)
        known.latin.set(one, one)
      }
    }
  }

  const rarity = known => {
    const found = new Map()
    return word => {
      if (found.has(word)) return found.get(word)
      const count = Math.max(known.places.get(word)?.size ?? 0, known.bodies.get(word)?.size ?? 0)
      found.set(word, Math.log(1 + (known.pages.length - count + 0.5) / (count + 0.5)))
      return found.get(word)
    }
  }

  const strength = (listed, average) => {
    const sum = listed.reduce((all, [field, times, size]) => {
      const [weight, length] = FIELDS[field]
      return all + weight * times / (1 - length + length * size / average[field])
    }, 0)
    return sum / (WEIGHTS.saturation + sum)
  }

  // What the pages have of the query: by page the score, the share of the typed words, and what each section has.
  const weighed = (asked, known, rare) => {
    const found = new Map()
    for (const [word, weight] of asked.words) {
      const here = known.places.get(word) ?? new Map()
      const body = known.bodies.get(word) ?? new Map()
      for (const at of new Set([...here.keys(), ...body.keys()])) {
        if (!found.has(at)) found.set(at, { score: 0, covered: 0, sections: [] })
        const its = found.get(at)
        const [times, mask] = body.get(at) ?? [0, 0]
        const listed = [...(here.get(at) ?? []), ...(times ? [["body", times, known.pages[at].size]] : [])]
        its.score += weight * rare(word) * strength(listed, known.average)
        if (weight === 1) its.covered += rare(word)
        for (let bit = 0; mask >> bit; bit++) {
          if (mask >> bit & 1) its.sections[bit] = (its.sections[bit] ?? 0) + weight * rare(word)
        }
      }
    }
    return found
  }

  // How alike the query and the ways in which a page is asked are; the best of them.
  const alike = (asked, page, rare) => {
    const mine = asked.typed.reduce((sum, word) => sum + rare(word), 0)
    return page.likes.reduce((best, { words, key: its, anchor }) => {
      const both = [...words].filter(word => asked.words.get(word) === 1).reduce((sum, word) => sum + rare(word), 0)
      const all = mine + [...words].reduce((sum, word) => sum + rare(word), 0) - both
      const share = its && its === asked.key ? 2 : both / (all || 1)
      return share > best.share ? { share, anchor } : best
    }, { share: 0, anchor: "" })
  }

  // What the names in the query give to the pages that have them.
  const byName = (asked, { names }) => {
    const given = new Map()
    for (const { name, size, share } of asked.names) {
      const its = names.get(name) ?? []
      const rare = Math.log(1 + 12 / (its.length || 1)) / 2.5
      const part = WEIGHTS.named * Math.min(size, 9) / 3 * rare * (1 - WEIGHTS.long + WEIGHTS.long * share)
      for (const at of its) given.set(at, (given.get(at) ?? 0) + part + (share === 1 ? WEIGHTS.whole : 0))
    }
    return given
  }

  // The section that answers: that of a wording like the query, or the one that has most of it.
  const section = (page, { share, anchor }, sections, names) => {
    if (share > 0.5 && anchor) return anchor
    if (share > 0.9 || names) return ""
    const most = Math.max(0, ...sections.filter(Boolean))
    return most ? page.sections[sections.indexOf(most)]?.[0] ?? "" : ""
  }

  // Where a text has a run of the query as it was typed: 神经元 is not 神经 and 单元. The first pages alone have theirs.
  const literally = (found, query, known) => {
    const runs = (plain(query).match(/[\u3400-\u9fff]+/g) ?? []).flatMap(run => run.split(known.stop.cut)).filter(run => run.length > 2)
    for (const one of found) {
      const texts = known.texts.get(one.page.at) ?? []
      const has = runs.map(run => texts.find(([, text]) => text.includes(run))).filter(Boolean)
      if (!has.length) continue
      one.score += WEIGHTS.phrase * KIND[one.page.kind] * has.length
      if (one.anchor && !texts.some(([anchor, text]) => anchor === one.anchor && text.includes(runs[0]))) one.anchor = has[0][0]
    }
  }

  // The pages, best first, each with the anchor of its section or none.
  const search = (asked, query, known) => {
    const rare = rarity(known)
    const total = asked.typed.reduce((sum, word) => sum + rare(word), 0) || 1
    const names = byName(asked, known)
    const craft = HANDS_ON.test(plain(query)) ? WEIGHTS.craft : 1
    const all = weighed(asked, known, rare)
    for (const at of names.keys()) if (!all.has(at)) all.set(at, { score: 0, covered: 0, sections: [] })
    const whole = asked.names.some(({ share }) => share === 1)
    const found = [...all].map(([at, { score, covered, sections }]) => {
      const page = known.pages[at]
      const like = alike(asked, page, rare)
      const most = Math.max(0, ...sections.filter(Boolean))
      const own = (score + WEIGHTS.section * most) * (1 - WEIGHTS.cover + WEIGHTS.cover * covered / total)
      const sum = own + (names.get(at) ?? 0) + WEIGHTS.alike * like.share
      return {
        page, score: sum * KIND[page.kind] * (page.kind === PROBLEM ? craft : 1) + (page.number && page.number === asked.number ? 1e3 : 0),
        anchor: section(page, like, sections, whole && names.has(at))
      }
    })
    literally(found, query, known)
    const numbered = asked.number && known.pages.find(({ number }) => number === asked.number)
    if (numbered && !all.has(numbered.at)) found.push({ page: numbered, score: 1e3, anchor: "" })
    return found.sort((a, b) => b.score - a.score || a.page.kind - b.page.kind)
  }

  return { FIELDS, KIND, WEIGHTS, load, pieces, learn, hear, search, bucket }
})()
