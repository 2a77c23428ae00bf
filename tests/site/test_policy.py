"""The site under a strict content security policy: nothing it does is refused, and what nobody needs is."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.site import policy
from tests.judge_pages import WORDS, all_pass, place, submit, text
from tests.listening import window
from tests.searching import search
from tests.serving import served

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_ASKING = """new Promise(heard => {
  addEventListener("securitypolicyviolation", told => heard([told.violatedDirective, told.blockedURI]))
  fetch("http://127.0.0.1:48123/").catch(() => {})
})"""
LANGUAGES = pytest.mark.parametrize("language", ["", "en/"], ids=["zh", "en"])


def stated() -> str:
    """The policy that CONTRIBUTING.md gives, to the letter."""
    said = re.search(r"^ {4}(default-src .*)$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert said
    return said[1]


def own(page: bytes) -> str:
    """The policy that a page says of itself."""
    found = re.findall(rb'<meta http-equiv="content-security-policy" content="([^"]*)">', page)
    assert len(found) == 1
    return str(found[0].decode())


def inline(page: bytes) -> list[str]:
    """The hashes of a page's inline scripts, as a policy names them; data is no script."""
    scripts = [
        found["text"]
        for found in _SCRIPT.finditer(page)
        if b"src=" not in found["attributes"] and b"json" not in found["attributes"]
    ]
    return [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts]


@contextmanager
def under(policy: str, site: Path) -> Iterator[str]:
    """The address of the site, every file of which is sent with the policy."""

    def sent(file: bytes) -> dict[str, str]:
        return {"Content-Security-Policy": policy.replace("<hashes>", " ".join(inline(file)))}

    with served(site, sent) as address:
        yield address


@pytest.fixture(scope="module")
def strict(online: Path) -> Iterator[str]:
    with under(stated(), online) as address:
        yield address


@contextmanager
def watched(chrome: Browser, width: int = 1440) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it and its workers say: violations, errors, messages."""
    with window(chrome, width) as made:
        made.page.expose_function("refused", lambda told: made.said.append(str(told)))
        made.page.add_init_script(
            """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
              refused(`${violatedDirective}: ${blockedURI} ${sample}`))"""
        )
        yield made.page, made.said


@LANGUAGES
def test_a_problem_is_solved(chrome: Browser, strict: str, language: str) -> None:
    with watched(chrome) as (page, said):
        page.goto(place(strict, language, "online-softmax"))
        assert all_pass(language).fullmatch(submit(page, language, text("online-softmax", "solution.py")))
        assert not said


@LANGUAGES
def test_nothing_that_a_reader_does_is_refused(chrome: Browser, strict: str, language: str) -> None:
    with watched(chrome) as (page, said):
        page.goto(strict + language)
        page.locator(".path button").first.click()
        assert "/q/" in search(page, "KV Cache")
        page.goto(f"{strict}{language}q/30/")
        page.locator(".question__tools button").first.click()
        for fold in page.locator("article summary").all():
            fold.click()
        page.goto(f"{strict}{language}topics/memory-cache/")
        page.locator(".reading-mode button").nth(1).click()
        page.locator("button.term").first.click()
        expect(page.locator(".definition:popover-open")).to_be_visible()
        page.goto(f"{strict}{language}calc/kv-cache/")
        expect(page.locator("svg.plot").first).to_be_visible()
        page.locator(".calculator input").first.fill("40")
        expect(page).to_have_url(re.compile(r"\?\w+=40$"))
        page.goto(f"{strict}{language}practice/")
        page.keyboard.press("Space")
        page.keyboard.press("3")
        expect(page.locator("#practice-all .known")).to_have_count(1)
        page.goto(f"{strict}{language}q/99/")
        expect(page.locator(".lost__near a").first).to_be_visible()
        # The page that stands there for an address that leads nowhere is a 404, and says so.
        assert [one for one in said if "404" not in one] == []


def test_builder_and_contributing_have_one_policy() -> None:
    assert policy.header() == stated()


def test_every_page_says_the_policy_of_itself(online: Path) -> None:
    # A `<meta>` cannot say by whom a page may be framed.
    said = stated().removesuffix("; frame-ancestors 'none'")
    pages = list(online.rglob("*.html"))
    assert online / "404.html" in pages
    for file in pages:
        page = file.read_bytes()
        assert own(page) == said.replace("<hashes>", " ".join(dict.fromkeys(inline(page)))), file
        assert page.index(b"http-equiv") < page.index(b"<script"), file


@pytest.mark.parametrize("kind", ["served", "opened"])
def test_where_nothing_is_sent_the_page_refuses_by_itself(
    chrome: Browser, request: pytest.FixtureRequest, kind: str
) -> None:
    if kind == "served":
        place = request.getfixturevalue("address") + "q/12/"
    else:
        place = Path(request.getfixturevalue("offline"), "q/12.html").as_uri()
    with watched(chrome) as (page, said):
        page.goto(place)
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
        assert page.evaluate("window.bad") is None
        assert page.evaluate(_ASKING) == ["connect-src", "http://127.0.0.1:48123/"]
        assert any("script-src-elem: inline" in one for one in said)


def test_a_script_that_is_not_the_site_s_is_refused(chrome: Browser, strict: str) -> None:
    with watched(chrome) as (page, said):
        page.goto(f"{strict}q/12/")
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
        assert page.evaluate("window.bad") is None
        assert any("script-src-elem: inline" in one for one in said)


@pytest.mark.parametrize("part", ["blob: 'wasm", "'wasm-unsafe-eval'", "'self' blob:;"])
def test_the_judge_needs_its_parts_of_the_policy(chrome: Browser, online: Path, part: str) -> None:
    assert stated().count(part) == 1
    less = stated().replace(part, {"blob: 'wasm": "'wasm", "'self' blob:;": "'self';"}.get(part, ""))
    with under(less, online) as address, watched(chrome) as (page, _):
        page.goto(place(address, "en/", "online-softmax"))
        told = submit(page, "en/", text("online-softmax", "solution.py"))
        assert told.startswith(WORDS["en/"]["kinds"]["unloaded"])


def test_the_page_needs_inline_styles(chrome: Browser, online: Path) -> None:
    less = re.sub("style-src-attr [^;]*; ", "", stated())
    with under(less, online) as address, watched(chrome) as (page, said):
        page.goto(f"{address}q/12/")
        assert any("style-src-attr" in one for one in said)
