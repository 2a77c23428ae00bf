// A calculator's numbers in words: a value with its unit, a formula with its values.
window.miaotuiNumbers = (() => {
  "use strict"

  const { evaluate } = window.miaotuiCalculate
  const SMALL = 1e-3
  /** @type {Record<string, string>} */
  const BETWEEN = {
    "+": " + ",
    "-": " − ",
    "*": " × ",
    "/": " ÷ ",
    "^": "^",
    "<": " < ",
    "<=": " ≤ ",
    ">": " > ",
    ">=": " ≥ "
  }
  /** @type {Record<string, number>} */
  const RANK = { "<": 1, "<=": 1, ">": 1, ">=": 1, "+": 2, "-": 2, "*": 3, "/": 3, negative: 4, "^": 5 }

  /** @param {string} text */
  const raised = text => [...text].map(sign => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")

  // Four digits; whole numbers in full; tiny ones with a power of ten, as miaotui/calculators/show.py writes them.
  /** @type {(value: number) => string} */
  const number = value => {
    if (value < 0) return `−${number(-value)}`
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US")
    if (Math.abs(value) < SMALL) {
      const [digits, power] = value.toExponential(3).split("e")
      return `${Number(digits)} × 10${raised(String(Number(power)))}`
    }
    const decimals = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))))
    return value.toLocaleString("en-US", { maximumFractionDigits: Math.min(decimals, 20) })
  }

  /** @type {Calculating.Measured} */
  const measured = (value, units) => {
    const [form, size] = units.find(([, least]) => Math.abs(value) >= least) ?? units.at(-1)
    const shown = number(value / size)
    if (form.startsWith("$")) return `$${shown}${form.slice(1)}`
    return shown + (!form || "%×".includes(form) ? "" : " ") + form
  }

  /** @type {Calculating.Named} */
  const named = (name, data, values) => {
    // What stands in a formula that is shown is a number, or a list of them.
    const value = /** @type {number} */ (values[name])
    const input = data.inputs.find(found => found.name === name)
    if (input?.kind === "number") return measured(value, [[input.unit, input.size]])
    const output = data.outputs.find(found => found.name === name)
    if (output) return measured(value, output.units)
    return Array.isArray(value) ? "[…]" : number(value)
  }

  // A power is of the number with its unit, and to a bare number.
  /** @type {(base: string, power: string) => string} */
  const power = (base, exponent) => {
    const bare = exponent.replace(/ [^\d()]+$/, "")
    const of = /[\s%]/.test(base) && !base.startsWith("(") ? `(${base})` : base
    return of + (/^\d+$/.test(bare) ? raised(bare) : `^${bare}`)
  }

  // The formula with the reader's numbers in it: of two formulas, the one that holds.
  /** @type {Calculating.Written} */
  const written = (tree, data, values, rank = 0) => {
    if (typeof tree === "number") return number(tree)
    if (typeof tree === "string") return named(tree, data, values)
    const [operation, ...parts] = tree
    /** @type {(part: Contract.Tree, least?: number) => string} */
    const part = (one, least = 0) => written(one, data, values, least)
    if (operation === "if") return part(evaluate(parts[0], values) ? parts[1] : parts[2], rank)
    const mine = RANK[operation] ?? 6
    if (operation === "negative") return `−${part(parts[0], mine)}`
    if (!(operation in BETWEEN)) return `${operation}(${parts.map(one => part(one)).join(", ")})`
    const left = part(parts[0], operation === "^" ? 6 : mine)
    const right = part(parts[1], "-/".includes(operation) ? mine + 1 : mine)
    const text = operation === "^" ? power(left, right) : left + BETWEEN[operation] + right
    return mine < rank ? `(${text})` : text
  }

  return { number, measured, named, written }
})()
