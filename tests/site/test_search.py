"""The search as a contract: what readers type, in a real browser, against the built index."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from miaotui.bank import asked
from tests.banks import NUMBERS
from tests.indexes import of_site, read
from tests.listening import window
from tests.searching import results, type_words

QUERIES = Path(__file__).resolve().parents[1] / "search/queries.yml"
ASKED: dict[str, list[tuple[str, int]]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
WRITTEN_FOR = {number for _, number in ASKED["zh"]}
"""The questions that there were when the queries were written, the same in both languages."""
PREFIX = {"zh": "/q/", "en": "/en/q/"}


def ready(page: Page) -> None:
    """Opens the search, and waits for all that its first words bring."""
    page.keyboard.press("/")
    type_words(page, "KV Cache")
    page.locator(".md-search-result:not([aria-busy]) .md-search-result__item").first.wait_for()


def test_there_are_enough_queries() -> None:
    assert len(ASKED["zh"]) + len(ASKED["en"]) >= 80
    for queries in ASKED.values():
        assert {number for _, number in queries} == WRITTEN_FOR <= set(NUMBERS)
        typed = [words for words, _ in queries]
        assert len(typed) == len(set(typed))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_each_query_brings_its_question(code: str, desk: Page, address: str) -> None:
    desk.goto(address if code == "zh" else f"{address}en/")
    ready(desk)
    later, missed = [], []
    queries = [words for words, _ in ASKED[code]]
    for (words, number), listed in zip(ASKED[code], results(desk, queries), strict=True):
        wanted = f"{PREFIX[code]}{number}/"
        # The queries were written for these questions; a later one, or a page of another kind, may answer as well.
        found = [path for path in listed if path in {f"{PREFIX[code]}{other}/" for other in WRITTEN_FOR}]
        if found[:1] != [wanted]:
            later.append(f"{words}: {found[:3]}, wanted {number}")
        if wanted not in found[:3]:
            missed.append(f"{words}: {found[:3]}, wanted {number}")
        assert all(path.startswith("/en/") == (code == "en") for path in listed), words
    assert missed == [], "\n".join([*missed, "later:", *later])
    assert len(later) <= 0.05 * len(ASKED[code]), "\n".join(later)


def listed(name: str, code: str) -> list[tuple[str, list[str]]]:
    """The sentences of a file beside the queries, each with the pages that answer it."""
    file = QUERIES.with_name(f"{name}.yml")
    return [(words, pages) for words, pages in yaml.safe_load(file.read_text(encoding="utf-8"))[code]]


def shares(online: Path, code: str, sentences: list[tuple[str, list[str]]]) -> tuple[float, float]:
    """How many of the sentences bring a page that answers them first, and among the first three."""
    search, places = of_site(online, code), []
    for words, pages in sentences:
        found = [place.rstrip("/") for place, _ in search.find(words)]
        places.append(next((at for at, place in enumerate(found) if place in pages), len(found) + 3))
    return tuple(sum(at < most for at in places) / len(places) for most in (1, 3))  # type: ignore[return-value]


@pytest.mark.parametrize("code", ["zh", "en"])
def test_real_questions_in_their_own_words_bring_what_answers_them(code: str, online: Path) -> None:
    questions = [question for group in asked.read()[0] for question in group.questions if question.answered]
    wanted = [(one.said(code), [part.partition(".md")[0] for part in one.answered]) for one in questions]
    assert shares(online, code, wanted) == (1, 1)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_sentences_bring_what_answers_them(code: str, online: Path) -> None:
    first, three = shares(online, code, listed("natural", code))
    assert first >= 0.8
    assert three >= 0.95


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_first_search_fetches_little(code: str, online: Path) -> None:
    sizes = {place: len(gzip.compress(text.encode())) for place, text in read(online, code).items()}
    # First results come of these two; all pieces come after them.
    first = sizes.pop(f"search/{code}.js") + len(gzip.compress((online / "search/engine.js").read_bytes()))
    assert first <= 60_000
    assert max(sizes.values()) <= 40_000
    for words, _ in listed("natural", code)[::12]:
        search = of_site(online, code)
        names = search.fetched(words)
        assert sum(sizes[f"search/{code}/{name}.js"] for name in names) <= 50_000, words


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_line_of_a_result_begins_with_a_punctuation_mark(code: str, online: Path) -> None:
    search, seen = of_site(online, code), 0
    for words, _ in listed("natural", code)[::10]:
        for item in (item for group in search.shown(words) for item in group):
            for line in (item["title"], item["text"].removeprefix("<p>").removeprefix("… ").removesuffix("</p>")):
                begins = unescape(re.sub(r"<[^>]*>", "", line))[:1]
                seen += bool(begins)
                # A straight quotation mark opens as well as it closes.
                assert begins in ("", '"') or unicodedata.category(begins) not in {"Pe", "Pf", "Po"}, (words, line)
    assert seen > 500


def test_first_results_wait_for_no_piece(chrome: Browser, address: str) -> None:
    with window(chrome) as made:
        held: list[Route] = []
        over: list[bool] = []
        made.page.route("**/search/zh/*.js", lambda route: route.continue_() if over else held.append(route))
        made.page.goto(address)
        made.page.keyboard.press("/")
        type_words(made.page, "投机解码")
        first = made.page.locator(".md-search-result__link").first
        expect(first).to_have_attribute("href", re.compile(r"q/51/"))
        excerpt = first.locator("p").filter(has_text=re.compile(r"\S"))
        expect(excerpt).to_have_count(0)
        over.append(True)
        for route in held:
            route.continue_()
        # What it says in short comes with the pieces.
        expect(excerpt).to_have_count(1)


REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError") }
})"""


def test_a_browser_that_keeps_nothing_searches(chrome: Browser, address: str) -> None:
    with window(chrome) as made:
        made.page.add_init_script(REFUSED)
        made.page.goto(address)
        ready(made.page)
        assert results(made.page, ["量化"])[0][0] == "/q/12/"
        made.page.locator(".md-search-result__link").first.click()
        expect(made.page).to_have_url(re.compile(r"/q/12/"))
        assert not made.said


IDLE = """(() => {
  // What waits for a quiet moment does not wait here.
  const later = window.setTimeout
  window.setTimeout = (act, ms, ...rest) => later(act, ms === 3000 ? 0 : ms, ...rest)
  Object.defineProperty(navigator, "connection", { value: %s })
})()"""


@pytest.mark.parametrize("connection", [{"saveData": True, "effectiveType": "4g"}, {"effectiveType": "2g"}], ids=str)
def test_what_a_search_needs_comes_early_where_the_connection_allows(
    chrome: Browser, address: str, connection: dict[str, Any]
) -> None:
    with window(chrome) as dear, window(chrome) as cheap:
        dear.page.add_init_script(IDLE % json.dumps(connection))
        dear.page.goto(address, wait_until="networkidle")
        cheap.page.add_init_script(IDLE % json.dumps({"saveData": False, "effectiveType": "4g"}))
        with cheap.page.expect_request("**/search/engine.js"), cheap.page.expect_request("**/search/zh.js"):
            cheap.page.goto(address)
        assert not [url for url in dear.asked if re.search(r"/search/(engine|zh)\.js", url)]


# Of each time that the browser works out styles, of how many elements it does.
RESTYLED = "devtools.timeline"


def restyled(chrome: Browser, page: Page, act: Callable[[], object]) -> list[int]:
    """The elements that get their style anew while something is done, time by time."""
    chrome.start_tracing(page=page, categories=[RESTYLED])
    act()
    told = json.loads(chrome.stop_tracing())["traceEvents"]
    return [one["args"].get("elementCount", 0) for one in told if one["name"] == "UpdateLayoutTree" and one["args"]]


def test_a_search_leaves_the_style_of_the_page_behind_it_alone(chrome: Browser, address: str) -> None:
    """A page of 2,000 elements is 14 ms of a fast processor each time: on a phone that is what a search took."""
    with window(chrome, 390, 844) as made:
        made.page.goto(address, wait_until="networkidle")
        most = made.page.evaluate("document.querySelectorAll('*').length") / 2
        first = restyled(chrome, made.page, lambda: ready(made.page))
        # Once, as the bundle names the page's root, or twice, where its style comes later than it.
        assert len([count for count in first if count > most]) <= 3, first
        later = restyled(chrome, made.page, lambda: results(made.page, ["量化", "显存不足怎么办", "剪枝"]))
        assert later
        assert max(later) < most, later


def test_going_back_returns_to_the_results(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.keyboard.press("/")
    first = desk.locator(".search-start button").first
    expect(desk.locator(".search-start button")).to_have_count(6)
    words = first.text_content() or ""
    first.click()
    desk.locator(".md-search-result:not([aria-busy]) .md-search-result__link").first.click()
    expect(desk).to_have_url(re.compile(r"[?&]h="))
    desk.go_back()
    expect(desk.locator("input[name=query]")).to_have_value(words)
    expect(desk.locator(".md-search-result__link").first).to_be_visible()
    type_words(desk, "")
    # What was searched for comes first, and again under the empty field.
    expect(desk.locator(".search-start button")).to_have_count(7)
    expect(desk.locator(".search-start button").first).to_have_text(words)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_was_never_tuned_on_brings_what_answers_it(code: str, online: Path) -> None:
    sentences = listed("held-out", code)
    assert len(sentences) >= 75
    assert not {words for words, _ in sentences} & {words for words, _ in listed("natural", code)}
    first, three = shares(online, code, sentences)
    assert first >= 0.75
    assert three >= 0.92


@pytest.mark.parametrize(("start", "words"), [("", "推理加速 OOM"), ("en/", "faster inference OOM")])
def test_results_tell_only_what_was_typed(desk: Page, address: str, start: str, words: str) -> None:
    desk.goto(address + start)
    ready(desk)
    results(desk, [words])
    # What a result lacks of the query: the search's own writing of a name is not shown.
    missing = desk.locator(".md-search-result__terms").all_text_contents()
    assert missing
    assert not [text for text in missing if "§" in text or "*" in text]


SECTIONS = {
    "zh: a correction": ("", "更准确的叫法", 3, "朱批", "correction"),
    "zh: the article's words": ("", "适合大规模矩阵运算和向量操作", 2, "原文", "received"),
    "en: a correction": ("en/", "order of summation and fused multiply-add", 2, "Correction", "correction"),
    "en: the article's words": ("en/", "decorator", 8, "As received", "received"),
}


@pytest.mark.parametrize("case", SECTIONS)
def test_a_result_says_in_which_part_the_words_stand(desk: Page, address: str, case: str) -> None:
    start, words, number, part, anchor = SECTIONS[case]
    desk.goto(address + start)
    ready(desk)
    assert results(desk, [words])[0][0] == f"/{start}q/{number}/"
    first = desk.locator(".md-search-result__item").first
    expect(first.get_by_role("heading", level=1)).to_contain_text(f"{number}.")
    section = first.locator("> .md-search-result__link").nth(1)
    expect(section.get_by_role("heading", level=2)).to_have_text(part)
    expect(section.locator("mark").first).to_be_visible()
    section.click()
    expect(desk).to_have_url(re.compile(rf"/{start}q/{number}/.*#{anchor}$"))
    expect(desk.locator(f"#{anchor}")).to_have_text(part)
    expect(desk.locator(f"#{anchor}")).to_be_in_viewport()


TYPED = {
    "zh": ("", "量化", "量化"),
    "zh: a name of two words": ("", "投机解码", "投机解码"),
    "zh: with empty words": ("", "什么是带宽？", "带宽"),
    "zh: two scripts": ("", "KV缓存", "kv 缓存"),
    "en": ("en/", "Speculative decoding", "speculative decoding"),
}


@pytest.mark.parametrize("case", TYPED)
def test_a_result_s_page_marks_the_words_typed(case: str, desk: Page, address: str) -> None:
    start, words, marked = TYPED[case]
    desk.goto(address + start)
    ready(desk)
    results(desk, [words])
    first = desk.locator(".md-search-result__link").first
    assert first.evaluate("link => new URL(link.href).searchParams.get('h')") == marked
    first.click()
    expect(desk.locator("article mark").first).to_be_attached()
    assert {text.lower() for text in desk.locator("article mark").all_text_contents()} <= {marked, *marked.split()}
    # Who sends the page to somebody does not tell what was searched for.
    desk.locator(".headerlink").last.click()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(address) and "?" not in copied and "#" in copied


@pytest.mark.parametrize(("start", "words", "best"), [("", "量化", "q/12/"), ("en/", "pruning", "en/q/14/")])
def test_a_link_with_words_opens_the_search(desk: Page, address: str, start: str, words: str, best: str) -> None:
    desk.goto(f"{address}{start}?q={words}")
    expect(desk.locator("input[name=query]")).to_have_value(words)
    expect(desk.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(rf"/{best}(\?|$)"))


def test_results_are_reached_by_keyboard(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.keyboard.press("/")
    results(desk, ["量化"])
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/q/12/"))


_ENTER = """given => document.querySelector("[name=query]")
  .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...given }))"""


# A word put together by an input method and chosen with Enter, event by event.
_COMPOSED = """events => {
  const field = document.querySelector("[name=query]")
  for (const name of events) {
    const { type, ...given } = typeof name === "string" ? { type: name } : name
    const kind = type.startsWith("key") ? KeyboardEvent : type === "input" ? InputEvent : CompositionEvent
    if (type === "input") field.value = "量化"
    field.dispatchEvent(new kind(type, { bubbles: true, cancelable: true, data: "量化", ...given }))
  }
}"""
_CHOSEN = {"type": "keydown", "key": "Enter", "keyCode": 229}
COMPOSED: dict[str, list[Any]] = {
    "Chromium": [{**_CHOSEN, "isComposing": True}, {"type": "input", "isComposing": True}, "compositionend"],
    # The composition has ended: the key's code alone tells that it was the input method's.
    "Safari": [{"type": "input", "isComposing": True}, "compositionend", _CHOSEN],
}


@pytest.mark.parametrize("order", COMPOSED)
def test_the_key_that_ends_a_composition_opens_no_result(order: str, desk: Page, address: str) -> None:
    desk.goto(address)
    ready(desk)
    desk.evaluate(
        _COMPOSED, ["compositionstart", "compositionupdate", *COMPOSED[order], {"type": "keyup", "keyCode": 13}]
    )
    # What was put together is searched for, and nothing opened.
    expect(desk.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(r"q/12/"))
    desk.wait_for_timeout(300)
    assert desk.url == address
    desk.evaluate(_ENTER, {"keyCode": 13})
    expect(desk).to_have_url(re.compile(r"/q/12/"))


def test_what_was_typed_over_is_fetched_no_further(desk: Page, address: str) -> None:
    desk.goto(address)
    ready(desk)
    held: list[Route] = []
    texts_asked: list[str] = []
    desk.on("request", lambda asked: texts_asked.extend(re.findall(r"/search/zh/t\w+\.js", asked.url)))
    over: list[bool] = []
    desk.route("**/search/zh/w*.js", lambda route: route.continue_() if over else held.append(route))
    type_words(desk, "显存怎么算")
    for letters in ("显存怎么算KV", "投机解码", "量化误差"):
        desk.locator("input[name=query]").fill(letters)
        desk.wait_for_timeout(50)
    over.append(True)
    for route in held:
        route.continue_()
    expect(desk.locator(".md-search-result:not([aria-busy]) .md-search-result__link").first).to_be_visible()
    # Of the last query alone, whose first six results have their texts.
    assert 0 < len(set(texts_asked)) <= 6
