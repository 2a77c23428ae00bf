// A mock interview that was begun, as a browser keeps it: an app that is called away from a page may throw it away.
// Written after each thing said, read when the page comes again.
//
// {version: 1, search: "?mode=mock&level=2&minutes=30&seed=abc", left: 1234567, over: false,
//  said: [{question: 19, ticks: ["848051ba"], follow: [[2, true]]}], open: ["848051ba"]}
//
// `search` is the interview's address, `left` what is left of its time in milliseconds, `over` says that its report
// stands there. `follow` has the places of the follow-ups that were asked. `open` has what is ticked so far of the
// question whose answer is shown, and is null where none is. The tick "" is that of a question without points.
;(() => {
  "use strict"

  // Not "miaotui.": a page with such keys is another with its scripts, which main.html therefore asks for at once.
  const KEY = "miaotui-mock"
  const UNREAD = `${KEY}.unread.`

  /** @param {any} value */
  const whole = value => Number.isSafeInteger(value) && value >= 0
  /** @param {any} ticks */
  const ticked = ticks =>
    Array.isArray(ticks) && ticks.every(one => typeof one === "string" && /^([\da-f]{8})?$/.test(one))
  /** @param {any} pair */
  const followed = pair => Array.isArray(pair) && whole(pair[0]) && typeof pair[1] === "boolean"
  /** @param {any} one */
  const said = one =>
    whole(one?.question) && ticked(one.ticks) && Array.isArray(one.follow) && one.follow.every(followed)
  /** @param {any} search */
  const address = search => typeof search === "string" && /^\?mode=mock&[\w=&]*\bseed=[a-z\d]{1,12}$/.test(search)

  // What a browser may have kept; null where it is no interview of this version. What is asked may be any text.
  /** @type {(text: string) => Practice.Begun | null} */
  const parsed = text => {
    try {
      const record = JSON.parse(text)
      const known =
        record?.version === 1 &&
        address(record.search) &&
        whole(record.left) &&
        typeof record.over === "boolean" &&
        Array.isArray(record.said) &&
        record.said.every(said) &&
        (record.open === null || ticked(record.open))
      return known ? record : null
    } catch {
      return null
    }
  }

  // Where what cannot be read could not be put aside it stays, and this interview lasts as long as the page.
  let closed = false
  /** @param {Practice.Begun} record */
  const write = record => {
    const { keep, unkept } = window.miaotui
    const text = JSON.stringify(record)
    if (closed) unkept.set(KEY, text)
    else keep(KEY, text)
  }

  // What was put aside is taken in once it can be read.
  const aside = () => {
    try {
      const key = Object.keys(localStorage).find(one => one.startsWith(UNREAD) && parsed(localStorage.getItem(one)))
      const text = key && localStorage.getItem(key)
      if (text && window.miaotui.keep(KEY, text)) localStorage.removeItem(key)
      return text ? parsed(text) : null
    } catch {
      return null // Nothing is kept here, as the page says.
    }
  }

  // What cannot be read is perhaps a newer version's: it is put aside and not written over.
  const read = () => {
    const { kept, keep, tell, button, save } = window.miaotui
    const text = kept(KEY)
    const record = text ? parsed(text) : aside()
    if (record || !text) return record
    closed = !keep(`${UNREAD}${Date.now()}`, text)
    if (!closed) keep(KEY, "")
    tell("interview_unread", told =>
      button(told.save_unread, () => save(text, "miaotui-unread.json", "application/json"))
    )
    return null
  }

  window.miaotuiBegun = { parsed, read, write }
})()
