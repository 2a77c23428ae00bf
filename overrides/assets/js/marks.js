// What the reader can answer, in lists of questions: her mark and her ticks beside each, and how many of a topic.
;(() => {
  "use strict"

  const { words, kept, markOf } = window.miaotui
  const { MARKS, points, shown, mark, read, write, reviews, show } = window.miaotui.progress
  const { merged, placed, state } = window.miaotuiRecord

  // The list of days that schedule.js keeps; it may be anything.
  window.miaotui.dueCount = (now = Date.now()) => {
    try {
      return Object.values(JSON.parse(kept("miaotui.due"))).filter(day => typeof day === "number" && day <= now).length
    } catch {
      return 0
    }
  }

  // Adds what another record has to this browser's.
  /** @param {Miaotui.Kept} record */
  window.miaotui.progress.merge = record => write(merged(read(), placed(record, points)))

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll("#topic ~ p .to-question")
  )) {
    const number = link.pathname.match(/(\d+)(?:\/|\.html)$/)?.[1]
    if (number) link.dataset.question = number
  }

  shown.push(() => {
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-question]"))) {
      const { mark: said, ticks } = state(reviews(link.dataset.question))
      const keys = points[link.dataset.question] ?? []
      const ticked = ticks.filter(one => keys.includes(/** @type {string} */ (one))).length
      mark(link, "known", said === "good" && `✓ ${words.mark_good}`)
      mark(link, "unsure", said !== "good" && Object.fromEntries(MARKS)[said])
      mark(link, "ticked", ticked && words.ticked.replace("{}", ticked).replace("{}", keys.length))
    }
    for (const topic of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-topic]"))) {
      const all = /** @type {NodeListOf<HTMLElement>} */ (topic.querySelectorAll("[data-question]"))
      const known = [...all].filter(link => markOf(link.dataset.question) === "good").length
      const bar = topic.querySelector("progress")
      if (!bar) continue
      bar.max = all.length
      bar.value = known
      bar.hidden = !known
      bar.title = words.known_of.replace("{}", known).replace("{}", all.length)
      bar.setAttribute("aria-label", bar.title)
    }
  })
  show()
})()
