// What the reader can answer: kept in this browser, and marked on the pages of questions. marks.js shows it in lists.
;(() => {
  "use strict"

  const { words, button, kept, keep, save, script, src, tell, unkept } = window.miaotui
  const { empty, parsed, placed, state, told } = window.miaotuiRecord
  const KEY = "miaotui.progress"
  /** @type {[Miaotui.Mark, string][]} */
  const MARKS = [
    ["again", words.mark_again],
    ["hard", words.mark_hard],
    ["good", words.mark_good]
  ]

  // The keys of the points of each self-check that this page knows.
  const page = /** @type {HTMLElement | null} */ (document.querySelector(".question[data-number]"))
  /** @type {Record<string, string[]>} */
  const points = JSON.parse(document.getElementById("miaotui-checks")?.textContent ?? "{}")
  if (page) points[page.dataset.number] = page.dataset.points.split(" ").filter(Boolean)

  // Where what cannot be read could not be put aside it stays, and what is said on this page lasts as long as the page.
  let closed = false
  /** @param {Miaotui.Kept} record */
  const write = record => {
    const text = JSON.stringify(record)
    if (!closed) return keep(KEY, text)
    unkept.set(KEY, text)
    return false
  }
  /** @type {{ text?: string, record?: Miaotui.Kept, of?: Map<number, Miaotui.Review[]> }} */
  let last = {}
  const look = () => {
    const text = kept(KEY)
    if (!last.record || text !== last.text) {
      const record = placed(parsed(text) ?? empty(), points)
      record.reviews.sort((one, other) => one.time - other.time)
      last = { text, record, of: new Map() }
      for (const one of record.reviews) last.of.set(one.question, [...(last.of.get(one.question) ?? []), one])
    }
    return last
  }
  const read = () => look().record
  /** @param {number | string} number */
  const reviews = number => look().of.get(+number) ?? []
  /** @param {number | string} number */
  const markOf = number => state(reviews(number)).mark

  // At the first mark the browser is asked not to throw away what it keeps. A review that is put right takes its place.
  /** @param {Miaotui.Review} said */
  const add = said => {
    const record = read()
    if (!record.reviews.length) navigator.storage?.persist?.().catch(() => {})
    const others = record.reviews.filter(({ question, time }) => question !== said.question || time !== said.time)
    return write({ ...record, reviews: [...others, said] })
  }

  // The days on which questions are due, by the scheduler, which comes when it is first needed.
  const plan = async () => {
    for (const place of ["vendor/ts-fsrs/ts-fsrs.js", "js/schedule.js"]) {
      if (!window.miaotuiSchedule) await script(new URL(`../${place}`, src).href)
    }
    return window.miaotuiSchedule.plan(look().of, read().exam?.date)
  }

  // What cannot be read is another's, perhaps a newer version's: it is put aside and not written over.
  const before = kept(KEY)
  const found = parsed(before)
  if (before && !found) {
    closed = !keep(`${KEY}.unread.${Date.now()}`, before)
    write(empty())
    tell("unread", said => button(said.save_unread, () => save(before, "miaotui-unread.json", "application/json")))
  } else if (before && JSON.stringify(read()) !== before) {
    write(read())
  }

  /** @type {(number: string, row: HTMLElement) => void} */
  const markRow = (number, row) => {
    row.className = "marks"
    row.setAttribute("role", "group")
    row.setAttribute("aria-label", words.marks)
    const next = document.createElement("span")
    next.className = "marks__next"
    next.setAttribute("aria-live", "polite")
    const made = MARKS.map(([mark, word]) =>
      button(word, async () => {
        add(told(reviews(number), +number, { mark }, Date.now()))
        show()
        // Without a network for a moment the mark is kept, and nothing is said of the day.
        const day = (await plan().catch(/** @returns {null} */ () => null))?.get(+number)
        const days = day && window.miaotuiSchedule.daysBetween(Date.now(), day)
        next.textContent = day ? words.due_in.replace("{}", days) : ""
      })
    )
    row.append(...made, next)
    shown.push(() => MARKS.forEach(([mark], at) => made[at].setAttribute("aria-pressed", markOf(number) === mark)))
  }

  /** @type {(number: string, item: Element, key: string) => void} */
  const tickable = (number, item, key) => {
    const box = document.createElement("input")
    box.type = "checkbox"
    box.addEventListener("change", () => {
      const others = state(reviews(number)).ticks.filter(one => one !== key)
      add(told(reviews(number), +number, { ticks: box.checked ? [...others, key] : others }, Date.now()))
    })
    const label = document.createElement("label")
    const text = document.createElement("span")
    text.append(...item.childNodes)
    label.append(box, text)
    item.append(label)
    item.classList.add("tick")
    shown.push(() => {
      box.checked = state(reviews(number)).ticks.includes(key)
    })
  }

  window.miaotui.solve = slug => {
    write({ ...read(), problems: { ...read().problems, [slug]: { solved: true } } })
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

  /** @type {(() => void)[]} */
  const shown = []
  const show = () => {
    shown.forEach(act => act())
    /** @param {string} slug */
    const solved = slug => read().problems[slug]?.solved
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-problem]"))) {
      mark(link, "known", solved(link.dataset.problem) && `✓ ${words.solved_mark}`)
    }
    for (const fact of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-solved]"))) {
      fact.hidden = !solved(fact.dataset.solved)
      fact.textContent = `✓ ${words.solved_mark}`
    }
  }

  if (page) {
    const { number } = page.dataset
    // Where the home page leads back to.
    window.miaotui.keep("miaotui.last", number)
    const row = document.createElement("span")
    markRow(number, row)
    document.querySelector(".question__tools").prepend(row)
    document.querySelectorAll("#self-check + ul > li").forEach((item, at) => tickable(number, item, points[number][at]))
  }
  Object.assign(window.miaotui, {
    markOf,
    progress: { MARKS, points, shown, mark, read, write, reviews, add, plan, show }
  })
  show()
  window.addEventListener("pageshow", show)
})()
