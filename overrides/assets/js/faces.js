// The letters of formulas come once the page has been painted: they are a quarter of what it weighs, and until then
// the system's stand in for them. Without scripts the page asks for them itself.
(() => {
  "use strict"

  const { faces } = document.currentScript.dataset
  if (!faces) return

  const load = () => {
    const style = document.createElement("link")
    style.rel = "stylesheet"
    style.href = faces
    document.head.append(style)
  }
  if (!window.PerformanceObserver?.supportedEntryTypes?.includes("paint")) {
    load()
    return
  }
  new PerformanceObserver((_, observer) => {
    observer.disconnect()
    load()
  }).observe({ type: "paint", buffered: true })
})()
