"""The page's Python: it is CPython, says so, and judges as the command line does; what an answer cannot reach."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from miaotui.base.paths import PROBLEMS, VENDOR
from miaotui.judging.inside import IMPORTS, MOST_PRINTED
from miaotui.judging.verdict import Result, judge_text
from miaotui.judging.wrong import Wrong, wrong
from miaotui.site import page_python
from tests.injected import until
from tests.judge_pages import WORDS, all_pass, editor, events_of, keep_sent, place, submit, text
from tests.listening import quiet
from tests.unit.test_tampering import TAMPERED

SLUG = "online-softmax"
HEAD = "def online_softmax(chunks):\n"
SOLUTION = text(SLUG, "solution.py")
LARGEST = 5_000_000
"""Bytes that a first run may load, packed as servers pack them: what is packed already gets no smaller in brotli."""
# What MicroPython, the judge before, did not have.
FEATURES = (
    """
from __future__ import annotations
import bisect, functools, heapq, itertools, math, re
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from enum import Enum
from typing import List

class Kind(Enum):
    ONE = 1

@dataclass(order=True, slots=True)
class Node:
    cost: float
    rest: List[int] = field(default_factory=list, compare=False)

order = OrderedDict(a=1, b=2)
order.move_to_end("a")
assert list(order) == ["b", "a"] and order.popitem(last=False) == ("b", 2)
assert sorted("bAaB", key=str.lower) == ["A", "a", "b", "B"], "stable"
assert list({"z": 1, "a": 2}) == ["z", "a"], "in order"
assert deque() == deque([], maxlen=None) and not deque()
assert Counter("aab").most_common(1) == [("a", 2)]
assert [*itertools.pairwise("abc")] == [("a", "b"), ("b", "c")] and [*itertools.product("ab", repeat=2)]
assert math.fsum([0.1] * 10) == 1.0 and heapq.nlargest(1, [1, 3, 2]) == [3]
assert Node(1.0) < Node(2.0, [1]) and bisect.bisect([1, 2], 1) == 1 and Kind(1) is Kind.ONE
assert sum([1], start=2) == 3 and [*zip("a", "b", strict=True)]

@functools.lru_cache(None)
def deep(n):
    return n and deep(n - 1) + 1

match deep(200), re.findall(r"(?<=a)b", "ab"):
    case (200, ["b"]):
        pass
    case other:
        raise AssertionError(other)
try:
    math.exp(1000)
except OverflowError:
    pass
"""
    + SOLUTION
)


@pytest.fixture(scope="module")
def page(chrome: Browser, address: str) -> Iterator[Page]:
    """A page that has judged an answer, so that tests start its Python themselves."""
    with quiet(chrome) as opened:
        opened.goto(place(address, "en/", SLUG))
        expect(editor(opened)).to_be_visible()
        keep_sent(opened)
        submit(opened, "en/", SOLUTION)
        yield opened


def results(events: list[dict[str, Result]]) -> tuple[list[Result], Result | None]:
    """The results of the cases, and what is wrong with the whole."""
    told = [event["result"] for event in events if "result" in event]
    return told, next((event["wrong"] for event in events if "wrong" in event), None)


@pytest.mark.parametrize(("language", "kind"), [("", "file"), ("en/", "server")])
def test_an_answer_may_be_written_as_python_is(
    chrome: Browser, address: str, offline: Path, language: str, kind: str
) -> None:
    start = f"{offline.as_uri()}/" if kind == "file" else address
    with quiet(chrome, 360, offline=kind == "file") as opened:
        opened.goto(place(start, language, SLUG))
        assert all_pass(language).fullmatch(submit(opened, language, FEATURES))


@pytest.mark.parametrize("language", ["", "en/"], ids=["zh", "en"])
def test_the_page_says_which_python_it_is_and_what_may_be_imported(
    chrome: Browser, address: str, language: str
) -> None:
    with quiet(chrome, 360) as opened:
        opened.goto(place(address, language, SLUG))
        fold = opened.locator(".judge-python")
        expect(fold.locator("summary")).to_contain_text(f"CPython {page_python.PYTHON}")
        expect(fold.locator("summary")).to_contain_text(f"{page_python.megabytes()} MB")
        fold.locator("summary").click()
        assert {*fold.locator("code").all_inner_texts(), "__future__"} == set(IMPORTS)


def test_it_is_the_python_that_it_says(page: Page) -> None:
    names = ", ".join(name for name in IMPORTS if name != "__future__")
    events = events_of(page, f"import {names}\nprint(sys.version.split()[0])\n{SOLUTION}")
    told, fault = results(events)
    assert fault is None
    assert all(result["ok"] for result in told)
    assert "".join(event["printed"] for event in events if "printed" in event).strip() == page_python.PYTHON
    listed = yaml.safe_load((VENDOR / "vendored.yml").read_text(encoding="utf-8"))
    assert {one["version"] for one in listed if one["file"].startswith("pyodide/")} == {page_python.VERSION}


def test_a_first_run_loads_no_more_than_is_said(online: Path) -> None:
    files = [online / "judge" / name for name in page_python.files() if name != page_python.NOTICE]
    sent = sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert sent < LARGEST
    assert abs(sent / 1e6 - float(page_python.megabytes())) < 0.15


def bad(told: list[Result]) -> list[Result]:
    """The results that are not right."""
    return [result for result in told if not result["ok"]]


_LONG = re.compile(r"\d+\.\d{10,}")


def same(result: Result) -> dict[str, object]:
    """What both judges have to say alike: an interpreter's own words may differ, and the last digits of sum()."""
    own = ("mismatch", "none", "key", "missing", "import")
    keys = ("case", "ok", "kind", "given", "expected", "got", "line")
    said = {key: result.get(key) for key in (*keys, "message" if result.get("kind") in own else "ok")}
    return {key: _LONG.sub(lambda found: f"{float(found[0]):.9g}", str(value)) for key, value in said.items()}


@pytest.mark.parametrize("answer", wrong(SLUG), ids=lambda answer: answer.name)
def test_both_judges_say_the_same_of_each_case(page: Page, answer: Wrong) -> None:
    told, fault = results(events_of(page, answer.text))
    verdict = judge_text(SLUG, answer.text)
    assert fault == verdict.wrong is None
    assert [same(result) for result in told] == [same(result) for result in verdict.results]


DEEP = "    x = []\n    for _ in range(10**5):\n        x = [x]\n"
TELLING = {
    "recursion in the language": (HEAD + "    return online_softmax(chunks)\n", "recursion"),
    "recursion through sorted()": (HEAD + "    return sorted([1], key=online_softmax)\n", "recursion"),
    "recursion through repr()": (
        HEAD + "    x = []\n    for _ in range(10**5):\n        x = [x]\n    repr(x)\n",
        "recursion",
    ),
    "brackets": (f"x = {'[' * 1100}1{']' * 1100}\n", "syntax"),
    "signs": (f"x = {'-' * 20_000}1\n", "syntax"),
    "a chain": (f"x = {'+'.join(['1'] * 20_000)}\n", "syntax"),
    "memory": (HEAD + "    x = []\n    while True:\n        x.append([0] * 10**6)\n", "memory"),
    "an exit of the process": (f"import os\n{HEAD}    os._exit(0)\n", "crash"),
}


@pytest.mark.parametrize(("answer", "kind"), TELLING.values(), ids=TELLING)
def test_what_runs_out_is_told_alike(page: Page, answer: str, kind: str) -> None:
    told, fault = results(events_of(page, answer))
    verdict = judge_text(SLUG, answer)
    # One case is enough: memory that is given and taken back again and again takes its time.
    mine, theirs = (
        [*failures, whole] for failures, whole in ((bad(told), fault), (bad(verdict.results), verdict.wrong))
    )
    # Where the browser's stack ends before Python's, the page says what else may be the cause.
    alike = [{"deep": "recursion"}.get(found[0]["kind"], found[0]["kind"]) for found in (mine, theirs) if found[0]]
    assert alike == [kind, kind]


def test_objects_linked_in_a_chain_pass_at_a_few_hundred_and_have_a_sentence_at_thousands(page: Page) -> None:
    linked = "class Link:\n    def __init__(self, *after):\n        self.after = [*after]\n\n"
    chain = "link = Link()\nfor _ in range({}):\n    link = Link(link)\ndel link\n"
    told, fault = results(events_of(page, f"{linked}{chain.format(300)}{SOLUTION}"))
    assert fault is None
    assert not bad(told)
    _, fault = results(events_of(page, f"{linked}{chain.format(20_000)}{SOLUTION}"))
    assert fault
    assert fault["kind"] == "deep"


@pytest.mark.parametrize(("answer", "kind"), TAMPERED.values(), ids=TAMPERED)
def test_an_answer_that_tampers_gets_a_sentence_and_no_pass(page: Page, answer: str, kind: str) -> None:
    told, fault = results(events_of(page, answer.replace(str(PROBLEMS), "/problems")))
    failures = [fault] if fault else [result for result in told if not result["ok"]]
    assert failures
    assert failures[0]["kind"] in WORDS["en/"]["kinds"]
    # The page's Python has no processes and no files of ours: what is not there may be told as an error of the answer.
    assert failures[0]["kind"] in (kind, "error", "mismatch", "crash")


REACHES = (
    *("import js", "import pyodide_js", "from pyodide.code import run_js", "import _pyodide_core", "import _pyodide"),
    *("exec('import js', {'__name__': 'x'})", "exec('import pyodide_js', {'__name__': 'x'})"),
    *("exec('from pyodide.ffi import JsProxy', {'__name__': 'x'})", "exec('import pyodide.http', {'__name__': 'x'})"),
)


def test_the_way_to_the_page_is_gone(page: Page) -> None:
    for line in REACHES:
        told, fault = results(events_of(page, f"{line}\n{SOLUTION}"))
        assert fault, line
        assert (fault["kind"], told) == ("import", []), line


# Behind the worker's own text: what is left of its globals once they are fenced in.
_FENCED = """
fence()
const made = make => {
  try {
    return make("return 1")()
  } catch (error) {
    return error.name
  }
}
post({ left: Object.fromEntries(NAMES.map(name => [name, typeof globalThis[name]])), made: MAKERS.map(made) })
"""
_NETWORK = (
    *("fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts", "Request", "Worker"),
    *("indexedDB", "caches", "BroadcastChannel", "postMessage", "MessageChannel", "navigator", "location", "close"),
    *("eval", "setTimeout", "setInterval", "URL", "Blob", "FileReaderSync", "Notification"),
)
_MAKERS = "[text => Function(text), text => (async () => {}).constructor(text), text => (() => {}).constructor(text)]"
_LEFT = """names => new Promise((told, failed) => {
  const { worker } = window.miaotuiPython
  const code = new Blob([worker, names], { type: "text/javascript" })
  const fenced = new Worker(URL.createObjectURL(code))
  fenced.onmessage = ({ data }) => told(data)
  fenced.onerror = failed
})"""


def test_nothing_of_the_browser_is_left_to_who_would_reach_it(page: Page) -> None:
    names = ", ".join(f'"{name}"' for name in _NETWORK)
    told = page.evaluate(_LEFT, f"\nconst NAMES = [{names}], MAKERS = {_MAKERS}\n{_FENCED}")
    assert {name: kind for name, kind in told["left"].items() if kind != "undefined"} == {}
    assert told["made"] == ["EvalError"] * 3


def test_output_is_cut_where_it_is_made(page: Page) -> None:
    endless = "try:\n    for _ in range(200_000):\n        print('x' * 100, end='')\nfinally:\n    pass\n"
    printed = [event["printed"] for event in events_of(page, endless + SOLUTION) if "printed" in event]
    assert "".join(map(str, printed)) == "x" * MOST_PRINTED
    chinese = [event for event in events_of(page, f"print('推' * {MOST_PRINTED})\n{SOLUTION}") if "printed" in event]
    assert chinese[0]["printed"] == "推" * MOST_PRINTED


def test_what_comes_is_shown_while_it_comes(chrome: Browser, address: str) -> None:
    with quiet(chrome) as opened:
        last = list(page_python.files())[-1]
        held: list[object] = []
        opened.route(f"**/judge/{last}", lambda route: held.append(route))  # noqa: PLW0108 - it is marked
        opened.goto(place(address, "en/", SLUG))
        opened.get_by_role("button", name=WORDS["en/"]["submit"], exact=True).click()
        bar = opened.get_by_role("progressbar")
        expect(bar).to_be_visible()
        until(opened, "() => document.querySelector('progress').value > 0.9")
        expect(opened.locator(".judge__status")).to_contain_text(f"{page_python.megabytes()} MB")
        opened.get_by_role("button", name=WORDS["en/"]["stop"]).click()
        expect(bar).to_be_hidden()


def test_python_starts_anew_while_the_reader_writes_on(chrome: Browser, address: str) -> None:
    with quiet(chrome) as opened:
        opened.goto(place(address, "en/", SLUG))
        submit(opened, "en/", SOLUTION)
        assert opened.workers == []
        with opened.expect_worker():
            editor(opened).press_sequentially("# more")
        assert len(opened.workers) == 1
        assert all_pass("en/").fullmatch(submit(opened, "en/", FEATURES))
        assert opened.workers == []
