// The form that asks for a mock interview. Its own address is the interview's, so that no script has to make it.
;(() => {
  "use strict"

  const { words, make, show } = window.miaotuiRoom
  const { mock } = words

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

  // `before` is what stands above it: an interview that was begun.
  /** @type {(practised: Practice.Data, plan: Practice.Plan, before: Node[]) => void} */
  const ask = ({ topics }, plan, before) => {
    const seed = Math.floor(Math.random() * 36 ** 6).toString(36)
    const start = make("button", { type: "submit", className: before.length > 1 ? "" : "room__primary" }, mock.start)
    show(
      ...before,
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

  window.miaotuiAsk = ask
})()
