// Material's bundle is a third of what a page weighs, and reading needs nothing of it: it comes after our scripts. Where
// there is room for the contents that it keeps in step it comes at once; on a phone, with the first thing the reader
// does but read.
(() => {
  "use strict"

  const { bundle } = document.currentScript.dataset
  let loading

  const came = () => {
    for (const [type, act] of Object.entries(acts)) removeEventListener(type, act, { capture: true })
    return true
  }
  // Without a network for a moment: what the reader does next asks again.
  const failed = () => { loading = undefined }
  // Whether it is there.
  const load = () => loading ??= window.miaotui.script(bundle).then(came, failed)

  // What was done before the bundle was there to see it, it sees then: its switches, and the keys that it acts on.
  const again = async event => {
    if (await load()) event.target.dispatchEvent(new event.constructor(event.type, event))
  }
  const change = event => event.isTrusted && event.target.matches(".md-toggle, .md-option") ? again(event) : load()
  // A phone shows its keyboard only for what is focused by the touch itself.
  const click = ({ target }) => {
    if (target.closest("header [for=__search]")) document.querySelector("[name=query]").focus()
    load()
  }
  const press = event => {
    const { target, key, isTrusted, ctrlKey, altKey, metaKey } = event
    const its = /^[/sfpn,.]$/.test(key) && !(ctrlKey || altKey || metaKey || target.matches("input, textarea, select"))
    return isTrusted && its ? again(event) : load()
  }
  const scroll = () => scrollY > innerHeight && load()
  const acts = { click, focusin: load, change, keydown: press, scroll }

  const dark = matchMedia("(prefers-color-scheme: dark)")
  // Until then the palette is ours to choose, and its button ours to show, as the bundle does.
  const paint = () => {
    const options = [...document.querySelectorAll("input[name=__palette]")]
    const kept = window.__md_get("__palette")
    const chosen = options[Math.min(kept?.index ?? 0, options.length - 1)]
    chosen.nextElementSibling.hidden = false
    const automatic = chosen.dataset.mdColorMedia === "(prefers-color-scheme)"
    const { mdColorScheme } = (automatic ? options[dark.matches ? 2 : 1] : chosen).dataset
    document.body.dataset.mdColorScheme = mdColorScheme
  }

  document.documentElement.classList.replace("no-js", "js")
  paint()
  dark.addEventListener("change", () => loading || paint())
  for (const [type, act] of Object.entries(acts)) addEventListener(type, act, { capture: true, passive: true })
  if (matchMedia("(width >= 60em)").matches || /[?&][qh]=/.test(location.search)) load()
})()
