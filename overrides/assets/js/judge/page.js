// The judge of a problem's page: an editor, and results case by case. Python is loaded with the first run (python.js), and
// runs in a worker of its own each time: whatever an answer does, the page stays, and the next run starts clean.
;(() => {
  "use strict"

  const { button, kept, keep, copy, save, solve, seldom } = window.miaotui
  const loader = window.miaotuiLoading
  const SECONDS = 10
  const STARTING = 30
  const FIRST = 3
  const INDENT = "    "
  const Native = window.Worker

  /** @type {<Name extends keyof HTMLElementTagNameMap>(name: Name, className?: string, text?: string) => HTMLElementTagNameMap[Name]} */
  const element = (name, className, text = "") => {
    const made = document.createElement(name)
    if (className) made.className = className
    made.textContent = text
    return made
  }
  // Safari's last key of a composition comes after its end: only its code tells.
  /** @param {KeyboardEvent} event */
  const composing = event => event.isComposing || event.keyCode === 229
  /** @type {(form: string, values: Record<string, unknown>) => string} */
  const filled = (form, values) => form.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""))

  // A plain field: typing Chinese, undo, touch and screen readers are the browser's own. This adds what code needs.
  class Editor {
    /** @param {string} label @param {string} keys @param {string} text @param {(text: string) => void} changed */
    constructor(label, keys, text, changed) {
      this.box = element("div", "judge__editor")
      this.numbers = element("pre", "judge__numbers")
      this.numbers.setAttribute("aria-hidden", "true")
      this.field = element("textarea", "judge__code")
      this.field.wrap = "off"
      for (const [name, value] of Object.entries({
        "aria-label": label,
        "aria-describedby": keys,
        autocapitalize: "off",
        autocomplete: "off",
        autocorrect: "off",
        spellcheck: "false",
        translate: "no"
      }))
        this.field.setAttribute(name, value)
      this.field.value = text
      this.box.append(this.numbers, this.field)
      this.changed = changed
      this.leaving = false
      this.field.addEventListener("input", () => this.show())
      this.field.addEventListener("keydown", event => this.key(event))
      this.field.addEventListener("blur", () => {
        this.leaving = false
      })
      this.show(true)
    }

    show(first = false) {
      const count = this.field.value.split("\n").length
      this.field.rows = Math.max(8, count + 1)
      this.numbers.textContent = Array.from({ length: count }, (_, at) => at + 1).join("\n")
      if (!first) this.changed(this.field.value)
    }

    // As if typed, so that the browser can undo it.
    /** @type {(text: string, start: number, end: number) => void} */
    insert(text, start, end) {
      this.field.focus()
      this.field.setSelectionRange(start, end)
      const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete")
      if (done) return
      this.field.setRangeText(text, start, end, "end")
      this.show()
    }

    /** @param {string} text */
    replace(text) {
      this.insert(text, 0, this.field.value.length)
      this.field.setSelectionRange(0, 0)
    }

    /** @param {number} number */
    line(number) {
      const lines = this.field.value.split("\n")
      const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0)
      this.field.focus()
      this.field.setSelectionRange(start, start + (lines[number - 1]?.length ?? 0))
      const height = this.field.scrollHeight / this.field.rows
      window.scrollTo({ top: this.field.getBoundingClientRect().top + window.scrollY + (number - 6) * height })
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return
      const leaving = this.leaving
      this.leaving = event.key === "Escape" || (leaving && event.key === "Shift")
      if (event.key === "Tab" && !leaving) {
        event.preventDefault()
        this.tab(event.shiftKey)
      } else if (event.key === "Enter") {
        event.preventDefault()
        this.enter()
      } else if (event.key === "Backspace" && this.back()) {
        event.preventDefault()
      }
    }

    get before() {
      const { value, selectionStart } = this.field
      return value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart)
    }

    /** @param {boolean} back */
    tab(back) {
      const { value, selectionStart: start, selectionEnd: end } = this.field
      if (!back && !value.slice(start, end).includes("\n")) {
        this.insert(INDENT.slice(this.before.length % INDENT.length), start, end)
        return
      }
      const from = value.lastIndexOf("\n", start - 1) + 1
      const to = end > start && value[end - 1] === "\n" ? end - 1 : end
      const old = value.slice(from, to)
      const lines = old.split("\n").map(line => (back ? line.replace(/^ {1,4}/, "") : line && INDENT + line))
      const text = lines.join("\n")
      if (text === old) return
      this.insert(text, from, to)
      if (old.includes("\n")) this.field.setSelectionRange(from, from + text.length)
    }

    enter() {
      const { selectionStart, selectionEnd } = this.field
      const indent = this.before.match(/^ */)[0] + (/:\s*$/.test(this.before) ? INDENT : "")
      this.insert(`\n${indent}`, selectionStart, selectionEnd)
    }

    back() {
      const { selectionStart: start, selectionEnd: end } = this.field
      if (start !== end || !/^ +$/.test(this.before)) return false
      this.insert("", start - (((this.before.length - 1) % INDENT.length) + 1), start)
      return true
    }
  }

  class Judge {
    /** @param {HTMLElement} section */
    constructor(section) {
      this.section = section
      /** @type {Judging.Data} */
      const { slug, files, megabytes, language, words } = JSON.parse(section.querySelector(".judge__data").textContent)
      this.slug = slug
      this.files = files
      this.language = language
      this.words = words
      this.megabytes = megabytes
      /** Python, once it has come. @type {Judging.Python | null} */
      this.made = null
      this.share = ""
      // How many cases there are, how many of them are asked for, and what has been told of them.
      this.all = 0
      this.most = Infinity
      /** @type {Judging.Result[]} */
      this.told = []
      this.output = ""
      this.turn = 0
      this.source = ""
      /** @type {Worker | null} */
      this.worker = null
      /** @type {Worker | null} */
      this.spare = null
      const given = section.querySelector(".judge__starter")
      this.starter = given.querySelector("pre > code").textContent
      this.key = `miaotui.code.${slug}`
      const keys = element("p", "judge__keys", words.keys)
      keys.id = "judge-keys"
      const unkept = element("p", "judge__unkept")
      unkept.setAttribute("role", "status")
      unkept.hidden = true
      this.editor = new Editor(words.editor, keys.id, kept(this.key) || this.starter, text => {
        unkept.hidden = keep(this.key, text === this.starter ? "" : text) || text === this.starter
        if (!unkept.hidden)
          seldom().then(
            ({ unkept: told }) => {
              unkept.textContent = told
            },
            () => {}
          )
        this.prepare()
      })
      // What is typed and kept nowhere is not left without a question.
      addEventListener("beforeunload", event => unkept.hidden || event.preventDefault())
      this.status = element("p", "judge__status")
      this.status.setAttribute("role", "status")
      this.loading = element("p", "judge__loading")
      this.bar = element("progress", "")
      // No part of the status: a screen reader asks for it, and is not told of each kilobyte.
      this.come = element("span", "judge__come")
      this.loading.append(this.bar, this.come)
      this.loading.hidden = true
      this.results = element("ol", "judge__results")
      this.results.setAttribute("aria-label", words.results)
      this.results.hidden = true
      this.printed = element("div")
      given.replaceWith(
        this.editor.box,
        keys,
        unkept,
        this.tools(),
        this.status,
        this.loading,
        this.results,
        this.printed
      )
      section.addEventListener("keydown", event => {
        if (event.key !== "Enter" || composing(event) || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        this.start()
      })
    }

    tools() {
      const { words } = this
      const box = element("p", "judge__tools")
      this.submit = button(words.submit, () => this.start())
      this.submit.className = "judge__submit"
      this.run = button(words.run, () => this.start(FIRST))
      this.stop = button(words.stop, () => {
        loader.stop()
        this.end({ kind: "stopped" })
      })
      this.stop.hidden = true
      const text = () => this.editor.field.value
      box.append(
        this.submit,
        this.run,
        this.stop,
        element("span", "judge__gap"),
        button(words.reset, made => this.reset(made)),
        button(words.copy, made => copy(text(), made)),
        button(words.download, () => save(text(), `${this.slug}.py`, "text/x-python"))
      )
      return box
    }

    // Asks by its own label: the second press discards.
    /** @param {HTMLButtonElement} made */
    reset(made) {
      const { reset, reset_sure } = this.words
      clearTimeout(this.asked)
      if (made.textContent === reset_sure) {
        made.textContent = reset
        this.editor.replace(this.starter)
        return
      }
      made.textContent = reset_sure
      this.asked = setTimeout(() => {
        made.textContent = reset
      }, 4000)
    }

    async start(most = Infinity) {
      this.worker?.terminate()
      clearTimeout(this.timer)
      const mine = ++this.turn
      this.most = most
      this.all = 0
      this.told = []
      this.output = ""
      this.results.replaceChildren()
      this.results.hidden = true
      this.printed.replaceChildren()
      this.stop.hidden = false
      this.loading.hidden = false
      try {
        if (!this.made) await this.load(mine)
        if (mine !== this.turn) return
        this.starting()
        this.made ??= await loader.start()
        if (mine === this.turn) this.launch()
      } catch (failed) {
        const error = /** @type {Error} */ (failed)
        if (mine === this.turn) this.end({ kind: error.cause === "network" ? "broken" : "unloaded", again: true })
      }
    }

    /** @param {number} mine */
    async load(mine) {
      this.say(filled(this.words.loading, { megabytes: this.megabytes }))
      this.shown(0)
      /** @param {number} share */
      const shown = share => {
        if (mine === this.turn) this.shown(share)
      }
      await loader.come(this.files, this.slug, shown)
    }

    /** @param {number} share */
    shown(share) {
      this.bar.setAttribute("aria-label", filled(this.words.loading, { megabytes: this.megabytes }))
      this.share = (share * Number(this.megabytes)).toFixed(1)
      this.bar.value = share
      this.come.textContent = filled(this.words.come, { share: this.share, megabytes: this.megabytes })
      this.bar.setAttribute("aria-valuetext", this.come.textContent)
    }

    // All is here, and nothing of it runs yet: a phone takes seconds, of which nobody can say how many.
    starting() {
      this.say(this.words.starting)
      this.bar.setAttribute("aria-label", this.words.starting)
      this.bar.removeAttribute("value")
      this.bar.removeAttribute("aria-valuetext")
      this.come.textContent = ""
    }

    // A worker in which Python starts.
    /** @param {Judging.Python} python */
    started({ files, module }) {
      this.source ||= URL.createObjectURL(new Blob([window.miaotuiPython.worker], { type: "text/javascript" }))
      const worker = new Native(this.source)
      worker.onerror = event => {
        event.preventDefault()
        if (this.spare === worker) this.spare = null
      }
      worker.postMessage({ files, module })
      return worker
    }

    // Who writes on after a run will run it again: Python has started by then.
    prepare() {
      if (this.made && !this.worker) this.spare ??= this.started(this.made)
    }

    launch() {
      this.worker = this.spare ?? this.started(this.made)
      this.spare = null
      this.worker.onmessage = ({ data }) => this.heard(data)
      this.worker.onerror = event => {
        event.preventDefault()
        this.end({ kind: this.all ? "crash" : "unloaded" })
      }
      this.timer = setTimeout(() => this.end({ kind: "unloaded" }), STARTING * 1000)
      const most = Number.isFinite(this.most) ? this.most : null
      const given = { tests: window.miaotuiProblem[this.slug], answer: this.editor.field.value }
      this.worker.postMessage({ sources: { ...window.miaotuiPython.sources, ...given }, most })
    }

    /** @param {Judging.Event} event */
    heard({ cases, printed, cut, result, wrong, done }) {
      if (cases) {
        this.all = cases
        this.loading.hidden = true
        clearTimeout(this.timer)
        this.timer = setTimeout(() => this.end({ kind: "time" }), SECONDS * 1000)
        this.say(this.words.running)
      }
      if (printed) this.output += printed + (cut ? this.words.cut : "")
      if (result) this.case(result)
      if (wrong || done) this.end(wrong)
    }

    /** @param {Judging.Wrong} [wrong] */
    end(wrong) {
      this.turn += 1
      this.worker?.terminate()
      this.worker = null
      clearTimeout(this.timer)
      // Who stopped it with the keyboard is not thrown back to the top.
      if (document.activeElement === this.stop) this.submit.focus()
      this.stop.hidden = true
      this.loading.hidden = true
      if (this.output) this.printed.append(...this.outputs(this.output))
      const passed = this.told.filter(({ ok }) => ok).length
      const asked = Math.min(this.most, this.all)
      const right = !wrong && passed === asked
      const forms = this.words
      const form = right
        ? asked < this.all
          ? forms.passed_some
          : forms.passed
        : this.told.length < asked
          ? forms.failed_early
          : forms.failed
      const all = right ? this.all : asked
      const summary = this.all ? filled(form, { passed, all, count: asked - this.told.length }) : ""
      this.say(summary, right ? "good" : "bad")
      if (wrong) {
        this.status.prepend(element("span", "judge__wrong", `${this.reason(wrong)} `))
        this.toLine(this.status, wrong.line)
        if (wrong.again)
          this.status.append(
            button(this.words.again, () => {
              this.submit.focus()
              this.start(this.most)
            })
          )
      }
      if (right && asked === this.all) solve(this.slug)
    }

    /** @type {(text: string, how?: string) => void} */
    say(text, how = "") {
      this.status.className = `judge__status ${how && `judge__status--${how}`}`.trim()
      this.status.textContent = text
    }

    /** @param {Judging.Wrong} wrong */
    reason({ kind, error, message, line }) {
      const values = { error, message, seconds: SECONDS, share: this.share, megabytes: this.megabytes }
      const said = filled(this.words.kinds[kind], values).replace(/[\s:：]+$/, "")
      return line ? filled(this.words.at, { text: said, line }) : said
    }

    /** @type {(place: Element, line?: number | null) => void} */
    toLine(place, line) {
      if (line)
        place.append(
          " ",
          button(filled(this.words.line_go, { line }), () => this.editor.line(line))
        )
    }

    /** @param {string} text */
    outputs(text) {
      const box = element("pre", "judge__printed", text)
      box.tabIndex = 0
      box.setAttribute("role", "group")
      box.setAttribute("aria-label", this.words.printed)
      return [element("p", "judge__label", this.words.printed), box]
    }

    /** @param {Judging.Result} result */
    case(result) {
      this.told.push(result)
      const { words } = this
      const item = element("li", `judge__case judge__case--${result.ok ? "good" : "bad"}`)
      item.dataset.case = result.case
      const name = element("span", "judge__name", result[this.language])
      const mark = element("span", "judge__mark", result.ok ? `✓ ${words.ok}` : `✗ ${words.bad}`)
      /** @type {HTMLElement[]} */
      const parts = result.ok ? [] : this.failure(result)
      if (this.output) parts.push(...this.outputs(this.output))
      this.output = ""
      if (parts.length) {
        const fold = document.createElement("details")
        const head = document.createElement("summary")
        head.append(mark, " ", name)
        fold.append(head, ...parts)
        // What went wrong first is what to look at.
        fold.open = !result.ok && this.told.filter(({ ok }) => !ok).length === 1
        item.append(fold)
      } else {
        item.append(mark, " ", name)
      }
      this.results.append(item)
      this.results.hidden = false
    }

    /** @type {(result: Judging.Result) => HTMLElement[]} */
    failure(result) {
      const why = element("p", "judge__reason", this.reason(result))
      this.toLine(why, result.line)
      const list = element("dl", "judge__values")
      for (const key of /** @type {const} */ (["given", "expected", "got", "place"])) {
        const said = Array.isArray(result[key]) ? result[key][this.language === "zh" ? 0 : 1] : result[key]
        if (said) list.append(element("dt", "", this.words[key]), element("dd", "", said))
      }
      return list.children.length ? [why, list] : [why]
    }
  }

  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".judge"))
  sections.forEach(section => new Judge(section))
})()
