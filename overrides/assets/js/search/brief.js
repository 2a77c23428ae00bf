// What pages say of themselves, taken in whole where that is little enough: first results come from it while the words'
// pieces are on their way. No index: each word is looked for in the text, once it is asked for. It weighs words as
// miaotui/site/search_ranks.py does, without bodies. Pure.
var miaotuiBrief = (() => {
  "use strict"

  const { numbers } = miaotuiCodes
  const { plain, stem } = miaotuiWords

  const HAN = /[\u3400-\u9fff]/
  const NAME = 0
  const KEYWORDS = 1
  const WORDINGS = 2
  const PHRASES = 3
  const HEADS = 4
  const SHORT = 5
  // The sizes of ways are whole numbers here, and tenths in the pieces.
  const TENTHS = 10

  /** @param {string} title */
  const untitled = title => title.replace(/^\d+\. /, "")
  /** @param {string} text */
  const key = text => text.match(/[\u3400-\u9fff]|[a-z0-9]+/g)?.join("") ?? ""

  /** @type {(text: string, field: number, section?: number) => { text: string; field: number; section: number }} */
  const way = (text, field, section = 0) => ({ text, field, section })

  // The lines of a page: its text, what it is, and, of those that are ways of asking, which one, and what answers.
  /** @type {(row: Searching.BriefRow, page: number) => Searching.Line[]} */
  const lines = ([, , , title, name, keywords, phrases, wordings, heads, sizes, short], page) => {
    const ways = [
      way(untitled(title), NAME),
      way(name, NAME),
      ...phrases.map(text => way(text, PHRASES)),
      ...wordings.map(([text, section]) => way(text, WORDINGS, section))
    ]
    const size = numbers(sizes)
    return [
      ...ways.filter(({ text }) => text).map((one, at) => ({ ...one, page, way: at, size: TENTHS * size[at] })),
      { text: keywords, page, field: KEYWORDS, way: -1 },
      { text: heads, page, field: HEADS, way: -1 },
      { text: short, page, field: SHORT, way: -1 }
    ]
  }

  // How long each field of each page is, as a part of what is usual.
  /** @type {(all: Searching.Line[], told: Searching.Brief, count: number) => number[][]} */
  const shares = (all, { weights }, count) =>
    weights.map((_, field) => {
      /** @type {number[]} */
      const long = new Array(count).fill(0)
      for (const { text, page, field: its } of all) if (its === field) long[page] += text.length
      const some = long.filter(Boolean)
      const mean = some.reduce((sum, one) => sum + one, 0) / (some.length || 1)
      return long.map(one => one / mean)
    })

  // Whether what stands at a place is the word, and no part of another: of a Latin word its other forms are.
  /** @type {(text: string, word: string, at: number) => boolean} */
  const stands = (text, word, at) => {
    if (HAN.test(word)) return true
    if (/[a-z0-9]/.test(text[at - 1] ?? "")) return false
    const [whole] = /^[a-z0-9.]*[a-z0-9]/.exec(text.slice(at, at + 40))
    return whole === word || stem(whole) === word
  }

  // The lines that have a word, with how often.
  /** @type {(text: string, ends: number[], word: string) => Map<number, number>} */
  const having = (text, ends, word) => {
    const found = new Map()
    // A single Chinese character is a part of many words.
    if (word.length < 2 && HAN.test(word)) return found
    let line = 0
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      while (ends[line] <= at) line++
      if (stands(text, word, at)) found.set(line, (found.get(line) ?? 0) + 1)
    }
    return found
  }

  // What a word tells of pages, as engine.js has it of the pieces: pages, ways of asking, how rare it is.
  /** @type {(found: Map<number, number>, all: Searching.Line[], told: Searching.Brief, share: number[][], count: number) => Searching.Told} */
  const tells = (found, all, { weights, saturation }, share, count) => {
    /** @type {Map<number, number>} */
    const sums = new Map()
    /** @type {number[]} */
    const likes = []
    let last = 0
    for (const [line, times] of found) {
      const { page, field, way, section, size } = all[line]
      const [weight, length] = weights[field]
      sums.set(page, (sums.get(page) ?? 0) + (weight * times) / (1 - length + length * share[field][page]))
      if (way >= 0) likes.push(page - last, way, section, size)
      if (way >= 0) last = page
    }
    /** @type {Searching.Pages} */
    const pages = new Map()
    for (const [page, sum] of sums) pages.set(page, [sum / (saturation + sum), -1, 0])
    return { pages, likes, rare: Math.log(1 + (count - pages.size + 0.5) / (pages.size + 0.5)) }
  }

  // How each letter of a name sounds, as it does in most of them: the pieces have how each name does.
  /** @type {(sounds: string) => Map<string, string>} */
  const heard = sounds =>
    new Map(
      sounds.split(" ").flatMap(one => {
        const [sound] = one.match(/^[a-z]*/)
        return [...one.slice(sound.length)].map(letter => /** @type {[string, string]} */ ([letter, sound]))
      })
    )
  // A name as it is typed by its sounds.
  /** @type {(name: string, sounds: Map<string, string>) => string} */
  const said = (name, sounds) => (HAN.test(name) ? [...name].map(letter => sounds.get(letter) ?? letter).join("") : "")

  /** @type {(known: Searching.Known, pages: Searching.Page[], same: string[][], sounds: Map<string, string>) => void} */
  const names = (known, pages, same, sounds) => {
    const lists = [...same, ...pages.map(({ name, keywords }) => [name, ...keywords])]
    const small = plain(lists.map(list => list.join("\n")).join("\0"))
      .split("\0")
      .map(list => list.split("\n").map(key))
    for (const { at, number } of pages) if (number) known.names.set(`#${number}`, [at])
    for (const [at, its] of small.slice(same.length).entries()) {
      const both = [...its, ...its.map(name => said(name, sounds))]
      for (const name of new Set(both.filter(Boolean))) known.names.set(name, [...(known.names.get(name) ?? []), at])
    }
    for (const [at, its] of small.entries()) {
      // The names of a term, and of what our list of words has as one thing, stand for each other.
      if (at >= same.length && !pages[at - same.length].place.includes("#")) continue
      for (const name of its)
        known.synonyms.set(name, [
          ...(known.synonyms.get(name) ?? []),
          ...lists[at].filter((_, other) => its[other] !== name)
        ])
    }
  }

  // Takes in the pages, which miaotui/site/search_brief.py writes in this order.
  /** @type {(known: Searching.Known, told: Searching.Brief) => void} */
  const take = (known, told) => {
    for (const [at, [place, number, level, title, name, keywords]] of told.pages.entries()) {
      known.pages.set(at, {
        at,
        place,
        number,
        level,
        title,
        name,
        keywords: keywords.split("|"),
        lead: "",
        sections: [],
        cuts: [],
        brief: true
      })
    }
    const pages = [...known.pages.values()]
    const all = told.pages.flatMap(lines)
    const share = shares(all, told, pages.length)
    const text = plain(all.map(line => line.text).join("\n"))
    const ends = [...text.matchAll(/\n|$/g)].map(({ index }) => index)
    /** @type {Map<string, Searching.Told>} */
    const looked = new Map()
    names(known, pages, told.same, heard(told.sounds))
    known.brief = word => {
      if (!looked.has(word)) looked.set(word, tells(having(text, ends, word), all, told, share, pages.length))
      return looked.get(word)
    }
  }

  return { take }
})()
