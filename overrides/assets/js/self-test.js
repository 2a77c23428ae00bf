// A topic page read in one of two ways, remembered: answers open, or folded for a self-test.
(() => {
  "use strict"

  const words = JSON.parse(document.getElementById("miaotui-words")?.textContent ?? "null")
  const marks = [...document.querySelectorAll(".md-content .to-question")].filter(link => link.closest("h2, p"))
  const headings = marks.map(link => link.closest("p")?.previousElementSibling).filter(node => /^q\d+$/.test(node?.id))
  if (!words || !headings.length || !document.querySelector(".received")) return

  const KEY = "miaotui.self-test"
  const stored = () => { try { return localStorage.getItem(KEY) === "1" } catch { return false } }
  const store = on => { try { localStorage.setItem(KEY, on ? "1" : "0") } catch { /* lasts as long as the page */ } }

  const folds = headings.map(heading => {
    const fold = document.createElement("details")
    const summary = document.createElement("summary")
    summary.textContent = words.answer
    fold.className = "fold"
    fold.append(summary)
    const first = heading.nextElementSibling
    while (first.nextElementSibling && first.nextElementSibling.tagName !== "H2") fold.append(first.nextElementSibling)
    first.after(fold)
    return fold
  })

  const aim = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target) return
    const fold = target.closest(".fold") ?? folds[headings.indexOf(target)]
    if (fold) fold.open = true
  }

  const mode = document.createElement("p")
  mode.className = "reading-mode"
  const choices = [[words.read, false], [words.self_test, true]].map(([label, folded]) => {
    const made = document.createElement("button")
    made.type = "button"
    made.textContent = label
    made.addEventListener("click", () => { store(folded); show(folded) })
    mode.append(made)
    return made
  })
  const show = folded => {
    document.documentElement.classList.toggle("self-test", folded)
    folds.forEach(fold => { fold.open = !folded })
    choices.forEach((made, index) => made.setAttribute("aria-pressed", Boolean(index) === folded))
  }
  headings[0].before(mode)
  show(stored())
  aim()
  window.addEventListener("hashchange", aim)

  let closed = []
  window.addEventListener("beforeprint", () => {
    closed = folds.filter(fold => !fold.open)
    closed.forEach(fold => { fold.open = true })
  })
  window.addEventListener("afterprint", () => closed.forEach(fold => { fold.open = false }))
})()
