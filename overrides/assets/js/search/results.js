// From ranked pages to what the search shows: a name, the section, an excerpt with the words in it. Pure: HTML out, as
// Material's bundle takes it; page.js hands it over.
var miaotuiResults = (() => {
  "use strict"

  const { plain, stem, units } = miaotuiWords

  const SHOWN = 20
  // Characters of an excerpt; a Chinese one takes two places.
  const LONG = 200
  const HAN = /[\u3400-\u9fff]/

  /** @param {string} text */
  const escape = text => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

  // The typed words that tell something: Chinese runs without the words that ask, and Latin words.
  /** @type {(query: string, stop: Searching.Stop) => string[]} */
  const telling = (query, stop) =>
    (plain(query).match(/[\u3400-\u9fff]+|[a-z\d]+(?:[._][a-z\d]+)*/g) ?? []).flatMap(run =>
      HAN.test(run) ? run.split(stop.cut).filter(Boolean) : stop.en.has(run) ? [] : [run]
    )

  /** @type {(text: string, word: string) => boolean} */
  const has = (text, word) =>
    HAN.test(word) ? text.includes(word) : new RegExp(`(?<![\\p{L}\\d])${word}`, "u").test(text)

  // The longest parts of a Chinese run that a text has, of two letters or more.
  /** @type {(run: string, text: string) => string[]} */
  const parts = (run, text) => {
    /** @type {string[]} */
    const found = []
    for (let from = 0; from < run.length - 1;) {
      let to = run.length
      while (to > from + 1 && !text.includes(run.slice(from, to))) to--
      if (to > from + 1) found.push(run.slice(from, to))
      from = to > from + 1 ? to : from + 1
    }
    return found
  }

  // The words of a text that are meant by a Latin word that it lacks: other forms of it, or as it should be spelt.
  /** @type {(asked: Searching.Asked, word: string, text: string, known: Searching.Known) => string[]} */
  const meant = (asked, word, text, known) => {
    const its = stem(word)
    /** @param {string} other */
    const right = other => other === its || ((asked.words.get(other) ?? 0) > 0.8 && !known.words.has(its))
    return [...new Set(text.match(/[a-z][a-z\d]+/g))].filter(other => right(stem(other))).slice(0, 3)
  }

  // What of the query a text has, as it is marked there: a misspelt word as it should be, 量化模型 as 量化 and 模型.
  /** @type {(asked: Searching.Asked, query: string, text: string, known: Searching.Known) => string[]} */
  const marks = (asked, query, text, known) => {
    const small = plain(text)
    return [
      ...new Set(
        telling(query, known.stop).flatMap(word => {
          if (has(small, word)) return [word]
          return HAN.test(word) ? parts(word, small) : meant(asked, word, small, known)
        })
      )
    ]
  }

  /** @type {(text: string, words: string[]) => string} */
  const marked = (text, words) => {
    const forms = words.map(word =>
      HAN.test(word) ? word : `(?<![\\p{L}\\d])${word.replace(/[.]/g, "\\.")}[a-z]{0,3}(?![\\p{L}\\d])`
    )
    if (!forms.length) return escape(text)
    const cut = text.split(new RegExp(`(${forms.sort((a, b) => b.length - a.length).join("|")})`, "giu"))
    return cut.map((piece, at) => (at % 2 ? `<mark>${escape(piece)}</mark>` : escape(piece))).join("")
  }

  /** @param {string} text */
  const wide = text => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 2 : 1), 0)

  // A line begins with no mark that closes something or parts sentences.
  /** @param {string} text */
  const begun = text => text.replace(/^[\s\p{Pe}\p{Pf}，。、；：！？,.;:!?…]+/u, "")

  /** @type {(text: string) => string[]} */
  const sentences = text => text.match(/[^。！？.!?]+(?:[。！？]|[.!?](?=\s|$)|[.!?]|$)\s*/g) ?? []

  // The sentences from the one that has most of the words on, as far as there is room.
  /** @type {(text: string, words: string[]) => string} */
  const excerpt = (text, words) => {
    const all = sentences(text)
    const count = all.map(one => words.filter(word => has(plain(one), word)).length)
    const from = Math.max(0, count.indexOf(Math.max(...count)))
    let shown = ""
    for (const one of all.slice(from)) {
      if (shown && wide(shown + one) > LONG) break
      shown += one
    }
    shown = begun(shown)
    const before = from ? "… " : ""
    if (wide(shown) <= LONG * 1.5) return before + shown.trim()
    const cut = [...shown].slice(0, HAN.test(shown) ? LONG / 2 : LONG)
    return `${before}${cut.join("").trim()}…`
  }

  /** @type {(page: Searching.Page, known: Searching.Known) => string} */
  const called = ({ number, name, title, level }, { levels }) => {
    const its = number ? `${number}. ${name || title.replace(/^\d+\. /, "")}` : name || title
    return `${escape(its)}${level ? ` <small>${escape(levels[level - 1] ?? "")}</small>` : ""}`
  }

  // What a page lacks of the typed words; page by page, once its words are there.
  /** @type {(asked: Searching.Asked, query: string, page: Searching.Page, known: Searching.Known) => string[]} */
  const lacking = (asked, query, page, known) =>
    page.brief
      ? []
      : telling(query, known.stop).filter(word => {
          const here = miaotuiWords.tokens(word, known.stop)
          return (
            here.length &&
            here.every(one => !miaotuiEngine.pagesOf(one, known).has(page.at)) &&
            !units(word).some(unit =>
              asked.names.some(({ name }) => name === unit && known.names.get(name)?.includes(page.at))
            )
          )
        })

  // The text that stands for a result: that of its section, or what the page says in short.
  /** @type {(page: Searching.Page, anchor: string, known: Searching.Known) => string} */
  const body = (page, anchor, known) =>
    anchor ? (known.texts.get(page.at)?.[page.sections.findIndex(([its]) => its === anchor)] ?? page.lead) : page.lead

  // The words of the query that a page has, true, and those that it lacks, false: Material tells of the latter.
  /** @type {(asked: Searching.Asked, query: string, page: Searching.Page, known: Searching.Known, found: string[]) => Record<string, boolean>} */
  const told = (asked, query, page, known, found) =>
    Object.fromEntries([
      ...lacking(asked, query, page, known).map(word => [word, false]),
      ...found.map(word => [word, true])
    ])

  // A result as Material's list takes it: a page alone, or, where a part of it was found, the part and then the page.
  /** @type {(one: Searching.Found, asked: Searching.Asked, query: string, known: Searching.Known) => Searching.Item[]} */
  const group = ({ at, score, section }, asked, query, known) => {
    const page = known.pages.get(at)
    const best = page.sections[section]?.[0] ?? ""
    const [place, term] = page.place.split("#")
    const texts = known.texts.get(page.at) ?? []
    const found = marks(asked, query, [page.title, page.name, page.lead, ...page.keywords, ...texts].join("\n"), known)
    const anchor = term || (best === "short" ? "" : best)
    const location = `${known.folder}${place}${anchor ? `#${anchor}` : ""}`
    const text = `<p>${marked(excerpt(body(page, term ? "" : anchor, known), found), found)}</p>`
    const whole = { location, title: called(page, known), text, score, terms: told(asked, query, page, known, found) }
    const part = page.sections.find(([its]) => its === anchor)?.[1] || known.glossary
    return anchor
      ? [
          { ...whole, title: escape(part) },
          { ...whole, text: "" }
        ]
      : [whole]
  }

  // The results for Material's list, the best first.
  /** @type {(found: Searching.Found[], asked: Searching.Asked, query: string, known: Searching.Known) => Searching.Item[][]} */
  const items = (found, asked, query, known) =>
    found
      .slice(0, SHOWN)
      .filter(({ at }) => known.pages.has(at))
      .map(one => group(one, asked, query, known))

  return { items, marks, excerpt, marked, telling, SHOWN }
})()
