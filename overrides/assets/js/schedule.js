// When a question comes back: derived from its reviews by FSRS-6, without chance, in whole days. Nothing of it is stored
// but for a list of due days, which any page may read and practice makes anew.
;(() => {
  "use strict"

  const DAY = 864e5
  const GRADES = { again: 1, hard: 2, good: 3 }
  const algorithm = new window.tsFsrs.FSRSAlgorithm({ enable_fuzz: false })

  // What the memory is after reviews, oldest first. Those of time 0 were taken over from a record that had no times.
  /** @type {(reviews: Practice.Review[]) => Practice.Memory | null} */
  const memory = reviews => {
    let state = null
    let last = 0
    for (const { mark, time } of reviews) {
      if (!mark || !time) continue
      const days = state ? Math.max(0, Math.floor((time - last) / DAY)) : 0
      state = algorithm.next_state(state, days, GRADES[mark])
      last = time
    }
    return state && { state, last }
  }

  /** @type {(known: Practice.Memory) => number} */
  const interval = ({ state }) => algorithm.next_interval(state.stability, 0)

  /** @type {(time: number, days: number) => number} */
  const dayAfter = (time, days) => {
    const day = new Date(time)
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime()
  }

  // Whole days from one time's day to that of another: a day of 23 or 25 hours is one too.
  /** @type {(from: number, to: number) => number} */
  const daysBetween = (from, to) => Math.round((dayAfter(to, 0) - dayAfter(from, 0)) / DAY)

  // Before an exam no interval is longer than half of the days that are left, so that each question comes again, and
  // then again, until the day before it. Once the day has come, it changes nothing.
  /** @type {(days: number, last: number, exam: string | null) => number} */
  const compressed = (days, last, exam) => {
    const left = exam ? daysBetween(last, new Date(`${exam}T00:00`).getTime()) : 0
    return left > 0 ? Math.min(days, Math.max(1, Math.floor(left / 2))) : days
  }

  // The days until a question would come back, were it marked now.
  /** @type {(reviews: Practice.Review[], mark: Practice.Mark, now: number, exam: string | null) => number} */
  const after = (reviews, mark, now, exam) => {
    const known = memory([...reviews, { question: 0, time: now, mark, ticks: [] }])
    return compressed(interval(known), now, exam)
  }

  // The first moment of the day that a question is due, null where it was never marked.
  /** @type {(reviews: Practice.Review[], exam: string | null) => number | null} */
  const due = (reviews, exam) => {
    const known = memory(reviews)
    return known && dayAfter(known.last, compressed(interval(known), known.last, exam))
  }

  // The day of each question that was marked, kept for any page that asks how many are due.
  /** @type {(of: Map<number, Practice.Review[]>, exam?: string | null) => Map<number, number>} */
  const plan = (of, exam = null) => {
    const days = new Map([...of].map(([number, reviews]) => /** @type {const} */ ([number, due(reviews, exam)])))
    for (const [number, day] of days) if (!day) days.delete(number)
    window.miaotui.keep("miaotui.due", JSON.stringify(Object.fromEntries(days)))
    return days
  }

  window.miaotuiSchedule = { memory, interval, after, due, daysBetween, dayAfter, plan }
})()
