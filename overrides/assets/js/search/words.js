// Takes a text apart for the search, as miaotui/site/search_words.py does for the index. Pure.
// `stop` is what does not tell texts apart: { zh, en }, from there.
var miaotuiWords = (() => {
  "use strict"

  const RUN = /[\u3400-\u9fff]+|[a-z0-9]+(?:[._+\-][a-z0-9]+)*/g

  /** @param {string} text */
  const plain = text => text.normalize("NFKC").toLowerCase()

  /** @param {string} word */
  const stem = word =>
    /^[a-z]{4,}$/.test(word)
      ? word
          .replace(/is(?=at|e[ds]?$|ing$)/g, "iz")
          .replace(/(?<=[^aeious])s$|(?<=[^s]e)s$/, "")
          .replace(/([^aeiousl])\1(?:ing|ed|er)$/, "$1")
          .replace(/(?<=...)(?:ing|ed|er)$/, "")
          .replace(/(?<=...)(?:ization|izer)$/, "iz")
          .replace(/(?<=...)e$/, "")
      : word

  /** @type {(stop: Searching.StopList) => Searching.Stop} */
  const cutters = ({ zh, en }) => {
    /** @param {string} word */
    const long = word => word.replace(/\(\?[^)]*\)/g, "").length
    const longest = [...zh].sort((a, b) => long(b) - long(a))
    return { cut: new RegExp(longest.join("|")), en: new Set(en) }
  }

  /** @type {(run: string, stop: Searching.Stop) => string[]} */
  const latin = (run, { en }) => {
    const words = run.match(/[a-z0-9]+/g)
    if (words.length > 1 && words.every(word => /^\d+$/.test(word))) return [words.join(".")]
    // max_num_seqs and fine-tuning are found by their parts, too.
    const whole = words.length > 1 ? [words.join("")] : []
    return [...whole, ...words.filter(word => !en.has(word)).map(stem)]
  }

  /** @type {(run: string, stop: Searching.Stop) => string[]} */
  const han = (run, { cut }) =>
    run
      .split(cut)
      .filter(Boolean)
      .flatMap(part =>
        part.length === 1 ? [part] : Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2))
      )

  // The tokens of a text, by a stop list as `cutters` prepares it.
  /** @type {(text: string, stop: Searching.Stop) => string[]} */
  const tokens = (text, stop) =>
    (plain(text).match(RUN) ?? []).flatMap(run => (run.charCodeAt(0) < 128 ? latin(run, stop) : han(run, stop)))

  // A text as one name that needs neither spaces nor hyphens: KV-Cache is kvcache.
  /** @type {(text: string) => string[]} */
  const units = text => plain(text).match(/[\u3400-\u9fff]|[a-z0-9]+/g) ?? []

  return { plain, stem, cutters, tokens, units }
})()
