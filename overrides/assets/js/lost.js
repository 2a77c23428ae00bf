// The 404 page: keeps the reader's language, and puts the questions first whose number or words the address has. Runs
// before Material's bundle.
;(() => {
  "use strict"

  const sections = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".lost"))]

  // What is mistyped may be no address at all: "%E0" alone is half a letter.
  /** @param {string} address */
  const decoded = address => {
    try {
      return decodeURIComponent(address)
    } catch {
      return address.replace(/%[\da-f]{2}/gi, " ")
    }
  }
  const path = decoded(location.pathname).toLowerCase()
  const english = /\/en(\/|$)/.test(path)
  const mine = sections.find(section => (section.lang === "en") === english)
  sections.filter(section => section !== mine).forEach(section => section.remove())
  document.documentElement.lang = mine.lang

  // A server has one 404 page, built in the default language: what stands around its content is put into English here,
  // word for word from the page's own table, and so are the words that Material's bundle will say.
  /** @param {Miaotui.Lost} said */
  const translate = ({ text, copyright, home, other }) => {
    for (const element of document.querySelectorAll("body :not(script, .lost, .lost *)")) {
      for (const name of ["title", "aria-label", "placeholder"]) {
        const said = text[element.getAttribute(name)]
        if (said) element.setAttribute(name, said)
      }
      for (const node of element.childNodes) {
        if (node instanceof Text) node.data = text[node.data.trim()] ?? node.data
      }
    }
    const box = document.getElementById("__config")
    /** @type {{ translations: Record<string, string> }} */
    const config = JSON.parse(box.textContent)
    for (const [key, said] of Object.entries(config.translations)) config.translations[key] = text[said] ?? said
    box.textContent = JSON.stringify(config)
    document.querySelector(".md-copyright__highlight").innerHTML = copyright
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const homes = document.querySelectorAll(".md-logo, .md-header__home")
    for (const link of homes) link.href = home
    const link = document.querySelector(".md-header .other-language")
    Object.assign(link, { href: other.href, lang: other.lang, hreflang: other.lang, textContent: other.name })
  }
  if (english) translate(JSON.parse(document.getElementById("miaotui-lost").textContent))
  document.title = `${mine.querySelector("h1").textContent} - ${document.querySelector(".md-header__topic").textContent.trim()}`

  const asked = Number(path.match(/\d+/)?.[0] ?? NaN)
  const words = path.split(/[^a-z\u3400-\u9fff]+/).filter(word => word.length > 2 || /[\u3400-\u9fff]{2}/.test(word))

  // Lower is nearer: a number by its distance, a word of the address in the title before all numbers.
  /** @param {HTMLElement} link */
  const distance = link => {
    const hits = words.filter(word => link.textContent.toLowerCase().includes(word)).length
    const far = Math.abs(Number(link.dataset.number) - asked)
    return (Number.isNaN(far) ? 1000 : far) - 2000 * hits
  }
  /** @type {NodeListOf<HTMLElement>} */
  const all = mine.querySelectorAll("[data-number]")
  const near = [...all]
    .map(link => /** @type {const} */ ([distance(link), link]))
    .filter(([far]) => far < 1000)
    .sort(([a], [b]) => a - b)
    .slice(0, 3)
  if (!near.length) return
  const box = /** @type {HTMLElement} */ (mine.querySelector(".lost__near"))
  for (const [, link] of near) {
    const item = document.createElement("li")
    item.append(link.cloneNode(true))
    box.querySelector("ul").append(item)
  }
  box.hidden = false
  mine.querySelector("details").open = false
})()
