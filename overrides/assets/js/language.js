// The language switch keeps the reader's place, ids being the same in both languages; a report names it.
;(() => {
  "use strict"

  const headings = [...document.querySelectorAll(".md-content :is(h2, h3, h4, h5, h6)[id]")]

  // The last heading above the middle of the window; none at the top of the page.
  const place = () => {
    if (window.scrollY < 80) return ""
    const passed = headings.filter(heading => heading.getBoundingClientRect().top < window.innerHeight / 2)
    return passed.length ? `#${passed.at(-1).id}` : ""
  }

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-language]"))) {
    const keep = () => {
      link.hash = place()
    }
    link.addEventListener("pointerdown", keep)
    link.addEventListener("click", keep)
  }

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-report]"))) {
    const address = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href
    const before = link.href
    link.addEventListener("click", () => {
      const report = new URL(before)
      const body = report.searchParams.get("body")
      if (address) report.searchParams.set("body", body.replace(address, address + place()))
      link.href = report.href
    })
  }
})()
