// What the reader can answer: kept in this browser, shown on the home and topic pages, carried as a file.
;(() => {
  "use strict"

  const { words, button, kept, keep } = window.miaotui
  const KEY = "miaotui.progress"
  /** @returns {Miaotui.Progress} */
  const empty = () => ({ version: 1, questions: {} })

  // Whether it is a record as we write it: {version: 1, questions: {"12": {known: true, ticks: [0, 2]}}}, and, once one
  // is solved, problems: {"online-softmax": {solved: true}}. What is asked may be anything that JSON can say.
  /** @type {(record: any) => record is Miaotui.Progress} */
  const sound = record =>
    record?.version === 1 &&
    record.questions instanceof Object &&
    Object.entries(record.questions).every(
      ([number, question]) =>
        /^[1-9]\d*$/.test(number) &&
        typeof question?.known === "boolean" &&
        Array.isArray(question.ticks) &&
        question.ticks.every((/** @type {number} */ tick) => Number.isInteger(tick) && tick >= 0)
    ) &&
    Object.entries(record.problems ?? {}).every(
      ([slug, problem]) => /^[a-z][a-z0-9-]*$/.test(slug) && problem?.solved === true
    )

  /** @type {(text: string) => Miaotui.Progress | null} */
  const parsed = text => {
    try {
      const record = JSON.parse(text)
      return sound(record) ? record : null
    } catch {
      return null
    }
  }
  const read = () => parsed(kept(KEY)) ?? empty()
  /** @param {Miaotui.Progress} record */
  const write = record => keep(KEY, JSON.stringify(record))
  /** @type {(record: Miaotui.Progress, number: string) => Miaotui.Question} */
  const of = (record, number) => record.questions[number] ?? { known: false, ticks: [] }
  /** @type {(number: string, edit: (state: Miaotui.Question) => Miaotui.Question) => void} */
  const change = (number, edit) => {
    const record = read()
    record.questions[number] = edit(of(record, number))
    write(record)
  }

  const question = /** @type {HTMLElement | null} */ (document.querySelector(".question[data-number]"))
  if (question) {
    const { number } = question.dataset
    const known = button(words.known, made => {
      const now = made.getAttribute("aria-pressed") !== "true"
      made.setAttribute("aria-pressed", String(now))
      change(number, state => ({ ...state, known: now }))
    })
    known.className = "question__known"
    known.setAttribute("aria-pressed", String(of(read(), number).known))
    document.querySelector(".question__tools").prepend(known)

    const items = document.querySelectorAll("#self-check + ul > li")
    items.forEach((item, index) => {
      const box = document.createElement("input")
      box.type = "checkbox"
      box.checked = of(read(), number).ticks.includes(index)
      box.addEventListener("change", () =>
        change(number, state => {
          const ticks = state.ticks.filter(tick => tick !== index)
          return { ...state, ticks: box.checked ? [...ticks, index].sort((a, b) => a - b) : ticks }
        })
      )
      const label = document.createElement("label")
      const text = document.createElement("span")
      text.append(...item.childNodes)
      label.append(box, text)
      item.append(label)
      item.classList.add("tick")
    })
  }

  window.miaotui.solve = slug => {
    const record = read()
    record.problems = { ...record.problems, [slug]: { solved: true } }
    write(record)
    show()
  }

  /** @type {Record<string, number>} */
  const checks = JSON.parse(document.getElementById("miaotui-checks")?.textContent ?? "{}")
  /** @type {(link: Element, name: string, text: string | boolean) => void} */
  const mark = (link, name, text) => {
    link.querySelector(`.${name}`)?.remove()
    if (!text) return
    const made = document.createElement("span")
    made.className = name
    made.textContent = ` ${text}`
    link.append(made)
  }

  /** @type {(selector: string, inside?: ParentNode) => NodeListOf<HTMLElement>} */
  const all = (selector, inside = document) => inside.querySelectorAll(selector)

  const show = () => {
    const record = read()
    for (const link of all("[data-question]")) {
      const { known, ticks } = of(record, link.dataset.question)
      const points = checks[link.dataset.question] ?? 0
      const ticked = ticks.filter(tick => tick < points).length
      mark(link, "known", known && `✓ ${words.known_mark}`)
      mark(link, "ticked", ticked && words.ticked.replace("{}", String(ticked)).replace("{}", String(points)))
    }
    /** @param {string} slug */
    const solved = slug => record.problems?.[slug]?.solved
    for (const link of all("[data-problem]")) {
      mark(link, "known", solved(link.dataset.problem) && `✓ ${words.solved_mark}`)
    }
    for (const fact of all("[data-solved]")) {
      fact.hidden = !solved(fact.dataset.solved)
      fact.textContent = `✓ ${words.solved_mark}`
    }
    for (const topic of all("[data-topic]")) {
      const links = all("[data-question]", topic)
      const known = [...links].filter(link => of(record, link.dataset.question).known).length
      const bar = topic.querySelector("progress")
      bar.max = links.length
      bar.value = known
      bar.hidden = !known
      bar.title = words.known_of.replace("{}", String(known)).replace("{}", String(links.length))
      bar.setAttribute("aria-label", bar.title)
    }
  }

  /** @type {NodeListOf<HTMLAnchorElement>} */
  const further = document.querySelectorAll("#topic ~ p .to-question")
  for (const link of further) {
    const number = link.pathname.match(/(\d+)(?:\/|\.html)$/)?.[1]
    if (number) link.dataset.question = number
  }
  show()
  window.addEventListener("pageshow", show)

  const home = /** @type {HTMLElement | null} */ (document.querySelector(".contents__progress"))
  if (!home) return
  const said = document.createElement("span")
  said.setAttribute("role", "status")
  const save = () => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(read(), null, 2)}\n`], { type: "application/json" }))
    link.download = "miaotui-progress.json"
    link.click()
    URL.revokeObjectURL(link.href)
  }
  const picker = document.createElement("input")
  picker.type = "file"
  picker.accept = ".json,application/json"
  picker.hidden = true
  picker.addEventListener("change", async () => {
    const record = parsed(await picker.files[0].text())
    picker.value = ""
    said.textContent = record
      ? words.imported.replace("{}", String(Object.keys(record.questions).length))
      : words.import_refused
    if (!record) return
    // What is known here stays known: a file adds, it does not take away.
    const mine = read()
    for (const [number, theirs] of Object.entries(record.questions)) {
      const old = of(mine, number)
      mine.questions[number] = {
        known: old.known || theirs.known,
        ticks: [...new Set([...old.ticks, ...theirs.ticks])].sort((a, b) => a - b)
      }
    }
    if (record.problems) mine.problems = { ...mine.problems, ...record.problems }
    write(mine)
    show()
  })
  home.append(
    button(words.export, save),
    button(words.import, () => picker.click()),
    picker,
    said
  )
  home.hidden = false
})()
