// What a browser keeps of a reader, as a value: read, and taken over from older versions. It touches no page; merge.js
// makes one of two.
//
// {version: 3, reviews: [{question: 19, time: 1764500000000, mark: "good", ticks: ["848051ba"]}],
//  problems: {"online-softmax": {solved: true}}, exam: {date: "2026-12-20", set: 1764500000000}}
//
// A review is known by its question and its time. `mark` is again, hard or good, or null where points alone were
// ticked; a tick is the key that points.yml has of a point. A review that is put right keeps its time, and `edit` counts
// how often. Time 0 says that a record of version 1 or 2 had it, which knew no times; version 1 had the place of a point
// in place of its key, and that stays until a page that knows the keys takes it over.
;(() => {
  "use strict"

  /** @param {any} value */
  const table = value => value instanceof Object && !Array.isArray(value)
  /** @param {any} value */
  const whole = value => Number.isSafeInteger(value) && value >= 0
  /** @param {any} value */
  const keyed = value => /^[\da-f]{8}$/.test(typeof value === "string" ? value : "")
  /** @param {any} value */
  const moment = value => whole(value) && value <= 8.64e15
  /** @param {any} ticks */
  const old = ticks => Array.isArray(ticks) && ticks.every(one => keyed(one) || whole(one))

  /** @param {any} one */
  const review = one =>
    whole(one?.question) &&
    one.question > 0 &&
    moment(one.time) &&
    [null, "again", "hard", "good"].includes(one.mark) &&
    old(one.ticks) &&
    (!one.time || one.ticks.every(keyed)) &&
    (one.edit === undefined || whole(one.edit))

  /** @param {any} exam */
  const dated = exam =>
    exam === undefined || (moment(exam?.set) && (exam.date === null || /^\d{4}-\d\d-\d\d$/.test(exam.date)))

  /** @param {any} record */
  const solved = record =>
    table(record.problems ?? {}) &&
    Object.entries(record.problems ?? {}).every(([slug, one]) => /^[a-z][a-z0-9-]*$/.test(slug) && one?.solved === true)

  // Versions 1 and 2: {version: 2, questions: {"12": {known: true, ticks: ["848051ba"]}}}.
  /** @param {any} record */
  const before = record =>
    [1, 2].includes(record?.version) &&
    table(record.questions) &&
    Object.entries(record.questions).every(
      ([number, one]) => /^[1-9]\d{0,8}$/.test(number) && typeof one?.known === "boolean" && old(one.ticks)
    )
  /** @param {any} record */
  const now = record => record?.version === 3 && Array.isArray(record.reviews) && record.reviews.every(review)

  /** @type {(...lists: Miaotui.Tick[][]) => Miaotui.Tick[]} */
  const together = (...lists) => [...new Set(lists.flat())].sort((one, other) => (`${one}` < `${other}` ? -1 : 1))

  /** @type {(record: any) => Miaotui.Kept} */
  const taken = ({ questions, problems }) => ({
    version: 3,
    reviews: Object.entries(questions)
      .filter(([, { known, ticks }]) => known || ticks.length)
      .map(([number, { known, ticks }]) => ({
        question: +number,
        time: 0,
        mark: known ? "good" : null,
        ticks: together(ticks)
      })),
    problems: problems ?? {}
  })

  const empty = () => taken({ questions: {} })

  // A record as a browser, a file or a chat may have it; null where it is none. What is asked may be any text.
  /** @type {(text: string) => Miaotui.Kept | null} */
  const parsed = text => {
    try {
      const record = JSON.parse(text)
      if (!solved(record) || !dated(record.exam)) return null
      if (before(record)) return taken(record)
      return now(record) ? { ...record, problems: record.problems ?? {} } : null
    } catch {
      return null
    }
  }

  // The places of points that a page knows the keys of become these keys.
  /** @type {(record: Miaotui.Kept, points: Record<string, string[]>) => Miaotui.Kept} */
  const placed = (record, points) => ({
    ...record,
    reviews: record.reviews.map(one => {
      const keys = points[one.question]
      if (one.time || !keys) return one
      return {
        ...one,
        ticks: together(one.ticks.map(tick => (typeof tick === "number" ? keys[tick] : tick)).filter(Boolean))
      }
    })
  })

  // What a reader said last of a question: her mark, and the points that she had. What was withdrawn has neither.
  /** @type {(reviews: Miaotui.Review[]) => Miaotui.State} */
  const state = reviews => ({
    mark: [...reviews].reverse().find(({ mark }) => mark)?.mark ?? null,
    ticks: reviews.at(-1)?.ticks ?? []
  })

  // A mark or ticks given on the page of a question: within an hour they put right what was said, later they are new.
  // The mark that stands is withdrawn by giving it again.
  /** @type {(reviews: Miaotui.Review[], question: number, said: Partial<Miaotui.State>, time: number) => Miaotui.Review} */
  const told = (reviews, question, said, time) => {
    const last = reviews.at(-1)
    const { ticks } = state(reviews)
    if (!last?.time || time - last.time > 36e5) return { question, time, mark: null, ticks, ...said }
    const mark = said.mark === undefined ? last.mark : said.mark === last.mark ? null : said.mark
    return { ...last, ticks: said.ticks ?? last.ticks, mark, edit: (last.edit ?? 0) + 1 }
  }

  window.miaotuiRecord = { empty, parsed, together, placed, state, told }
})()
