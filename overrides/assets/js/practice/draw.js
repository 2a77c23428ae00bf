// Which question comes next: when practising, in the last hour, in a mock interview. Chance comes of a seed alone, so
// that an address shares an interview. It touches no page.
;(() => {
  "use strict"

  const MINUTES_A_CARD = 2
  const NEW_A_DAY = 5

  // A number from 0 to 1 for a text, always the same one: FNV-1a, its bits mixed as in MurmurHash3.
  /** @param {string} text */
  const chance = text => {
    let hash = 0x811c9dc5
    for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
  }

  // What is due, longest first, and the new questions of a day, those asked most first. `due` has the first moment of
  // the day of each question that was marked; with an exam the new ones are spread over the days until it.
  /** @type {(cards: Practice.Card[], due: Map<number, number>, now: number, days: number | null, done: number) => Practice.Queue} */
  const queue = (cards, due, now, days, done) => {
    const again = cards.filter(({ number }) => due.get(number) <= now)
    const fresh = cards.filter(({ number }) => !due.has(number)).sort((one, other) => other.weight - one.weight)
    const most = days === null ? NEW_A_DAY : Math.ceil((fresh.length + done) / Math.max(1, days))
    return {
      due: again.sort((one, other) => due.get(one.number) - due.get(other.number) || other.weight - one.weight),
      fresh: fresh.slice(0, Math.max(0, most - done)),
      left: fresh.length
    }
  }

  // The cards of an hour: those asked most, in the order in which they came.
  /** @type {(cards: Practice.Card[], minutes: number) => Practice.Card[]} */
  const hour = (cards, minutes) => {
    const most = [...cards].sort((one, other) => other.weight - one.weight)
    const chosen = new Set(most.slice(0, Math.floor(minutes / MINUTES_A_CARD)))
    return cards.filter(card => chosen.has(card))
  }

  // The next question of an interview, null where none is left: of the level asked for, or of the next one after an
  // answer that missed nothing. Of two, the one asked twice as often comes first twice as often (Efraimidis and Spirakis).
  /** @type {(cards: Practice.Card[], plan: Practice.Plan, asked: { card: Practice.Card, missed: number }[]) => Practice.Card | null} */
  const next = (cards, { seed, level, topics }, asked) => {
    const last = asked.at(-1)
    const wanted = last && !last.missed ? Math.min(3, last.card.level + 1) : level
    const taken = new Set(asked.map(({ card }) => card.number))
    const left = cards.filter(card => !taken.has(card.number) && (!topics.length || topics.includes(card.topic)))
    const away = /** @param {Practice.Card} card */ ({ level }) => Math.abs(level - wanted) + (level > wanted ? 0.5 : 0)
    const nearest = Math.min(...left.map(away))
    const key = /** @param {Practice.Card} card */ ({ number, weight }) =>
      Math.log(chance(`${seed} ${number}`) || 1e-9) / (weight + 1)
    return left.filter(card => away(card) === nearest).sort((one, other) => key(other) - key(one))[0] ?? null
  }

  // Which follow-ups an answer that missed something leads to, two at most, in an order of the seed's.
  /** @type {(count: number, seed: string, number: number, missed: number) => number[]} */
  const followUps = (count, seed, number, missed) =>
    [...Array(count).keys()]
      .sort((one, other) => chance(`${seed} ${number}.${one}`) - chance(`${seed} ${number}.${other}`))
      .slice(0, Math.min(2, missed))

  // The mark of an answer by its points.
  /** @type {(said: number, all: number) => Practice.Mark} */
  const marked = (said, all) => (said === all ? "good" : said * 2 >= all ? "hard" : "again")

  // What an address asks for, and nothing else: it may be any.
  /** @type {(search: string, topics: number) => Practice.Plan} */
  const plan = (search, topics) => {
    const asked = new URLSearchParams(search)
    const among = /** @type {(name: string, of: number[], or: number) => number} */ (name, of, or) =>
      of.includes(Number(asked.get(name))) ? Number(asked.get(name)) : or
    const chosen = asked.getAll("topic").map(Number)
    return {
      seed: /^[a-z\d]{1,12}$/.test(asked.get("seed") ?? "") ? asked.get("seed") : "",
      level: among("level", [1, 2, 3], 2),
      minutes: among("minutes", [15, 30, 45], 30),
      topics: [...new Set(chosen)].filter(at => Number.isInteger(at) && at >= 0 && at < topics)
    }
  }

  window.miaotuiDraw = { chance, queue, hour, next, followUps, marked, plan }
})()
