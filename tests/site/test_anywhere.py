"""Pages where a reader may meet them: in a frame that allows scripts alone, below a path, with a poisoned memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from miaotui.base.words import words
from tests.injected import until
from tests.judge_pages import WORDS, all_pass, editor, ended, place, text
from tests.listening import quiet, window
from tests.serving import served
from tests.site.test_unkept import TOLD, works

KINDS = ["", "q/12/", "topics/quantization/", "calc/kv-cache/", "problems/online-softmax/", "glossary/", "about/"]


@contextmanager
def framed(chrome: Browser, folder: Path, path: str) -> Iterator[tuple[Page, Frame]]:
    """A page of the site in a frame of another page's, which lets it run scripts and nothing else."""
    outer = folder / "outer.html"
    outer.write_text(f'<iframe sandbox="allow-scripts" src="{path}" width="1300" height="700"></iframe>', "utf-8")
    # A page in such a frame is of no origin: hosts of pages give it its letters by this.
    allowed = {"Access-Control-Allow-Origin": "*"}
    with served(folder, lambda _: allowed) as address, quiet(chrome) as page:
        page.goto(f"{address}outer.html")
        frame = page.frames[1]
        until(frame, "document.documentElement.classList.contains('settled')")
        yield page, frame


@pytest.fixture
def outside(tmp_path: Path, online: Path) -> Path:
    """A folder with the site in it, below a path."""
    (tmp_path / "site").symlink_to(online)
    return tmp_path


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_in_a_sandboxed_frame(kind: str, folder: str, chrome: Browser, outside: Path) -> None:
    with framed(chrome, outside, f"site/{folder}{kind}") as (_, frame):
        expect(frame.get_by_role("heading", level=1).first).to_be_visible()
        expect(frame.locator(".unkept")).to_contain_text(TOLD[folder])


@pytest.mark.parametrize(("folder", "words"), [("", "量化"), ("en/", "quantization")])
def test_the_search_and_the_tools_in_a_sandboxed_frame(folder: str, words: str, chrome: Browser, outside: Path) -> None:
    with framed(chrome, outside, f"site/{folder}q/19/") as (_, frame):
        known = frame.locator(".marks button").last
        known.click()
        expect(known).to_have_attribute("aria-pressed", "true")
        frame.locator("[name=query]").click()
        frame.locator("[name=query]").fill(words)
        expect(frame.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(r"/q/12/"))


def test_the_judge_in_a_sandboxed_frame(chrome: Browser, outside: Path) -> None:
    with framed(chrome, outside, "site/problems/online-softmax/") as (_, frame):
        frame.locator(".judge__code").fill(text("online-softmax", "solution.py"))
        frame.get_by_role("button", name=WORDS[""]["submit"], exact=True).click()
        expect(frame.locator(".judge__status--good")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("folder", ["", "en/"])
def test_below_a_path_all_is_found(folder: str, chrome: Browser, outside: Path) -> None:
    with served(outside) as root, window(chrome) as made:
        page, address = made.page, f"{root}site/"
        missing: list[str] = []
        page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
        for kind in KINDS:
            page.goto(address + folder + kind)
            expect(page.get_by_role("heading", level=1).first).to_be_visible()
        page.goto(f"{address}{folder}q/12/")
        works(page)
        page.goto(f"{address}{folder}q/12/")
        page.locator(".md-header .other-language").click()
        expect(page).to_have_url(f"{address}{'' if folder else 'en/'}q/12/")
        page.goto(place(address, folder, "online-softmax"))
        editor(page).fill(text("online-softmax", "solution.py"))
        page.get_by_role("button", name=WORDS[folder]["submit"], exact=True).click()
        ended(page, folder)
        expect(page.locator(".judge__status")).to_have_text(all_pass(folder))
        assert missing == []
        assert made.said == []
        assert [url for url in made.asked if not url.startswith((address, "data:", "blob:"))] == []


POISON = [
    "",
    "null",
    "1e999",
    "<script>alert(1)</script>",
    '{"__proto__": {"version": 1}}',
    "[[[[",
    "\ud83d",
    "9" * 100_000,
]
_POISONED = """texts => {
  const keys = ["progress", "path", "self-test", "code.online-softmax", "mark", "last"].map(key => `miaotui.${key}`)
  keys.push("/.__palette", "/.__scroll", "/.__tabs", "__palette", "/site/.__palette")
  keys.forEach((key, at) => localStorage.setItem(key, texts[at % texts.length]))
}"""


@pytest.mark.parametrize("turn", range(len(POISON)))
def test_poisoned_memory_breaks_no_page(turn: int, chrome: Browser, address: str) -> None:
    texts = POISON[turn:] + POISON[:turn]
    with quiet(chrome) as page:
        for kind in KINDS[:5]:
            page.goto(f"{address}q/12.md")
            page.evaluate(_POISONED, texts)
            page.goto(address + kind)
            expect(page.get_by_role("heading", level=1).first).to_be_visible()
        page.goto(f"{address}q/12/")
        works(page)


def test_a_profile_wiped_under_an_open_page(chrome: Browser, address: str) -> None:
    """The page goes on, and what is done next is kept."""
    with quiet(chrome) as page:
        page.goto(f"{address}q/12/")
        boxes = page.locator("#self-check + ul input")
        boxes.nth(0).check()
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        boxes.nth(1).check()
        page.reload()
        assert [boxes.nth(at).is_checked() for at in (0, 1)] == [False, True]
        expect(page.locator(".unkept")).to_have_count(0)
        works(page)


def test_without_a_network_an_open_page_reads_on(chrome: Browser, address: str) -> None:
    """What needs the network fails in silence, or says so; ticks and folds go on."""
    with window(chrome) as made:
        page = made.page
        page.goto(f"{address}q/12/", wait_until="networkidle")
        page.context.set_offline(True)
        box = page.locator("#self-check + ul input").first
        box.check()
        expect(box).to_be_checked()
        page.get_by_role("button", name="复制 Markdown").click()
        expect(page.get_by_role("button", name=words("zh").scripts["unfetched"])).to_be_visible()
        assert [said for said in made.said if "Failed to load resource" not in said and "ERR_" not in said] == []
