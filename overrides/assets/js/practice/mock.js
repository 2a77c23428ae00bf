// A mock interview: an address says which; questions lead to follow-ups or to the next level, and a report ends it.
;(() => {
  "use strict"

  const { words, make, written, clock, sinceNow, show, face, points, answer, exam, inDays } = window.miaotuiRoom
  const { progress, button, copy } = window.miaotui
  const { mock, practice } = words
  const draw = window.miaotuiDraw

  /** @type {(name: string, choices: [number, string][], chosen: number, legend: string) => HTMLElement} */
  const radios = (name, choices, chosen, legend) =>
    make(
      "fieldset",
      {},
      make("legend", {}, legend),
      ...choices.map(([value, label]) =>
        make(
          "label",
          {},
          make("input", { type: "radio", name, value: String(value), checked: value === chosen }),
          ` ${label}`
        )
      )
    )

  // The form's own address is the interview's, so that no script has to make it.
  /** @type {(practised: Practice.Data, plan: Practice.Plan) => void} */
  const ask = ({ topics }, plan) => {
    const seed = Math.floor(Math.random() * 36 ** 6).toString(36)
    const start = make("button", { type: "submit", className: "room__primary" }, mock.start)
    show(
      make(
        "form",
        { method: "get", className: "room__form" },
        make("input", { type: "hidden", name: "mode", value: "mock" }),
        radios(
          "level",
          words.levels.map((label, at) => [at + 1, label]),
          plan.level,
          mock.level
        ),
        radios(
          "minutes",
          [15, 30, 45].map(value => [value, mock.minutes.replace("{}", value)]),
          plan.minutes,
          mock.time
        ),
        make(
          "details",
          {},
          make("summary", {}, mock.topics),
          ...topics.map((title, at) =>
            make(
              "label",
              {},
              make("input", { type: "checkbox", name: "topic", value: String(at), checked: plan.topics.includes(at) }),
              ` ${title}`
            )
          )
        ),
        make("input", { type: "hidden", name: "seed", value: seed }),
        make("p", { className: "room__acts" }, start)
      )
    )
  }

  /** @type {(practised: Practice.Data, plan: Practice.Plan, follow: Record<string, [string, string][]>) => void} */
  const interview = ({ cards, topics }, plan, follow) => {
    const end = Date.now() + plan.minutes * 60_000
    const left = () => (end - Date.now()) / 1000
    /** @type {Practice.Answer[]} */
    const done = []

    const bar = () => make("div", { className: "room__bar" }, clock(mock.left, left), button(mock.end, report))

    const step = () => {
      const card = left() > 0 ? draw.next(cards, plan, done) : null
      if (!card) return report()
      const open = button(mock.reveal, () => judge(card))
      open.className = "room__primary"
      open.dataset.key = "Space"
      show(bar(), ...face(card, topics), sinceNow(practice.time), make("p", { className: "room__acts" }, open))
    }

    /** @param {Practice.Card} card */
    const judge = card => {
      // A question without points is judged as a whole.
      const whole = card.points.length
        ? card
        : { ...card, points: /** @type {[string, string][]} */ ([["", mock.whole]]) }
      const { box, ticked } = points(whole)
      const on = button(mock.go_on, () => {
        const keys = ticked()
        const missed = whole.points.length - keys.length
        const mark = draw.marked(keys.length, whole.points.length)
        progress.add({ question: card.number, time: Date.now(), mark, ticks: keys.filter(Boolean) })
        const due = inDays(
          window.miaotuiSchedule.daysBetween(
            Date.now(),
            window.miaotuiSchedule.due(progress.reviews(card.number), exam())
          )
        )
        const said = whole.points.map(([key, html]) => /** @type {[string, boolean]} */ ([html, keys.includes(key)]))
        const answered = { card, missed, points: said, follow: /** @type {[string, boolean][]} */ ([]), due }
        done.push(answered)
        progress.plan().catch(() => {})
        further(answered, draw.followUps(follow[card.number]?.length ?? 0, plan.seed, card.number, missed))
      })
      on.className = "room__primary"
      show(bar(), ...face(card, topics), answer(card), box, make("p", { className: "room__acts" }, on))
    }

    // The follow-ups, one by one.
    /** @type {(answered: Practice.Answer, which: number[]) => void} */
    const further = (answered, [first, ...others]) => {
      if (first === undefined || left() <= 0) return step()
      const { card } = answered
      const [question, told] = follow[card.number][first]
      const acts = make("p", { className: "room__acts" })
      const open = button(practice.show, () => {
        const shown = written("div", told, "short room__answer")
        acts.before(shown)
        /** @param {boolean} said */
        const judged = said => () => {
          answered.follow.push([question, said])
          further(answered, others)
        }
        const [yes, no] = [button(mock.said, judged(true)), button(mock.not_said, judged(false))]
        yes.dataset.key = "1"
        no.dataset.key = "2"
        acts.replaceChildren(yes, no)
        yes.focus()
      })
      open.className = "room__primary"
      open.dataset.key = "Space"
      acts.append(open)
      show(
        bar(),
        make("p", { className: "room__facts" }, `${mock.follow_up}${card.number} ${card.name}`),
        written("h2", question, "room__title"),
        sinceNow(practice.time),
        acts
      )
    }

    /** @type {(list: [string, boolean][], label: string) => HTMLElement | false} */
    const rows = (list, label) =>
      list.length > 0 &&
      make(
        "ul",
        { className: "room__said" },
        ...list.map(([html, said]) =>
          make(
            "li",
            { className: said ? "room__yes" : "room__no" },
            make("strong", {}, said ? mock.said : mock.not_said),
            label,
            written("span", html)
          )
        )
      )

    const report = () => {
      const good = done.filter(({ missed }) => !missed).length
      const head = mock.report.replace("{}", words.levels[plan.level - 1]).replace("{}", plan.minutes)
      const base =
        location.protocol === "file:"
          ? /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=canonical]"))?.href
          : location.href
      const again = make(
        "a",
        {
          href: `?mode=mock&level=${plan.level}&minutes=${plan.minutes}${plan.topics.map(at => `&topic=${at}`).join("")}`
        },
        mock.again
      )
      show(
        make("h2", { className: "room__title" }, head),
        make("p", {}, mock.summary.replace("{}", done.length).replace("{}", good)),
        ...window.miaotuiReport
          .byTopic(done, topics)
          .flatMap(([title, answers]) => [
            make("h3", {}, title),
            ...answers.flatMap(({ card, points: said, follow: asked, due }) => [
              make("h4", {}, `${card.number}. ${card.name}`),
              rows(said, ""),
              rows(asked, mock.follow_up),
              make(
                "p",
                {},
                mock.read,
                make("a", { href: card.address }, `${card.number}. ${card.name}`),
                ` ${mock.comes.replace("{}", due)}`
              )
            ])
          ]),
        make(
          "p",
          { className: "room__acts" },
          button(mock.print, () => window.print()),
          button(mock.markdown, made => {
            copy(window.miaotuiReport.markdown(done, topics, mock, head, base ?? location.href), made)
          }),
          again
        )
      )
    }
    step()
  }

  window.miaotuiMock = (practised, more) => {
    const plan = draw.plan(location.search, practised.topics.length)
    if (plan.seed) more().then(follow => interview(practised, plan, follow))
    else ask(practised, plan)
  }
})()
