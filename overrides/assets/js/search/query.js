// From what a reader types to what the search looks for: words, each with its weight, and the names in them. Pure.
//
// `known` is what engine.js has of the index by now: words, those that pages have; names, the whole names of pages;
// synonyms, other names of a thing; latin, Latin words with their stems; sounds, the syllable of each letter that sounds
// like one of a name. What a query needs of it beside its words is told with it: starts, where names may begin;
// letters, the first letters of words that may be misspelt; strange, Chinese letters that may stand for others.
var miaotuiQuery = (() => {
  "use strict"

  const { plain, stem, tokens, units } = miaotuiWords

  const HAN = /[\u3400-\u9fff]/

  // Letters or words that a name may have.
  const LONGEST = 24
  // What a word that was not typed counts: the right spelling, the rest of a word.
  const RIGHT = 0.9
  const BEGUN = 0.6

  // Chinese numerals: 第十二题 is 第12题.
  const DIGITS = "零一二三四五六七八九"
  /** @type {Record<string, number>} */
  const TENS = { 十: 10, 百: 100, 千: 1000 }
  /** @param {string} letters */
  const numeral = letters => {
    const said = letters.replaceAll("〇", "零").replaceAll("两", "二")
    if (!/[十百千]/.test(said)) return Number([...said].map(letter => DIGITS.indexOf(letter)).join(""))
    let sum = 0
    let digit = 0
    for (const letter of said) {
      if (letter in TENS) sum += (digit || 1) * TENS[letter]
      digit = letter in TENS ? 0 : DIGITS.indexOf(letter)
    }
    return sum + digit
  }
  const BEFORE = "(?:q|question|no|第|题目|题|问题)?[ .#]*(?:no[. ]*)?"
  const NUMERAL = "[零〇一二两三四五六七八九十百千]{2,}|(?<=(?:第|题目?|问题) *)[一二三四五六七八九十]|十(?= *道? *题)"
  const NUMBER = new RegExp(`^${BEFORE}(?:(\\d+)|(${NUMERAL})) *(?:道? *题)?[.]?$`)
  // The number of a question where a query is nothing else, or 0.
  /** @param {string} query */
  const numbered = query => {
    const found = NUMBER.exec(plain(query).trim())
    return found ? Number(found[1] ?? numeral(found[2])) : 0
  }

  // One letter changed, missing, too many, or changed with the next; a name's first letter is right.
  /** @type {(typed: string, word: string) => boolean} */
  const near = (typed, word) => {
    if (Math.abs(typed.length - word.length) > 1 || typed[0] !== word[0]) return false
    let at = 0
    while (at < typed.length && typed[at] === word[at]) at++
    /** @type {(mine: number, its: number) => boolean} */
    const rest = (mine, its) => typed.slice(at + mine) === word.slice(at + its)
    const turned = typed[at] === word[at + 1] && typed[at + 1] === word[at]
    return rest(1, 1) || rest(1, 0) || rest(0, 1) || (turned && rest(2, 2))
  }

  // Whether a Latin word may be another one: one that no page has, or the last, which may not be whole yet.
  /** @type {(word: string, last: boolean, known: Searching.Known) => boolean} */
  const unsure = (word, last, known) =>
    /^[a-z]{3,}$/.test(word) &&
    !known.names.has(word) &&
    !known.stop.en.has(word) &&
    (last || !known.words.has(stem(word)))

  // What such a word may be: a misspelt one, or the beginning of one. We write quantization.
  /** @type {(word: string, last: boolean, known: Searching.Known) => { right: string[]; begun: string[] }} */
  const guesses = (word, last, known) => {
    if (!unsure(word, last, known)) return { right: [], begun: [] }
    const ours = word.replace(/is(?=at|e|ing)/g, "iz")
    const all = [...known.latin]
    // A page may have a beginning as a word, as "quant": it is no misspelt one, and may still be a beginning.
    const close =
      ours.length > 4 && !known.words.has(stem(word))
        ? all.filter(([other, its]) => near(ours, other) || near(ours, its)).slice(0, 5)
        : []
    const begun = all.filter(([other]) => other.startsWith(ours)).slice(0, 12)
    return { right: close.map(([other]) => other), begun: begun.map(([other]) => other) }
  }

  // The unit as it should have been typed: a name before a word.
  /** @type {(word: string, right: string[], known: Searching.Known) => string} */
  const corrected = (word, right, known) => {
    if (!/^[a-z]{5,}$/.test(word) || known.words.has(stem(word))) return word
    const names = [...known.names.keys()].filter(other => near(word, other))
    return names.find(other => other.startsWith(word)) ?? names[0] ?? right[0] ?? word
  }

  // Whether pages have all the words of a run: 线程数 sounds as 线程束 does, and is meant as it stands.
  /** @type {(part: string[], known: Searching.Known) => boolean} */
  const ours = (part, known) => part.slice(1).every((unit, at) => known.words.has(part[at] + unit))

  // The name that a run of units is: by its letters or, as a phone's keyboard offers them, by their sounds.
  /** @type {(part: string[], known: Searching.Known) => string | undefined} */
  const name = (part, known) => {
    const heard = part.length > 1 && part.every(unit => known.sounds.has(unit)) && !ours(part, known)
    const forms = [part.join(""), heard ? part.map(unit => known.sounds.get(unit)).join("") : ""]
    return forms.find(form => form && (known.names.has(form) || known.synonyms.has(form)))
  }

  // The names in a query, the longest from each place: 量化感知训练 is not 量化. A Latin word is worth three letters.
  /** @type {(listed: string[], known: Searching.Known) => Searching.Named[]} */
  const named = (listed, known) => {
    /** @type {Searching.Named[]} */
    const found = []
    for (let from = 0; from < listed.length; from++) {
      for (let to = Math.min(listed.length, from + LONGEST); to > from; to--) {
        const part = listed.slice(from, to)
        const its = name(part, known)
        // 流 is a name, and a part of 流量.
        if (!its || (part.length === 1 && HAN.test(part[0]) && listed.length > 1)) continue
        const size = part.reduce((sum, unit) => sum + Math.min(unit.length, 3), 0)
        found.push({
          name: its,
          part: part.join(HAN.test(part[0]) ? "" : " "),
          size,
          share: part.length / listed.length
        })
        from = to - 1
        break
      }
    }
    return found
  }

  // Where names may begin: at each Latin word, and at each two Chinese characters that are looked for.
  /** @type {(listed: string[], typed: string[], known: Searching.Known) => string[]} */
  const begins = (listed, typed, known) =>
    listed
      .map((unit, at) => (HAN.test(unit) ? unit + (listed[at + 1] ?? "") : stem(unit)))
      .filter(start => typed.includes(start) || known.openers.has(start))

  // A query in the characters that we write: 顯存 is 显存.
  /** @type {(query: string, known: Searching.Known) => string} */
  const written = (query, { simple }) => [...query].map(letter => simple.get(letter) ?? letter).join("")

  // Letters that may stand for others: those of a run in which one is found in none of our words.
  /** @type {(query: string, typed: string[], known: Searching.Known) => string[]} */
  const strange = (query, typed, known) => {
    const heard = new Set(typed.filter(word => known.words.has(word)).flatMap(word => [...word]))
    const unheard = new Set(
      typed
        .filter(word => HAN.test(word))
        .flatMap(word => [...word])
        .filter(letter => !heard.has(letter))
    )
    const runs = (plain(query).match(/[\u3400-\u9fff]+/g) ?? []).flatMap(run => run.split(known.stop.cut))
    return [...new Set(runs.filter(run => [...run].some(letter => unheard.has(letter))).join(""))]
  }

  // What a query asks for.
  /** @type {(query: string, known: Searching.Known) => Searching.Asked} */
  const asks = (query, known) => {
    /** @type {Map<string, number>} */
    const words = new Map()
    /** @type {(word: string, weight: number) => unknown} */
    const add = (word, weight) => words.set(word, Math.max(weight, words.get(word) ?? 0))
    const typed = [...new Set(tokens(query, known.stop))]
    for (const word of typed) add(word, 1)
    const listed = units(query)
    const right = listed.map((unit, at) => {
      const guessed = guesses(unit, at === listed.length - 1, known)
      for (const other of guessed.right) add(known.latin.get(other), RIGHT)
      for (const other of guessed.begun) add(known.latin.get(other), BEGUN)
      return corrected(unit, guessed.right, known)
    })
    const names = named(right, known)
    const forms = names
      .filter(({ name: its }) => known.synonyms.has(its))
      .map(({ name: its, part }) => ({
        own: tokens(part, known.stop),
        others: known.synonyms
          .get(its)
          .map(form => tokens(form, known.stop))
          .filter(form => form.length)
      }))
    const number = numbered(query)
    const said = listed.flatMap((unit, at) =>
      known.sounds.has(unit) && known.sounds.has(listed[at + 1]) ? [known.sounds.get(unit)] : []
    )
    return {
      words,
      names,
      forms,
      typed,
      number,
      key: listed.join(""),
      starts: [
        ...begins(right, typed, known),
        ...said,
        ...(number ? [`#${number}`] : []),
        ...right.filter((unit, at) => unit !== listed[at])
      ],
      letters: [
        ...new Set(listed.filter((unit, at) => unsure(unit, at === listed.length - 1, known)).map(unit => unit[0]))
      ],
      strange: strange(query, typed, known)
    }
  }

  return { asks, near, numbered, written }
})()
