// A calculator's form: reads the inputs, computes, shows; keeps its state in the address.
;(() => {
  "use strict"

  const { compute } = window.miaotuiCalculate
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

  // Four digits; whole numbers in full; tiny ones with a power of ten, as miaotui/calculators/show.py writes them.
  /** @type {(value: number) => string} */
  const number = value => {
    if (value < 0) return `−${number(-value)}`
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US")
    if (Math.abs(value) < SMALL) {
      const [digits, power] = value.toExponential(3).split("e")
      const raised = [...String(Number(power))].map(sign => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")
      return `${Number(digits)} × 10${raised}`
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

  /** @typedef {Contract.Preset & { sets: Record<string, string> }} Chosen */

  class Calculator {
    /** @param {HTMLElement} section */
    constructor(section) {
      this.section = section
      /** @type {Contract.Calculator} */
      this.data = JSON.parse(section.querySelector(".calculator__data").textContent)
      this.form = section.querySelector("form")
      this.presets()
      this.fromAddress()
      this.foreign = this.unsaid()
      this.recognize()
      this.form.addEventListener("input", event => this.changed(event))
      this.form.addEventListener("submit", event => event.preventDefault())
      this.form.addEventListener("reset", () => setTimeout(() => this.changed({ target: this.form })))
      this.form.hidden = false
      this.update()
      // A window is drawn wider in many steps: the plots are drawn once it has its width.
      /** @type {number} */
      let settled
      window.addEventListener("resize", () => {
        clearTimeout(settled)
        settled = setTimeout(() => this.update(), 150)
      })
    }

    // A field by its input's name.
    /** @param {string} name */
    field(name) {
      return /** @type {HTMLInputElement | HTMLSelectElement} */ (this.form.elements.namedItem(name))
    }

    /** @returns {NodeListOf<HTMLSelectElement>} */
    selects() {
      return this.form.querySelectorAll("[data-preset]")
    }

    // Presets: a choice sets inputs; an input changed by hand makes them the reader's own.
    presets() {
      /** @type {Record<string, Map<string, Chosen>>} */
      this.chosen = {}
      for (const select of this.selects()) {
        this.chosen[select.dataset.preset] = new Map()
        for (const preset of this.data.presets[select.dataset.preset]) {
          for (const [name, sets] of Object.entries(preset.options)) {
            this.chosen[select.dataset.preset].set(name, { ...preset, sets })
            select.add(new Option(name, name))
          }
        }
      }
    }

    // The bytes of a weight are set by the model, as released, and by the chip, as computed in: the narrower holds.
    /** @param {HTMLSelectElement} select */
    apply(select) {
      const sets = [...this.selects()].map(other => this.chosen[other.dataset.preset].get(other.value)?.sets ?? {})
      for (const name of Object.keys(this.chosen[select.dataset.preset].get(select.value)?.sets ?? {})) {
        const texts = sets.filter(given => name in given).map(given => given[name])
        this.field(name).value = texts.reduce((one, other) => (Number(other) < Number(one) ? other : one))
      }
    }

    // What more than one kind of preset sets says nothing of which is chosen.
    /** @param {string} name */
    shared(name) {
      return Object.values(this.chosen).filter(kind => [...kind.values()].some(({ sets }) => name in sets)).length > 1
    }

    // A preset is chosen as long as the inputs are what it sets, whoever set them.
    recognize() {
      for (const select of this.selects()) {
        const chosen = this.chosen[select.dataset.preset]
        /** @param {[string, Chosen]} pair */
        const fits = ([, { sets }]) =>
          Object.entries(sets).every(([name, text]) => this.shared(name) || this.field(name).value === text)
        if (!select.value || !fits([, chosen.get(select.value)])) select.value = [...chosen].find(fits)?.[0] ?? ""
        this.source(select, chosen.get(select.value))
      }
    }

    // Inputs that a link leaves at their defaults though these are of another model or chip than the one it sets:
    // the presets that agree with all it sets, all have something else there.
    unsaid() {
      const asked = new URLSearchParams(location.search)
      /** @param {string} name */
      const text = name => this.field(name).value
      /** @type {Set<string>} */
      const found = new Set()
      for (const kind of Object.values(this.chosen)) {
        const agreeing = [...kind.values()]
          .map(({ sets }) => sets)
          .filter(sets => {
            const said = Object.keys(sets).filter(name => asked.has(name) && !this.shared(name))
            return said.length && said.every(name => sets[name] === text(name))
          })
        if (!agreeing.length) continue
        for (const name of Object.keys(agreeing[0])) {
          if (!asked.has(name) && agreeing.every(sets => name in sets && sets[name] !== text(name))) found.add(name)
        }
      }
      return found
    }

    // Whether a result rests on an input that the link leaves to another model or chip.
    /**
     * @param {Contract.Tree} tree
     * @returns {boolean}
     */
    foreignTo(tree) {
      if (typeof tree === "string") {
        if (this.foreign.has(tree)) return true
        const given =
          this.data.steps.find(([name]) => name === tree)?.[1] ??
          this.data.outputs.find(({ name }) => name === tree)?.value
        return given !== undefined && this.foreignTo(given)
      }
      return Array.isArray(tree) && tree[0] !== "text" && tree.slice(1).some(part => this.foreignTo(part))
    }

    /**
     * @param {HTMLSelectElement} select
     * @param {Chosen} [preset]
     */
    source(select, preset) {
      const about = /** @type {HTMLElement} */ (this.form.querySelector(`[data-source=${select.dataset.preset}]`))
      about.hidden = !preset
      about.textContent = preset?.note ? `${preset.note} ` : ""
      if (!preset) return
      const link = document.createElement("a")
      link.href = preset.address
      link.textContent = preset.source
      about.append(this.data.words.source, link)
    }

    /** @param {{ target: EventTarget }} event */
    changed({ target }) {
      this.foreign = new Set()
      // Of the fields, only the choice of a preset has this; what is reset is the form.
      const select = /** @type {HTMLSelectElement} */ (target)
      if (select.dataset?.preset) this.apply(select)
      this.recognize()
      if (this.update()) this.toAddress()
    }

    // An input is asked for only under the choice it belongs to.
    /** @param {Contract.Input} input */
    asked({ only }) {
      return Object.entries(only).every(([name, choice]) => this.field(name).value === choice)
    }

    /**
     * @param {Contract.Input} input
     * @param {string} text
     * @returns {Contract.Setting | null}
     */
    parsed(input, text) {
      /** @param {string} part */
      const one = part => {
        const plain = part.normalize("NFKC").trim()
        const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : NaN
        return value >= input.least && value <= input.most && (!input.whole || Number.isInteger(value)) ? value : null
      }
      if (input.kind === "choice") return text
      // A comma groups the digits of a number, and stands between those of a list.
      if (input.kind === "number") return one(text.normalize("NFKC").replace(/(\d),(?=\d{3}(\D|$))/g, "$1"))
      const values = text.normalize("NFKC").split(/[,、]/).map(one)
      return values.length > input.longest || values.includes(null) ? null : values
    }

    read() {
      /** @type {Calculating.Settings} */
      const settings = {}
      let sound = true
      for (const input of this.data.inputs) {
        const field = this.field(input.name)
        const asked = this.asked(input)
        const box = /** @type {HTMLElement} */ (field.closest(".field"))
        box.hidden = !asked
        const value = asked ? this.parsed(input, field.value) : input.default
        const fault = document.getElementById(`fault-${input.name}`)
        field.setAttribute("aria-invalid", value === null)
        fault.hidden = value !== null
        fault.textContent = value === null ? this.told(input, field.value) : ""
        settings[input.name] = value
        sound &&= value !== null
      }
      return sound ? settings : null
    }

    /**
     * @param {Contract.Input} input
     * @param {string} text
     */
    told(input, text) {
      const { words } = this.data
      const form = input.kind === "list" ? words.bad_list : words.bad_number
      return (text.trim() ? form : words.empty)
        .replace("{label}", input.label)
        .replace("{text}", text)
        .replace("{longest}", String(input.longest))
        .replace("{bounds}", input.bounds)
    }

    update() {
      const settings = this.read()
      const result = settings && compute(this.data, settings)
      const { outputs, values } = result ?? {}
      const asked = new URLSearchParams(location.search).get("out") ?? this.data.main
      for (const { name, units, value } of this.data.outputs) {
        const cell = this.section.querySelector(`[data-output=${name}]`)
        const left = name !== asked && this.foreignTo(value)
        cell.textContent = Number.isFinite(outputs?.[name]) && !left ? measured(outputs[name], units) : "—"
      }
      this.notes(this.foreign.size ? [] : (result?.notes ?? []))
      this.formulas(outputs ? values : null)
      window.miaotuiPlots?.(
        /** @type {HTMLElement} */ (this.section.querySelector(".calculator__plots")),
        this.data,
        settings,
        outputs ? values : null,
        measured
      )
      return Boolean(settings)
    }

    /** @param {string[]} names */
    notes(names) {
      const said = names.map(name => {
        const line = document.createElement("p")
        line.textContent = this.data.notes.find(note => note.name === name).say
        return line
      })
      if (this.foreign.size) {
        const line = document.createElement("p")
        const labels = this.data.inputs.filter(({ name }) => this.foreign.has(name)).map(({ label }) => label)
        line.textContent = this.data.words.unsaid.replace("{labels}", labels.join(this.data.words.comma))
        said.push(line)
      }
      this.section.querySelector(".calculator__notes").replaceChildren(...said)
    }

    // The formula with the reader's numbers in it: of two formulas, the one that holds.
    /**
     * @param {Contract.Tree} tree
     * @param {Calculating.Values} values
     * @returns {string}
     */
    written(tree, values, rank = 0) {
      if (typeof tree === "number") return number(tree)
      if (typeof tree === "string") return this.value(tree, values)
      const [operation, ...parts] = tree
      if (operation === "if")
        return this.written(window.miaotuiCalculate.evaluate(parts[0], values) ? parts[1] : parts[2], values, rank)
      const mine = RANK[operation] ?? 6
      if (operation in BETWEEN) {
        const right = "-/".includes(operation) ? mine + 1 : mine
        let [left, end] = [
          this.written(parts[0], values, operation === "^" ? 6 : mine),
          this.written(parts[1], values, right)
        ]
        // A power is of the number with its unit, and to a bare number.
        if (operation === "^")
          [left, end] = [
            /[\s%]/.test(left) && !left.startsWith("(") ? `(${left})` : left,
            end.replace(/ [^\d()]+$/, "")
          ]
        const text = left + BETWEEN[operation] + end
        return mine < rank ? `(${text})` : text
      }
      if (operation === "negative") return `−${this.written(parts[0], values, mine)}`
      return `${operation}(${parts.map(part => this.written(part, values)).join(", ")})`
    }

    /**
     * @param {string} name
     * @param {Calculating.Values} values
     */
    value(name, values) {
      // What stands in a formula that is shown is a number, or a list of them.
      const value = /** @type {number} */ (values[name])
      const input = this.data.inputs.find(found => found.name === name)
      if (input?.kind === "number") return measured(value, [[input.unit, input.size]])
      const output = this.data.outputs.find(found => found.name === name)
      if (output) return measured(value, output.units)
      return Array.isArray(value) ? "[…]" : number(value)
    }

    /** @param {Calculating.Values | null} values */
    formulas(values) {
      const box = /** @type {HTMLElement} */ (this.section.querySelector(".calculator__formula"))
      const shown = this.data.outputs.filter(
        output => output.formula && Number.isFinite(values?.[output.name]) && !this.foreignTo(output.value)
      )
      box.hidden = !values || !shown.length
      if (box.hidden) return
      const lines = shown.map(output => {
        const line = document.createElement("li")
        line.textContent = `${output.label} = ${this.written(output.value, values)} = ${this.value(output.name, values)}`
        return line
      })
      box.querySelector("ul").replaceChildren(...lines)
    }

    fromAddress() {
      const asked = new URLSearchParams(location.search)
      for (const { name } of this.data.inputs) {
        const field = this.field(name)
        const text = asked.get(name)
        if (text === null) continue
        field.value = text
        // A choice that is none of the select's leaves it empty.
        if (!field.value)
          field.value = /** @type {HTMLOptionElement} */ (field.querySelector("[selected]"))?.value ?? text
      }
      this.section
        .querySelector(`#out-${CSS.escape(asked.get("out") ?? this.data.main)}`)
        ?.classList.add("calculator__asked")
    }

    toAddress() {
      const state = new URLSearchParams(location.search)
      for (const input of this.data.inputs) {
        const { value } = this.field(input.name)
        if (this.asked(input) && value !== this.preset(input)) state.set(input.name, String(this.parsed(input, value)))
        else state.delete(input.name)
      }
      const query = String(state)
      try {
        history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`)
      } catch {
        /* some browsers keep the address of a file as it is */
      }
    }

    /** @param {Contract.Input} input */
    preset({ kind, text, default: preset }) {
      return kind === "choice" ? preset : text
    }
  }

  /** @type {NodeListOf<HTMLElement>} */
  const sections = document.querySelectorAll(".calculator")
  sections.forEach(section => new Calculator(section))
})()
