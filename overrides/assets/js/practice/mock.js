// A mock interview: an address says which; questions lead to follow-ups or to the next level, and a report ends it. What
// is said is kept as it is said (begun.js), and the time stands still while the page is not seen.
;(() => {
  "use strict"

  const { words, make, written, told, clock, sinceNow, show, face, points, answer, exam, inDays } = window.miaotuiRoom
  const { progress, button } = window.miaotui
  const { mock, practice } = words
  const draw = window.miaotuiDraw

  /** @type {(plan: Practice.Plan) => string} */
  const address = ({ seed, level, minutes, topics }) =>
    `?mode=mock&level=${level}&minutes=${minutes}${topics.map(at => `&topic=${at}`).join("")}&seed=${seed}`

  // A question without points is judged as a whole.
  /** @type {(card: Practice.Card) => Practice.Card} */
  const whole = card => (card.points.length ? card : { ...card, points: [["", mock.whole]] })

  // A time that stands still while the page is not seen, in milliseconds.
  /** @param {number} rest */
  const timed = rest => {
    /** @type {number | null} */
    let since = null
    const left = () => rest - (since === null ? 0 : Date.now() - since)
    const turn = () => {
      rest = left()
      since = document.hidden ? null : Date.now()
    }
    turn()
    return { left, turn }
  }

  // Whatever interview is going on hears that its page comes or goes.
  let heard = () => {}
  document.addEventListener("visibilitychange", () => heard())
  window.addEventListener("pagehide", () => heard())

  /** @type {(practised: Practice.Data, plan: Practice.Plan, follow: Practice.FollowUps, begun?: Practice.Begun | null) => void} */
  const interview = ({ cards, topics }, plan, follow, begun = null) => {
    const most = plan.minutes * 60_000
    const { left, turn } = timed(Math.min(begun?.left ?? most, most))
    /** @type {Practice.Said[]} */
    const done = (begun?.said ?? []).filter(({ question }) => cards.some(({ number }) => number === question))
    let open = begun?.open ?? null
    let over = begun?.over ?? false

    // Nothing is kept of an interview in which nothing was said.
    const keep = () => {
      if (!done.length && !open) return
      const record = { search: address(plan), left: Math.max(0, Math.floor(left())), over, said: done, open }
      window.miaotuiBegun.write({ version: 1, ...record })
    }
    heard = () => {
      turn()
      keep()
    }

    /** @type {(said: Practice.Said) => Practice.Answer} */
    const answered = ({ question, ticks, follow: asked }) => {
      const card = whole(cards.find(({ number }) => number === question))
      const said = card.points.map(([key, html]) => /** @type {[string, boolean]} */ ([html, ticks.includes(key)]))
      const day = window.miaotuiSchedule.due(progress.reviews(question), exam())
      return {
        card,
        missed: said.filter(([, was]) => !was).length,
        points: said,
        follow: asked.flatMap(([at, was]) => {
          const one = follow[question]?.[at]
          return one ? [/** @type {[string, boolean]} */ ([one[0], was])] : []
        }),
        due: day ? inDays(window.miaotuiSchedule.daysBetween(Date.now(), day)) : ""
      }
    }

    const bar = () =>
      make(
        "div",
        { className: "room__bar" },
        clock(mock.left, () => left() / 1000),
        button(mock.end, end)
      )

    const next = () => draw.next(cards, plan, done.map(answered))
    const step = () => {
      const card = left() > 0 ? next() : null
      if (!card) return end()
      const reveal = button(mock.reveal, () => judge(card))
      reveal.className = "room__primary"
      reveal.dataset.key = "Space"
      show(bar(), ...face(card, topics), sinceNow(practice.time), make("p", { className: "room__acts" }, reveal))
    }

    /** @param {Practice.Card} asked */
    const judge = asked => {
      const card = whole(asked)
      const { box, ticked } = points(card, [], open ?? [])
      const note = () => {
        open = ticked()
        keep()
      }
      note()
      box.addEventListener("change", note)
      const on = button(mock.go_on, () => {
        const ticks = ticked()
        const mark = draw.marked(ticks.length, card.points.length)
        progress.add({ question: card.number, time: Date.now(), mark, ticks: ticks.filter(Boolean) })
        open = null
        done.push({ question: card.number, ticks, follow: [] })
        keep()
        progress.plan().catch(() => {})
        further()
      })
      on.className = "room__primary"
      show(bar(), ...face(card, topics), answer(card), box, make("p", { className: "room__acts" }, on))
    }

    // The follow-ups of what was said last, one by one.
    const further = () => {
      const last = done.at(-1)
      const { card, missed } = answered(last)
      const which = draw.followUps(follow[card.number]?.length ?? 0, plan.seed, card.number, missed)
      const first = which[last.follow.length]
      if (first === undefined || left() <= 0) return step()
      const [question, short] = follow[card.number][first]
      const acts = make("p", { className: "room__acts" })
      const reveal = button(practice.show, () => {
        const shown = written("div", short, "short room__answer")
        acts.before(shown)
        /** @param {boolean} said */
        const judged = said => () => {
          last.follow.push([first, said])
          keep()
          further()
        }
        const [yes, no] = [button(mock.said, judged(true)), button(mock.not_said, judged(false))]
        yes.dataset.key = "1"
        no.dataset.key = "2"
        acts.replaceChildren(yes, no)
        yes.focus()
      })
      reveal.className = "room__primary"
      reveal.dataset.key = "Space"
      acts.append(reveal)
      show(
        bar(),
        make("p", { className: "room__facts" }, `${mock.follow_up}${card.number} ${card.name}`),
        written("h2", question, "room__title room__title--asked"),
        sinceNow(practice.time),
        acts
      )
    }

    const end = () => {
      over = true
      open = null
      keep()
      heard = () => {}
      const anew = button(mock.anew, () => interview({ cards, topics }, plan, follow))
      window.miaotuiReported(done.map(answered), topics, plan, anew)
    }

    if (over) end()
    else if (open && next()) judge(next())
    else if (done.length) further()
    else step()
  }

  // What an interview that was begun offers: to go on with it, or something else.
  /** @type {(begun: Practice.Begun, title: string, ...acts: (Node | false)[]) => Node[]} */
  const offer = (begun, title, ...acts) => {
    const text = mock.begun_text.replace("{}", begun.said.length).replace("{}", told(begun.left / 1000))
    return [
      make("h2", { className: "room__title" }, title),
      make("p", {}, text),
      make("p", { className: "room__acts" }, ...acts)
    ]
  }

  window.miaotuiMock = (practised, more) => {
    /** @param {string} search */
    const asked = search => draw.plan(search, practised.topics.length)
    const plan = asked(location.search)
    const begun = window.miaotuiBegun.read()
    const its = begun && asked(begun.search)
    const same = begun && address(its) === address(plan)
    /** @type {(plan: Practice.Plan, begun?: Practice.Begun) => void} */
    const go = (plan, begun) => {
      more().then(follow => interview(practised, plan, follow, begun))
    }
    const resume = () => {
      history.replaceState(null, "", address(its))
      go(its, begun)
    }
    const on = button(begun?.over ? mock.last : mock.resume, resume)
    if (!plan.seed) {
      if (begun && !begun.over) on.className = "room__primary"
      const before = begun && (begun.over ? [make("p", { className: "room__acts" }, on)] : offer(begun, mock.begun, on))
      return window.miaotuiAsk(practised, plan, before || [])
    }
    if (!begun || (begun.over && !same)) return go(plan)
    if (begun.over) return go(its, begun)
    on.className = "room__primary"
    const anew = button(same ? mock.anew : mock.drop, () => go(plan))
    show(...offer(begun, same ? mock.begun : mock.begun_other, on, anew))
  }
})()
