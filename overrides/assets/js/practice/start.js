// Fetches what is asked, and opens the way of practising that the address names.
;(async () => {
  "use strict"

  const { script, progress } = window.miaotui
  const { place, words, make } = window.miaotuiRoom
  const { data, followUps } = place.dataset
  const mode = new URLSearchParams(location.search).get("mode")

  // What was put aside because it could not be read is taken in once it can be.
  try {
    for (const key of Object.keys(localStorage).filter(one => one.startsWith("miaotui.progress.unread."))) {
      const record = window.miaotuiRecord.parsed(localStorage.getItem(key))
      if (record && progress.merge(record)) localStorage.removeItem(key)
    }
  } catch {
    // Nothing is kept here, as the page says.
  }

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".room__modes a"))) {
    const its = new URL(link.href).searchParams.get("mode")
    if (its === (mode === "hour" || mode === "mock" ? mode : null)) link.setAttribute("aria-current", "page")
  }
  try {
    await progress.plan()
    await script(data)
  } catch {
    place.replaceChildren(make("p", { role: "status" }, words.practice.unloaded))
    return
  }
  const practised = window.miaotuiPractice
  document.getElementById("practice-settings").hidden = mode === "hour" || mode === "mock"
  if (mode === "hour") window.miaotuiHour(practised)
  else if (mode === "mock") {
    window.miaotuiMock(practised, async () => {
      await script(followUps).catch(() => {})
      return window.miaotuiFollowUps ?? {}
    })
  } else window.miaotuiTrain(practised)
})()
