"""The site in a real browser, over http and from file:// with the network cut."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts.bench import first_visit
from tests.listening import Window, quiet, window
from tests.opening import settled
from tests.searching import search


@pytest.fixture(params=[(360, "dark"), (1440, "light")], ids=str)
def reader(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Window]:
    width, scheme = request.param
    with window(chrome, width, color_scheme=scheme) as made:
        yield made


def test_the_index_waits_for_the_search(reader: Window, address: str) -> None:
    reader.page.goto(f"{address}q/12/", wait_until="networkidle")
    assert not [url for url in reader.asked if "/search/zh" in url or "/search/engine" in url]


@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_a_first_visit_is_small_and_asks_for_few_files(
    chrome: Browser, address: str, folder: str, online: Path
) -> None:
    pages = {page: len(gzip.compress(page.read_bytes())) for page in (online / folder / "q").glob("*/index.html")}
    heaviest = sorted(pages, key=pages.__getitem__)[-3:]
    for page in heaviest:
        files = first_visit(chrome, f"{address}{folder}q/{page.parent.name}/")
        serif = sum(size for url, size in files.items() if "/assets/serif/" in url)
        assert serif, files
        assert sum(files.values()) - serif <= 70_000, (page, files)
        assert sum(files.values()) <= 110_000, (page, files)
        assert len(files) <= 12, (page, files)


@pytest.mark.parametrize("path", ["", "q/12/", "en/q/12/", "topics/quantization/", "en/corrections/"])
def test_a_page_is_quiet_and_asks_nobody(reader: Window, address: str, path: str) -> None:
    reader.page.goto(address + path, wait_until="networkidle")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    assert not reader.said
    assert not [url for url in reader.asked if not url.startswith((address, "data:"))]
    assert reader.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


SHIFTS = """() => new Promise(told => {
  const moved = []
  new PerformanceObserver(list => moved.push(...list.getEntries().map(entry => entry.value)))
    .observe({ type: "layout-shift", buffered: true })
  requestAnimationFrame(() => requestAnimationFrame(() => told(moved.reduce((sum, one) => sum + one, 0))))
})"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "path",
    [
        *("", "q/12/", "topics/quantization/", "en/", "en/q/12/", "en/topics/quantization/"),
        # Into a fold, as the links of old lead.
        *("topics/quantization/#q12", "en/topics/quantization/#q12", "q/12/#as-received"),
    ],
)
def test_nothing_moves_when_the_scripts_have_run(chrome: Browser, address: str, path: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    # The scripts come long after the first paint, as over a slow line.
    page.route("**/*.js", lambda _: None)
    with page.expect_request("**/miaotui.js"):
        page.goto(address + path, wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(100)
    page.unroute("**/*.js")  # lets go of those held
    settled(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) < 0.01
    context.close()


def test_without_scripts_nothing_keeps_their_place(chrome: Browser, address: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    for path, places in {
        "": [".home-tools", ".filters", ".md-search"],
        "q/12/": [".question__tools", ".md-search"],
    }.items():
        page.goto(address + path)
        for place in places:
            expect(page.locator(place)).to_be_hidden()
            assert page.locator(place).bounding_box() is None
    context.close()


def test_the_language_switch_keeps_question_and_heading(reader: Window, address: str) -> None:
    reader.page.goto(f"{address}topics/quantization/#q24")
    reader.page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(reader.page).to_have_url(f"{address}en/topics/quantization/#q24")
    reader.page.goto(f"{address}en/q/12/")
    reader.page.get_by_role("banner").get_by_role("link", name="中文").click()
    expect(reader.page).to_have_url(f"{address}q/12/")


@pytest.mark.parametrize(
    ("start", "words", "best"),
    [("index.html", "量化", "q/12.html"), ("en/index.html", "knowledge distillation", "en/q/3.html")],
)
def test_the_offline_copy_needs_no_network(chrome: Browser, offline: Path, start: str, words: str, best: str) -> None:
    with quiet(chrome, offline=True) as page:
        page.goto((offline / start).as_uri())
        assert search(page, words).partition("?")[0] == (offline / best).as_uri()
        page.goto((offline / best).as_uri())
        other = "中文" if start.startswith("en/") else "English"
        page.get_by_role("banner").get_by_role("link", name=other).click()
        mirrored = best.removeprefix("en/") if start.startswith("en/") else f"en/{best}"
        expect(page).to_have_url((offline / mirrored).as_uri())
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--mt-red').trim()")
