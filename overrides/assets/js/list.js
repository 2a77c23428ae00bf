// The lists of questions and problems: filtered by buttons whose state is in the address, so that Back works and a link
// shares it; and on the home page where the reader was.
;(() => {
  "use strict"

  const { kept } = window.miaotui
  const filters = /** @type {HTMLElement | null} */ (document.querySelector(".filters"))
  if (!filters) return

  // lists.js, which runs before.
  const { markOf, dueCount } = window.miaotui

  const KEYS = ["level", "state", "topic"]
  const buttons = [.../** @type {NodeListOf<HTMLButtonElement>} */ (filters.querySelectorAll("[data-filter]"))]
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".list tr[data-level]"))]
  const groups = [...document.querySelectorAll(".list.contents tbody")]
  const status = filters.querySelector("[role=status]")
  const all = /** @type {HTMLElement} */ (filters.querySelector(".filters__all"))

  // What is asked for, as far as there is a button for it: an address may say anything.
  const wanted = () => {
    const asked = new URLSearchParams(location.search)
    const known = buttons.filter(({ dataset }) => asked.get(dataset.filter) === dataset.value)
    return Object.fromEntries(known.map(({ dataset }) => [dataset.filter, dataset.value]))
  }
  /** @param {HTMLElement} row */
  const stateOf = row => {
    if (row.dataset.number) return markOf(row.dataset.number) ?? "new"
    return row.querySelector(".known") ? "good" : "new"
  }
  /** @type {(row: HTMLElement, asked: Record<string, string>) => boolean} */
  const fits = (row, { level, state, topic }) =>
    (!level || row.dataset.level === level) &&
    (!topic || row.dataset.of === topic) &&
    (!state || stateOf(row) === state)

  const show = () => {
    const asked = wanted()
    for (const one of buttons) one.setAttribute("aria-pressed", asked[one.dataset.filter] === one.dataset.value)
    for (const row of rows) row.hidden = !fits(row, asked)
    for (const group of groups) group.toggleAttribute("hidden", !group.querySelector("tr[data-level]:not([hidden])"))
    const left = rows.filter(row => !row.hidden)
    const questions = left.filter(row => row.dataset.number).length
    const any = Object.keys(asked).length > 0
    all.hidden = !any
    status.textContent = any
      ? filters.dataset.shown.replace("{}", questions).replace("{}", left.length - questions)
      : ""
  }
  /** @param {Record<string, string>} changed */
  const go = changed => {
    const address = new URL(location.href)
    for (const [key, value] of Object.entries(changed)) {
      if (value) address.searchParams.set(key, value)
      else address.searchParams.delete(key)
    }
    address.hash = ""
    // Of what the interviewer ticked, commas stay commas.
    address.search = address.search.replaceAll("%2C", ",")
    history.pushState(null, "", address)
    show()
  }
  for (const one of buttons) {
    const { filter, value } = one.dataset
    one.addEventListener("click", () => go({ [filter]: wanted()[filter] === value ? "" : value }))
  }
  all.addEventListener("click", () => {
    go(Object.fromEntries(KEYS.map(key => [key, ""])))
    buttons[0].focus()
  })

  // One line for who has been here: where she was last, how many she knows, how many are due.
  const again = /** @type {HTMLElement | null} */ (document.querySelector(".home__again"))
  const greet = () => {
    if (!again) return
    const numbers = rows.map(row => row.dataset.number).filter(Boolean)
    const last = kept("miaotui.last")
    const link = numbers.includes(last) && document.querySelector(`tr[data-number="${last}"] a`)
    const good = numbers.filter(number => markOf(number) === "good").length
    const due = dueCount()
    if (!(link || good || due)) return
    const { here, known, due: form, between } = again.dataset
    const parts = [
      ...(link ? [here.split("{link}")] : []),
      ...(good ? [[known.replace("{known}", `${good}`).replace("{all}", `${numbers.length}`)]] : []),
      ...(due ? [[form.replace("{due}", `${due}`)]] : [])
    ]
    again.replaceChildren()
    for (const [at, [before, after]] of parts.entries()) {
      again.append(at ? between : "", before)
      if (after === undefined) continue
      const copy = document.createElement("a")
      copy.href = /** @type {HTMLAnchorElement} */ (link).href
      copy.textContent = `${last} · ${link.textContent}`
      again.append(copy, after)
    }
    again.hidden = false
  }

  const refresh = () => {
    show()
    greet()
  }
  filters.hidden = false
  refresh()
  // What was unseen while it moved has not moved for the reader.
  requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.classList.remove("filtering")))
  window.addEventListener("popstate", show)
  window.addEventListener("pageshow", refresh)
})()
