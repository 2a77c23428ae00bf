"""Types into the search of an open page."""

from __future__ import annotations

from playwright.sync_api import Page


def type_words(page: Page, words: str) -> None:
    """Puts the words into the search field as a reader's paste does, without a key."""
    page.locator("input[name=query]").fill(words)


def search(page: Page, words: str) -> str:
    """The address of the first result, once there is one."""
    page.keyboard.press("/")
    type_words(page, words)
    page.locator(".md-search-result:not([aria-busy]) .md-search-result__link").first.wait_for()
    first = page.locator(".md-search-result__link").first
    return str(first.evaluate("link => link.href"))


# In the page, which paints no frame between two queries: a reader does not look on.
_RESULTS = """async queries => {
  const field = document.querySelector("input[name=query]")
  const said = document.querySelector(".md-search-result__meta")
  const result = said.parentElement
  const nothingTyped = () => /键入以开始搜索|Type to start/.test(said.textContent)
  const until = come => new Promise((done, failed) => {
    const look = () => { if (come()) { watch.disconnect(); clearTimeout(late); done() } }
    const watch = new MutationObserver(look)
    const late = setTimeout(failed, 15_000, new Error(`no results for ${field.value} in 15 s`))
    watch.observe(said, { childList: true, characterData: true, subtree: true })
    // What is found first may be put in order once the words of the texts have come.
    watch.observe(result, { attributeFilter: ["aria-busy"] })
    look()
  })
  const type = words => {
    field.value = words
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }
  const found = []
  for (const words of queries) {
    // No words between two queries: so neither a list nor its absence is taken for the next one's.
    type("")
    await until(nothingTyped)
    type(words)
    await until(() => !nothingTyped() && !result.ariaBusy)
    const links = document.querySelectorAll(".md-search-result__item > .md-search-result__link")
    found.push([...new Set([...links].map(link => link.pathname))])
  }
  return found
}"""


def results(page: Page, queries: list[str]) -> list[list[str]]:
    """For each query the paths of the results' pages, in order, each once. The search is open, with its index."""
    found: list[list[str]] = page.evaluate(_RESULTS, queries)
    return found
