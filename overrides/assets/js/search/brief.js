// What pages say of themselves, taken in whole where that is little enough: first results come from it while the words'
// pieces are on their way. It ranks as miaotui/site/search_ranks.py does, without short answers and texts. Pure.
var miaotuiBrief = (() => {
  "use strict"

  const { tokens, units } = miaotuiWords

  const asked = title => title.replace(/^\d+\. /, "")

  const mean = numbers => numbers.reduce((sum, one) => sum + one, 0) / (numbers.length || 1)

  // How much each word tells of a page, by its fields.
  const strengths = (fields, { weights, saturation }, means) => {
    const sums = new Map()
    for (const [at, words] of fields.entries()) {
      const [weight, length] = weights[at]
      const share = 1 - length + length * words.length / means[at]
      for (const word of words) sums.set(word, (sums.get(word) ?? 0) + weight / share)
    }
    return [...sums].map(([word, sum]) => [word, sum / (saturation + sum)])
  }

  // Words with their pages, as engine.js has those of pieces once it has read them, and how rare they are.
  const words = (known, told, rows) => {
    const means = told.weights.map((_, at) => mean(rows.map(({ fields }) => fields[at].length).filter(Boolean)))
    for (const [at, { fields }] of rows.entries()) {
      for (const [word, strength] of strengths(fields, told, means)) {
        if (!known.words.has(word)) known.words.set(word, new Map())
        known.words.get(word).set(at, [strength, -1, 0])
      }
    }
    for (const [word, { size }] of known.words) {
      known.rarities.set(word, Math.log(1 + (rows.length - size + 0.5) / (size + 0.5)))
    }
  }

  // The ways of asking by their words.
  const likes = (known, rows) => {
    const last = new Map()
    for (const [at, { ways }] of rows.entries()) {
      for (const [way, [its, section]] of ways.entries()) {
        const size = 10 * its.reduce((sum, word) => sum + known.rarities.get(word), 0)
        for (const word of its) {
          if (!known.likes.has(word)) known.likes.set(word, [])
          known.likes.get(word).push(at - (last.get(word) ?? 0), way, section, size)
          last.set(word, at)
        }
      }
    }
  }

  const names = (known, pages, same) => {
    const key = text => units(text).join("")
    const add = (name, at) => known.names.set(name, [...new Set([...(known.names.get(name) ?? []), at])])
    for (const [at, { number, name, keywords }] of pages.entries()) {
      for (const text of [name, ...keywords].filter(Boolean)) add(key(text), at)
      if (number) add(`#${number}`, at)
    }
    const terms = pages.filter(({ place }) => place.includes("#")).map(({ name, keywords }) => [name, ...keywords])
    for (const forms of [...same, ...terms].filter(({ length }) => length > 1)) {
      for (const form of forms) {
        known.synonyms.set(key(form), [...(known.synonyms.get(key(form)) ?? []), ...forms.filter(other => other !== form)])
      }
    }
  }

  // Takes in the pages, which miaotui/site/search_brief.py writes in this order.
  const take = (known, told) => {
    const rows = told.pages.map(([, , , title, name, keywords, phrases, wordings, heads]) => {
      const taken = text => tokens(text, known.stop)
      const said = [asked(title), name, ...phrases].filter(Boolean).map(text => [text, 0])
      return {
        fields: [`${asked(title)} ${name}`, keywords, wordings.map(([text]) => text).join(" | "), phrases.join(" | "), heads].map(taken),
        ways: [...said, ...wordings].map(([text, section]) => [[...new Set(taken(text))], section])
      }
    })
    const pages = told.pages.map(([place, number, level, title, name, keywords], at) =>
      ({ at, place, number, level, title, name, keywords: keywords.split("|"), lead: "", sections: [], cuts: [], brief: true }))
    for (const page of pages) known.pages.set(page.at, page)
    words(known, told, rows)
    likes(known, rows)
    names(known, pages, told.same)
  }

  return { take }
})()
