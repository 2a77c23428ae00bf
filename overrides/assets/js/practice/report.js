// What an interview leaves: by topic and point, what was said, where to read, what comes back when; as Markdown.
;(() => {
  "use strict"

  // Formulas as TeX, everything else as it is read.
  /** @param {string} html */
  const plain = html => {
    const made = document.createElement("template")
    made.innerHTML = html
    for (const formula of made.content.querySelectorAll(".katex")) {
      formula.replaceWith(`$${formula.querySelector("annotation")?.textContent.trim()}$`)
    }
    return made.content.textContent.replace(/\s+/g, " ").trim()
  }

  /** @type {(done: Practice.Answer[], topics: string[]) => [string, Practice.Answer[]][]} */
  const byTopic = (done, topics) =>
    topics
      .map(
        (title, at) =>
          /** @type {[string, Practice.Answer[]]} */ ([title, done.filter(({ card }) => card.topic === at)])
      )
      .filter(([, answers]) => answers.length)

  /** @type {(done: Practice.Answer[], topics: string[], words: Practice.Words["mock"], head: string, base: string) => string} */
  const markdown = (done, topics, words, head, base) => {
    const lines = [`# ${head}`, ""]
    for (const [title, answers] of byTopic(done, topics)) {
      lines.push(`## ${title}`, "")
      for (const { card, points, follow, due } of answers) {
        const address = new URL(card.address, base).href
        lines.push(`### ${card.number}. ${card.name}`, "", card.wording, "")
        for (const [html, said] of points) lines.push(`- [${said ? "x" : " "}] ${plain(html)}`)
        for (const [html, said] of follow) lines.push(`- [${said ? "x" : " "}] ${words.follow_up}${plain(html)}`)
        lines.push("", `${words.read}[${card.number}. ${card.name}](${address})`)
        lines.push(...(due ? [words.comes.replace("{}", due)] : []), "")
      }
    }
    return `${lines.join("\n").trim()}\n`
  }

  window.miaotuiReport = { byTopic, markdown, plain }
})()
