// What a link to a calculator sets, what follows from that, and the place that the link stands in.
window.miaotuiLink = class {
  /**
   * @param {HTMLElement} section
   * @param {Calculating.Form} form
   */
  constructor(section, form) {
    this.box = /** @type {HTMLElement} */ (section.querySelector(".calculator__link"))
    this.form = form
    this.data = form.data
    // The address follows what is typed; that of the link stays with the entry of the history.
    this.query = history.state?.calculator ?? location.search
    this.asked = new URLSearchParams(this.query)
    this.inputs = this.data.inputs.filter(({ name }) => this.asked.has(name))
    this.names = new Set(this.inputs.map(({ name }) => name))
    this.foreign = this.unsaid()
    const now = new URLSearchParams(location.search)
    for (const name of this.foreign) if (now.has(name)) this.foreign.delete(name)
  }

  // What the link has of an input, or leaves at its default.
  /** @param {string} name */
  text(name) {
    return this.asked.get(name) ?? this.form.preset(this.data.inputs.find(input => input.name === name))
  }

  // Inputs that a link leaves at their defaults though these are of another model or chip than the one it sets:
  // the presets that agree with all it sets, all have something else there.
  unsaid() {
    /** @type {Set<string>} */
    const found = new Set()
    for (const kind of Object.values(this.form.chosen)) {
      const agreeing = [...kind.values()]
        .map(({ sets }) => sets)
        .filter(sets => {
          const said = Object.keys(sets).filter(name => this.asked.has(name) && !this.form.shared(name))
          return said.length && said.every(name => sets[name] === this.text(name))
        })
      if (!agreeing.length) continue
      for (const name of Object.keys(agreeing[0])) {
        const other = agreeing.every(sets => name in sets && sets[name] !== this.text(name))
        if (!this.asked.has(name) && other) found.add(name)
      }
    }
    return found
  }

  // Whether a result rests on one of these inputs.
  /**
   * @param {Contract.Tree} tree
   * @param {Set<string>} names
   * @returns {boolean}
   */
  rests(tree, names) {
    if (typeof tree === "string") {
      if (names.has(tree)) return true
      const given =
        this.data.steps.find(([name]) => name === tree)?.[1] ??
        this.data.outputs.find(({ name }) => name === tree)?.value
      return given !== undefined && this.rests(given, names)
    }
    return Array.isArray(tree) && tree[0] !== "text" && tree.slice(1).some(part => this.rests(part, names))
  }

  // The pages that have this link, the one that the reader comes from before the others.
  origins() {
    const mine = String(this.asked)
    /** @type {(number: Contract.Stated) => boolean} */
    const same = ({ query }) => String(new URLSearchParams(query)) === mine
    const found = this.data.origins
      .map(({ title, address, numbers }) => ({ title, address, number: numbers.find(same) }))
      .filter(({ number }) => number)
    let last = ""
    try {
      last = localStorage.getItem("miaotui.last") ?? ""
    } catch {
      /* refused: nothing was kept */
    }
    /** @param {{ address: string }} one */
    const likely = ({ address }) => {
      if (document.referrer) return new URL(address, location.href).pathname === new URL(document.referrer).pathname
      return new RegExp(`/q/${last}(\\.html|/)$`).test(address)
    }
    return [...found.filter(likely), ...found.filter(one => !likely(one))]
  }

  /**
   * @param {string} text
   * @param {string} address
   */
  static to(text, address) {
    const link = document.createElement("a")
    link.href = address
    link.textContent = text
    return link
  }

  // To the very number where a browser finds a text and the page has it once. Else the way that the reader came, where
  // there is one, and to the heading of the number where there is none.
  /** @param {{ address: string, number: Contract.Stated }} origin */
  back({ address, number: { anchor, text, once } }) {
    const sought = encodeURIComponent(text).replaceAll("-", "%2D")
    const words = once && "fragmentDirective" in document ? `:~:text=${sought}` : ""
    const hash = anchor || words ? `#${anchor}${words}` : ""
    const link = window.miaotuiLink.to(this.data.words.back, address + hash)
    link.className = "calculator__back"
    link.addEventListener("click", event => {
      const here = document.referrer && new URL(document.referrer).origin === location.origin && history.length > 1
      if (words || !here) return
      event.preventDefault()
      history.back()
    })
    return link
  }

  /** @returns {(string | Node)[][]} */
  from() {
    const { words } = this.data
    const [first, ...others] = this.origins()
    if (!first) return []
    const links = others
      .slice(0, 2)
      .map(({ title, address, number: { anchor } }, at) => [
        at ? words.comma : words.also,
        window.miaotuiLink.to(title, address + (anchor && `#${anchor}`))
      ])
    const title = window.miaotuiLink.to(first.title, first.address)
    return [[words.origin.replace("{text}", first.number.text), title, ...links.flat()], [this.back(first)]]
  }

  // The inputs that it set, first those that are not at their defaults.
  sets() {
    const { words } = this.data
    /** @type {string[]} */
    const same = []
    /** @type {string[]} */
    const other = []
    for (const input of this.inputs) {
      const [text, preset] = [this.asked.get(input.name), this.form.preset(input)]
      const value = this.form.said(input, text)
      if (text === preset) same.push(`${input.label} ${value}`)
      else {
        const told = words.default.replace("{label}", input.label).replace("{value}", value)
        other.push(told.replace("{default}", this.form.said(input, preset)))
      }
    }
    const told = other.length ? [words.set.replace("{labels}", other.join(words.comma))] : []
    if (same.length) told.push(words.as_default.replace("{labels}", same.join(words.comma)))
    return told.join(" ")
  }

  left() {
    const labels = this.data.inputs.filter(({ name }) => this.foreign.has(name)).map(({ label }) => label)
    return this.data.words.unsaid.replace("{labels}", labels.join(this.data.words.comma))
  }

  tell() {
    /** @type {(string | Node)[][]} */
    const set = this.inputs.length ? [[this.sets()], [this.data.words.follows]] : []
    const lines = [...this.from(), ...set]
    if (this.foreign.size) lines.push([this.left()])
    this.box.hidden = !lines.length
    const told = lines.map(parts => {
      const line = document.createElement("p")
      line.append(...parts)
      return line
    })
    this.box.replaceChildren(...told)
    if (this.foreign.size) told.at(-1).className = "calculator__left"
  }

  // Once an input that was another model's is set, its results are of the one that the link means. The line keeps its
  // room, so that nothing moves under the reader's hands.
  /** @param {string[]} names */
  answered(names) {
    for (const name of names) this.foreign.delete(name)
    const line = /** @type {HTMLElement} */ (this.box.querySelector(".calculator__left"))
    if (!line) return
    line.style.visibility = this.foreign.size ? "" : "hidden"
    if (this.foreign.size) line.textContent = this.left()
  }
}
