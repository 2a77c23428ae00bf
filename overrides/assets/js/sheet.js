// The interviewer's scoring sheets: one for each question that is ticked, in the order of the ticks. The choice stands in
// the address. In the one file, where nothing can be fetched, the chapters have what a sheet needs.
;(() => {
  "use strict"

  const blank = /** @type {HTMLElement | null} */ (document.querySelector(".sheet"))
  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".list__pick input"))]
  if (!blank || !boxes.length) return
  const place = blank.parentElement
  const told = document.querySelector(".sheet-told")
  const count = /** @type {HTMLElement | null} */ (document.querySelector(".sheet-tools__chosen"))
  window.miaotuiSheets ??= {}

  // Where a question's parts stand: in its chapter, or in a small script of its own.
  /** @type {(number: string) => Promise<Element>} */
  const source = async number => {
    const chapter = document.getElementById(`q${number}`)
    if (chapter) return chapter
    if (!window.miaotuiSheets[number]) await window.miaotui.script(`${place.dataset.sheets}${number}.js`)
    const box = document.createElement("div")
    box.innerHTML = window.miaotuiSheets[number]
    return box
  }

  /** @type {(from: ParentNode) => ParentNode} */
  const unnamed = from => {
    for (const one of from.querySelectorAll("[id]")) one.removeAttribute("id")
    return from
  }
  /** @type {(from: Element) => Element} */
  const copied = from => /** @type {Element} */ (unnamed(/** @type {Element} */ (from.cloneNode(true))))
  // The first sentence: where a Chinese one ends, or a line of an English one.
  /** @type {(from: Element) => Element} */
  const point = from => {
    const made = copied(from)
    const texts = document.createTreeWalker(made, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = /** @type {Text} */ (texts.currentNode)
      const end = node.data.search(/[。！？]|\S\n/)
      if (end < 0) continue
      const rest = document.createRange()
      rest.setStart(node, end + 1)
      rest.setEndAfter(made.lastChild)
      rest.deleteContents()
      break
    }
    return made
  }
  /** @type {(follow: Element) => Element} */
  const followed = follow => {
    const made = document.createElement("li")
    const asked = document.createElement("strong")
    asked.append(...copied(follow.querySelector("summary")).childNodes)
    const answer = follow.querySelector("p, li")
    made.append(asked, " ", ...(answer ? point(answer).childNodes : []))
    return made
  }

  /** @type {(sheet: Element, name: string, items: Element[]) => void} */
  const fill = (sheet, name, items) => {
    const part = sheet.querySelector(`.sheet__${name}`)
    if (items.length) part.querySelector("ul, div").replaceChildren(...items)
    else part.remove()
  }
  /** @type {(number: string) => Promise<HTMLElement>} */
  const made = async number => {
    const from = await source(number)
    const sheet = /** @type {HTMLElement} */ (blank.cloneNode(true))
    const row = boxes.find(box => box.value === number).closest("tr")
    /** @param {string} selector */
    const all = selector => [...from.querySelectorAll(selector)].map(copied)
    const wording = from.querySelector(".question__wording")?.textContent
    sheet.classList.add("sheet--filled")
    sheet.setAttribute("aria-label", `${number} ${row.querySelector("th").textContent.trim()}`)
    const title = document.createElement("h3")
    title.className = "sheet__name"
    title.textContent = `${number} · ${row.querySelector("th").textContent.trim()}`
    // Later than the page's titles, whose serif it has once that is there (faces.js).
    title.classList.toggle("serif", document.documentElement.classList.contains("set"))
    sheet.querySelector(".sheet__name").replaceWith(title)
    sheet.querySelector(".sheet__question").textContent = wording
    const facts = [row.querySelector(".list__level .visually-hidden"), row.querySelector(".list__minutes")]
    sheet.querySelector(".sheet__facts").textContent = facts.map(one => one.textContent.trim()).join(" · ")
    fill(sheet, "levels", all('[id$="levels"] + ul > li'))
    fill(sheet, "short", sheet.querySelector(".sheet__levels") ? [] : all('[id$="short"] ~ p'))
    fill(sheet, "flags", all('[id$="pitfalls"] + ul > li'))
    // Half a page has room for five.
    fill(sheet, "follow", [...from.querySelectorAll("details.follow-up")].slice(0, 5).map(followed))
    return sheet
  }

  // What is chosen, in its order; what the address says is whatever somebody typed.
  const picked = () => {
    const known = new Set(boxes.map(box => box.value))
    const asked = new URLSearchParams(location.search).get("pick")?.split(",") ?? []
    return [...new Set(asked)].filter(number => known.has(number))
  }
  let chosen = picked()
  let turn = 0

  const show = async () => {
    const mine = ++turn
    for (const box of boxes) box.checked = chosen.includes(box.value)
    if (count) count.textContent = chosen.length ? count.dataset.said.replace("{}", String(chosen.length)) : ""
    const found = await Promise.allSettled(chosen.map(made))
    // Another tick was faster.
    if (mine !== turn) return
    const sheets = found.flatMap(one => (one.status === "fulfilled" ? [one.value] : []))
    place.replaceChildren(...(sheets.length ? sheets : [blank]))
    if (told) told.textContent = found.some(one => one.status === "rejected") ? place.dataset.failed : ""
  }
  /** @param {string[]} now */
  const choose = now => {
    chosen = now
    const address = new URL(location.href)
    address.searchParams.delete("pick")
    // Commas stay commas: a link that is read aloud.
    const rest = address.search ? `${address.search}&` : "?"
    address.search = now.length ? `${rest}pick=${now.join(",")}` : address.search
    history.replaceState(null, "", address)
    show()
  }

  for (const box of boxes) {
    box.addEventListener("change", () =>
      choose(box.checked ? [...chosen, box.value] : chosen.filter(number => number !== box.value))
    )
  }
  const listed = () => boxes.filter(box => !box.closest("tr").hidden && !box.checked).map(box => box.value)
  const drawn = () => {
    const left = listed()
    const found = []
    while (found.length < 5 && left.length) found.push(...left.splice(Math.floor(Math.random() * left.length), 1))
    return found
  }
  /** @type {Record<string, (made: HTMLElement) => unknown>} */
  const acts = {
    print: () => window.print(),
    draw: () => choose([...chosen, ...drawn()]),
    copy: made => window.miaotui.copy(location.href, made),
    clear: () => choose([])
  }
  const tools = /** @type {HTMLElement | null} */ (document.querySelector(".sheet-tools"))
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (tools?.querySelectorAll("[data-act]") ?? [])) {
    // In the one file, whose address is nobody else's, there is nothing that copies.
    if (one.dataset.act === "copy" && !window.miaotui) one.remove()
    else one.addEventListener("click", () => acts[one.dataset.act](one))
  }
  if (tools) tools.hidden = false
  window.addEventListener("popstate", () => {
    chosen = picked()
    show()
  })
  show()
})()
