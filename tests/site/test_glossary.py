"""The glossary's terms in a real browser: opened by keyboard, touch and mouse, with and without scripts, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from miaotui.bank import glossary
from tests.axe import faults_in
from tests.indexes import rows, texts
from tests.listening import Window, listened, quiet, window

TOPIC = "topics/memory-cache/"
# On that page: its first term and the one behind it, and the glossary's name.
FIRST = {"": ("KV Cache", "并发数", "术语表"), "en/": ("KV cache", "concurrency", "Glossary")}
TERMS = {term.id: term for term in glossary.read()[0].terms()}
FOLDERS = pytest.mark.parametrize("folder", FIRST, ids=["zh", "en"], scope="module")
WIDTHS = pytest.mark.parametrize("width", [360, 1440], scope="module")
MOST = 12


@pytest.fixture(scope="module")
def kept(chrome: Browser, width: int) -> Iterator[Window]:
    with window(chrome, width, has_touch=True) as made:
        yield made


@pytest.fixture
def plain(chrome: Browser, width: int) -> Iterator[Page]:
    """A browser without scripts."""
    with window(chrome, width, java_script_enabled=False) as made, listened(made) as opened:
        yield opened


def button(page: Page, folder: str) -> Locator:
    return page.get_by_role("button", name=FIRST[folder][0], exact=True)


def seen(page: Page) -> Locator:
    """The definition that is open."""
    return page.locator(".definition:popover-open")


def test_by_keyboard(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder + TOPIC)
    _, behind, glossary = FIRST[folder]
    button(page, folder).press("Enter")
    expect(seen(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(seen(page).get_by_role("link", name=glossary)).to_be_focused()
    # The end of the definition is the way back into the text.
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=behind, exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    expect(seen(page)).to_have_count(0)
    expect(button(page, folder)).to_be_focused()


def test_by_touch(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder + TOPIC, wait_until="networkidle")
    where = button(page, folder).bounding_box()
    height = page.evaluate("document.documentElement.scrollHeight")
    button(page, folder).tap()
    expect(seen(page)).to_contain_text(TERMS["kv-cache"].word("en" if folder else "zh").definition)
    assert button(page, folder).bounding_box() == where
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.touchscreen.tap(100, 700)
    expect(seen(page)).to_have_count(0)


@WIDTHS
@FOLDERS
def test_a_definition_stands_by_its_term_and_inside_the_window(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder + TOPIC)
    width = page.viewport_size["width"] if page.viewport_size else 0
    terms = page.locator(".term")
    for at in range(terms.count()):
        terms.nth(at).click()
        mine, its = seen(page).bounding_box(), terms.nth(at).bounding_box()
        assert mine
        assert its
        assert mine["x"] >= 0
        assert mine["x"] + mine["width"] <= width
        gap = max(mine["y"] - its["y"] - its["height"], its["y"] - mine["y"] - mine["height"])
        assert 0 <= gap <= 16
        page.keyboard.press("Escape")


def test_its_link_leads_to_the_term(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder + TOPIC)
    button(page, folder).click()
    seen(page).get_by_role("link", name=FIRST[folder][2]).click()
    expect(page).to_have_url(f"{address}{folder}glossary/#kv-cache")
    expect(page.locator("h3#kv-cache")).to_be_in_viewport()


def test_a_term_tells_its_name_state_and_definition(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder + TOPIC)
    told = page.context.new_cdp_session(page)
    name, definition = FIRST[folder][0], TERMS["kv-cache"].word("en" if folder else "zh").definition
    for expanded in (False, True):
        if expanded:
            button(page, folder).click()
        # Playwright's own roles know aria-expanded; a browser tells it of a popover's button by itself.
        nodes = told.send("Accessibility.getFullAXTree")["nodes"]
        named = [one for one in nodes if "name" in one and one["role"]["value"] == "button"]
        (node,) = (one for one in named if one["name"]["value"] == name)
        states = {one["name"]: one["value"]["value"] for one in node["properties"] if "value" in one["value"]}
        assert (node["description"]["value"], states["expanded"]) == (definition, expanded)


@WIDTHS
@FOLDERS
def test_axe_finds_nothing(page: Page, address: str, folder: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    for path in (TOPIC, "q/10/", "glossary/"):
        page.goto(address + folder + path)
        if path != "glossary/":
            page.locator(".term").first.click()
            expect(seen(page)).to_be_visible()
        assert faults_in(page, ("light", "dark")) == [], path


def test_without_scripts(plain: Page, address: str, folder: str) -> None:
    plain.goto(address + folder + TOPIC)
    button(plain, folder).press("Enter")
    expect(seen(plain)).to_be_visible()
    plain.keyboard.press("Escape")
    expect(seen(plain)).to_have_count(0)


@FOLDERS
def test_offline(chrome: Browser, offline: Path, folder: str) -> None:
    with quiet(chrome, offline=True) as page:
        page.goto((offline / folder / "topics/memory-cache.html").as_uri())
        button(page, folder).click()
        seen(page).get_by_role("link", name=FIRST[folder][2]).click()
        expect(page).to_have_url(re.compile(rf"/{folder}glossary\.html#kv-cache$"))


@WIDTHS
@FOLDERS
def test_no_line_parts_a_term_from_its_marks(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}q/10/")
    lines = page.locator(".together:has(> .term)").evaluate_all("kept => kept.map(one => one.getClientRects().length)")
    assert lines
    assert set(lines) == {1}


def test_paper_shows_text(page: Page, address: str) -> None:
    page.goto(address + TOPIC)
    button(page, "").click()
    page.emulate_media(media="print")
    expect(seen(page)).not_to_be_visible()
    assert page.locator(".term").first.evaluate("term => getComputedStyle(term).textDecorationLine") == "none"


def test_a_copied_paragraph_is_the_paragraph(page: Page, address: str) -> None:
    page.goto(address + TOPIC)
    select = "text => { getSelection().selectAllChildren(text); return getSelection().toString() }"
    assert (
        page.locator("h1#topic + p").evaluate(select)
        == "显存放得下多少，决定能同时服务多少人；先算权重，再算 KV Cache。"
    )


def pages(online: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Place and HTML of every page of a language."""
    for path in sorted((online / folder).rglob("index.html")):
        place = path.relative_to(online / folder).parent.as_posix()
        if folder or not place.startswith("en"):
            yield place, path.read_text(encoding="utf-8")


@FOLDERS
def test_terms_are_linked_where_they_should_be(online: Path, folder: str) -> None:
    linked = set()
    for place, html in pages(online, folder):
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), place
        targets = re.findall(r'popovertarget="term-([\w-]+)"', html)
        assert len(targets) == len(set(targets)) <= MOST, place
        assert targets == re.findall(r'<div popover id="term-([\w-]+)"', html), place
        if targets:
            linked.add(place.partition("/")[0])
    assert linked == {"q", "topics", "calc"}


@FOLDERS
def test_the_glossary_has_every_term(online: Path, folder: str) -> None:
    html = (online / folder / "glossary/index.html").read_text(encoding="utf-8")
    assert sorted(re.findall(r'<h3 id="([\w-]+)"', html)) == sorted(TERMS)
    other = "zh" if folder else "en"
    assert all(f'lang="{other}">{term.word(other).term}</em>' in html.replace("&#39;", "'") for term in TERMS.values())


@FOLDERS
def test_definitions_are_in_the_glossary_only(online: Path, folder: str) -> None:
    code = folder.strip("/") or "zh"
    docs = [*texts(online, code).items(), *((f"{folder}{row.place}", row.lead) for row in rows(online, code))]
    docs += [(path.name, path.read_text(encoding="utf-8")) for path in (online / folder).rglob("*.md")]
    for term in TERMS.values():
        places = {place for place, said in docs if term.word(code).definition in said}
        assert places == {f"{folder}glossary/#{term.id}", "glossary.md"}, term.id
