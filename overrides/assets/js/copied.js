// A formula is copied once, as TeX between dollars. It stands in the page twice, as HTML for eyes and as MathML for
// screen readers, and a browser copies both, a line for each sign.
;(() => {
  "use strict"

  const UNSEEN = "[hidden], [popover], .headerlink, .copy-code"

  /** @param {Node} node */
  const formula = node => (node instanceof Element ? node : node.parentElement)?.closest(".katex")

  // A formula that is selected in part is copied whole.
  /** @param {Range} range */
  const whole = range => {
    const [first, last] = [formula(range.startContainer), formula(range.endContainer)]
    if (first) range.setStartBefore(first)
    if (last) range.setEndAfter(last)
    return range.cloneContents()
  }

  /** @param {Element} set */
  const asTex = set => {
    const block = set.closest(".katex-display")
    const marks = block ? "$$" : "$"
    const around = block ?? set
    around.replaceWith(`${marks}${set.querySelector("annotation").textContent.trim()}${marks}`)
  }

  // What was selected with its formulas as TeX, in the page, as only there the text has its lines.
  /** @param {Selection} selection */
  const shown = selection => {
    const box = document.createElement("div")
    Object.assign(box.style, { position: "fixed", clipPath: "inset(50%)" })
    for (let at = 0; at < selection.rangeCount; at++) box.append(whole(selection.getRangeAt(at).cloneRange()))
    if (!box.querySelector(".katex")) return null
    box.querySelectorAll(UNSEEN).forEach(part => part.remove())
    box.querySelectorAll(".katex").forEach(asTex)
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (box.querySelectorAll("a[href]")))
      link.setAttribute("href", link.href)
    document.body.append(box)
    return box
  }

  document.addEventListener("copy", event => {
    if (/** @type {Element} */ (event.target).closest?.("input, textarea")) return
    const box = shown(getSelection())
    if (!box) return
    event.preventDefault()
    event.clipboardData.setData("text/plain", box.innerText)
    event.clipboardData.setData("text/html", box.innerHTML)
    box.remove()
  })
})()
