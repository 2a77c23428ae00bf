"""Every kind of page without JavaScript: all of its text is there to read, and on paper what folds is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.listening import Window, window

KINDS = {
    "home": "",
    "topic": "topics/quantization/",
    "question": "q/30/",
    "written question": "q/12/",
    "article": "articles/inference-speed/",
    "corrections": "corrections/",
    "about": "about/",
    "coding problems": "problems/",
    "coding problem": "problems/online-softmax/",
    "lost": "q/99/",
}
# Text that the page has and does not show. What is [hidden] is there for scripts alone: buttons without use. Nor is
# there any use of a link to report an error on paper. A term's definition opens by a click, and stands in the glossary.
# A strip leads to parts; a question's wording stands once, above the answer or, on a phone, below it.
UNSEEN = """() => {
  const words = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  const unseen = []
  while (words.nextNode()) {
    const { data, parentElement: parent } = words.currentNode
    if (!data.trim() || parent.closest("[hidden], script, annotation, .headerlink, .report, .definition")) continue
    if (parent.closest(".strip, .question__wording")) continue
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) unseen.push(data)
  }
  return unseen
}"""


@pytest.fixture(scope="module")
def kept(chrome: Browser) -> Iterator[Window]:
    with window(chrome, 360, java_script_enabled=False) as made:
        yield made


@pytest.fixture
def page(kept: Window) -> Iterator[Page]:
    # Not listened to: of a page that is not there the browser itself says so.
    yield kept.page
    kept.page.emulate_media(media="null")


@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole(page: Page, written_address: str, folder: str, kind: str) -> None:
    page.goto(written_address + folder + KINDS[kind])
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    # A term opens its definition without a script.
    expect(page.get_by_role("main").locator("button:visible:not(.term)")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if kind not in (
        "home",
        "topic",
        "written question",
        "coding problem",
    ):  # whose folds open by a click: test_written.py
        assert page.evaluate(UNSEEN) == []
    page.emulate_media(media="print")
    assert page.evaluate(UNSEEN) == []
    assert page.pdf().startswith(b"%PDF")


def test_what_is_unseen_is_told(page: Page, written_address: str) -> None:
    page.goto(f"{written_address}q/12/")
    assert any("简述深度学习量化" in text for text in page.evaluate(UNSEEN))
