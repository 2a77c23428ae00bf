// A calculator: computes what is typed, shows it where it is typed, and keeps its state in the address.
;(() => {
  "use strict"

  const { compute } = window.miaotuiCalculate
  const { measured, named, written } = window.miaotuiNumbers
  // A reader has stopped typing: what changed is said once, not at each key.
  const PAUSE = 900

  class Calculator {
    /** @param {HTMLElement} section */
    constructor(section) {
      this.section = section
      /** @type {Contract.Calculator} */
      this.data = JSON.parse(section.querySelector(".calculator__data").textContent)
      this.form = new window.miaotuiForm(section.querySelector("form"), this.data)
      const asked = new URLSearchParams(location.search)
      this.form.fill(asked)
      this.link = new window.miaotuiLink(section, this.form)
      const out = this.data.outputs.find(({ name }) => name === asked.get("out"))
      this.asked = out?.name ?? this.data.main
      /** @type {Calculating.Shown} */
      this.shown = {}
      /** @type {Calculating.Shown | null} */
      this.before = null
      this.form.recognize(true)
      this.update()
      this.mark()
      this.link.tell()
      this.listen()
      section.querySelector("fieldset").disabled = false
      section.classList.remove("calculator--opening")
    }

    listen() {
      const { element } = this.form
      // What an edit changes is told against what stood there when the reader came to the field.
      element.addEventListener("focusin", () => (this.before = this.shown))
      element.addEventListener("input", event => this.changed(/** @type {HTMLSelectElement} */ (event.target)))
      element.addEventListener("submit", event => event.preventDefault())
      element.addEventListener("reset", () => setTimeout(() => this.reset()))
      // A window is drawn wider in many steps: the plots are drawn once it has its width.
      /** @type {number} */
      let settled
      let width = innerWidth
      addEventListener("resize", () => {
        if (width === innerWidth) return
        width = innerWidth
        clearTimeout(settled)
        settled = setTimeout(() => this.update(), 150)
      })
      // Where a phone's keyboard pushes the page up under its own top, the answer stays in what is seen of it.
      const seen = window.visualViewport
      const follow = () =>
        this.section.style.setProperty("--pushed", `${seen.scale === 1 ? Math.round(seen.offsetTop) : 0}px`)
      for (const name of ["resize", "scroll"]) seen?.addEventListener(name, follow)
    }

    /** @param {string} name */
    part(name) {
      return /** @type {HTMLElement} */ (this.section.querySelector(`.calculator__${name}`))
    }

    /** @param {HTMLSelectElement} field */
    changed(field) {
      this.before ??= this.shown
      // Of the fields, only the choice of a preset has this.
      this.link.answered(field.dataset.preset ? this.form.apply(field) : [field.name])
      this.form.recognize()
      this.mark()
      if (this.update()) this.toAddress()
      this.say()
    }

    reset() {
      this.before = this.shown
      this.link.answered(this.data.inputs.map(({ name }) => name))
      this.link.names.clear()
      this.link.query = ""
      this.form.recognize()
      this.update()
      this.mark()
      this.toAddress()
      this.say()
    }

    // Shows everything for what the fields have; whether these are without a fault.
    update() {
      const settings = this.form.read()
      const result = settings && compute(this.data, settings)
      const { outputs, values } = result ?? {}
      const sound = this.results(outputs)
      const notes = (result?.notes ?? []).map(name => this.data.notes.find(note => note.name === name).say)
      this.answer(this.form.fault || (outputs ? "" : notes[0]))
      this.notes(this.link.foreign.size ? [] : notes)
      this.formulas(outputs ? values : null)
      if (sound) this.shown = sound
      window.miaotuiPlots(this.part("plots"), this.data, settings, outputs ? values : null, measured)
      return Boolean(settings)
    }

    // The results as they are now; null where there are none.
    /** @param {Record<string, number> | null} [outputs] */
    results(outputs) {
      /** @type {Calculating.Shown} */
      const now = {}
      for (const { name, units, value } of this.data.outputs) {
        const left = name !== this.asked && this.link.rests(value, this.link.foreign)
        const number = left ? NaN : (outputs?.[name] ?? NaN)
        const text = Number.isFinite(number) ? measured(number, units) : "—"
        now[name] = { number, text }
        const cell = /** @type {HTMLElement} */ (this.section.querySelector(`[data-output=${name}]`))
        cell.textContent = text
        const before = outputs && this.before?.[name]
        const way = !before || before.text === text ? "" : before.number < number ? "up" : "down"
        cell.parentElement.dataset.moved = way && (before.text === "—" || text === "—" ? "other" : way)
      }
      return outputs ? now : null
    }

    // The asked result, and in its place why there is none.
    /** @param {string} fault */
    answer(fault) {
      const { label, name } = this.data.outputs.find(output => output.name === this.asked)
      const text = this.section.querySelector(`[data-output=${name}]`).textContent
      const before = this.before?.[name].text ?? text
      this.part("label").textContent = label
      this.part("value").querySelector("strong").textContent = text
      this.part("was").textContent = before === text ? "" : this.data.words.was.replace("{value}", before)
      this.part("value").hidden = Boolean(fault)
      this.part("stop").hidden = !fault
      this.part("stop").textContent = fault
    }

    // What is asked for, and what rests on the inputs that a link set.
    mark() {
      const { names, foreign } = this.link
      for (const { name, value } of this.data.outputs) {
        const { classList } = document.getElementById(`out-${name}`)
        const asked = name === this.asked
        const follows = this.link.rests(value, names) && (asked || !this.link.rests(value, foreign))
        classList.toggle("calculator__asked", asked)
        classList.toggle("calculator__follows", follows)
        if (asked) this.part("answer").classList.toggle("calculator__follows", follows)
      }
      for (const { name } of this.data.inputs)
        this.form.field(name).closest(".field").classList.toggle("field--set", this.link.names.has(name))
    }

    // Once the reader pauses: the asked result, what else changed, what is to be said of it.
    say() {
      clearTimeout(this.pause)
      this.pause = setTimeout(() => {
        this.part("said").textContent = this.form.fault || this.changes()
      }, PAUSE)
    }

    changes() {
      const { words, outputs } = this.data
      const moved = outputs.filter(({ name }) => this.before[name].text !== this.shown[name].text)
      const told = moved
        .filter(({ name }) => name === this.asked)
        .map(({ name, label }) =>
          words.changed
            .replace("{label}", label)
            .replace("{value}", this.shown[name].text)
            .replace("{before}", this.before[name].text)
        )
      const others = moved.filter(({ name }) => name !== this.asked).map(({ label }) => label)
      if (others.length) told.push(words.others.replace("{labels}", others.join(words.comma)))
      return [...told, this.part("notes").textContent].join(" ")
    }

    /** @param {string[]} notes */
    notes(notes) {
      const said = notes.map(note => {
        const line = document.createElement("p")
        line.textContent = note
        return line
      })
      this.part("notes").replaceChildren(...said)
    }

    /** @param {Calculating.Values | null} values */
    formulas(values) {
      const box = this.part("formula")
      const shown = this.data.outputs.filter(
        output =>
          output.formula && Number.isFinite(values?.[output.name]) && !this.link.rests(output.value, this.link.foreign)
      )
      // Of what there is no result, none is shown; the fold keeps its place.
      box.querySelector("ul").hidden = !shown.length
      box.hidden = !this.data.outputs.some(({ formula }) => formula)
      const lines = shown.map(output => {
        const line = document.createElement("li")
        const [formula, result] = [written(output.value, this.data, values), named(output.name, this.data, values)]
        line.textContent = `${output.label} = ${formula} = ${result}`
        return line
      })
      box.querySelector("ul").replaceChildren(...lines)
    }

    // The address has what is not as by default, and what a link set: what it left is told by that.
    toAddress() {
      const state = new URLSearchParams(location.search)
      for (const input of this.data.inputs) {
        const { value } = this.form.field(input.name)
        const own = this.link.names.has(input.name) || value !== this.form.preset(input)
        if (this.form.asked(input) && own) state.set(input.name, String(this.form.parsed(input, value)))
        else state.delete(input.name)
      }
      const query = String(state)
      // What a reader typed is no link's when the page is loaded again.
      const kept = { ...history.state, calculator: this.link.query }
      try {
        history.replaceState(kept, "", `${location.pathname}${query && `?${query}`}${location.hash}`)
      } catch {
        /* some browsers keep the address of a file as it is */
      }
    }
  }

  new Calculator(document.currentScript.closest(".calculator"))
})()
