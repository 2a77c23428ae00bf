// What the reader can answer as a file: out of this browser, and into another.
;(() => {
  "use strict"

  const { words, button, save } = window.miaotui
  const { read, merge, plan, show } = window.miaotui.progress
  const { parsed } = window.miaotuiRecord

  const said = document.createElement("span")
  said.setAttribute("role", "status")

  // What is here stays: a record adds, it does not take away.
  /** @param {string} text */
  const take = text => {
    // A chat may put words around it.
    const record = parsed(text) ?? parsed(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1))
    said.textContent = words.import_refused
    if (!record) return false
    const questions = new Set(record.reviews.map(({ question }) => question)).size
    said.textContent = (merge(record) ? words.imported : words.imported_unkept).replace("{}", questions)
    show()
    plan().catch(() => {})
    window.dispatchEvent(new Event("miaotui-imported"))
    return true
  }

  /** @param {Element} box */
  const carry = box => {
    const picker = document.createElement("input")
    picker.type = "file"
    picker.accept = ".json,application/json"
    picker.hidden = true
    picker.addEventListener("change", async () => {
      take(await picker.files[0].text().catch(() => ""))
      picker.value = ""
    })
    box.append(
      button(words.export, () =>
        save(`${JSON.stringify(read(), null, 2)}\n`, "miaotui-progress.json", "application/json")
      ),
      button(words.import, () => picker.click()),
      picker
    )
    box.append(said)
  }

  Object.assign(window.miaotui, { carry, take })

  const home = /** @type {HTMLElement | null} */ (document.querySelector(".contents__progress"))
  if (!home) return
  carry(home)
  home.hidden = false
})()
