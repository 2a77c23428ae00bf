// A picture to share of a question: drawn in the page, so that it needs no network, shared by the system, saved, or
// pressed. share.js asks for this script.
;(() => {
  "use strict"

  const { button, inApp, save, script } = window.miaotui
  const { plan, FORMS } = window.miaotuiPlan
  const { palette, png } = window.miaotuiPng
  /** In bytes: a chat makes a larger picture smaller, and unsharp. */
  const MOST = 150_000
  const GROUNDS = /** @type {const} */ (["light", "dark"])
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript)

  // The colours of a scheme, which the page may not have now.
  /** @param {Pictured.Ground} ground */
  const colours = ground => {
    const probe = document.createElement("i")
    probe.dataset.mdColorScheme = ground === "dark" ? "slate" : "default"
    document.body.append(probe)
    const style = getComputedStyle(probe)
    const [ink, paper, grey, line, red] = ["ink", "paper", "grey", "line", "red"].map(name =>
      style.getPropertyValue(`--mt-${name}`)
    )
    probe.remove()
    return { ink, paper, grey, line, red }
  }

  /** @type {(pen: CanvasRenderingContext2D, { bits, size }: Pictured.Code, at: Pictured.Plan["code"]) => void} */
  const encode = (pen, { bits, size }, { x, y, module, side, margin }) => {
    // A code is read dark on light, on a dark ground too.
    pen.fillStyle = "#fff"
    pen.fillRect(x, y, side, side)
    pen.fillStyle = "#000"
    const bytes = atob(bits)
    for (let at = 0; at < size * size; at++) {
      if (!((bytes.charCodeAt(at >> 3) >> (7 - (at & 7))) & 1)) continue
      pen.fillRect(x + (margin + (at % size)) * module, y + (margin + Math.floor(at / size)) * module, module, module)
    }
  }

  /** @type {(said: Pictured.Said, form: Pictured.Form, inks: Record<string, string>, scale?: number) => HTMLCanvasElement} */
  const painted = (said, form, inks, scale = 1) => {
    const canvas = document.createElement("canvas")
    const pen = canvas.getContext("2d", { willReadFrequently: true })
    const { fontFamily } = getComputedStyle(document.body)
    /** @type {(size: number, weight: number) => void} */
    const choose = (size, weight) => {
      pen.font = `${weight} ${size}px ${fontFamily}`
    }
    const made = plan(said, form, (text, size, weight) => {
      choose(size, weight)
      return pen.measureText(text).width
    })
    Object.assign(canvas, { width: Math.round(made.width * scale), height: Math.round(made.height * scale) })
    pen.scale(scale, scale)
    pen.fillStyle = inks.paper
    pen.fillRect(0, 0, made.width, made.height)
    for (const { x, y, width, height, ink } of made.boxes) {
      pen.fillStyle = inks[ink]
      pen.fillRect(x, y, width, height)
    }
    for (const { x, y, size, weight, ink, text } of made.texts) {
      choose(size, weight)
      pen.fillStyle = inks[ink]
      pen.fillText(text, x, y)
    }
    if (said.code) encode(pen, said.code, made.code)
    return canvas
  }

  // As a browser makes it that cannot compress by itself (before Safari 16.4 and Chrome 80): smaller, not larger.
  /** @type {(said: Pictured.Said, form: Pictured.Form, inks: Record<string, string>) => string} */
  const plainly = (said, form, inks) => {
    let address = ""
    for (let scale = 1; scale > 0.2; scale -= 0.1) {
      address = painted(said, form, inks, scale).toDataURL("image/png")
      // Four characters are three bytes.
      if (address.length * 0.75 < MOST) break
    }
    return address
  }

  /** @type {Pictured.Picture["drawn"]} */
  const drawn = async (said, form, ground) => {
    const inks = colours(ground)
    if (!window.CompressionStream) return plainly(said, form, inks)
    const canvas = painted(said, form, inks)
    const { width, height } = canvas
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height)
    const shades = palette(inks.paper, [inks.ink, inks.grey, inks.red], ["#ffffff", "#000000", inks.line])
    const bytes = await png(width, height, data, shades)
    return `data:image/png;base64,${btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""))}`
  }

  /** @type {(address: string, name: string) => File} */
  const file = (address, name) => {
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), letter => letter.charCodeAt(0))
    return new File([bytes], name, { type: "image/png" })
  }

  /** @type {(legend: string, name: string, choices: [string, string][], chosen: string) => HTMLFieldSetElement} */
  const choice = (legend, name, choices, chosen) => {
    const box = document.createElement("fieldset")
    box.append(Object.assign(document.createElement("legend"), { textContent: legend }))
    for (const [value, text] of choices) {
      const label = document.createElement("label")
      label.append(
        Object.assign(document.createElement("input"), { type: "radio", name, value, checked: value === chosen }),
        text
      )
      box.append(label)
    }
    return box
  }

  /** @param {Pictured.Said} said */
  const dialog = async said => {
    const { words } = said
    const box = document.createElement("dialog")
    box.className = "picture"
    box.setAttribute("aria-labelledby", "picture")
    const title = Object.assign(document.createElement("h2"), { id: "picture", textContent: words.title })
    const ground = document.body.dataset.mdColorScheme === "slate" ? "dark" : "light"
    const choices = document.createElement("form")
    choices.append(
      choice(
        words.form,
        "form",
        FORMS.map(form => /** @type {const} */ ([form, words[form]])),
        FORMS[0]
      ),
      choice(
        words.ground,
        "ground",
        GROUNDS.map(one => /** @type {const} */ ([one, words[one]])),
        ground
      )
    )
    const shown = document.createElement("img")
    shown.alt = words.alt.replace("{number}", String(said.number)).replace("{name}", said.name)
    const press = Object.assign(document.createElement("p"), { className: "picture__press" })
    press.setAttribute("role", "status")
    const tell = () => {
      press.textContent = words.press
    }

    let name = ""
    const made = () => file(shown.src, name)
    const share = () =>
      navigator.share({ files: [made()] }).catch(error => {
        // Closed again is no fault, nor is a second press while it is open; what else goes wrong, pressing does not need.
        if (!["AbortError", "InvalidStateError"].includes(error.name)) tell()
      })
    const tools = Object.assign(document.createElement("p"), { className: "picture__tools" })
    let asked = 0
    const draw = async () => {
      const mine = ++asked
      const { form, ground } = Object.fromEntries(new FormData(choices))
      const address = await drawn(said, /** @type {Pictured.Form} */ (form), /** @type {Pictured.Ground} */ (ground))
      // Chosen anew while it was drawn: what is chosen last is shown, whichever is done last.
      if (mine !== asked) return
      shown.src = address
      name = `miaotui-${said.number}-${form}-${ground}.png`
    }
    choices.addEventListener("change", draw)
    // Enter on a choice would send the form, and load the page anew.
    choices.addEventListener("submit", event => event.preventDefault())
    await draw()

    const shares = navigator.canShare?.({ files: [made()] }) ?? false
    if (shares) tools.append(button(words.share, share))
    if (!inApp) tools.append(button(words.save, () => save(made(), made().name, "image/png")))
    else tell()
    tools.append(button(words.close, () => box.close()))
    // Beside the picture and its tools there is only what it stands before.
    box.addEventListener("click", event => {
      if (event.target === box) box.close()
    })
    box.append(title, choices, shown, press, tools)
    document.body.append(box)
    return box
  }

  /** @param {string} address */
  const style = address =>
    new Promise((loaded, failed) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address })
      link.onload = loaded
      link.onerror = () => {
        link.remove()
        failed(new Error(address))
      }
      document.head.append(link)
    })

  /** @param {string} number */
  const fetched = async number => {
    const folder = document.documentElement.lang === "en" ? "en/" : ""
    await Promise.all([
      script(new URL(`../../${folder}pictures/${number}.js`, src).href),
      style(new URL("../css/picture.css", src).href)
    ])
    return dialog(window.miaotuiPictured)
  }

  // One, however often it is asked for before it is there.
  /** @type {Promise<HTMLDialogElement> | undefined} */
  let made
  window.miaotuiPicture = {
    drawn,
    async open(number) {
      made ??= fetched(number)
      const box = await made.catch(error => {
        made = undefined
        throw error
      })
      if (!box.open) box.showModal()
    }
  }
})()
