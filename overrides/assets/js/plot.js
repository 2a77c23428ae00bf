// Draws a calculator's plots as SVG in the page's colours, each with a table of the same values.
window.miaotuiPlots = (() => {
  "use strict"

  const { compute, evaluate } = window.miaotuiCalculate
  // The trees of lines and marks give a number, those of bars and spans a list of them.
  const one = /** @type {Calculating.Evaluate<number>} */ (evaluate)
  const list = /** @type {Calculating.Evaluate<number[]>} */ (evaluate)
  const NS = "http://www.w3.org/2000/svg"
  const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [300, 56, 16, 18, 44]
  // As wide as its place, so that its letters keep their size on a phone.
  let WIDTH = 560

  /** @type {(name: string, attributes: Calculating.Attributes, ...children: (Node | string)[]) => Element} */
  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS(NS, name)
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, String(value)))
    made.append(...children)
    return made
  }
  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {(Node | string)[]} children
   */
  const html = (name, ...children) => {
    const made = document.createElement(name)
    made.append(...children)
    return made
  }

  /** @type {(least: number, most: number, points: number, log: boolean) => number[]} */
  const spaced = (least, most, points, log) =>
    Array.from({ length: points }, (_, at) => {
      const share = at / (points - 1)
      return log ? least * (most / least) ** share : least + (most - least) * share
    })

  // Round values inside a range: powers of ten on a logarithmic axis, else steps of 1, 2 or 5.
  /** @type {(low: number, high: number, log: boolean) => number[]} */
  const ticks = (low, high, log) => {
    if (log) {
      const from = Math.ceil(Math.log10(low) - 1e-9)
      const to = Math.floor(Math.log10(high) + 1e-9)
      const every = Math.max(1, Math.ceil((to - from) / 5))
      const powers = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => 10 ** (from + at)).filter(
        (_, at) => at % every === 0
      )
      return powers.length > 1 ? powers : [low, high]
    }
    const rough = (high - low) / 5 || 1
    const base = 10 ** Math.floor(Math.log10(rough))
    const step = base * [1, 2, 5, 10].find(times => times * base >= rough)
    const first = Math.ceil(low / step)
    return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, at) => (first + at) * step)
  }

  // One axis: its place on the picture by value, its range from the values it must show.
  /** @type {Calculating.Scaled} */
  const axis = (values, { log, units }, start, end, fromZero) => {
    const sound = values.filter(value => Number.isFinite(value) && (!log || value > 0))
    if (!sound.length) return null
    let [low, high] = [Math.min(...sound), Math.max(...sound)]
    if (fromZero && !log) low = Math.min(0, low)
    if (low === high) [low, high] = log ? [low / 2, high * 2] : [low - 1, high + 1]
    const [a, b] = log ? [Math.log(low), Math.log(high)] : [low, high]
    /** @param {number} value */
    const place = value => start + (((log ? Math.log(Math.max(value, low)) : value) - a) / (b - a)) * (end - start)
    // All ticks in one unit: the one that the largest value fills.
    const unit = units.find(([, size]) => high >= size) ?? units.at(-1)
    const round = log ? ticks(low, high, true) : ticks(low / unit[1], high / unit[1], false).map(tick => tick * unit[1])
    return { place, unit, ticks: round }
  }

  /** @type {(x: Calculating.Scale, y: Calculating.Scale, plot: Contract.Plot, measured: Calculating.Measured) => Element[]} */
  const frame = (x, y, plot, measured) => {
    const parts = []
    /** @type {(unit: Contract.Shown, value: number) => string} */
    const bare = ([, size], value) => measured(value / size, [["", 1]])
    /** @type {(axis: Contract.Axis, unit: Contract.Shown) => string} */
    const label = ({ label: text }, [form]) => (form ? `${text} (${form})` : text)
    for (const tick of y.ticks) {
      const at = y.place(tick)
      parts.push(svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at, class: "plot__grid" }))
      parts.push(svg("text", { x: LEFT - 6, y: at + 4, "text-anchor": "end" }, bare(y.unit, tick)))
    }
    for (const tick of x.ticks) {
      // The last one would stand out of the picture.
      const anchor = x.place(tick) > WIDTH - RIGHT - 24 ? "end" : "middle"
      const at = anchor === "end" ? WIDTH - 2 : x.place(tick)
      parts.push(svg("text", { x: at, y: HEIGHT - BOTTOM + 16, "text-anchor": anchor }, bare(x.unit, tick)))
    }
    parts.push(
      svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM, class: "plot__axis" })
    )
    parts.push(
      svg("text", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, label(plot.x, x.unit))
    )
    parts.push(svg("text", { x: 4, y: 14 }, label(plot.y, y.unit)))
    return parts
  }

  /** @type {(plot: Contract.Plot, height: number, parts: Element[]) => Element} */
  const picture = (plot, height, parts) =>
    svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "plot", role: "img", "aria-label": plot.label }, ...parts)

  // A line's values along the swept name, which is an input, or known to the plot alone.
  /** @type {Calculating.Rows} */
  const swept = (plot, data, settings, values) => {
    const [least, most] = [one(plot.least, values), one(plot.most, values)]
    const input = data.inputs.find(({ name }) => name === plot.sweep)
    return spaced(least, most, plot.points, plot.x.log).map(x => {
      const at = input?.whole ? Math.round(x) : x
      const here = input
        ? compute(data, { ...settings, [plot.sweep]: at / input.size }).values
        : { ...values, [plot.sweep]: at }
      return [at, ...plot.lines.map(line => one(line.y, here))]
    })
  }

  // About how wide a label is: a Chinese letter is as wide as the type is high.
  /** @param {string} text */
  const wide = text => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 12 : 7.5), 0)

  // Where a mark's label stands: above a falling line to its right, above a rising one to its left, or below it.
  /** @type {(rows: number[][], mark: Calculating.Mark, left: number, top: number) => Calculating.Attributes} */
  const beside = (rows, mark, left, top) => {
    const at = rows.findIndex(row => row[0] >= mark.at)
    const [before, after] = [rows[Math.max(0, at - 1)], rows[Math.min(rows.length - 1, Math.max(0, at) + 1)]]
    const falls = after[1] < before[1]
    const room = wide(mark.label) + 10
    // Above it stands what the axis shows.
    const under = top < TOP + 24
    if (!falls && !under && left - LEFT > room) return { x: left - 10, y: top - 8, "text-anchor": "end" }
    if (WIDTH - RIGHT - left > room) return { x: left + 10, y: top + (falls ? -8 : 20), "text-anchor": "start" }
    return { x: left - 10, y: top + (falls ? 20 : -8), "text-anchor": "end" }
  }

  /** @type {Calculating.Draw<Calculating.Drawn>} */
  const lines = (plot, data, settings, values, measured) => {
    const rows = swept(plot, data, settings, values)
    /** @type {Calculating.Mark[]} */
    const marks = plot.marks.map(mark => ({ ...mark, at: one(mark.x, values), to: one(mark.y, values) }))
    const x = axis([...rows.map(row => row[0]), ...marks.map(mark => mark.at)], plot.x, LEFT, WIDTH - RIGHT)
    const y = axis(
      [...rows.flatMap(row => row.slice(1)), ...marks.map(mark => mark.to)],
      plot.y,
      HEIGHT - BOTTOM,
      TOP + 10,
      true
    )
    if (!x || !y) return null
    const parts = frame(x, y, plot, measured)
    plot.lines.forEach((_, at) => {
      const points = rows
        .filter(row => !plot.y.log || row[at + 1] > 0)
        .map(row => `${x.place(row[0])},${y.place(row[at + 1])}`)
      parts.push(svg("polyline", { points: points.join(" "), class: `plot__line plot__line--${at}` }))
    })
    for (const mark of marks) {
      if (plot.y.log && !(mark.to > 0)) continue
      const [left, top] = [x.place(mark.at), y.place(mark.to)]
      // Beside the line, on the side that it does not come from.
      const side = beside(rows, mark, left, top)
      parts.push(svg("circle", { cx: left, cy: top, r: 5, class: "plot__mark" }))
      parts.push(svg("text", side, mark.label))
    }
    /** @type {[string, string][]} */
    const key = plot.lines.length > 1 ? plot.lines.map((line, at) => [line.label, `plot__line--${at}`]) : []
    const every = Math.max(1, Math.round(rows.length / 12))
    const table = rows
      .filter((_, at) => at % every === 0 || at === rows.length - 1)
      .map(row => [measured(row[0], plot.x.units), ...row.slice(1).map(value => measured(value, plot.y.units))])
    return {
      image: picture(plot, HEIGHT, parts),
      key,
      head: [plot.x.label, ...plot.lines.map(line => line.label)],
      table
    }
  }

  /** @type {Calculating.Draw<Calculating.Drawn>} */
  const bars = (plot, data, settings, values, measured) => {
    const rows = plot.lines.map(line => [list(line.x, values), list(line.y, values)])
    const x = axis(rows[0][0], plot.x, LEFT, WIDTH - RIGHT - 6)
    const y = axis(
      rows.flatMap(row => row[1]),
      plot.y,
      HEIGHT - BOTTOM,
      TOP + 10,
      true
    )
    if (!x || !y) return null
    const parts = frame(x, y, plot, measured)
    rows.forEach(([places, counts], at) => {
      // The later ones narrower and in the middle, so that all stand at their values.
      const bin = x.place(places[1]) - x.place(places[0])
      const width = bin / (at + 1)
      places.forEach((place, index) => {
        if (!counts[index]) return
        const top = y.place(counts[index])
        parts.push(
          svg("rect", {
            x: x.place(place) + (bin - width) / 2,
            y: top,
            width,
            height: HEIGHT - BOTTOM - top,
            class: `plot__bar plot__bar--${at}`
          })
        )
      })
    })
    const table = rows[0][0]
      .map((place, bin) => [measured(place, plot.x.units), ...rows.map(row => measured(row[1][bin], plot.y.units))])
      .filter((_, bin) => rows.some(row => row[1][bin]))
    /** @type {[string, string][]} */
    const key = plot.lines.map((line, at) => [line.label, `plot__bar--${at}`])
    return {
      image: picture(plot, HEIGHT, parts),
      key,
      head: [plot.x.label, ...plot.lines.map(line => line.label)],
      table
    }
  }

  // Spans along time: of the first line the begin (x) and end (y), of the second the row (x) and whether it is the first kind (y).
  /** @type {Calculating.Draw<Calculating.Drawn>} */
  const times = (plot, data, settings, values, measured) => {
    const [first, second] = plot.lines
    const [begins, ends, rows, firsts] = [first.x, first.y, second.x, second.y].map(tree => list(tree, values))
    /** @type {Calculating.Span[]} */
    const spans = []
    begins.forEach((begin, at) => {
      const last = spans.findLast(span => span.row === rows[at])
      if (last && last.first === firsts[at] && Math.abs(last.end - begin) < 1e-12) last.end = ends[at]
      else spans.push({ row: rows[at], first: firsts[at], begin, end: ends[at] })
    })
    const count = Math.max(...rows) + 1
    const height = TOP + 20 + count * 22 + BOTTOM
    const x = axis([0, ...ends], plot.x, LEFT, WIDTH - RIGHT)
    const parts = x.ticks.map(tick =>
      svg(
        "text",
        { x: x.place(tick), y: height - BOTTOM + 16, "text-anchor": "middle" },
        measured(tick / x.unit[1], [["", 1]])
      )
    )
    parts.push(svg("text", { x: 4, y: 14 }, plot.y.label))
    parts.push(
      svg(
        "text",
        { x: (LEFT + WIDTH - RIGHT) / 2, y: height - 6, "text-anchor": "middle" },
        `${plot.x.label} (${x.unit[0]})`
      )
    )
    for (let row = 0; row < count; row++)
      parts.push(svg("text", { x: LEFT - 8, y: TOP + 24 + row * 22, "text-anchor": "end" }, String(row + 1)))
    for (const { row, first: reading, begin, end } of spans) {
      const [left, top] = [x.place(begin), TOP + 12 + row * 22]
      const width = Math.max(1, x.place(end) - left)
      parts.push(
        svg("rect", {
          x: left,
          y: top + (reading ? 0 : 4),
          width,
          height: reading ? 16 : 8,
          class: `plot__bar plot__bar--${reading ? 1 : 0}`
        })
      )
    }
    const table = spans.map(span => [
      String(span.row + 1),
      span.first ? first.label : second.label,
      measured(span.begin, plot.x.units),
      measured(span.end, plot.x.units)
    ])
    return {
      image: picture(plot, height, parts),
      key: [
        [first.label, "plot__bar--1"],
        [second.label, "plot__bar--0"]
      ],
      head: [plot.y.label, `${first.label} / ${second.label}`, `${plot.x.label} →`, `→ ${plot.x.label}`],
      table
    }
  }

  /** @type {Record<Contract.Plot["kind"], Calculating.Draw<Calculating.Drawn>>} */
  const KINDS = { lines, bars, times }

  /** @type {(head: string[], rows: string[][], words: Contract.Words) => HTMLDetailsElement} */
  const tabled = (head, rows, words) => {
    const table = html(
      "table",
      html("thead", html("tr", ...head.map(cell => html("th", cell)))),
      html("tbody", ...rows.map(row => html("tr", ...row.map(cell => html("td", cell)))))
    )
    const fold = html("details", html("summary", words.table), html("div", table))
    fold.className = "plot__table"
    return fold
  }

  /** @type {Calculating.Plots} */
  return (box, data, settings, values, measured) => {
    const open = [...box.querySelectorAll("details")].map(fold => fold.open)
    box.hidden = false
    WIDTH = Math.min(720, Math.max(280, box.clientWidth))
    const high = [...box.children].map(figure => figure.clientHeight)
    // A logarithmic axis has no place for a result that is zero everywhere: then there is no picture.
    const drawn = data.plots.map(
      plot => /** @type {const} */ ([plot, values && KINDS[plot.kind](plot, data, settings, values, measured)])
    )
    box.hidden = !drawn.length
    box.replaceChildren(
      ...drawn.map(([plot, made], at) => {
        if (!made) {
          // Its place stays, so that nothing below moves while a reader types.
          const place = html("figure", html("figcaption", plot.label))
          place.style.minHeight = `${high[at] ?? HEIGHT}px`
          return place
        }
        const { image, key, head, table } = made
        const legend = html(
          "p",
          ...key.flatMap(([label, name]) => {
            const sample = svg(
              "svg",
              { viewBox: "0 0 24 12", class: "plot__sample", "aria-hidden": "true" },
              name.includes("line")
                ? svg("line", { x1: 0, x2: 24, y1: 6, y2: 6, class: `plot__line ${name}` })
                : svg("rect", { x: 4, y: 1, width: 16, height: 10, class: `plot__bar ${name}` })
            )
            return [html("span", sample, " ", label), " "]
          })
        )
        legend.className = "plot__key"
        const fold = tabled(head, table, data.words)
        fold.open = open[at] ?? false
        return html("figure", html("figcaption", plot.label), image, ...(key.length ? [legend] : []), fold)
      })
    )
  }
})()
