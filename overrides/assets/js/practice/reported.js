// The report that ends a mock interview, as it stands in the page: to read, to print, to copy.
;(() => {
  "use strict"

  const { words, make, written, show } = window.miaotuiRoom
  const { button, copy } = window.miaotui
  const { mock } = words

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

  /** @type {(answer: Practice.Answer) => (Node | false)[]} */
  const part = ({ card, points, follow, due }) => [
    make("h4", {}, `${card.number}. ${card.name}`),
    rows(points, ""),
    rows(follow, mock.follow_up),
    make(
      "p",
      {},
      mock.read,
      make("a", { href: card.address }, `${card.number}. ${card.name}`),
      due && ` ${mock.comes.replace("{}", due)}`
    )
  ]

  // Where links of a copied report lead: a file's own address is nobody else's.
  const base = () =>
    (location.protocol === "file:" &&
      /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=canonical]"))?.href) ||
    location.href

  /** @type {(done: Practice.Answer[], topics: string[], plan: Practice.Plan, anew: HTMLElement) => void} */
  const reported = (done, topics, { level, minutes, topics: chosen }, anew) => {
    const good = done.filter(({ missed }) => !missed).length
    const head = mock.report.replace("{}", words.levels[level - 1]).replace("{}", minutes)
    const again = `?mode=mock&level=${level}&minutes=${minutes}${chosen.map(at => `&topic=${at}`).join("")}`
    show(
      make("h2", { className: "room__title" }, head),
      make("p", {}, mock.summary.replace("{}", done.length).replace("{}", good)),
      ...window.miaotuiReport
        .byTopic(done, topics)
        .flatMap(([title, answers]) => [make("h3", {}, title), ...answers.flatMap(part)]),
      make(
        "p",
        { className: "room__acts" },
        button(mock.print, () => window.print()),
        button(mock.markdown, made => {
          copy(window.miaotuiReport.markdown(done, topics, mock, head, base()), made)
        }),
        anew,
        make("a", { href: again }, mock.again)
      )
    )
  }

  window.miaotuiReported = reported
})()
