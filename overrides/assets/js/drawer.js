// The contents by the keyboard: what opens and closes them in Material's pages are labels of boxes that are not shown,
// which no key reaches. Here they are buttons, and what is not in sight is no stop: assets/css/site/drawer.css.
(() => {
  "use strict"

  const sidebar = document.querySelector(".md-sidebar--primary")
  const menu = document.querySelector(".md-header__button[for=__drawer]")
  const drawer = document.getElementById("__drawer")
  if (!sidebar || !menu) return

  const box = label => document.getElementById(label.htmlFor)
  const shown = one => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length
  const first = within => [...within.querySelectorAll("a[href], [role=button]")].find(shown)

  // Where the keyboard goes on once a button was pressed: into what it opened, or back to what opened it.
  const goOn = label => {
    const { checked } = box(label)
    const opened = label === menu ? sidebar : label.closest("li").querySelector("nav")
    const back = label.closest("li")?.parentElement.querySelector(`.md-nav__link[for="${label.htmlFor}"][role=button]`)
    const next = checked ? first(opened) : back
    if (next && shown(next)) next.focus()
  }
  const press = event => {
    if (!["Enter", " "].includes(event.key)) return
    event.preventDefault()
    // Material presses a label by Enter, too.
    event.stopPropagation()
    const label = event.currentTarget
    box(label).click()
    goOn(label)
  }
  const makeButton = (label, name) => {
    const tell = () => label.setAttribute("aria-expanded", box(label).checked)
    label.setAttribute("role", "button")
    label.tabIndex = 0
    if (name) label.setAttribute("aria-label", name)
    label.addEventListener("keydown", press)
    box(label).addEventListener("change", tell)
    tell()
  }

  makeButton(menu, sidebar.querySelector("nav").getAttribute("aria-label"))
  for (const label of sidebar.querySelectorAll("label.md-nav__link, nav nav > label.md-nav__title")) {
    const name = label.textContent.trim() ? "" : label.closest("li").querySelector("nav").getAttribute("aria-label")
    makeButton(label, name)
  }

  const close = () => { if (drawer.checked) drawer.click() }
  sidebar.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return
    close()
    menu.focus()
  })
  // What is behind the open drawer is not in sight.
  sidebar.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && !sidebar.contains(to)) close()
  })
})()
