// Ranks the pages of a language for a query, from what miaotui/site/search_ranks.py has worked out when the site was
// built. Pure: the core of the index goes in, then, as they come, the pieces that a query asks for; fetching.js fetches.
var miaotuiEngine = (() => {
  "use strict"

  const { numbers } = miaotuiCodes
  const { cutters, plain, units } = miaotuiWords

  // Questions before problems before calculators before the laboratory before the glossary, where they are as good.
  const KIND = [1, 0.94, 0.7, 0.85, 0.8, 0.3, 0.3]
  const PROBLEM = 1
  const HANDS_ON = /手写|手撕|实现|写一个|写个|代码|\bimplement|\bwrite\b|\bcode\b|\bby hand\b/
  const CALCULATOR = 2
  const COUNTED =
    /多少|多大|多久|多长|几张|几个|几台|几倍|怎么算|计算|估算|\bhow (?:many|much|long|large|big|fast)\b|\b(?:size|cost|price|time|number) of\b|\bestimate|\bcalculat/
  const WEIGHTS = {
    // A name in the query, and a query that is nothing but the name.
    named: 5.5,
    whole: 14,
    // How far a name counts in a long query, and how far a query like one of a page's wordings.
    long: 0.87,
    alike: 20,
    asked: 0.8,
    told: 1,
    few: 1.5,
    // What the best section has of the query, and how much the words that a page lacks take from it.
    section: 0.3,
    cover: 0.43,
    // A problem, where somebody asks to write it.
    synonym: 0.62,
    craft: 1.3,
    count: 1.5,
    // Results that are weaker than this part of the best are none.
    far: 0.18,
    // Three Chinese characters or more that stand as they were typed, in a text that has been fetched.
    phrase: 3
  }
  const HAN = /[\u3400-\u9fff]/
  // What a pair counts that no page has, as it does of those that stand together by chance.
  const LOOSE = 0.3
  // What miaotui/site/search_ranks.py writes a share of 1 as, and a rarity of 1.
  const SCALE = 30
  const TENTHS = 10
  // What a word that several sections have tells of the first of them: where nothing else tells, that one is opened.
  const SHARED = 0.01

  // What is known of a language: its core, and what has come of its pieces.
  /** @type {(core: Searching.Core) => Searching.Known} */
  const load = core => ({
    ...core,
    brief: undefined,
    stop: cutters(core.stop),
    openers: new Set(core.openers),
    words: new Map(),
    rarities: new Map(),
    likes: new Map(),
    names: new Map(),
    synonyms: new Map(),
    latin: new Map(),
    taken: new Set(),
    sounds: new Map(),
    simple: new Map(),
    pages: new Map(),
    texts: new Map()
  })

  // The piece that has a word, as miaotui/site/search_pieces.py has it.
  /** @type {(word: string, count: number) => number} */
  const bucket = (word, count) =>
    [...word].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 65521, 7) % count

  // What a word tells as brief.js has it, until the piece comes that would have it.
  /** @type {(word: string, known: Searching.Known) => Searching.Told | undefined} */
  const briefly = (word, known) =>
    known.taken.has(`w${bucket(word, known.buckets)}`) ? undefined : known.brief?.(word)

  // The pages of a word: a Map of what it tells, of its section, -1 for none, and whether another
  // section has it as often. Lists are read when they are asked for.
  /** @type {(word: string, known: Searching.Known) => Searching.Pages} */
  const pagesOf = (word, known) => {
    const { words, rarities } = known
    const listed = words.get(word)
    if (typeof listed !== "string") return listed ?? briefly(word, known)?.pages ?? new Map()
    /** @type {Searching.Pages} */
    const its = new Map()
    const told = numbers(listed)
    for (let at = 1, page = 0; at < told.length; at += 3) {
      page += told[at]
      its.set(page, [told[at + 1] / SCALE, (told[at + 2] >> 1) - 1, told[at + 2] % 2])
    }
    rarities.set(word, told[0] / TENTHS)
    words.set(word, its)
    return its
  }

  // Takes in a piece of words: a line for each, with its pages and the ways of asking that have it; and names.
  /** @type {(known: Searching.Known, piece: Searching.Words) => void} */
  const learn = (known, [lines, names]) => {
    for (const line of lines.split("\n").filter(Boolean)) {
      const [word, pages, ways] = line.split(" ")
      known.words.set(word, pages)
      if (ways) known.likes.set(word, ways)
    }
    for (const [name, [pages, others]] of Object.entries(names)) {
      known.names.set(name, pages)
      if (others.length) known.synonyms.set(name, others)
    }
  }

  // Takes in how words that begin with a letter are spelt.
  /** @type {(known: Searching.Known, words: string[]) => void} */
  const spell = (known, words) => {
    for (const word of words) known.latin.set(word, miaotuiWords.stem(word))
  }

  // Takes in which letters sound the same, and the traditional ones with those that we write.
  /** @type {(known: Searching.Known, piece: Searching.Sounds) => void} */
  const hear = (known, [letters, old, now]) => {
    for (const [sound, all] of Object.entries(letters)) for (const one of all) known.sounds.set(one, sound)
    const ours = [...now]
    for (const [at, letter] of [...old].entries()) known.simple.set(letter, ours[at])
  }

  // Takes in a page as results show it: miaotui/site/search_pieces.py writes it in this order.
  /** @type {(known: Searching.Known, at: number, row: Searching.Row) => void} */
  const meet = (known, at, [place, number, level, title, name, keywords, lead, sections, cuts]) => {
    known.pages.set(at, { at, place, number, level, title, name, keywords: keywords.split("|"), lead, sections, cuts })
  }

  // The piece that has the text of a section: its number among those of the page.
  /** @type {(page: Searching.Page, section: number) => number} */
  const piece = ({ cuts }, section) => cuts.filter(cut => cut <= section).length

  // Takes in the texts of some sections of a page.
  /** @type {(known: Searching.Known, at: number, index: number, listed: string[]) => void} */
  const read = (known, at, index, listed) => {
    const texts = known.texts.get(at) ?? []
    const from = index ? known.pages.get(at).cuts[index - 1] : 0
    for (const [place, text] of listed.entries()) texts[from + place] = text
    known.texts.set(at, texts)
  }

  // The pieces that tell of a query: those of its words and of names that may begin there, and, once these have come,
  // how words are spelt and how letters sound, where a word is in none of them.
  /** @type {(asked: Searching.Asked, known: Searching.Known) => string[]} */
  const wanted = ({ words, forms, starts, letters, strange }, known) => {
    const others = forms.flatMap(({ others: its }) => its.flat())
    const told = [...new Set([...words.keys(), ...others, ...starts].map(word => bucket(word, known.buckets)))]
    const heard = new Set(strange.map(letter => `h${bucket(letter, known.heard)}`))
    const guessed = [...letters.filter(letter => known.spelt.includes(letter)).map(letter => `l${letter}`), ...heard]
    return [...told.map(at => `w${at}`), ...(told.every(at => known.taken.has(`w${at}`)) ? guessed : [])]
  }

  // Takes in a piece, by its name.
  /** @type {(known: Searching.Known, name: string, value: Searching.Piece) => void} */
  const take = (known, name, value) => {
    known.taken.add(name)
    if (name.startsWith("h")) hear(known, /** @type {Searching.Sounds} */ (value))
    else if (name.startsWith("l")) spell(known, /** @type {string[]} */ (value))
    else learn(known, /** @type {Searching.Words} */ (value))
  }

  /** @type {(at: number, known: Searching.Known) => number} */
  const kind = (at, { kinds }) => kinds.findIndex(end => at < end)

  // How rare a word is. Of one that no page has: two Chinese characters may be of two words.
  /** @type {(known: Searching.Known) => Searching.Rare} */
  const rarity = known => {
    const none = Math.log(2 * known.kinds[known.kinds.length - 1] + 2)
    return word => {
      pagesOf(word, known)
      return (
        known.rarities.get(word) ??
        briefly(word, known)?.rare ??
        none * (word.length === 2 && HAN.test(word) ? LOOSE : 1)
      )
    }
  }

  // What the pages have of the query: by page the score, the share of the typed words, and what each section has.
  /** @type {(asked: Searching.Asked, known: Searching.Known, rare: Searching.Rare) => Map<number, Searching.Weighed>} */
  const weighed = (asked, known, rare) => {
    /** @type {Map<number, Searching.Weighed>} */
    const found = new Map()
    for (const [word, weight] of asked.words) {
      const much = weight * rare(word)
      for (const [at, [strength, section, shared]] of pagesOf(word, known)) {
        if (!found.has(at)) found.set(at, { score: 0, covered: 0, shared: 0, sections: [] })
        const its = found.get(at)
        its.score += much * strength
        if (weight === 1) its.covered += much
        if (shared) its.shared += much
        if (section >= 0) its.sections[section] = (its.sections[section] ?? 0) + (shared ? SHARED : 1) * much
      }
    }
    return found
  }

  // The pages that have all the words of a form, each with what it tells and the section that has the first of them.
  /** @type {(form: string[], known: Searching.Known, rare: Searching.Rare) => Searching.Having[]} */
  const having = (form, known, rare) => {
    const [first, ...rest] = form.map(word => pagesOf(word, known))
    return [...first.keys()]
      .filter(at => rest.every(pages => pages.has(at)))
      .map(at => ({
        at,
        tells: form.reduce((sum, word) => sum + rare(word) * pagesOf(word, known).get(at)[0], 0),
        section: first.get(at)[1]
      }))
  }

  // Adds what pages have by another name of a thing, where that is more than by the one that was typed.
  /** @type {(found: Map<number, Searching.Weighed>, asked: Searching.Asked, known: Searching.Known, rare: Searching.Rare) => void} */
  const otherwise = (found, asked, known, rare) => {
    for (const { own, others } of asked.forms) {
      /** @type {Map<number, Searching.Having>} */
      const best = new Map()
      for (const one of others.flatMap(form => having(form, known, rare))) {
        if (one.tells > (best.get(one.at)?.tells ?? 0)) best.set(one.at, one)
      }
      const mine = own.reduce((sum, word) => sum + rare(word), 0)
      for (const { at, tells, section } of best.values()) {
        const has = own.filter(word => pagesOf(word, known).has(at))
        const already = has.reduce((sum, word) => sum + rare(word) * pagesOf(word, known).get(at)[0], 0)
        const gain = WEIGHTS.synonym * tells - already
        if (gain <= 0) continue
        if (!found.has(at)) found.set(at, { score: 0, covered: 0, shared: 0, sections: [] })
        const its = found.get(at)
        its.score += gain
        its.covered += WEIGHTS.synonym * (mine - has.reduce((sum, word) => sum + rare(word), 0))
        if (section >= 0) its.sections[section] = (its.sections[section] ?? 0) + gain
      }
    }
  }

  // How much of each way of asking for a page is in the query: by page the best share, and the section that answers.
  /** @type {(asked: Searching.Asked, known: Searching.Known, rare: Searching.Rare) => Map<number, Searching.Like>} */
  const alike = (asked, known, rare) => {
    /** @type {Map<number, Searching.Way>} */
    const ways = new Map()
    for (const word of asked.typed) {
      const listed = known.likes.has(word) ? numbers(known.likes.get(word)) : (briefly(word, known)?.likes ?? [])
      for (let at = 0, page = 0; at < listed.length; at += 4) {
        page += listed[at]
        const way = page * 1e5 + listed[at + 1]
        const its = ways.get(way) ?? { page, section: listed[at + 2] - 1, both: 0, size: listed[at + 3] / TENTHS }
        its.both += rare(word)
        ways.set(way, its)
      }
    }
    const mine = asked.typed.reduce((sum, word) => sum + rare(word), 0)
    /** @type {Map<number, Searching.Like>} */
    const best = new Map()
    for (const { page, section, both, size } of ways.values()) {
      // A word or two is a name's matter: 手写量化 is no more about 量化 than its page.
      const whole = asked.typed.length > 2 && both / Math.max(mine + size - both, 1e-3) > 0.98
      const others = (1 - WEIGHTS.asked - WEIGHTS.told) * both
      const all = WEIGHTS.asked * mine + WEIGHTS.told * size + others + WEIGHTS.few
      const share = whole ? 2 : both / Math.max(all, 1e-3)
      if (share > (best.get(page)?.share ?? 0)) best.set(page, { share, section })
    }
    return best
  }

  // What the names in the query give to the pages that have them.
  /** @type {(asked: Searching.Asked, known: Searching.Known) => Map<number, number>} */
  const byName = (asked, { names, synonyms }) => {
    /** @type {Map<number, number>} */
    const given = new Map()
    for (const { name, size, share } of asked.names) {
      const its = names.get(name) ?? []
      const others = new Set((synonyms.get(name) ?? []).flatMap(form => names.get(units(form).join("")) ?? []))
      const rare = Math.log(1 + 12 / (its.length || 1)) / 2.5
      const part = ((WEIGHTS.named * Math.min(size, 9)) / 3) * rare * (1 - WEIGHTS.long + WEIGHTS.long * share)
      const full = part + (share === 1 ? WEIGHTS.whole : 0)
      for (const at of its) given.set(at, (given.get(at) ?? 0) + full)
      for (const at of others) if (!its.includes(at)) given.set(at, (given.get(at) ?? 0) + WEIGHTS.synonym * full)
    }
    return given
  }

  // The section that answers: that of a wording like the query, or the one that has most of it; -1 is the page.
  /** @type {(like: Searching.Like, sections: number[], most: number, named: boolean) => number} */
  const section = ({ share, section: its }, sections, most, named) => {
    if (share > 0.5 && its >= 0) return its
    return share > 0.9 || named || !most ? -1 : sections.indexOf(most)
  }

  // Where a text has a run of the query as it was typed: 神经元 is not 神经 and 单元. The first pages alone have theirs.
  /** @type {(found: Searching.Found[], query: string, known: Searching.Known) => void} */
  const literally = (found, query, known) => {
    const runs = (plain(query).match(/[\u3400-\u9fff]+/g) ?? [])
      .flatMap(run => run.split(known.stop.cut))
      .filter(run => run.length > 2)
    for (const one of found) {
      const texts = known.texts.get(one.at) ?? []
      const has = runs.map(run => texts.findIndex(text => text?.includes(run))).filter(index => index >= 0)
      if (!has.length) continue
      one.score += WEIGHTS.phrase * KIND[one.kind] * has.length
      if (one.section >= 0 && !texts[one.section]?.includes(runs[0])) one.section = has[0]
    }
  }

  /** @type {Searching.Weighed} */
  const NONE = { score: 0, covered: 0, shared: 0, sections: [] }

  // The pages by their numbers in the index, best first, each with the number of its section or -1.
  /** @type {(asked: Searching.Asked, query: string, known: Searching.Known) => Searching.Found[]} */
  const search = (asked, query, known) => {
    const rare = rarity(known)
    const total = asked.typed.reduce((sum, word) => sum + rare(word), 0) || 1
    const names = byName(asked, known)
    const ways = alike(asked, known, rare)
    /** @type {Record<number, number>} */
    const suits = {
      [PROBLEM]: HANDS_ON.test(plain(query)) ? WEIGHTS.craft : 1,
      [CALCULATOR]: COUNTED.test(plain(query)) ? WEIGHTS.count : 1
    }
    const all = weighed(asked, known, rare)
    otherwise(all, asked, known, rare)
    const whole = asked.names.some(({ share }) => share === 1)
    const numbered = known.names.get(`#${asked.number}`)?.[0]
    const places = new Set([...all.keys(), ...names.keys(), ...(numbered === undefined ? [] : [numbered])])
    const found = [...places].map(at => {
      const { score, covered, shared, sections } = all.get(at) ?? NONE
      const like = ways.get(at) ?? { share: 0, section: -1 }
      const its = kind(at, known)
      const most = sections.reduce((best, one) => Math.max(best, one), 0)
      const own = (score + WEIGHTS.section * (most + shared)) * (1 - WEIGHTS.cover + (WEIGHTS.cover * covered) / total)
      const sum = own + (names.get(at) ?? 0) + WEIGHTS.alike * like.share
      return {
        at,
        kind: its,
        score: sum * KIND[its] * (suits[its] ?? 1) + (at === numbered ? 1e3 : 0),
        section: section(like, sections, most, whole && names.has(at))
      }
    })
    literally(found, query, known)
    found.sort((a, b) => b.score - a.score || a.at - b.at)
    return found.filter(({ score }) => score >= WEIGHTS.far * found[0].score)
  }

  return { KIND, WEIGHTS, load, wanted, take, meet, piece, read, pagesOf, search, bucket }
})()
