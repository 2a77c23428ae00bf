// Copy and share: a button each among the question's, and a copy on every heading's mark and every piece of code.
;(() => {
  "use strict"

  const { words, button, script, src } = window.miaotui

  // From file:// the reader's own path helps nobody: the published address does. A calculator's changes with its inputs.
  const published = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href
  const page = () => (location.protocol === "file:" && published ? published + location.search : location.href)
  /** @param {string} hash */
  const address = hash => {
    const made = new URL(hash || "#", page())
    // What was searched for is the reader's own.
    for (const name of ["h", "q"]) made.searchParams.delete(name)
    return made.href.replace(/#$/, "")
  }

  const status = document.createElement("p")
  status.className = "visually-hidden"
  status.setAttribute("role", "status")
  document.body.append(status)

  // navigator.clipboard is missing on http:// and file:// in some browsers, WeChat's among them.
  /** @param {string} text */
  const byHand = text => {
    const field = document.createElement("textarea")
    field.value = text
    field.className = "visually-hidden"
    document.body.append(field)
    field.select()
    const done = document.execCommand("copy")
    field.remove()
    return done
  }

  /** @type {(told: string, place: HTMLElement) => void} */
  const say = (told, place) => {
    status.textContent = told
    const before = (place.dataset.label ??= place.textContent)
    place.textContent = told
    setTimeout(() => {
      place.textContent = before
    }, 1500)
  }
  /** @type {Miaotui["copy"]} */
  const copy = async (text, place) => {
    const done =
      (await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false
      )) || byHand(text)
    say(done ? words.copied : text, place)
  }

  window.miaotui.copy = copy

  const tools = document.querySelector(".question__tools")
  if (tools) {
    tools.append(button(words.copy, made => copy(address(""), made)))
    if (navigator.share) {
      const share = () =>
        navigator.share({ title: document.title, url: address("") }).catch(() => {
          // Closed again.
        })
      tools.append(button(words.share, share))
    }
    // What draws it comes when it is asked for.
    const number = /** @type {HTMLElement | null} */ (document.querySelector(".question"))?.dataset.number
    /** @type {Promise<unknown> | undefined} */
    let drawing
    /** @param {HTMLElement} made */
    const picture = async made => {
      try {
        await (drawing ??= script(new URL("picture.js", src).href))
        await window.miaotuiPicture.open(number)
      } catch {
        if (!window.miaotuiPicture) drawing = undefined
        say(words.unfetched, made)
      }
    }
    if (number) tools.append(button(words.picture, picture))
    // A page opened from file:// may not fetch its neighbour.
    const markdown = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[type='text/markdown']"))
    if (markdown && location.protocol !== "file:") {
      // A server answers a missing file with a page too: that is not what was asked for.
      const found = async () => {
        const answer = await fetch(markdown.href)
        return answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))
      }
      /** @param {HTMLElement} made */
      const take = made =>
        found().then(
          text => copy(text, made),
          () => say(words.unfetched, made)
        )
      tools.append(button(words.copy_markdown, take))
    }
  }

  for (const code of document.querySelectorAll(".md-content .highlight:not(.output) pre > code")) {
    const made = button(words.copy_code, place => copy(code.textContent, place))
    made.className = "copy-code"
    code.closest(".highlight").append(made)
  }

  for (const mark of /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll(".md-content .headerlink")
  )) {
    mark.setAttribute("aria-label", words.copy_heading)
    mark.title = words.copy_heading
    mark.addEventListener("click", () => copy(address(mark.hash), mark))
  }
})()
