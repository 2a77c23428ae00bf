// A calculator's inputs: the fields, the presets that set them, and what is wrong with one.
window.miaotuiForm = class {
  /**
   * @param {HTMLFormElement} element
   * @param {Contract.Calculator} data
   */
  constructor(element, data) {
    this.element = element
    this.data = data
    // What is wrong with the first input that has a fault.
    this.fault = ""
    /** @type {Record<string, Map<string, Calculating.Chosen>>} */
    this.chosen = {}
    for (const [kind, presets] of Object.entries(data.presets)) {
      const options = presets.flatMap(preset =>
        Object.entries(preset.options).map(([name, sets]) => /** @type {const} */ ([name, { ...preset, sets }]))
      )
      this.chosen[kind] = new Map(options)
    }
  }

  // A field by its input's name.
  /** @param {string} name */
  field(name) {
    return /** @type {HTMLInputElement | HTMLSelectElement} */ (this.element.elements.namedItem(name))
  }

  /** @returns {NodeListOf<HTMLSelectElement>} */
  selects() {
    return this.element.querySelectorAll("[data-preset]")
  }

  // The inputs as an address has them.
  /** @param {URLSearchParams} asked */
  fill(asked) {
    for (const { name } of this.data.inputs) {
      const field = this.field(name)
      const text = asked.get(name)
      if (text === null) continue
      field.value = text
      // A choice that is none of the select's leaves it empty.
      if (!field.value)
        field.value = /** @type {HTMLOptionElement} */ (field.querySelector("[selected]"))?.value ?? text
    }
  }

  // The bytes of a weight are set by the model, as released, and by the chip, as computed in: the narrower holds.
  /** @param {HTMLSelectElement} select */
  apply(select) {
    const sets = [...this.selects()].map(other => this.chosen[other.dataset.preset].get(other.value)?.sets ?? {})
    const names = Object.keys(this.chosen[select.dataset.preset].get(select.value)?.sets ?? {})
    for (const name of names) {
      const texts = sets.filter(given => name in given).map(given => given[name])
      this.field(name).value = texts.reduce((one, other) => (Number(other) < Number(one) ? other : one))
    }
    return names
  }

  // What more than one kind of preset sets says nothing of which is chosen.
  /** @param {string} name */
  shared(name) {
    return Object.values(this.chosen).filter(kind => [...kind.values()].some(({ sets }) => name in sets)).length > 1
  }

  // A preset is chosen as long as the inputs are what it sets, whoever set them.
  recognize(opening = false) {
    for (const select of this.selects()) {
      const chosen = this.chosen[select.dataset.preset]
      /** @param {[string, Calculating.Chosen]} pair */
      const fits = ([, { sets }]) =>
        Object.entries(sets).every(([name, text]) => this.shared(name) || this.field(name).value === text)
      if (!select.value || !fits([, chosen.get(select.value)])) select.value = [...chosen].find(fits)?.[0] ?? ""
      this.source(select, chosen.get(select.value), opening)
    }
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {Calculating.Chosen} [preset]
   */
  source(select, preset, opening = false) {
    const about = /** @type {HTMLElement} */ (this.element.querySelector(`[data-source=${select.dataset.preset}]`))
    // Where a source stood its room stays: the inputs are a reader's own from one key to the next.
    about.style.visibility = preset ? "" : "hidden"
    if (opening) about.hidden = !preset
    if (!preset) return
    about.hidden = false
    about.textContent = preset.note ? `${preset.note} ` : ""
    const link = document.createElement("a")
    link.href = preset.address
    link.textContent = preset.source
    about.append(this.data.words.source, link)
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
      const typed = part.normalize("NFKC").trim()
      // A number may have the unit that stands beside its field, as it has where it is copied from.
      const plain = input.unit && typed.endsWith(input.unit) ? typed.slice(0, -input.unit.length).trim() : typed
      const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : NaN
      return value >= input.least && value <= input.most && (!input.whole || Number.isInteger(value)) ? value : null
    }
    if (input.kind === "choice") return text
    // A comma groups the digits of a number, and stands between those of a list.
    if (input.kind === "number") return one(text.normalize("NFKC").replace(/(\d),(?=\d{3}(\D|$))/g, "$1"))
    const parts = text.normalize("NFKC").split(/[,、]/)
    // 1,024 in a list is no 1 and 24.
    const values = parts.map(part => (/^\s*0\d/.test(part) ? null : one(part)))
    return values.length > input.longest || values.includes(null) ? null : values
  }

  // What is typed, in the inputs' units; null where there is a fault, which stands beside its field then.
  read() {
    /** @type {Calculating.Settings} */
    const settings = {}
    this.fault = ""
    for (const input of this.data.inputs) {
      const field = this.field(input.name)
      const asked = this.asked(input)
      const box = /** @type {HTMLElement} */ (field.closest(".field"))
      box.hidden = !asked
      const value = asked ? this.parsed(input, field.value) : input.default
      const told = value === null ? this.told(input, field.value) : ""
      if (told) field.closest("details")?.setAttribute("open", "")
      field.setAttribute("aria-invalid", String(value === null))
      document.getElementById(`fault-${input.name}`).textContent = told
      settings[input.name] = value
      this.fault ||= told
    }
    return this.fault ? null : settings
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

  // An input as it is by default.
  /** @param {Contract.Input} input */
  preset({ kind, text, default: preset }) {
    return kind === "choice" ? String(preset) : text
  }

  // What an input is set to, in words.
  /**
   * @param {Contract.Input} input
   * @param {string} text
   */
  said(input, text) {
    const value = this.parsed(input, text)
    if (input.kind === "choice") return input.choices.find(([choice]) => choice === text)?.[1] ?? text
    if (typeof value !== "number") return text
    return window.miaotuiNumbers.measured(value * input.size, [[input.unit, input.size]])
  }
}
