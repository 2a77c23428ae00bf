// Two records become one: the same in either order, and however often. It touches no page.
;(() => {
  "use strict"

  const { together } = window.miaotuiRecord

  // What of two that go by one name is kept: what was put right more often, and else either, but always the same one.
  /** @type {<Kind>(rank: (of: Kind) => string) => (one: Kind, other: Kind) => Kind} */
  const higher = rank => (one, other) => (rank(one) > rank(other) ? one : other)
  /** @param {number} count */
  const padded = count => String(count).padStart(16, "0")
  const later = higher(({ edit, mark, ticks }) => `${padded(edit ?? 0)} ${mark} ${ticks}`)
  const latest = higher(exam => (exam ? `${padded(exam.set)} ${exam.date}` : ""))
  // Of old records all is kept, since they do not say which is the later one.
  /** @type {(one: Miaotui.Review, other: Miaotui.Review) => Miaotui.Review} */
  const both = (one, other) => ({
    ...one,
    mark: one.mark && other.mark ? higher(String)(one.mark, other.mark) : one.mark || other.mark,
    ticks: together(one.ticks, other.ticks)
  })

  // The same in either order, and however often: the records of two browsers become one.
  /** @type {(...records: Miaotui.Kept[]) => Miaotui.Kept} */
  const merged = (...records) => {
    /** @type {Map<string, Miaotui.Review>} */
    const found = new Map()
    for (const { question, time, mark, ticks, edit } of records.flatMap(({ reviews }) => reviews)) {
      const clean = { question, time, mark, ticks: together(ticks), ...(time && edit ? { edit } : {}) }
      const name = `${question} ${time}`
      found.set(name, found.has(name) ? (time ? later : both)(found.get(name), clean) : clean)
    }
    const exam = records.map(one => one.exam).reduce(latest, undefined)
    const slugs = records.flatMap(({ problems }) => Object.keys(problems)).sort()
    return {
      version: 3,
      reviews: [...found.values()].sort((one, other) => one.time - other.time || one.question - other.question),
      problems: Object.fromEntries(slugs.map(slug => [slug, { solved: true }])),
      ...(exam && { exam: { date: exam.date, set: exam.set } })
    }
  }

  window.miaotuiRecord.merged = merged
})()
