// The contents by the keyboard: what opens and closes them in Material's pages are labels of boxes that are not shown,
// which no key reaches. Here buttons take their places, and what is not in sight is no stop: css/site/drawer.css.
;(() => {
  "use strict"

  /** @type {HTMLElement | null} */
  const sidebar = document.querySelector(".md-sidebar--primary")
  /** @type {HTMLLabelElement | null} */
  const opener = document.querySelector(".md-header__button[for=__drawer]")
  const drawer = /** @type {HTMLInputElement} */ (document.getElementById("__drawer"))
  if (!sidebar || !opener) return

  /** @param {Element} one */
  const shown = one => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length
  /** @type {(within: Element) => HTMLElement | undefined} */
  const first = within =>
    [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("a[href], button"))].find(shown)

  // Where the keyboard goes on: into what was opened, or back to what opened it.
  /** @type {(made: HTMLElement, box: HTMLInputElement) => void} */
  const goOn = (made, box) => {
    const item = made.closest("li")
    /** @type {HTMLElement | null} */
    const back = item?.querySelector(`.md-nav__link[for="${box.id}"]`)
    const next = box.checked ? first(item?.querySelector("nav") ?? sidebar) : back
    if (next && shown(next)) next.focus()
  }
  // Looks as the label did, by its classes and by what it is for.
  /** @type {(label: HTMLLabelElement, name: string) => HTMLButtonElement} */
  const button = (label, name) => {
    const box = /** @type {HTMLInputElement} */ (label.control)
    const made = document.createElement("button")
    made.type = "button"
    for (const { name: key, value } of label.attributes) made.setAttribute(key, value)
    if (name) made.setAttribute("aria-label", name)
    made.append(...label.childNodes)
    label.replaceWith(made)
    const tell = () => made.setAttribute("aria-expanded", box.checked)
    box.addEventListener("change", tell)
    tell()
    made.addEventListener("click", ({ detail }) => {
      box.click()
      if (!detail) goOn(made, box)
    })
    return made
  }

  const menu = button(opener, sidebar.querySelector("nav").getAttribute("aria-label"))
  for (const label of /** @type {NodeListOf<HTMLLabelElement>} */ (
    sidebar.querySelectorAll("label.md-nav__link, nav nav > label.md-nav__title")
  )) {
    const name = label.textContent.trim() ? "" : label.closest("li").querySelector("nav").getAttribute("aria-label")
    button(label, name)
  }

  const close = () => {
    if (drawer.checked) drawer.click()
  }
  sidebar.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return
    close()
    menu.focus()
  })
  // What is behind the open drawer is not in sight.
  sidebar.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && !sidebar.contains(/** @type {Element} */ (to))) close()
  })
})()
