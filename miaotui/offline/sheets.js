// Makes of the one file, with every question ticked, a document of its scoring sheets: contents, then a page for each.
// The commands of printed_sheets.py run it in the page.
/** @type {(said: { title: string; made: string }) => void} */
said => {
  /** @type {(name: string, content: (Node | string)[], attributes?: Record<string, string>) => HTMLElement} */
  const made = (name, content, attributes = {}) => {
    const element = document.createElement(name)
    element.append(...content)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    return element
  }
  /** @type {(text: string, href: string, level: string) => HTMLElement} */
  const line = (text, href, level) =>
    made("span", [made("a", [text], { href }), " ", made("span", [level], { class: "whole__level" })], {
      class: "whole__line"
    })

  const list = made("ol", [])
  /** @type {Element[]} */
  const pages = []
  for (const sheet of document.querySelectorAll(".sheet--filled")) {
    const named = sheet.querySelector(".sheet__name")
    const number = named.textContent.split(" · ")[0]
    const row = document.querySelector(`.list__pick input[value="${number}"]`).closest("tr")
    const group = row.closest("tbody")
    for (const link of sheet.querySelectorAll("a")) link.replaceWith(...link.childNodes)
    sheet.removeAttribute("aria-label")
    sheet.id = `sheet-${number}`
    named.replaceWith(made("h2", [named.textContent], { class: "sheet__name" }))
    if (group.dataset.entry === undefined) {
      group.dataset.entry = group.id
      const topic = group.querySelector(".list__group a").textContent
      list.append(made("li", [line(topic, `#of-${group.id}`, ""), made("ol", [])]))
      pages.push(made("h1", [topic], { id: `of-${group.id}`, class: "sheets__topic" }))
    }
    const name = `${number}. ${row.querySelector("th").textContent.trim()}`
    const level = [...row.querySelector(".list__level").children].map(part => part.textContent.trim()).join(" ")
    list.lastElementChild.lastElementChild.append(made("li", [line(name, `#sheet-${number}`, level)]))
    pages.push(sheet)
  }
  /** @type {Element[]} */
  const how = [document.getElementById("interview-scale")]
  while (how.at(-1).nextElementSibling) how.push(how.at(-1).nextElementSibling)

  const head = [made("h1", [said.title]), made("p", [said.made], { class: "whole__made" }), ...how]
  const title = made("h2", [document.getElementById("contents-title").textContent])
  const contents = made("nav", [title, list], { id: "contents", class: "whole__contents" })
  document.querySelector("main").replaceChildren(made("div", [...head, contents, ...pages], { id: "interview" }))
  document.title = said.title
}
