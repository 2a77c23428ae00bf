"""Finds words in the wrong language, on an open page: what a screen reader would read out with the wrong voice."""

from __future__ import annotations

from playwright.sync_api import Page

_UNMARKED = """() => {
  const han = /[\\u3400-\\u9fff]/
  const chinese = element => element.closest("[lang]").lang.startsWith("zh")
  const found = []
  for (const element of document.querySelectorAll("body, body *:not(script, style, template)")) {
    if (chinese(element)) continue
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && han.test(node.data)) found.push(node.data.trim())
    }
    for (const name of ["title", "aria-label", "alt", "placeholder"]) {
      const said = element.getAttribute(name) ?? ""
      if (han.test(said)) found.push(`${name}: ${said}`)
    }
  }
  return [...(han.test(document.title) && !chinese(document.head) ? [document.title] : []), ...found]
}"""


def chinese_not_said_to_be(page: Page) -> list[str]:
    """The texts and labels with Chinese characters that are not marked as Chinese."""
    return list(page.evaluate(_UNMARKED))
