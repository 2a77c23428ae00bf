// Computes a calculator from its trees, digit for digit as miaotui/calculators/evaluate.py and compute.py do.
window.miaotuiCalculate = (() => {
  "use strict"

  /** @type {(values: number[], share: number) => number} */
  const quantile = (values, share) => {
    if (!values.length) return NaN
    const ordered = [...values].sort((a, b) => a - b)
    const at = share * (ordered.length - 1)
    const low = Math.floor(at)
    const high = Math.min(low + 1, ordered.length - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
  }

  // A half goes to the even one.
  /** @param {number} value */
  const rounded = value => {
    const low = Math.floor(value)
    const part = value - low
    return part < 0.5 || (part === 0.5 && low % 2 === 0) ? low : low + 1
  }

  /** @type {(values: number[], size: number, best: (a: number, b: number) => number) => number[]} */
  const grouped = (values, size, best) => {
    const step = Math.trunc(size) || values.length || 1
    const groups = Array.from({ length: Math.ceil(values.length / step) }, (_, at) =>
      values.slice(at * step, (at + 1) * step).reduce(best)
    )
    return values.map((_, at) => groups[Math.floor(at / step)])
  }

  // Marsaglia's xorshift32.
  /** @type {(count: number, seed: number) => number[]} */
  const uniform = (count, seed) => {
    let state = ((seed * 2654435769 + 1) % 4294967296) >>> 0 || 1
    return Array.from({ length: count }, () => {
      state = (state ^ (state << 13)) >>> 0
      state = (state ^ (state >>> 17)) >>> 0
      state = (state ^ (state << 5)) >>> 0
      return (state + 0.5) / 4294967296
    })
  }

  /** @param {number[]} values */
  const hadamard = values => {
    const turned = [...values]
    const { length } = turned
    if (length & (length - 1)) return turned
    for (let half = 1; half < length; half *= 2) {
      for (let start = 0; start < length; start += 2 * half) {
        for (let at = start; at < start + half; at++) {
          const [left, right] = [turned[at], turned[at + half]]
          turned[at] = left + right
          turned[at + half] = left - right
        }
      }
    }
    return turned.map(value => value / Math.sqrt(length))
  }

  /** @type {(values: number[], low: number, step: number) => number[]} */
  const histogram = (values, low, step) => {
    const bins = Array(64).fill(0)
    for (const value of values) bins[Math.min(63, Math.max(0, step ? Math.floor((value - low) / step) : 0))]++
    return bins
  }

  /** @param {number[]} values */
  const total = values => values.reduce((sum, value) => sum + value, 0)
  /** @type {(a: number, b: number) => number} */
  const larger = (a, b) => (b > a ? b : a)
  /** @type {(a: number, b: number) => number} */
  const smaller = (a, b) => (b < a ? b : a)

  // Element by element.
  /** @type {Record<string, (...values: number[]) => number>} */
  const EACH = {
    negative: a => -a,
    not: a => (a ? 0 : 1),
    abs: Math.abs,
    sqrt: Math.sqrt,
    exp: Math.exp,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    cos: Math.cos,
    floor: Math.floor,
    ceil: Math.ceil,
    round: rounded,
    where: (test, yes, no) => (test ? yes : no),
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "^": (a, b) => a ** b,
    "<": (a, b) => Number(a < b),
    "<=": (a, b) => Number(a <= b),
    ">": (a, b) => Number(a > b),
    ">=": (a, b) => Number(a >= b),
    "==": (a, b) => Number(a === b),
    "!=": (a, b) => Number(a !== b),
    and: (a, b) => (a ? b : a),
    or: (a, b) => a || b,
    min: smaller,
    max: larger
  }
  /** @type {Record<string, (...given: any[]) => Calculating.Value>} */
  const LISTS = {
    sum: total,
    mean: values => total(values) / values.length,
    least: values => (values.length ? values.reduce(smaller) : NaN),
    most: values => (values.length ? values.reduce(larger) : NaN),
    count: values => values.length,
    running: (/** @type {number[]} */ values) => {
      let sum = 0
      return values.map(value => (sum += value))
    },
    quantile,
    keep: (/** @type {number[]} */ values, /** @type {number[]} */ wanted) => values.filter((_, at) => wanted[at]),
    item: (values, at) => values[Math.trunc(at)] ?? NaN,
    place: values => (values.length ? values.indexOf(values.reduce(larger)) : NaN),
    // Array.prototype.sort is stable, as Python's is.
    ordered: (/** @type {number[]} */ values, /** @type {number[]} */ keys) =>
      values
        .map((_, at) => at)
        .sort((a, b) => keys[a] - keys[b])
        .map(at => values[at]),
    range: count => Array.from({ length: Math.trunc(count) }, (_, at) => at),
    list: value => [value].flat(),
    uniform,
    group_most: (values, size) => grouped(values, size, larger),
    group_least: (values, size) => grouped(values, size, smaller),
    hadamard,
    histogram
  }

  /** @type {(act: (...values: number[]) => number, values: Calculating.Value[]) => Calculating.Value} */
  const each = (act, values) => {
    const list = /** @type {number[] | undefined} */ (values.find(Array.isArray))
    // Texts are only compared, by what compares numbers too.
    if (!list) return act(.../** @type {number[]} */ (values))
    return list.map((_, at) => {
      const row = values.map(value => (Array.isArray(value) ? value[at] : value))
      return act(.../** @type {number[]} */ (row))
    })
  }

  /** @type {Calculating.Evaluate<Calculating.Value>} */
  const evaluate = (tree, known) => {
    if (typeof tree === "number") return tree
    if (typeof tree === "string") return known[tree]
    const [operation, ...parts] = tree
    if (operation === "text") return /** @type {string} */ (parts[0])
    if (operation === "if") return evaluate(evaluate(parts[0], known) ? parts[1] : parts[2], known)
    const values = parts.map(part => evaluate(part, known))
    if (operation in LISTS) return LISTS[operation](...values)
    const act = EACH[operation]
    if (values.length < 3 || operation === "where") return each(act, values)
    return values.reduce((left, right) => each(act, [left, right]))
  }

  /** @type {(pairs: Contract.Named[], known: Calculating.Values) => Calculating.Values} */
  const steps = (pairs, known) => {
    for (const [name, tree] of pairs) known[name] = evaluate(tree, known)
    return known
  }

  /** @type {(repeat: Contract.Repeat, known: Calculating.Values) => void} */
  const rounds = (repeat, known) => {
    let state = Object.fromEntries(repeat.start.map(([name, tree]) => [name, evaluate(tree, known)]))
    const recorded = Object.fromEntries(repeat.record.map(name => [`all_${name}`, /** @type {number[]} */ ([])]))
    for (let round = 0; ; round++) {
      if (round === repeat.most) throw new RangeError(`more than ${repeat.most} rounds`)
      const here = { ...known, ...state }
      if (!evaluate(repeat.again, here)) break
      steps(repeat.steps, here)
      for (const name of repeat.record) recorded[`all_${name}`].push(.../** @type {number[]} */ ([here[name]].flat()))
      state = { ...state, ...Object.fromEntries(repeat.following.map(([name, tree]) => [name, evaluate(tree, here)])) }
    }
    Object.assign(known, state, recorded)
  }

  // Settings are in their inputs' units; values come in each quantity's first unit.
  /** @type {Calculating.Compute} */
  const compute = (calculator, settings) => {
    /** @type {Calculating.Values} */
    const known = {}
    for (const { name, size } of calculator.inputs) {
      const value = settings[name]
      known[name] = Array.isArray(value)
        ? value.map(number => number * size)
        : typeof value === "number"
          ? value * size
          : value
    }
    steps(calculator.steps, known)
    /** @param {Contract.Note} note */
    const holds = ({ when }) => evaluate(when, known)
    const stopped = calculator.notes.filter(note => note.stops && holds(note)).map(({ name }) => name)
    if (stopped.length) return { values: known, outputs: null, notes: stopped }
    if (calculator.repeat) rounds(calculator.repeat, known)
    steps(calculator.results, known)
    /** @type {Record<string, number>} */
    const outputs = {}
    for (const { name, value, when } of calculator.outputs) {
      known[name] =
        when && !evaluate(when, known) ? NaN : (outputs[name] = /** @type {number} */ (evaluate(value, known)))
    }
    const notes = calculator.notes.filter(note => !note.stops && holds(note)).map(({ name }) => name)
    return { values: known, outputs, notes }
  }

  return { compute, evaluate }
})()
