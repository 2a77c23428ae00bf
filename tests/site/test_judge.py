"""The judge in the page: what it says, that no answer keeps it, how one types in it, and that code is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.site import page_python
from tests.axe import faults_in
from tests.judge_pages import WORDS, all_pass, editor, ended, failed, place, submit, text
from tests.listening import Window, listened, quiet, window

SLUG = "online-softmax"
HEAD = "def online_softmax(chunks):\n"
ANSWER = HEAD + "    print('came', len(chunks))\n    return [0.5], 0.0\n"
LANGUAGES = ["", "en/"]


READERS = [("", 360, "file"), ("en/", 1440, "server")]
"""A language, a width and where the page comes from; test_judge_every.py has each language from both."""


@pytest.fixture(scope="module", params=READERS, ids=str)
def reader(request: pytest.FixtureRequest) -> tuple[str, int, str]:
    language, width, kind = request.param
    return language, width, kind


@pytest.fixture(scope="module")
def language(reader: tuple[str, int, str]) -> str:
    return reader[0]


@pytest.fixture(scope="module")
def kept(chrome: Browser, reader: tuple[str, int, str]) -> Iterator[Window]:
    with window(chrome, reader[1], offline=reader[2] == "file") as made:
        yield made


@pytest.fixture
def page(kept: Window, language: str, address: str, offline: Path) -> Iterator[Page]:
    with listened(kept) as opened:
        opened.goto(place(f"{offline.as_uri()}/" if kept.offline else address, language, SLUG))
        yield opened


@pytest.fixture
def desk(desk: Page, address: str) -> Page:
    desk.goto(place(address, "en/", SLUG))
    return desk


def told(page: Page) -> str:
    """Everything that the judge says."""
    parts = page.locator(".judge__status, .judge__results")
    return "\n".join(parts.evaluate_all("all => all.map(one => one.textContent)"))


FAILURES = {
    "a syntax error": ("x = 1\ndef online_softmax chunks:\n", "syntax", 2, "expected '('"),
    "a missing function": ("def online(chunks):\n    pass\n", "missing", None, "online_softmax"),
    "nothing returned": (HEAD + "    pass\n", "none", None, ""),
    "a wrong type": (HEAD + "    return 'one'\n", "mismatch", None, "'one'"),
    "wrong arguments": ("def online_softmax():\n    pass\n", "unusable", None, "TypeError"),
    "an error": (HEAD + "    x = 1\n    return x / 0\n", "error", 3, "ZeroDivisionError"),
    "a gigabyte": (HEAD + "    return [0] * 10**9\n", "memory", 2, ""),
    "a growing list": (HEAD + "    x = []\n    while True:\n        x.append([0] * 10**6)\n", "memory", 4, ""),
    "endless recursion": (HEAD + "    return online_softmax(chunks)\n", "recursion", 2, ""),
    "numpy": ("import numpy\n", "import", 1, "No module named 'numpy'"),
    "the page": (HEAD + "    import js\n", "import", 2, "No module named 'js'"),
    "an error of a megabyte": (HEAD + "    raise ValueError('x' * 5_000_000)\n", "error", 2, "xxx…"),
    "a result of billions": (
        HEAD + "    x = 0\n    for _ in range(7):\n        x = [x] * 40\n    return x\n",
        "mismatch",
        None,
        ", …",
    ),
    "a list nested deep": (HEAD + f"    return {'[' * 150}1{']' * 150}\n", "mismatch", None, "[[["),
    "a list nested deeper": (
        HEAD + "    x = 0\n    for _ in range(1100):\n        x = [x]\n    return x\n",
        "mismatch",
        None,
        "<list>",
    ),
    "brackets nested deep": (f"x = {'[' * 1100}1{']' * 1100}\n", "syntax", None, "nested"),
    "much of a comment": ("# " + "长" * 100_000 + "\nx = 1 / 0\n", "error", 2, "ZeroDivisionError"),
    "the starter": (text(SLUG, "starter.py"), "unwritten", None, ""),
    "input": (HEAD + "    return input()\n", "error", 2, "EOFError"),
    "an exit": ("import sys\nsys.exit()\n", "exit", 2, "SystemExit"),
}


def test_each_failure_has_a_sentence_and_the_next_run_is_clean(page: Page, language: str) -> None:
    words = WORDS[language]
    for name, (answer, kind, line, detail) in FAILURES.items():
        submit(page, language, answer)
        said = told(page)
        begins = re.split(r"[{:：]", words["kinds"][kind])[0]
        assert begins in said, name
        assert detail in said, name
        if line:
            assert words["at"].format(text="", line=line) in said, name
            expect(page.get_by_role("button", name=words["line_go"].format(line=line)).first).to_be_visible()
        assert "{" not in page.locator(".judge__status").inner_text(), name
        assert "Traceback" not in said
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert all_pass(language).fullmatch(submit(page, language, text(SLUG, "solution.py")))


def test_an_endless_loop_is_ended_and_the_page_stays(page: Page, language: str) -> None:
    words = WORDS[language]
    # Ten seconds pass in half a second here.
    page.evaluate("""() => {
      window.later = window.setTimeout
      window.setTimeout = (act, after, ...rest) => window.later(act, after === 10_000 ? 500 : after, ...rest)
    }""")
    editor(page).fill("print('before')\nwhile True:\n    pass\n")
    page.get_by_role("button", name=words["submit"], exact=True).click()
    ended(page, language)
    expect(page.locator(".judge__status")).to_contain_text(words["kinds"]["time"].format(seconds=10))
    expect(page.locator(".judge__printed")).to_have_text("before\n")
    # The right answer has the whole ten again: a busy machine may need more than half a second for it.
    page.evaluate("() => { window.setTimeout = window.later }")
    assert all_pass(language).fullmatch(submit(page, language, text(SLUG, "solution.py")))


def test_a_run_is_stopped_by_hand(desk: Page) -> None:
    words = WORDS["en/"]
    editor(desk).fill("while True:\n    pass\n")
    desk.get_by_role("button", name=words["submit"], exact=True).click()
    expect(desk.locator(".judge__status")).to_have_text(words["running"])
    desk.get_by_role("button", name=words["stop"]).click()
    expect(desk.locator(".judge__status")).to_contain_text(words["kinds"]["stopped"])


def test_a_case_tells_what_was_given_expected_and_got(page: Page, language: str) -> None:
    words = WORDS[language]
    submit(page, language, ANSWER)
    first = page.locator(".judge__case").first
    name = {"": "一整块", "en/": "one chunk"}[language]
    expect(first.locator("summary")).to_have_text(f"✗ {words['bad']} {name}")
    expect(first.locator("dt")).to_have_text([words[key] for key in ("given", "expected", "got", "place")])
    expect(first.locator("dd").nth(0)).to_have_text("online_softmax([[2.0, 1.0, 0.0]])")
    expect(first.locator("dd").nth(2)).to_have_text("([0.5], 0.0)")
    expect(first.locator(".judge__printed")).to_have_text("came 1\n")
    # What failed first is open, the rest folded.
    expect(page.locator(".judge__case details[open]")).to_have_count(1)


def test_a_run_takes_the_first_cases_only(desk: Page) -> None:
    words = WORDS["en/"]
    editor(desk).fill(text(SLUG, "solution.py"))
    desk.get_by_role("button", name=words["run"]).click()
    ended(desk, "en/")
    expect(desk.locator(".judge__case")).to_have_count(3)
    expect(desk.locator(".judge__status")).to_have_text(re.compile(r"3 of 3 .* Submit runs all \d+\."))
    expect(desk.locator(".problem__solved")).to_be_hidden()
    desk.get_by_role("button", name=words["submit"], exact=True).click()
    expect(desk.locator(".problem__solved")).to_be_visible()


def test_a_page_loads_nothing_of_the_judge_before_the_first_run(chrome: Browser, address: str) -> None:
    with quiet(chrome) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(place(address, "en/", SLUG), wait_until="networkidle")
        assert [url for url in asked if "/judge/" in url] == []
        submit(page, "en/", ANSWER)
        judge = [url.removeprefix(f"{address}judge/") for url in asked if "/judge/" in url]
        assert sorted(judge) == sorted({f"{SLUG}.js", *page_python.files()} - {page_python.NOTICE})
        submit(page, "en/", ANSWER)
        assert len([url for url in asked if "/judge/" in url]) == len(judge)


def test_a_runtime_that_does_not_load_is_told_and_tried_again(chrome: Browser, address: str) -> None:
    context = chrome.new_context()
    page = context.new_page()
    page.goto(place(address, "en/", SLUG))
    for part in ("python.js", "python-*-07.js"):
        page.route(f"**/judge/{part}", lambda route: route.abort())
        assert submit(page, "en/", ANSWER).startswith(WORDS["en/"]["kinds"]["broken"].partition("{")[0])
        page.unroute(f"**/judge/{part}")
    submit(page, "en/", ANSWER)
    assert failed(page)
    context.close()


def test_code_is_kept_reset_copied_and_downloaded(page: Page, language: str) -> None:
    words = WORDS[language]
    starter = text(SLUG, "starter.py")
    expect(editor(page)).to_have_value(starter)
    editor(page).fill(ANSWER)
    page.reload()
    expect(editor(page)).to_have_value(ANSWER)
    with page.expect_download() as download:
        page.get_by_role("button", name=words["download"]).click()
    assert download.value.suggested_filename == f"{SLUG}.py"
    assert Path(download.value.path()).read_text(encoding="utf-8") == ANSWER
    page.locator(".judge__tools").get_by_role("button", name=words["copy"]).click()
    assert page.evaluate("navigator.clipboard.readText()") == ANSWER
    page.get_by_role("button", name=words["reset"], exact=True).click()
    expect(editor(page)).to_have_value(ANSWER)
    page.get_by_role("button", name=words["reset_sure"]).click()
    expect(editor(page)).to_have_value(starter)
    page.reload()
    expect(editor(page)).to_have_value(starter)


def test_typing_indents_and_the_browser_undoes(desk: Page) -> None:
    field, keys = editor(desk), desk.keyboard
    field.fill("")
    field.focus()
    keys.type("def f(x):\nif x:\nreturn 1")
    assert field.input_value() == "def f(x):\n    if x:\n        return 1"
    keys.press("Enter")
    keys.press("Backspace")
    keys.type("x")
    assert field.input_value().endswith("return 1\n    x")
    keys.press("Control+z")
    assert not field.input_value().endswith("x")
    field.fill("a\nb\n")
    keys.press("Control+a")
    keys.press("Tab")
    expect(field).to_have_value("    a\n    b\n")
    keys.press("Shift+Tab")
    expect(field).to_have_value("a\nb\n")
    keys.press("Control+z")
    expect(field).to_have_value("    a\n    b\n")
    assert desk.locator(".judge__numbers").inner_text().split() == ["1", "2", "3"]


def test_letters_that_an_input_method_composes_arrive(desk: Page) -> None:
    field = editor(desk)
    field.fill("# ")
    field.focus()
    desk.keyboard.press("End")
    session = desk.context.new_cdp_session(desk)
    session.send("Input.imeSetComposition", {"text": "lianghua", "selectionStart": 8, "selectionEnd": 8})
    # The key that chooses among the candidates is the input method's, not ours.
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    # Safari's comes once the composition has ended.
    desk.evaluate(
        """field => field.dispatchEvent(new KeyboardEvent("keydown", {
          key: "Enter", keyCode: 229, bubbles: true, cancelable: true, ctrlKey: true
        }))""",
        field.element_handle(),
    )
    expect(desk.locator(".judge__status")).to_be_empty()
    session.send("Input.insertText", {"text": "量化"})
    expect(field).to_have_value("# 量化")


def test_the_keyboard_leaves_the_editor_after_escape(desk: Page) -> None:
    field, keys = editor(desk), desk.keyboard
    field.focus()
    keys.press("Control+a")
    keys.insert_text(text(SLUG, "solution.py"))
    keys.press("Control+Enter")
    ended(desk, "en/")
    expect(desk.locator(".judge__status")).to_have_text(all_pass("en/"))
    keys.press("Tab")
    expect(field).to_be_focused()
    keys.press("Escape")
    keys.press("Tab")
    expect(desk.get_by_role("button", name=WORDS["en/"]["submit"], exact=True)).to_be_focused()
    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    keys.press("Shift+Tab")
    keys.press("Escape")
    keys.press("Shift+Tab")
    assert not desk.evaluate("document.activeElement.matches('.judge *')")


def test_a_line_is_gone_to(desk: Page) -> None:
    submit(desk, "en/", HEAD + "    x = 1\n    return x / 0\n")
    desk.get_by_role("button", name=WORDS["en/"]["line_go"].format(line=3)).first.click()
    expect(editor(desk)).to_be_focused()
    marked = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert editor(desk).evaluate(marked) == "    return x / 0"


@pytest.mark.parametrize(("language", "width"), [("", 360), ("en/", 1440)])
def test_axe_finds_nothing_after_a_run(chrome: Browser, address: str, language: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(place(address, language, SLUG))
    for answer in (ANSWER, HEAD + "    return 1 / 0\n", "x = (\n", text(SLUG, "solution.py")):
        submit(page, language, answer)
        page.evaluate("document.querySelectorAll('.judge__case details').forEach(fold => { fold.open = true })")
        assert faults_in(page, ("light", "dark")) == []
    context.close()


def test_without_scripts_the_starter_stands_as_code(chrome: Browser, address: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(place(address, "en/", SLUG))
    expect(page.locator(".judge__starter")).to_contain_text("def online_softmax(chunks):")
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES, ids=["zh", "en"], scope="module")
def test_a_question_links_its_problems_and_shows_what_is_solved(chrome: Browser, address: str, language: str) -> None:
    with quiet(chrome) as page:
        page.goto(f"{address}{language}q/30/")
        links = page.locator("[data-problem=online-softmax]")
        expect(links).to_have_count(1)
        expect(page.locator(".known")).to_have_count(0)
        links.click()
        expect(page).to_have_url(place(address, language, SLUG))
        submit(page, language, text(SLUG, "solution.py"))
        for where in ("q/30/", "problems/"):
            page.goto(address + language + where)
            expect(page.locator("[data-problem=online-softmax] .known")).to_have_count(1)


def test_the_markdown_beside_a_page_has_starter_and_solution(online: Path) -> None:
    beside = (online / "en/problems" / f"{SLUG}.md").read_text(encoding="utf-8")
    for name in ("starter.py", "solution.py"):
        lines = [line.strip() for line in text(SLUG, name).splitlines() if line.strip()]
        assert [line for line in lines if line not in beside] == []
    assert "--8<--" not in beside
    assert f"/problems/{SLUG}/" in (online / "sitemap.xml").read_text(encoding="utf-8")
