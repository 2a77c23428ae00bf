"""Nothing keeps a reader out: axe on every kind of page, light and dark, both languages, phone and desktop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import Scheme, faults_in

KINDS = [
    *("", "q/12/", "topics/memory-cache/", "corrections/", "articles/inference-speed/", "about/", "q/99/"),
    *("calc/", "calc/kv-cache/", "calc/batch-size/", "calc/quantization-error/", "calc/schedule/"),
    *("problems/", "problems/online-softmax/"),
]
FOCUSED = """() => {
  const focused = document.activeElement
  return [focused.textContent.trim(), focused.matches(".md-content *"), getComputedStyle(focused).outlineStyle]
}"""
SCHEMES: dict[int, tuple[Scheme, Scheme]] = {360: ("dark", "light"), 1440: ("light", "dark")}
"""By the width: a phone opens each page in dark, a desktop in light, and then the system changes."""


@pytest.fixture(params=[(360, "dark"), (1440, "light")], ids=str)
def page(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = chrome.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", SCHEMES)
@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_axe_finds_nothing(chrome: Browser, address: str, folder: str, width: int) -> None:
    schemes, found = SCHEMES[width], {}
    context = chrome.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    for kind in KINDS:
        page.emulate_media(color_scheme=schemes[0])
        page.goto(address + folder + kind)
        if kind == "topics/memory-cache/":
            page.locator(".reading-mode button").nth(1).click()
        found[kind] = faults_in(page, schemes)
    context.close()
    assert {kind: told for kind, told in found.items() if told} == {}


@pytest.mark.parametrize("width", SCHEMES)
@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_axe_finds_nothing_on_a_written_page(chrome: Browser, written_address: str, folder: str, width: int) -> None:
    schemes = SCHEMES[width]
    context = chrome.new_context(
        viewport={"width": width, "height": 800}, color_scheme=schemes[0], reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{written_address}{folder}q/12/")
    assert faults_in(page, schemes) == []
    for fold in page.locator("article summary").all():
        fold.click()
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    assert faults_in(page, schemes) == []
    page.goto(f"{written_address}{folder}topics/quantization/")
    assert faults_in(page, schemes) == []
    page.goto(written_address + folder)
    page.locator(".path button").first.click()
    assert faults_in(page, schemes) == []
    context.close()


def test_axe_is_at_work(page: Page, address: str) -> None:
    page.goto(address)
    pale = '<img src="x"><p style="color: #888; background: #999">pale</p>'
    page.locator(".md-content").evaluate("(place, html) => place.insertAdjacentHTML('beforeend', html)", pale)
    found = [fault.split(": ")[:2] for fault in faults_in(page, ("light", "dark"))]
    assert found == [[scheme, rule] for scheme in ("light", "dark") for rule in ("color-contrast", "image-alt")]


def test_the_keyboard_reaches_a_question_and_its_tools(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, inside, outline = page.evaluate(FOCUSED)
        seen.append(name)
        assert not inside or outline != "none", name
    assert "这题我会答" in seen
    assert "复制链接" in seen
    expect(page.locator("html")).to_have_attribute("lang", "zh")
