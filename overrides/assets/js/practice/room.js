// What the three ways to practise share: elements, clocks, a question's face and its answer, and what is kept.
;(() => {
  "use strict"

  const place = document.getElementById("practice-room")
  /** @type {Practice.Words} */
  const words = JSON.parse(document.getElementById("practice-words").textContent)
  const said = window.miaotui.words
  const { progress, button } = window.miaotui
  /** @type {[Practice.Mark, string][]} */
  const MARKS = [
    ["again", said.mark_again],
    ["hard", said.mark_hard],
    ["good", said.mark_good]
  ]

  /** @type {Practice.Make} */
  const make = (name, set = {}, ...inside) => {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(set)) {
      if (key in made) Reflect.set(made, key, value)
      else made.setAttribute(key, String(value))
    }
    made.append(.../** @type {(Node | string)[]} */ (inside.filter(Boolean)))
    return /** @type {any} */ (made)
  }
  // What the builder wrote, formulas and links in it.
  /** @type {(name: string, html: string, className?: string) => HTMLElement} */
  const written = (name, html, className = "") => make(name, { innerHTML: html, className })

  /** @param {number} seconds */
  const told = seconds => {
    const whole = Math.max(0, Math.floor(seconds))
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
  }

  // A time that goes on while its element is on the page.
  /** @type {(label: string, seconds: () => number) => HTMLElement} */
  const clock = (label, seconds) => {
    const shown = make("span", { className: "room__time" })
    const made = make("p", { className: "room__clock", role: "timer", "aria-label": label }, `${label} `, shown)
    const tick = () => {
      shown.textContent = told(seconds())
      made.classList.toggle("room__clock--over", seconds() < 0)
    }
    tick()
    const timer = setInterval(() => (made.isConnected ? tick() : clearInterval(timer)), 1000)
    return made
  }
  /** @param {string} label */
  const sinceNow = label => {
    const start = Date.now()
    return clock(label, () => (Date.now() - start) / 1000)
  }

  // One step takes the place of the one before, and the keyboard's focus goes to what is new: an answer, or the title.
  /** @type {(...parts: (Node | string | false | null)[]) => void} */
  const show = (...parts) => {
    place.replaceChildren(.../** @type {(Node | string)[]} */ (parts.filter(Boolean)))
    // Later than the page's titles, whose serif these have once that is there (faces.js).
    const set = document.documentElement.classList.contains("set")
    for (const title of place.querySelectorAll(".room__title:not(.room__title--asked)"))
      title.classList.toggle("serif", set)
    const fresh = /** @type {HTMLElement | null} */ (place.querySelector(".room__answer") ?? place.querySelector("h2"))
    if (!fresh) return
    fresh.tabIndex = -1
    fresh.focus({ preventScroll: true })
    if (place.getBoundingClientRect().top < 0) place.scrollIntoView()
  }

  /** @type {(card: Practice.Card, topics: string[], ...more: string[]) => Node[]} */
  const face = (card, topics, ...more) => [
    make(
      "p",
      { className: "room__facts" },
      [topics[card.topic], words.levels[card.level - 1], ...more].filter(Boolean).join(" · ")
    ),
    make("h2", { className: "room__title" }, `${card.number} `, make("span", {}, card.name)),
    make("p", { className: "room__wording" }, card.wording)
  ]

  // The points to tick; what was not said the last time is told from the rest by words.
  /** @type {Practice.Room["points"]} */
  const points = (card, missed = [], before = []) => {
    const rows = card.points.map(([key, html]) => {
      const box = make("input", { type: "checkbox", checked: before.includes(key) })
      const mark = missed.includes(key) && make("em", { className: "room__missed" }, ` ${words.practice.missed_mark}`)
      return {
        key,
        box,
        row: make("li", {}, make("label", {}, box, make("span", {}, written("span", html), mark || "")))
      }
    })
    return {
      box: rows.length
        ? make(
            "fieldset",
            { className: "room__points" },
            make("legend", {}, words.practice.points),
            make("ul", {}, ...rows.map(({ row }) => row))
          )
        : null,
      ticked: () => rows.filter(({ box }) => box.checked).map(({ key }) => key)
    }
  }

  /** @type {(card: Practice.Card) => HTMLElement} */
  const answer = card => {
    const made = written("div", card.short, "short room__answer")
    made.append(make("p", {}, make("a", { href: card.address }, words.practice.whole)))
    return made
  }

  const exam = () => progress.read().exam?.date ?? null
  /** @param {number} days */
  const inDays = days => words.practice.days.replace("{}", days)

  // The three marks, each with the days until the question comes back.
  /** @type {(card: Practice.Card, marked: (mark: Practice.Mark) => void) => HTMLElement} */
  const marks = (card, marked) =>
    make(
      "div",
      { className: "room__marks", role: "group", "aria-label": said.marks },
      ...MARKS.map(([mark, label], at) => {
        const days = window.miaotuiSchedule.after(progress.reviews(card.number), mark, Date.now(), exam())
        const made = button(`${label} `, () => marked(mark))
        made.append(make("small", {}, inDays(days)))
        made.dataset.key = String(at + 1)
        return made
      })
    )

  // The days of all questions that were marked.
  /** @type {(cards: Practice.Card[]) => Map<number, number>} */
  const due = cards =>
    new Map(
      cards
        .map(
          ({ number }) =>
            /** @type {[number, number]} */ ([number, window.miaotuiSchedule.due(progress.reviews(number), exam())])
        )
        .filter(([, day]) => day)
    )

  // Keys press what is marked with them, where nothing else takes them.
  addEventListener("keydown", event => {
    const target = /** @type {HTMLElement} */ (event.target)
    if (
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      target.matches("textarea, select, input:not([type=checkbox])")
    )
      return
    if (event.key === " " && target.matches("button, input, summary, a")) return
    const key = event.key === " " ? "Space" : event.key
    const found = /** @type {HTMLElement | null} */ (place.querySelector(`[data-key="${CSS.escape(key)}"]`))
    if (!found) return
    event.preventDefault()
    found.click()
  })

  window.miaotuiRoom = {
    place,
    words,
    make,
    written,
    told,
    clock,
    sinceNow,
    show,
    face,
    points,
    answer,
    marks,
    due,
    exam,
    inDays
  }
})()
