// What is wider than the page scrolls by itself; here the keyboard reaches it too.
(() => {
  "use strict"

  const mark = () => {
    for (const box of document.querySelectorAll(".md-content :is(div.formula, .md-typeset__scrollwrap)")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
      else box.removeAttribute("tabindex")
    }
  }
  window.addEventListener("load", mark)
  window.addEventListener("resize", mark)
  document.addEventListener("toggle", mark, true)
})()
