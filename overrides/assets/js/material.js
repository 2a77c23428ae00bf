// Material's bundle is a third of what a page weighs, and reading needs nothing of it: it comes after our scripts. Where
// there is room for the contents that it keeps in step it comes at once; on a phone, with the first thing the reader
// does but read.
;(() => {
  "use strict"

  const { bundle } = document.currentScript.dataset
  /** @type {Promise<boolean | void> | undefined} */
  let loading

  const came = () => {
    for (const [type, act] of Object.entries(acts)) removeEventListener(type, act, { capture: true })
    // Most of it waits for this event, which was before it came. Nothing of ours listens to it.
    document.dispatchEvent(new Event("DOMContentLoaded"))
    return true
  }
  // Without a network for a moment: what the reader does next asks again.
  const failed = () => {
    loading = undefined
  }
  // Whether it is there.
  const load = () => (loading ??= window.miaotui.script(bundle).then(came, failed))

  // What it happened to: all of these happen to elements.
  const place = (/** @type {Event} */ event) => /** @type {Element} */ (event.target)
  // What was done before the bundle was there to see it, it sees then: its switches, and the keys that it acts on.
  /** @param {Event} event */
  const again = async event => {
    const made = /** @type {typeof Event} */ (event.constructor)
    if (await load()) event.target.dispatchEvent(new made(event.type, event))
  }
  /** @param {Event} event */
  const change = event => (event.isTrusted && place(event).matches(".md-toggle, .md-option") ? again(event) : load())
  const field = () => /** @type {HTMLInputElement} */ (document.querySelector("[name=query]"))
  // A phone shows its keyboard only for what is focused by the touch itself.
  /** @param {Event} event */
  const click = event => {
    if (place(event).closest("header [for=__search]")) field().focus()
    load()
  }
  /** @param {Event} event */
  const press = event => {
    const { key, isTrusted, ctrlKey, altKey, metaKey } = /** @type {KeyboardEvent} */ (event)
    const its =
      /^[/sfpn,.]$/.test(key) && !(ctrlKey || altKey || metaKey || place(event).matches("input, textarea, select"))
    return isTrusted && its ? again(event) : load()
  }
  const scroll = () => scrollY > innerHeight && load()
  /** @type {Record<string, EventListener>} */
  const acts = { click, focusin: load, change, keydown: press, scroll }

  // Until then the palette is ours to choose, as the bundle does: partials/javascripts/palette.html did it first.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => loading || window.miaotuiPaint())
  for (const [type, act] of Object.entries(acts)) addEventListener(type, act, { capture: true, passive: true })
  if (window.miaotui.searching() || matchMedia("(width >= 60em)").matches || /[?&][qh]=/.test(location.search)) load()
})()
