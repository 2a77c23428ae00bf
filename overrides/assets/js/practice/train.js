// Practice: what is due, then new questions; the answer shows itself after hers, and her marks say when it comes back.
;(() => {
  "use strict"

  const { words, make, sinceNow, show, face, points, answer, marks, due, exam, inDays } = window.miaotuiRoom
  const { progress, button, markOf, take, carry, copy } = window.miaotui
  const { daysBetween, dayAfter } = window.miaotuiSchedule
  const { practice } = words

  /** @type {(practised: Practice.Data) => void} */
  const train = ({ cards, topics }) => {
    /** @type {Practice.Card[]} */
    let coming = []
    const now = () => Date.now()

    const today = () => {
      const day = dayAfter(now(), 0)
      const firsts = cards.map(({ number }) => progress.reviews(number).find(({ mark, time }) => mark && time))
      return firsts.filter(review => review?.time >= day).length
    }
    const left = () => (exam() ? daysBetween(now(), new Date(`${exam()}T00:00`).getTime()) : null)
    const queue = () => window.miaotuiDraw.queue(cards, due(cards), now(), left() > 0 ? left() : null, today())

    const begin = () => {
      const { due: again, fresh } = queue()
      coming = [...again, ...fresh]
      step()
    }

    // What is due and what is new; it stands above each question.
    const head = () => {
      const { due: again, fresh } = queue()
      const good = cards.filter(({ number }) => markOf(number) === "good").length
      const told = practice.head
        .replace("{}", again.length)
        .replace("{}", fresh.length)
        .replace("{}", good)
        .replace("{}", cards.length)
      return make("p", { className: "room__head" }, told)
    }

    /** @type {(card: Practice.Card) => string[]} */
    const missed = ({ number, points: all }) => {
      const last = [...progress.reviews(number)].reverse().find(({ mark, time }) => mark && time)
      return last ? all.map(([key]) => key).filter(key => !last.ticks.includes(key)) : []
    }
    /** @type {(card: Practice.Card) => string} */
    const before = card => {
      const mark = markOf(card.number)
      if (!mark) return practice.fresh
      const said = { again: practice.was_again, hard: practice.was_hard, good: practice.was_good }[mark]
      const open = missed(card).length
      return open ? `${said} · ${practice.missed.replace("{}", open)}` : said
    }

    const step = () => {
      const [card, ...rest] = coming
      if (!card) return done()
      const open = button(practice.show, () => reveal(card, rest))
      open.className = "room__primary"
      open.dataset.key = "Space"
      const skip = button(practice.skip, () => {
        coming = rest
        step()
      })
      show(
        head(),
        ...face(card, topics, before(card)),
        sinceNow(practice.time),
        make("p", { className: "room__acts" }, open, skip),
        make("p", { className: "room__keys" }, practice.keys)
      )
    }

    /** @type {(card: Practice.Card, rest: Practice.Card[]) => void} */
    const reveal = (card, rest) => {
      const { box, ticked } = points(card, missed(card))
      const row = marks(card, mark => {
        progress.add({ question: card.number, time: now(), mark, ticks: ticked() })
        // What she could not say comes once more at the end of the round.
        coming = mark === "again" && rest.length ? [...rest, card] : rest
        progress.plan().catch(() => {})
        list()
        step()
      })
      show(head(), ...face(card, topics), answer(card), box, row)
    }

    const done = () => {
      const { left: fresh } = queue()
      const more = button(practice.more, () => {
        const known = due(cards)
        coming = cards
          .filter(({ number }) => !known.has(number))
          .sort((one, other) => other.weight - one.weight)
          .slice(0, 5)
        step()
      })
      show(
        head(),
        make("h2", { className: "room__title" }, practice.done),
        make("p", {}, practice.done_text),
        fresh > 0 && make("p", { className: "room__acts" }, more)
      )
    }

    // On the list of all questions, the day on which each comes back.
    const list = () => {
      const known = due(cards)
      for (const link of /** @type {NodeListOf<HTMLElement>} */ (
        document.querySelectorAll("#practice-all [data-question]")
      )) {
        const day = known.get(Number(link.dataset.question))
        const days = day && Math.max(0, daysBetween(now(), day))
        link.parentElement.querySelector(".room__due")?.remove()
        if (day) {
          const told = days ? inDays(days) : practice.due_now
          link.after(make("span", { className: "room__due" }, ` · ${told}`))
        }
      }
      progress.show()
    }

    const settings = () => {
      const date = make("input", { type: "date", value: exam() ?? "" })
      date.addEventListener("change", async () => {
        progress.merge({ version: 3, reviews: [], problems: {}, exam: { date: date.value || null, set: now() } })
        await progress.plan().catch(() => {})
        list()
        begin()
      })
      const field = make("textarea", {
        rows: 3,
        spellcheck: false,
        placeholder: practice.paste,
        "aria-label": practice.paste
      })
      const files = make("p", { className: "room__acts" })
      carry(files)
      document.getElementById("practice-settings").append(
        make("p", {}, make("label", {}, `${practice.exam} `, date), ` ${practice.exam_why}`),
        files,
        make(
          "div",
          { className: "room__carry" },
          field,
          button(practice.copy, made => {
            field.value = JSON.stringify(progress.read())
            field.select()
            copy(field.value, made)
          }),
          button(practice.paste_in, () => {
            if (take(field.value)) field.value = ""
          })
        )
      )
    }
    settings()
    addEventListener("miaotui-imported", () => {
      list()
      begin()
    })
    list()
    begin()
  }

  window.miaotuiTrain = train
})()
