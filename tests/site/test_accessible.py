"""Nothing keeps a reader out: axe on every kind of page, light and dark, both languages, phone and desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js"
KINDS = [
    *("", "q/12/", "topics/memory-cache/", "corrections/", "articles/inference-speed/", "about/", "q/99/"),
    *("calc/", "calc/kv-cache/", "calc/batch-size/", "calc/quantization-error/", "calc/schedule/"),
    *("problems/", "problems/online-softmax/"),
]
RUN = """async () => (await axe.run(document)).violations.flatMap(
  found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`))"""


@pytest.fixture(params=[(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")], ids=str)
def page(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = chrome.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    return list(page.evaluate(RUN))


@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_axe_finds_nothing(page: Page, address: str, folder: str) -> None:
    found = {}
    for kind in KINDS:
        page.goto(address + folder + kind)
        if kind == "topics/memory-cache/":
            page.locator(".reading-mode button").nth(1).click()
        found[kind] = faults(page)
    assert {kind: told for kind, told in found.items() if told} == {}


@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_axe_finds_nothing_on_a_written_page(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    assert faults(page) == []
    for fold in page.locator("article summary").all():
        fold.click()
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    assert faults(page) == []
    page.goto(f"{written_address}{folder}topics/quantization/")
    assert faults(page) == []
    page.goto(written_address + folder)
    page.locator(".path button").first.click()
    assert faults(page) == []


def test_axe_is_at_work(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelector('.md-content').insertAdjacentHTML('beforeend', '<img src=\"x\">')")
    assert any(fault.startswith("image-alt") for fault in faults(page))


def test_the_keyboard_reaches_a_question_and_its_tools(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if page.evaluate("document.activeElement.matches('.md-content *')"):
            assert outline != "none", seen[-1]
    assert "这题我会答" in seen
    assert "复制链接" in seen
    expect(page.locator("html")).to_have_attribute("lang", "zh")
