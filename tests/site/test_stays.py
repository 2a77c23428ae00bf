"""The site kept in a browser: asked for by the reader alone, changed whole or not at all, gone without a trace."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from miaotui.base.words import words
from miaotui.site import stays
from tests.axe import faults
from tests.searching import search
from tests.site.test_policy import inline, stated
from tests.staying import PORTAL, Host, at, corrected, small

SAID = words("en").stays
OLD, NEW = "batch 148", "batch 147"
"""A digit of question 12, which also stands in what practice and the search have of it."""
FILES = tuple(f"/{name}" for name in (stays.LIST, stays.VERSION, stays.WORKER))
LEFT = """async () => [
  (await navigator.serviceWorker.getRegistrations()).length, await caches.keys(), Object.keys(localStorage),
  Object.keys(sessionStorage), (await indexedDB.databases()).length]"""
TEXT = "place => fetch(place).then(response => response.text())"


def policed(file: bytes) -> dict[str, str]:
    return {"Content-Security-Policy": stated().replace("<hashes>", " ".join(inline(file)))}


@pytest.fixture(scope="module")
def first(online: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("first") / "site"
    small(online, site, OLD)
    return site


@pytest.fixture
def searched(online: Path, host: Host, tmp_path: Path) -> None:
    """Has the site of the host whole for whoever searches in English."""
    host.site = tmp_path / "searched"
    small(online, host.site, OLD, ("en",))


@pytest.fixture(scope="module")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The same site with one digit put right, and where it stood."""
    site = tmp_path_factory.mktemp("second") / "site"
    small(first, site, OLD)
    return site, corrected(site, OLD, NEW)


@contextmanager
def visited(chrome: Browser, host: Host) -> Iterator[tuple[BrowserContext, Page, str]]:
    with at(host) as address:
        context = chrome.new_context()
        yield context, context.new_page(), address
        context.close()


@pytest.fixture
def host(first: Path) -> Host:
    return Host(first, headers=policed)


@pytest.fixture
def reading(chrome: Browser, host: Host) -> Iterator[tuple[BrowserContext, Page, str]]:
    with visited(chrome, host) as made:
        yield made


Reading = tuple[BrowserContext, Page, str]


def status(page: Page, address: str) -> str:
    """What the page says of what is kept."""
    page.goto(f"{address}en/about/")
    expect(page.locator(".stays__status")).not_to_be_empty()
    return page.locator(".stays__status").inner_text()


def keep(page: Page, address: str, choice: int = 0) -> str:
    """Keeps the site as a reader does; what the page says in the end."""
    status(page, address)
    page.locator(".stays input").nth(choice).check()
    page.locator(".stays__tools button").first.click()
    expect(page.locator(".stays__tools button").first).to_be_enabled(timeout=60_000)
    return page.locator(".stays__status").inner_text()


def short(page: Page, address: str) -> str:
    page.goto(f"{address}en/q/12/")
    return page.locator("article").inner_text()


def test_nothing_is_asked_for_before_the_reader_asks(host: Host, reading: Reading) -> None:
    _, page, address = reading
    for place in ("en/", "en/q/12/", "en/calc/kv-cache/"):
        page.goto(address + place)
    assert not [path for path in host.asked if "stays" in path]
    assert status(page, address) == SAID["none"]
    assert {path for path in host.asked if "stays" in path} == {"/assets/js/stays.js", "/assets/css/stays.css"}
    assert page.evaluate(LEFT)[:2] == [0, []]


def test_the_size_is_said_before_and_is_that_of_the_list(host: Host, reading: Reading) -> None:
    _, page, address = reading
    host.headers = lambda _: {}  # axe is a script of its own
    page.goto(f"{address}en/")
    page.get_by_role("link", name=SAID["offer"]).click()
    expect(page).to_have_url(re.compile("/en/about/#stays$"))
    expect(page.locator("#stays")).to_be_in_viewport()
    said = page.locator(".stays label").all_inner_texts()
    assert [SAID[name] in line for name, line in zip(("one", "both", "read"), said, strict=True)] == [True] * 3
    sizes = json.loads(page.locator("#stays").get_attribute("data-sizes") or "")
    kept = sum(sizes[name][1] for name in ("shared", "en"))
    assert f"{kept / 1e6:.1f} MB in the browser" in said[0]
    assert faults(page) == []


@pytest.mark.usefixtures("searched")
def test_what_is_kept_opens_without_a_network(host: Host, reading: Reading) -> None:
    _, page, address = reading
    told = keep(page, address)
    files = json.loads((host.site / stays.LIST).read_text(encoding="utf-8"))["files"].values()
    mine = [size for size, _, group in files if group in ("shared", "en")]
    assert f"version v1 ({(host.site / stays.VERSION).read_text()[:8]})" in told
    assert f"{sum(mine) / 1e6:.1f} MB in {len(mine)} files" in told
    host.cut = True
    page.goto(f"{address}en/q/13?from=chat#short")
    assert page.url == f"{address}en/q/13/?from=chat#short"
    expect(page.locator("#short")).to_be_in_viewport()
    page.goto(f"{address}en/q/13/index.html")
    assert "/en/q/12/" in search(page, "quantization implemented")
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("article h1")).to_contain_text("12. ")
    page.goto(f"{address}en/calc/kv-cache/?layers=40")
    before = page.locator("[data-output]").first.inner_text()
    page.locator(".calculator input").first.fill("80")
    expect(page.locator("[data-output]").first).not_to_have_text(before)
    page.goto(f"{address}en/practice/")
    page.keyboard.press("Space")
    expect(page.locator(".room__answer")).to_be_visible()
    assert status(page, address).startswith(told.partition(";")[0])


@pytest.mark.parametrize(("place", "code"), [("q/12/", "zh"), ("en/q/99/", "en")])
def test_a_page_that_is_not_kept_says_so(host: Host, reading: Reading, place: str, code: str) -> None:
    _, page, address = reading
    keep(page, address)
    host.cut = True
    page.goto(address + place)
    said = words(code).stays
    assert page.locator("html").get_attribute("lang") == code
    assert page.locator("body").inner_text().split("\n\n") == [said["away"], said["away_why"], said["home"]]
    page.get_by_role("link").click()
    expect(page).to_have_url(address + ("en/" if code == "en" else ""))
    expect(page.locator("#home")).to_be_visible()


def test_both_languages_and_their_searches(chrome: Browser, online: Path, tmp_path: Path) -> None:
    small(online, tmp_path / "site", OLD, ("zh", "en"))
    host = Host(tmp_path / "site", headers=policed)
    with visited(chrome, host) as (context, page, address):
        assert SAID["both"] in keep(page, address, 1)
        context.set_offline(True)
        for folder, query in (("", "量化"), ("en/", "quantization implemented")):
            page.goto(f"{address}{folder}q/13/")
            assert "/q/12/" in search(page, query)
        page.goto(f"{address}en/q/12/")
        page.locator(".other-language").first.click()
        expect(page).to_have_url(re.compile(r"[^n]/q/12/"))
        expect(page.locator("html")).to_have_attribute("lang", "zh")


def test_one_reload_brings_the_new_digit_everywhere(
    host: Host, reading: Reading, second: tuple[Path, list[str]]
) -> None:
    context, page, address = reading
    keep(page, address)
    assert OLD in short(page, address)
    behind = context.new_page()
    assert OLD in short(behind, address)
    host.site, places = second
    assert {place.partition("/")[0] for place in places} == {"assets", "en", "search"}
    page.reload()
    assert NEW in page.locator("article").inner_text()
    texts = [page.evaluate(TEXT, address + place) for place in places]
    assert [(NEW in text, OLD in text) for text in texts] == [(True, False)] * len(places)
    # What was opened before is of one piece as well, and a worker that has forgotten all in memory knows it.
    devtools = context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    kept = [place for place in places if not place.endswith(".md")]
    texts = [behind.evaluate(TEXT, address + place) for place in kept]
    assert [(NEW in text, OLD in text) for text in texts] == [(False, True)] * len(kept)
    host.cut = True
    behind.reload()
    assert NEW in behind.locator("article").inner_text()
    assert "version v2" in status(page, address)


@pytest.mark.parametrize("sent", [None, PORTAL, b""], ids=["missing", "portal", "empty"])
def test_a_version_with_a_broken_file_changes_nothing(
    host: Host, reading: Reading, second: tuple[Path, list[str]], sent: bytes | None
) -> None:
    _, page, address = reading
    keep(page, address)
    host.site, places = second
    search_piece = next(place for place in places if place.startswith("search/"))
    host.broken = {search_piece: sent}
    for _ in range(2):
        assert OLD in short(page, address)
        assert OLD in page.evaluate(TEXT, address + search_piece)
    said = status(page, address)
    assert "version v1" in said
    assert SAID["stuck"] in said
    host.broken = {}
    assert NEW in short(page, address)
    assert NEW in page.evaluate(TEXT, address + search_piece)
    assert SAID["stuck"] not in status(page, address)


def test_a_newer_version_that_was_taken_back_is_told_no_more(
    host: Host, reading: Reading, first: Path, second: tuple[Path, list[str]]
) -> None:
    _, page, address = reading
    keep(page, address)
    host.site, host.broken = second[0], {"en/q/12/index.html": PORTAL}
    assert SAID["stuck"] in [status(page, address) for _ in range(3)][-1]
    host.site, host.broken = first, {}
    assert SAID["stuck"] not in [status(page, address) for _ in range(3)][-1]


def test_files_of_the_next_version_are_no_mix(host: Host, reading: Reading, second: tuple[Path, list[str]]) -> None:
    """Half-way through a deployment: the files are there before the list."""
    _, page, address = reading
    keep(page, address)
    site, places = second
    host.broken = {place: (site / place).read_bytes() for place in places}
    assert OLD in short(page, address)
    # The page's Markdown is not kept: a newer one is refused rather than mixed in.
    assert page.evaluate("place => fetch(place).then(() => true, () => false)", f"{address}en/q/12.md") is False


def test_a_site_that_offers_it_no_more_is_shown_as_it_is(
    host: Host, reading: Reading, second: tuple[Path, list[str]]
) -> None:
    _, page, address = reading
    keep(page, address)
    host.site, places = second
    host.broken = {stays.VERSION: None}
    assert NEW in short(page, address)
    assert [OLD in page.evaluate(TEXT, address + place) for place in places] == [False] * len(places)
    host.cut = True
    assert OLD in short(page, address)


def test_a_log_in_page_in_place_of_everything(host: Host, reading: Reading) -> None:
    _, page, address = reading
    keep(page, address)
    host.portal = True
    assert OLD in short(page, address)
    page.goto(f"{address}en/nowhere/")
    expect(page.locator("h1")).to_have_text("Log in to the hotel's network")


def begun(page: Page, address: str) -> None:
    """Begins to keep the site, of which one file does not come."""
    status(page, address)
    page.locator(".stays__tools button").first.click()
    expect(page.locator(".stays__loading")).to_contain_text(re.compile(r"^Loading: \d+\.\d of \d+\.\d MB$"))


def test_how_far_it_is_is_shown(host: Host, reading: Reading) -> None:
    _, page, address = reading
    host.held = {"en/q/13/index.html": threading.Event()}
    begun(page, address)
    bar = page.locator(".stays progress")
    expect(bar).to_be_visible()
    assert 0 < bar.evaluate("bar => bar.position") < 1
    host.held["en/q/13/index.html"].set()
    expect(page.locator(".stays__status")).to_contain_text("Kept: ")
    expect(bar).to_be_hidden()


def test_who_leaves_half_way_leaves_nothing(host: Host, reading: Reading) -> None:
    _, page, address = reading
    host.held = {"en/q/13/index.html": threading.Event()}
    begun(page, address)
    page.get_by_role("button", name=SAID["leave"]).click()
    expect(page.locator(".stays__status")).to_have_text(SAID["gone"])
    host.held["en/q/13/index.html"].set()
    expect(page.locator(".stays__loading")).to_be_hidden()
    assert page.evaluate(LEFT)[:2] == [0, []]


def test_a_site_that_does_not_come_whole_is_not_kept(host: Host, reading: Reading) -> None:
    _, page, address = reading
    host.broken = {"en/q/13/index.html": PORTAL}
    assert keep(page, address) == SAID["failed_mixed"]
    assert page.evaluate(LEFT)[:2] == [0, []]
    host.broken, host.cut = {}, True
    page.locator(".stays__tools button").first.click()
    expect(page.locator(".stays__status")).to_have_text(SAID["failed_network"])
    assert page.evaluate(LEFT)[:2] == [0, []]


def test_a_log_in_page_in_place_of_the_worker_is_no_refusal(host: Host, reading: Reading) -> None:
    _, page, address = reading
    status(page, address)
    host.portal = True
    page.locator(".stays__tools button").first.click()
    expect(page.locator(".stays__status")).to_have_text(SAID["failed_network"])
    assert page.evaluate(LEFT)[:2] == [0, []]


def test_who_leaves_before_the_worker_is_there_has_none(host: Host, reading: Reading) -> None:
    _, page, address = reading
    status(page, address)
    host.held = {stays.WORKER: threading.Event()}
    page.locator(".stays__tools button").first.click()
    page.get_by_role("button", name=SAID["leave"]).click()
    host.held[stays.WORKER].set()
    expect(page.locator(".stays__status")).to_have_text(SAID["gone"])
    page.wait_for_timeout(1500)
    assert page.evaluate(LEFT)[:2] == [0, []]
    expect(page.locator(".stays__status")).to_have_text(SAID["gone"])


def test_a_choice_that_has_no_room_leaves_what_was_kept_and_no_more(host: Host, reading: Reading) -> None:
    """The browser counts a little more than the files have: it says so half-way."""
    context, page, address = reading
    assert keep(page, address).startswith("Kept: ")
    before = page.evaluate("caches.keys().then(([name]) => caches.open(name)).then(cache => cache.keys())").__len__()
    files = json.loads((host.site / stays.LIST).read_text(encoding="utf-8"))["files"]
    more = sum(size for size, _, group in files.values() if group == "zh")
    used = page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    devtools = context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": address.rstrip("/"), "quotaSize": used + more + 500})
    told = keep(page, address, 1)
    assert told.startswith(SAID["failed_room"])
    assert SAID["one"] in told
    after = page.evaluate("caches.keys().then(([name]) => caches.open(name)).then(cache => cache.keys())").__len__()
    assert abs(after - before) <= 1
    host.cut = True
    assert OLD in short(page, address)


def test_where_there_is_no_room_nothing_is_kept(reading: Reading) -> None:
    context, page, address = reading
    page.goto(address)
    devtools = context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": address.rstrip("/"), "quotaSize": 100_000})
    assert keep(page, address) == SAID["failed_room"]
    assert page.evaluate(LEFT)[:2] == [0, []]


@pytest.mark.usefixtures("searched")
def test_what_the_browser_threw_away_is_told_and_the_site_works_online(host: Host, reading: Reading) -> None:
    _, page, address = reading
    keep(page, address)
    page.goto(f"{address}en/q/12/")
    page.evaluate("caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))")
    page.goto(f"{address}en/q/13/")
    expect(page.locator(".stays-evicted")).to_contain_text(SAID["evicted"])
    assert "/en/q/12/" in search(page, "quantization implemented")
    assert page.evaluate("caches.keys()") == []
    page.goto(f"{address}en/q/13/")
    page.get_by_role("link", name=SAID["again"]).click()
    expect(page.locator(".stays__status")).to_have_text(SAID["evicted"])
    assert keep(page, address).startswith("Kept: ")
    host.cut = True
    assert OLD in short(page, address)
    expect(page.locator(".stays-evicted")).to_have_count(0)


def test_files_that_are_missing_are_told_and_loaded_again(host: Host, reading: Reading) -> None:
    _, page, address = reading
    keep(page, address)
    files = json.loads((host.site / stays.LIST).read_text(encoding="utf-8"))["files"]
    hashes = [files[f"en/{place}/index.html"][1] for place in ("q/12", "q/13", "practice")]
    page.evaluate(
        """async hashes => {
          const cache = await caches.open((await caches.keys())[0])
          const gone = (await cache.keys()).filter(({ url }) => hashes.some(hash => url.includes(hash)))
          await Promise.all(gone.map(file => cache.delete(file)))
        }""",
        hashes,
    )
    told = SAID["missing"].format(missing=3)
    assert told in status(page, address)
    assert told not in keep(page, address)
    host.cut = True
    assert OLD in short(page, address)


def test_it_leaves_without_a_trace(host: Host, reading: Reading) -> None:
    _, page, address = reading
    before = (status(page, address), page.evaluate(LEFT))[1]
    keep(page, address)
    page.goto(f"{address}en/about/")
    page.get_by_role("button", name=SAID["leave"]).click()
    expect(page.locator(".stays__status")).to_have_text(SAID["gone"])
    assert page.evaluate(LEFT) == before
    host.asked.clear()
    assert status(page, address) == SAID["none"]
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert not [path for path in host.asked if path in FILES]


def test_what_was_read_is_kept_and_what_was_not_is_not(host: Host, reading: Reading) -> None:
    _, page, address = reading
    keep(page, address, 2)
    short(page, address)
    host.cut = True
    assert OLD in short(page, address)
    page.goto(f"{address}en/q/13/")
    expect(page.locator("h1")).to_have_text(SAID["away"])


def test_what_was_read_last_is_kept_though_it_was_read_before(host: Host, reading: Reading) -> None:
    _, page, address = reading
    short(page, address)
    keep(page, address, 2)
    host.cut = True
    assert OLD in short(page, address)


def test_what_was_read_is_of_the_new_version_too(host: Host, reading: Reading, second: tuple[Path, list[str]]) -> None:
    _, page, address = reading
    keep(page, address, 2)
    short(page, address)
    host.site = second[0]
    page.goto(f"{address}en/")
    host.cut = True
    assert NEW in short(page, address)


def test_two_sites_of_one_host_do_not_meet(chrome: Browser, first: Path, second: tuple[Path, list[str]]) -> None:
    host = Host(first, prefix="/sub/", headers=policed)
    with visited(chrome, host) as (_, page, address):
        assert address.endswith("/sub/")
        assert keep(page, address).startswith("Kept: ")
        host.prefix, host.site = "/", second[0]
        assert keep(page, address.removesuffix("sub/")).startswith("Kept: ")
        host.cut = True
        assert OLD in short(page, address)
        assert NEW in short(page, address.removesuffix("sub/"))


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("insecure", "Object.defineProperty(window, 'isSecureContext', { value: false })"),
        ("unable", "delete Navigator.prototype.serviceWorker"),
    ],
)
def test_where_nothing_can_be_kept_the_page_says_why(reading: Reading, word: str, script: str) -> None:
    context, page, address = reading
    context.add_init_script(script)
    page.goto(f"{address}en/about/")
    expect(page.locator("#stays p")).to_have_text([SAID[word]])


def test_a_site_for_files_has_nothing_of_it(offline: Path) -> None:
    assert not [path for path in offline.rglob("*stays*")]
    for page in (offline / "about.html", offline / "en/index.html"):
        assert not re.search(r"[#\"/]stays\b", page.read_text(encoding="utf-8"))
