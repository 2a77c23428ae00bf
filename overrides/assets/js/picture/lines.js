// Where the lines of a text break, for a picture: a canvas breaks none. Touches no element.
;(() => {
  "use strict"

  // A Chinese character or sign by itself, or a word, with the white space behind it.
  const UNIT =
    /(?:[\u3400-\u9fff]|[\u3000-\u33ff\uff00-\uffef\u2014\u2026]|[^ \u3000-\u9fff\uff00-\uffef\u2014\u2026]+) */gu
  const NEVER_FIRST = "，。、；：？！）》」』】〉…—·％%,.;:?!)\\]}”’"
  const OPENS = new RegExp(`^[${NEVER_FIRST}]`)
  const CLOSES = /[（《「『【〈([{“‘] *$/
  const LETTERS = new RegExp(`[^ ](?: *[${NEVER_FIRST}])* *`, "gu")

  // The pieces between which a line may break: no line begins with a mark that closes, or ends with one that opens.
  /** @type {Pictured.Lines["units"]} */
  const units = text => {
    /** @type {string[]} */
    const found = []
    for (const [unit] of text.matchAll(UNIT)) {
      if (found.length && (OPENS.test(unit) || CLOSES.test(found.at(-1)))) found[found.length - 1] += unit
      else found.push(unit)
    }
    return found
  }

  // A last line of one character takes one more from the line before.
  /** @type {(found: string[][], measure: (text: string) => number) => string[][]} */
  const unwidowed = (found, measure) => {
    const [before, last] = found.slice(-2)
    if (!last || before.length < 4 || measure(last.join("").trimEnd()) > 2.2 * measure("中")) return found
    return [...found.slice(0, -2), before.slice(0, -1), [before.at(-1), ...last]]
  }

  // The text in lines no wider than that, with the white space at their ends: joined, they are the text.
  /** @type {Pictured.Lines["lines"]} */
  const lines = (text, width, measure) => {
    /** @type {string[][]} */
    const found = [[]]
    /** @param {string} told */
    const fits = told => measure(told.trimEnd()) <= width
    for (const unit of units(text).flatMap(unit => (fits(unit) ? [unit] : unit.match(LETTERS)))) {
      const last = found.at(-1)
      if (!last.length || fits(last.join("") + unit)) last.push(unit)
      else found.push([unit])
    }
    return unwidowed(found, measure).map(line => line.join(""))
  }

  window.miaotuiLines = { units, lines }
})()
