// What the reader can answer: kept in this browser, shown on the home and topic pages, carried as a file.
;(() => {
  "use strict"

  const { words, button, kept, keep, save, tell } = window.miaotui
  const KEY = "miaotui.progress"
  /** @returns {Miaotui.Progress} */
  const empty = () => ({ version: 2, questions: {} })

  // Whether it is a record as we write it: {version: 2, questions: {"12": {known: true, ticks: ["848051ba"]}}}, and, once
  // one is solved, problems: {"online-softmax": {solved: true}}. A tick is the key that points.yml has of a point. In
  // version 1 it was the point's place, and stays that until a page that knows the keys takes it over. What is asked may
  // be anything that JSON can say.
  /** @param {unknown} value */
  const table = value => value instanceof Object && !Array.isArray(value)
  /** @param {unknown} value */
  const tick = value =>
    typeof value === "string"
      ? /^[\da-f]{8}$/.test(value)
      : Number.isInteger(value) && /** @type {number} */ (value) >= 0
  /** @type {(record: any) => record is Miaotui.Kept} */
  const sound = record =>
    [1, 2].includes(record?.version) &&
    table(record.questions) &&
    table(record.problems ?? {}) &&
    Object.entries(record.questions).every(
      ([number, question]) =>
        /^[1-9]\d*$/.test(number) &&
        typeof question?.known === "boolean" &&
        Array.isArray(question.ticks) &&
        question.ticks.every(tick)
    ) &&
    Object.entries(record.problems ?? {}).every(
      ([slug, problem]) => /^[a-z][a-z0-9-]*$/.test(slug) && problem?.solved === true
    )

  // The keys of the points of each self-check that this page knows.
  const question = /** @type {HTMLElement | null} */ (document.querySelector(".question[data-number]"))
  /** @type {Record<string, string[]>} */
  const points = JSON.parse(document.getElementById("miaotui-checks")?.textContent ?? "{}")
  if (question) points[question.dataset.number] = question.dataset.points.split(" ").filter(Boolean)

  /** @type {(ticks: Miaotui.Tick[], keys: string[]) => string[]} */
  const keyed = (ticks, keys) => {
    const found = ticks.map(one => (typeof one === "number" ? keys[one] : one))
    return [...new Set(found.filter(Boolean))]
  }
  /** @type {(record: Miaotui.Kept) => Miaotui.Progress} */
  const current = record => {
    for (const [number, state] of Object.entries(record.questions)) {
      if (points[number]) state.ticks = keyed(state.ticks, points[number])
    }
    return { ...record, version: 2 }
  }

  /** @type {(text: string) => Miaotui.Progress | null} */
  const parsed = text => {
    try {
      const record = JSON.parse(text)
      return sound(record) ? current(record) : null
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

  // What cannot be read is another's, perhaps a newer version's: it is put aside and not written over.
  const before = kept(KEY)
  const found = parsed(before)
  if (before && !found) {
    keep(`${KEY}.unread.${Date.now()}`, before)
    write(empty())
    tell(
      "unread",
      " ",
      button(words.save_unread, () => save(before, "miaotui-unread.json", "application/json"))
    )
  } else if (before && JSON.stringify(found) !== before) {
    write(found)
  }

  if (question) {
    const { number } = question.dataset
    const known = button(words.known, made => {
      const now = made.getAttribute("aria-pressed") !== "true"
      made.setAttribute("aria-pressed", now)
      change(number, state => ({ ...state, known: now }))
    })
    known.className = "question__known"
    known.setAttribute("aria-pressed", of(read(), number).known)
    document.querySelector(".question__tools").prepend(known)

    const items = document.querySelectorAll("#self-check + ul > li")
    items.forEach((item, index) => {
      const key = points[number][index]
      const box = document.createElement("input")
      box.type = "checkbox"
      box.checked = of(read(), number).ticks.includes(key)
      box.addEventListener("change", () =>
        change(number, state => {
          const ticks = state.ticks.filter(one => one !== key)
          return { ...state, ticks: box.checked ? [...ticks, key] : ticks }
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

  /** @type {(link: Element, name: string, text: string | boolean) => void} */
  const mark = (link, name, text) => {
    link.querySelector(`.${name}`)?.remove()
    if (!text) return
    const made = document.createElement("span")
    made.className = name
    made.textContent = ` ${text}`
    link.append(made)
  }

  const show = () => {
    const record = read()
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-question]"))) {
      const { known, ticks } = of(record, link.dataset.question)
      const keys = points[link.dataset.question] ?? []
      const ticked = ticks.filter(one => keys.includes(/** @type {string} */ (one))).length
      mark(link, "known", known && `✓ ${words.known_mark}`)
      mark(link, "ticked", ticked && words.ticked.replace("{}", ticked).replace("{}", keys.length))
    }
    /** @param {string} slug */
    const solved = slug => record.problems?.[slug]?.solved
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-problem]"))) {
      mark(link, "known", solved(link.dataset.problem) && `✓ ${words.solved_mark}`)
    }
    for (const fact of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-solved]"))) {
      fact.hidden = !solved(fact.dataset.solved)
      fact.textContent = `✓ ${words.solved_mark}`
    }
    for (const topic of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-topic]"))) {
      const all = /** @type {NodeListOf<HTMLElement>} */ (topic.querySelectorAll("[data-question]"))
      const known = [...all].filter(link => of(record, link.dataset.question).known).length
      const bar = topic.querySelector("progress")
      bar.max = all.length
      bar.value = known
      bar.hidden = !known
      bar.title = words.known_of.replace("{}", known).replace("{}", all.length)
      bar.setAttribute("aria-label", bar.title)
    }
  }

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll("#topic ~ p .to-question")
  )) {
    const number = link.pathname.match(/(\d+)(?:\/|\.html)$/)?.[1]
    if (number) link.dataset.question = number
  }
  show()
  window.addEventListener("pageshow", show)

  const home = /** @type {HTMLElement | null} */ (document.querySelector(".contents__progress"))
  if (!home) return
  const said = document.createElement("span")
  said.setAttribute("role", "status")
  const carry = () => save(`${JSON.stringify(read(), null, 2)}\n`, "miaotui-progress.json", "application/json")
  const picker = document.createElement("input")
  picker.type = "file"
  picker.accept = ".json,application/json"
  picker.hidden = true
  picker.addEventListener("change", async () => {
    const record = parsed(await picker.files[0].text().catch(() => ""))
    picker.value = ""
    said.textContent = words.import_refused
    if (!record) return
    // What is known here stays known: a file adds, it does not take away.
    const mine = read()
    for (const [number, theirs] of Object.entries(record.questions)) {
      const old = of(mine, number)
      mine.questions[number] = {
        known: old.known || theirs.known,
        ticks: [...new Set([...old.ticks, ...theirs.ticks])]
      }
    }
    if (record.problems) mine.problems = { ...mine.problems, ...record.problems }
    const form = write(mine) ? words.imported : words.imported_unkept
    said.textContent = form.replace("{}", Object.keys(record.questions).length)
    show()
  })
  home.append(
    button(words.export, carry),
    button(words.import, () => picker.click()),
    picker,
    said
  )
  home.hidden = false
})()
