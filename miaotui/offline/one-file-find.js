// The field at the top: what is typed leaves of the contents, the chapters and the terms those that have all its words.
;(() => {
  "use strict"

  const field = /** @type {HTMLInputElement} */ (document.getElementById("find"))
  const whole = document.querySelector(".whole")
  const told = field.parentElement.querySelector("[role=status]")
  /** @param {string} text */
  const plain = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ")

  // A term is its heading and what follows it, to the next one.
  /** @type {(head: Element) => OneFile.Entry} */
  const term = head => {
    /** @type {Element[]} */
    const parts = [head]
    for (let next = head.nextElementSibling; next && !/^H[1-3]$/.test(next.tagName); next = next.nextElementSibling) {
      parts.push(next)
    }
    return {
      parts,
      text: plain(`${head.textContent} ${parts.find(part => part.className === "names")?.textContent ?? ""}`)
    }
  }
  /** @type {(line: Element) => OneFile.Entry} */
  const chapter = line => {
    const place = document.getElementById(line.querySelector("a").hash.slice(1))
    const asked = place.querySelector(":scope > details > .question .question__wording")?.textContent ?? ""
    return { parts: [line, place], text: plain(`${line.querySelector(".whole__line").textContent} ${asked}`) }
  }
  // Gathered when the reader comes to the field, not when the file opens.
  /** @type {{ titles: OneFile.Entry[]; terms: OneFile.Entry[] } | undefined} */
  let known
  const gather = () => ({
    titles: [...document.querySelectorAll("#contents ol ol > li")].map(chapter),
    terms: [...document.querySelectorAll("#glossary > h3")].map(term)
  })
  /** @type {(parts: Element[], shown: boolean) => void} */
  const show = (parts, shown) => parts.forEach(part => part.toggleAttribute("hidden", !shown))
  /** @type {(entries: OneFile.Entry[], asked: string[]) => number} */
  const left = (entries, asked) =>
    entries.filter(({ parts, text }) => {
      const fits = asked.every(word => text.includes(word))
      show(parts, fits)
      return fits
    }).length

  const filter = () => {
    known ??= gather()
    const asked = plain(field.value).trim().split(" ").filter(Boolean)
    const active = asked.length > 0
    const counts = [left(known.titles, asked), left(known.terms, asked)]
    whole.classList.toggle("whole--filtered", active)
    for (const line of document.querySelectorAll("#contents > ol > li")) {
      const part = document.getElementById(line.querySelector("a").hash.slice(1))
      const some = part.id === "glossary" ? counts[1] : part.querySelector(":scope > .chapter:not([hidden])")
      show([line, part], !active || Boolean(some))
    }
    told.textContent = active ? counts.reduce((text, count) => text.replace("{}", count), field.dataset.found) : ""
  }
  const empty = () => {
    if (!field.value) return
    field.value = ""
    filter()
  }

  field.parentElement.hidden = false
  field.addEventListener("input", filter)
  field.addEventListener("keydown", event => {
    if (event.key === "Escape") empty()
  })
  // A browser that goes back to the file may have kept what was typed.
  if (field.value) filter()
  // What a link leads to is shown, whatever was typed.
  addEventListener(
    "click",
    ({ target }) => {
      const hash = /** @type {Element} */ (target).closest("a")?.hash
      const place = hash && document.getElementById(hash.slice(1))
      if (place?.closest("[hidden], .whole--filtered .part > :not(.chapter)") && !place.closest("h3:not([hidden])"))
        empty()
    },
    { capture: true }
  )
})()
