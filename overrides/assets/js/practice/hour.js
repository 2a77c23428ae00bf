// One hour: the short answers of the questions asked most, as cards to flip by key and by touch.
;(() => {
  "use strict"

  const { words, make, clock, show, face, answer, marks, place } = window.miaotuiRoom
  const { progress, button } = window.miaotui
  const MINUTES = 60
  // Not "miaotui.": a page with such keys is another with its scripts, which main.html therefore asks for at once.
  const KEY = "miaotui-hour"

  // An app that is called away from a page may throw it away: who comes back goes on at her card with the time that is
  // left, until the hour is over. Kept are the end and the card, "1796087780938 7".
  /** @type {(cards: number) => { end: number, at: number }} */
  const begun = cards => {
    const whole = Date.now() + MINUTES * 60_000
    const [end, at] = (window.miaotui.kept(KEY) ?? "").split(" ").map(Number)
    const going = end > Date.now() && end <= whole && Number.isInteger(at) && at >= 0 && at < cards
    return going ? { end, at } : { end: whole, at: 0 }
  }

  /** @type {(practised: Practice.Data) => void} */
  const hour = ({ cards, topics }) => {
    const mine = window.miaotuiDraw.hour(cards, MINUTES)
    let { end, at } = begun(mine.length)
    let open = false

    /** @param {number} by */
    const go = by => {
      at = Math.min(mine.length - 1, Math.max(0, at + by))
      open = false
      step()
    }
    const anew = () => {
      end = Date.now() + MINUTES * 60_000
      go(-at)
    }
    const flip = () => {
      open = !open
      step()
    }

    /** @type {(label: string, key: string, act: () => void, off?: boolean) => HTMLButtonElement} */
    const act = (label, key, act, off = false) => {
      const made = button(label, act)
      made.dataset.key = key
      made.disabled = off
      return made
    }

    const step = () => {
      const card = mine[at]
      const last = at === mine.length - 1
      window.miaotui.keep(KEY, `${end} ${at}`)
      const turn = act(open ? words.hour.close : words.practice.show, "Space", flip)
      turn.className = "room__primary"
      turn.setAttribute("aria-expanded", String(open))
      const place = words.hour.place.replace("{}", at + 1).replace("{}", mine.length)
      show(
        make(
          "div",
          { className: "room__bar" },
          make("p", { className: "room__head" }, place),
          clock(words.hour.left, () => (end - Date.now()) / 1000)
        ),
        make("div", { className: "room__card" }, ...face(card, topics), open ? answer(card) : ""),
        make(
          "p",
          { className: "room__acts" },
          act(words.hour.back, "ArrowLeft", () => go(-1), !at),
          turn,
          last ? act(words.hour.again, "", anew) : act(words.hour.next, "ArrowRight", () => go(1))
        ),
        open &&
          marks(card, mark => {
            progress.add({ question: card.number, time: Date.now(), mark, ticks: [] })
            progress.plan().catch(() => {})
            if (last) step()
            else go(1)
          }),
        make("p", { className: "room__keys" }, words.hour.keys)
      )
    }

    // A finger across leads on or back; one that goes up or down scrolls. A tap on the card flips it.
    /** @type {{ x: number, y: number } | null} */
    let from = null
    place.addEventListener("pointerdown", ({ clientX: x, clientY: y, pointerType }) => {
      from = pointerType === "mouse" ? null : { x, y }
    })
    place.addEventListener("pointerup", event => {
      const target = /** @type {HTMLElement} */ (event.target)
      if (!from || !target.closest(".room__card") || target.closest("a")) return
      const [x, y] = [event.clientX - from.x, event.clientY - from.y]
      from = null
      if (Math.abs(x) > 48 && Math.abs(x) > 2 * Math.abs(y)) go(x < 0 ? 1 : -1)
      else if (Math.hypot(x, y) < 8) flip()
    })
    place.addEventListener("pointercancel", () => {
      from = null
    })
    step()
  }

  window.miaotuiHour = hour
})()
