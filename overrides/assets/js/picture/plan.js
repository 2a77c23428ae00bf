// What stands where in a picture of a question, in pixels: above all its number and name, then the short answer with its
// one large number, at the foot the code of its address. Touches no element.
;(() => {
  "use strict"

  const { lines } = window.miaotuiLines
  const WIDTH = 1080
  const [LEFT, RIGHT] = [76, 1008]
  const [REGULAR, BOLD] = [400, 650]
  /** White around the code, in its modules. */
  const MARGIN = 4

  /** How large everything is: a square is seen as it is, a long picture is scrolled. */
  const FORMS = {
    long: { number: 112, names: [64, 56, 48, 42, 36], facts: 32, answers: [40], code: 260, after: 56 },
    square: {
      number: 88,
      names: [52, 46, 40, 36],
      facts: 28,
      answers: [44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24, 22],
      code: 200,
      after: 28
    }
  }

  /** @type {(said: Pictured.Said, form: Pictured.Form, measure: Pictured.Measure) => Pictured.Plan} */
  const plan = (said, form, measure) => {
    const sizes = FORMS[form]
    const chinese = /[\u3400-\u9fff]/.test(said.words.title)
    const leading = chinese ? 1.6 : 1.45
    /** @type {Pictured.Text[]} */
    const texts = []
    /** @type {Pictured.Box[]} */
    const boxes = []

    /** @type {(text: string, width: number, size: number, weight: number) => string[]} */
    const set = (text, width, size, weight) => lines(text, width, told => measure(told, size, weight))
    // A line's middle stands in the middle of its height.
    /** @type {(top: number, size: number, high: number) => number} */
    const baseline = (top, size, high) => top + (size * high) / 2 + size * 0.35

    // Lines of one ink; where they end.
    /** @type {(told: string[], at: [number, number], size: number, weight: number, ink: Pictured.Ink, high?: number) => number} */
    const put = (told, [x, top], size, weight, ink, high = 1.35) => {
      told.forEach((line, place) => {
        const y = baseline(top + place * size * high, size, high)
        texts.push({ x, y, size, weight, ink, text: line.trimEnd() })
      })
      return top + told.length * size * high
    }

    // Lines in which every other part is a number, and red; where they end.
    /** @type {(parts: string[], at: [number, number], width: number, size: number) => number} */
    const paragraph = (parts, [x, top], width, size) => {
      const red = parts.flatMap((part, place) => Array(part.length).fill(place % 2 > 0))
      let at = 0
      const found = set(parts.join(""), width, size, REGULAR)
      found.forEach((line, place) => {
        const y = baseline(top + place * size * leading, size, leading)
        for (let begin = 0, end = 0; begin < line.trimEnd().length; begin = end) {
          while (end < line.length && red[at + end] === red[at + begin]) end++
          const text = line.slice(begin, end)
          const ink = red[at + begin] ? "red" : "ink"
          texts.push({ x: x + measure(line.slice(0, begin), size, REGULAR), y, size, weight: REGULAR, ink, text })
        }
        at += line.length
      })
      return top + found.length * size * leading
    }

    const head = () => {
      const told = String(said.number)
      const x = LEFT + measure(told, sizes.number, 300) + 32
      const fit = sizes.names.find(size => set(said.name, RIGHT - x, size, BOLD).length <= 2) ?? sizes.names.at(-1)
      put([told], [LEFT, 52], sizes.number, 300, "grey", 1)
      let end = put(set(said.name, RIGHT - x, fit, BOLD), [x, 60], fit, BOLD, "ink", 1.25)
      end = put(set(said.facts, RIGHT - x, sizes.facts, REGULAR), [x, end + 8], sizes.facts, REGULAR, "grey")
      return Math.max(end, 52 + sizes.number) + 24
    }

    // In a long picture each sentence by itself, in a square those before and after the large number run on.
    const blocks = () => {
      /** @type {{ parts: string[], large?: string }[]} */
      const found = []
      said.sentences.forEach((parts, place) => {
        const large = said.large?.sentence === place ? said.large.text : undefined
        const last = found.at(-1)
        if (form === "long" || large || !last || last.large) found.push({ parts, large })
        else {
          const joint = `${last.parts.at(-1)}${chinese ? "" : " "}${parts[0]}`
          found[found.length - 1] = { parts: [...last.parts.slice(0, -1), joint, ...parts.slice(1)] }
        }
      })
      return found
    }

    // The sentence of the large number has a line at its side; a number that leaves it room stands beside it.
    /** @type {(parts: string[], large: string, top: number, size: number) => number} */
    const marked = (parts, large, top, size) => {
      const [x, big] = [LEFT + 30, size * 1.9]
      const wide = measure(large, big, BOLD) + 30
      const beside = wide < 280
      const high = beside ? (size * leading) / big : 1.2
      const under = put([large], [x, top + (beside ? (big - size) * 0.42 : 0)], big, BOLD, "red", high)
      const end = beside
        ? paragraph(parts, [x + wide, top], RIGHT - x - wide, size)
        : paragraph(parts, [x, under], RIGHT - x, size)
      const bottom = Math.max(end, beside ? top + big * 1.1 : end)
      boxes.push({ x: LEFT, y: top + size * 0.2, width: 6, height: bottom - top - size * 0.4, ink: "red" })
      return bottom
    }

    /** @type {(top: number, size: number) => number} */
    const answer = (top, size) => {
      for (const { parts, large } of blocks()) {
        top = large ? marked(parts, large, top, size) : paragraph(parts, [LEFT, top], RIGHT - LEFT, size)
        top += size * 0.5
      }
      return top - size * 0.5
    }

    // The largest size of type that leaves the foot its room, and stays.
    /** @type {(top: number, most: number) => number} */
    const fitted = (top, most) => {
      const [words, marks] = [texts.length, boxes.length]
      let end = 0
      for (const size of sizes.answers) {
        texts.length = words
        boxes.length = marks
        end = answer(top, size)
        if (end <= most) break
      }
      // What is left over stands above and below.
      const shift = form === "square" ? Math.max(0, most - end) / 2 : 0
      for (const moved of [...texts.slice(words), ...boxes.slice(marks)]) moved.y += shift
      return end
    }

    // A site that was built without its address has no code.
    const modules = said.code ? said.code.size + 2 * MARGIN : 1
    const module = said.code ? Math.floor(sizes.code / modules) : 0
    const side = module * modules
    const foot = (said.code ? side : 44) + 32 + 48
    const top = head()
    boxes.push({ x: LEFT, y: top, width: RIGHT - LEFT, height: 2, ink: "line" })
    const end = fitted(top + 36, WIDTH - foot - sizes.after)
    const height = form === "square" ? WIDTH : Math.ceil(end + sizes.after + foot)
    const under = height - foot
    boxes.push({ x: LEFT, y: under, width: RIGHT - LEFT, height: 2, ink: "line" })
    boxes.push({ x: 0, y: 0, width: 14, height, ink: "red" })

    const room = RIGHT - side - 40 - LEFT
    let at = put([said.site], [LEFT, under + 32], 44, BOLD, "red")
    if (said.code) {
      at = put(set(said.words.invitation, room, 32, REGULAR), [LEFT, at + 8], 32, REGULAR, "ink")
      put(set(said.address, room, 28, REGULAR), [LEFT, at + 4], 28, REGULAR, "grey")
    }

    return {
      width: WIDTH,
      height,
      texts,
      boxes,
      code: { x: RIGHT - side, y: under + 32, module, side, margin: MARGIN }
    }
  }

  window.miaotuiPlan = { plan, FORMS: /** @type {Pictured.Form[]} */ (Object.keys(FORMS)) }
})()
