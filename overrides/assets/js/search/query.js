// From what a reader types to what lunr looks for. Pure: words in, a query out; the worker runs it on every key.
//
// A vocabulary is what the index knows: names, the whole names of questions as the hook's key() writes them; words,
// all words of the texts, latin those in Latin letters, han those in Chinese; spelt, the names in Latin letters and
// plain, those in Chinese, as they are written; sounds, the syllable of each letter that sounds like one of a name.
var miaotuiQuery = (() => {
  "use strict"

  const HAN = /^\p{sc=Han}+$/u
  const LATIN = /^[a-z]+$/
  // Letters or words that a name may have.
  const LONGEST = 24

  // Chinese numerals: 第十二题 is 第12题.
  const DIGITS = "零一二三四五六七八九"
  const TENS = { 十: 10, 百: 100, 千: 1000 }
  const numeral = letters => {
    const plain = letters.replaceAll("〇", "零").replaceAll("两", "二")
    if (!/[十百千]/.test(plain)) return Number([...plain].map(letter => DIGITS.indexOf(letter)).join(""))
    let sum = 0
    let digit = 0
    for (const letter of plain) {
      if (letter in TENS) sum += (digit || 1) * TENS[letter]
      digit = letter in TENS ? 0 : DIGITS.indexOf(letter)
    }
    return sum + digit
  }
  const NUMERAL = "([零〇一二两三四五六七八九十百千]+)"
  // Where a numeral is a number: elsewhere 一 is the beginning of a word.
  const NUMBERED = [
    `(第 *)${NUMERAL}( *道? *题)`,
    `(题目? *|问题 *)${NUMERAL}()(?!\\p{sc=Han})`,
    `^()${NUMERAL}( *道? *题)$`,
    `^()(?=..)${NUMERAL}()$`
  ].map(form => new RegExp(form, "gu"))
  const numbered = query => NUMBERED.reduce(
    (text, form) => text.replace(form, (_, before, letters, after) => `${before}${numeral(letters)}${after}`), query)

  // "KV缓存" is two words; lunr only cuts at spaces and marks.
  const cut = query => query
    .replace(/(\p{sc=Han})(?=[\p{sc=Latn}\d])/gu, "$1 ")
    .replace(/([\p{sc=Latn}\d])(?=\p{sc=Han})/gu, "$1 ")

  // A name as the index has it whole: the hook's key() writes the same.
  const key = units => `§${units.join("").replace(/\p{sc=Han}/gu, letter => letter.codePointAt(0).toString(16))}`

  // The more a name has of the query, the more it counts; a Latin word is worth three Chinese letters.
  const weight = units => 1000 * units.reduce((sum, unit) => sum + Math.min(unit.length, 3), 0)

  // Where `typed` is the beginning of `word` but for one letter: changed, missing, too many, or changed with the next.
  const ending = (typed, word) => {
    let at = 0
    while (at < typed.length && typed[at] === word[at]) at++
    if (at === typed.length) return at
    const tries = [[at + 1, at + 1], [at, at + 1], [at + 1, at]]
    if (typed[at] === word[at + 1] && typed[at + 1] === word[at]) tries.push([at + 2, at + 2])
    const fit = tries.find(([mine, its]) => word.startsWith(typed.slice(mine), its))
    return at && fit ? fit[1] + typed.length - fit[0] : 0
  }

  // The words that a misspelt one may be, whole ones before those it begins. We write quantization.
  const near = (typed, words) => {
    if (!/^[a-z]{5,}$/.test(typed)) return []
    const ours = typed.replace(/is(?=at|e|ing)/g, "iz")
    const found = words.map(word => [word, ending(ours, word)]).filter(([, end]) => end)
    return found.sort(([a, to], [b, end]) => (a.length - to) - (b.length - end)).map(([word]) => word).slice(0, 5)
  }

  const known = (word, { words, latin }) => words.has(word) || latin.some(other => other.startsWith(word))

  // Words that ask and words that join: they stand in every title.
  const EMPTY = new Set(("的 了 是 在 和 与 或 吗 呢 有 什么 怎么 怎样 如何 为什么 为啥 怎么办 哪些 一下 "
    + "a an the is are do does how what why which to of in for and or vs with can i my").split(" "))

  // A Chinese run in the words that the index knows, the longest first; what it does not know stays together.
  const segments = (run, words) => {
    const found = []
    for (let at = 0; at < run.length;) {
      let to = run.length
      while (to > at && !words.has(run.slice(at, to)) && !EMPTY.has(run.slice(at, to))) to--
      const strange = to === at
      const piece = run.slice(at, strange ? at + 1 : to)
      if (strange && found.at(-1)?.strange) found.at(-1).text += piece
      else found.push({ text: piece, strange })
      at += piece.length
    }
    return found
  }

  // What a Latin word may be a form of: distilled is distill, scaling is scale.
  const ENDING = /(ed|ing|er|s)$/
  const stems = word => LATIN.test(word) && ENDING.test(word)
    ? ["", "e"].map(end => word.replace(ENDING, end)).filter(stem => stem.length > 3)
    : []

  // The name that a run of units is: by its letters, by those its last word is a form of, or, as the phone's keyboard
  // offers them, by their sounds.
  const name = (units, { names, words, sounds }) => {
    const forms = ["", ...stems(units.at(-1))].map(last => key(last ? [...units.slice(0, -1), last] : units))
    const form = forms.find(one => names.has(one))
    if (form) return form
    const heard = units.length > 1 && units.every(unit => sounds.has(unit)) && !words.has(units.join(""))
    const sound = heard && `§${units.map(unit => sounds.get(unit)).join("")}`
    return names.has(sound) ? sound : ""
  }

  // The names of questions that are in a query, the longest from each place: 量化感知训练 is not 量化.
  const named = (units, vocabulary) => {
    const found = []
    for (let from = 0; from < units.length; from++) {
      for (let to = Math.min(units.length, from + LONGEST); to > from; to--) {
        const part = units.slice(from, to)
        const its = name(part, vocabulary)
        if (!its) continue
        found.push(`${its}^${weight(part)}`)
        from = to - 1
      }
    }
    return found
  }

  // A query that is no name may be the beginning of one, or, where it has none in it, one with a letter wrong.
  const unfinished = (units, found, { names, spelt }) => {
    if (names.has(key(units))) return found
    const typed = units.join("")
    const begun = /^([a-z]{3}|\p{sc=Han}{2})/u.test(typed) ? [`${key(units)}*`] : []
    const wrong = found.length ? [] : near(typed, spelt).filter(its => Math.abs(its.length - typed.length) < 2)
    return [...found, ...[...begun, ...wrong.map(its => `§${its}`)].map(its => `${its}^${weight(units)}`)]
  }

  // The names that Chinese readers shorten to these letters: 混精 for 混合精度.
  const shortened = (letters, { plain }) => {
    if (letters.length < 2) return []
    const form = new RegExp(`^${[...letters].join("\\p{sc=Han}*")}`, "u")
    return plain.filter(long => form.test(long)).map(long => `${key([...long])}^${weight([...letters])}`)
  }

  const chinese = (run, vocabulary) => segments(run, vocabulary.words).flatMap(piece => {
    if (!piece.strange) return [piece.text]
    const around = vocabulary.han.filter(word => word.includes(piece.text)).slice(0, 5)
    return [...shortened(piece.text, vocabulary), ...around, piece.text]
  })

  // lunr takes every word for the beginning of one; the whole word counts more.
  const latin = (word, vocabulary) => {
    const strange = !known(word, vocabulary)
    const wrong = strange ? near(word, vocabulary.latin) : []
    // distilled: distill, which is the beginning of what the index has.
    const stem = strange && !wrong.length ? [word.replace(ENDING, "")] : []
    return [...wrong.map(other => `${other}^100`), ...stem, `${word}^1000`, ...(word.length > 1 ? [word] : [])]
  }

  // Whether a text has the word; one in Latin letters may begin a longer one.
  const has = (text, word) => HAN.test(word) ? text.includes(word) : new RegExp(`(?<![\\p{L}\\d])${word}`, "u").test(text)

  // What a result's page marks: the words typed. Those that it has not as they were typed give way to what was found for
  // them: 量化模型 to 量化 and 模型, a misspelt word to the right one. Single letters are in every line.
  const marked = (typed, found, text) => {
    const long = typed.filter(word => word.length > 1)
    const wanted = long.length ? long : typed
    const here = wanted.filter(word => has(text, word))
    if (here.length === wanted.length) return here
    const others = found.filter(word => word.length > 1 && !here.some(its => its.includes(word)))
    return here.length || others.length ? [...here, ...others] : wanted
  }

  // The query for lunr, the words in it that were typed, and those of them that say something.
  const mend = (query, vocabulary) => {
    const text = numbered(query.normalize("NFKC").toLowerCase().trim())
    // Quotation marks and signs are lunr's own: who types them means them.
    if (/"|(^|\s)[+-]\S/.test(text)) {
      const signed = cut(text).split(/[\s"+-]+/).filter(Boolean)
      return { query: cut(text), typed: signed, telling: signed }
    }
    const units = text.match(/\p{sc=Han}|[a-z\d]+/gu) ?? []
    const right = units.map(unit => (LATIN.test(unit) && !known(unit, vocabulary) && near(unit, vocabulary.latin)[0]) || unit)
    const words = cut(text).split(/[^\p{sc=Han}\p{L}\d]+/u).filter(Boolean)
    const full = words.filter(word => !EMPTY.has(word))
    const telling = full.length ? full : words
    const looked = telling.flatMap(word => HAN.test(word) ? chinese(word, vocabulary) : latin(word, vocabulary))
    const finding = looked.filter(word => !EMPTY.has(word))
    const names = unfinished(units, named(right, vocabulary), vocabulary)
    return { query: [...names, ...(finding.length ? finding : looked)].join(" "), typed: words, telling }
  }

  return { mend, marked, numbered }
})()
