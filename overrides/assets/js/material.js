// Material's bundle is a third of what a page weighs, and reading needs nothing of it: it comes after our scripts. Where
// there is room for the contents that it keeps in step it comes at once; on a phone, with the first thing the reader
// does but read.
;(() => {
  "use strict"

  const { bundle, late } = document.currentScript.dataset
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
  const load = () => {
    if (!loading) window.miaotui.style(late)
    return (loading ??= window.miaotui.script(bundle).then(came, failed))
  }

  // What was done before the bundle was there to see it, it sees then: its switches, and the keys that it acts on.
  /** @param {On} event */
  const again = async event => {
    if (await load()) {
      event.target.dispatchEvent(new /** @type {typeof Event} */ (event.constructor)(event.type, event))
    }
  }
  /** @param {On} event */
  const change = event => (event.isTrusted && event.target.matches(".md-toggle") ? again(event) : load())
  // A phone shows its keyboard only for what is focused by the touch itself.
  /** @param {On} event */
  const click = ({ target }) => {
    if (target.closest("header [for=__search]")) {
      ;/** @type {HTMLInputElement} */ (document.querySelector("[name=query]")).focus()
    }
    load()
  }
  /** @param {On<KeyboardEvent>} event */
  const press = event => {
    const { target, key, isTrusted, ctrlKey, altKey, metaKey } = event
    const its = /^[/sfpn,.]$/.test(key) && !(ctrlKey || altKey || metaKey || target.matches("input, textarea, select"))
    return isTrusted && its ? again(event) : load()
  }
  const scroll = () => scrollY > innerHeight && load()
  /** @type {Record<string, (event: any) => unknown>} */
  const acts = { click, focusin: load, change, keydown: press, scroll }

  for (const [type, act] of Object.entries(acts)) addEventListener(type, act, { capture: true, passive: true })
  if (window.miaotui.searching() || matchMedia("(width >= 60em)").matches || /[?&][qh]=/.test(location.search)) load()
})()
