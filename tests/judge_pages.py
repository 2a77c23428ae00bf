"""The judge of an open page: types an answer, submits it, and reads what it says."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Locator, Page, expect

from miaotui.base.paths import PROBLEMS
from miaotui.base.words import words

WORDS = {"": words("zh").judge, "en/": words("en").judge}
"""What the judge says, by the folder of the language."""
_SHOWS = "selector => document.querySelector(selector)"
_ENDED = ".judge__status--good, .judge__status--bad"
"""The status is one of these from the end of a run to the next."""


def place(start: str, language: str, slug: str) -> str:
    """The address of a problem's page, on a server or in a folder."""
    end = "/" if start.startswith("http") else ".html"
    return f"{start}{language}problems/{slug}{end}"


def text(slug: str, name: str) -> str:
    """A file of the problem."""
    return (PROBLEMS / slug / name).read_text(encoding="utf-8")


def editor(page: Page) -> Locator:
    """The field for the answer."""
    return page.locator(".judge__code")


def ended(page: Page, language: str) -> None:
    """Waits until a run has ended."""
    page.wait_for_function(_SHOWS, arg=_ENDED, timeout=30_000)
    expect(page.get_by_role("button", name=WORDS[language]["stop"])).to_be_hidden()


def _begin(page: Page, language: str, answer: str) -> None:
    editor(page).fill(answer)
    page.get_by_role("button", name=WORDS[language]["submit"], exact=True).click()


def submit(page: Page, language: str, answer: str) -> str:
    """Submits an answer, and gives the status once it was judged."""
    _begin(page, language, answer)
    ended(page, language)
    return page.locator(".judge__status").inner_text()


def first_failed(page: Page, language: str, answer: str) -> str:
    """Submits an answer, and gives the function of the case that it fails first; none where it ends without.

    What comes after that case is not waited for: the next run ends this one.
    """
    _begin(page, language, answer)
    page.wait_for_function(_SHOWS, arg=f".judge__case--bad, {_ENDED}", timeout=30_000)
    return (failed(page) or [""])[0]


# Says of each answer which case it fails first: all in one run, whose start takes as long as most answers.
_EACH = """
import harness, json, tests

class Failed(Exception):
    pass

def stop(result):
    if not result["ok"]:
        raise Failed(result["case"])

def first_failed(text):
    answer, wrong = harness.read(text)
    try:
        harness.run(answer, [] if wrong else tests.CASES, stop)
    except Failed as failed:
        return failed.args[0]
    return ""

for text in json.loads(ANSWERS):
    print(first_failed(text))
"""
# As judge.js does it, without the page's part.
_PRINTED = """([slug, text]) => new Promise((told, failed) => {
  const { engine, wasm, worker, harness } = window.miaotuiPython
  const bytes = Uint8Array.from(atob(wasm), letter => letter.charCodeAt(0)).buffer
  const run = new Worker(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })))
  let all = ""
  setTimeout(failed, 60_000, new Error(`no end in a minute, after ${all}`))
  run.onerror = failed
  run.onmessage = ({ data: { printed, wrong, done } }) => {
    all += printed ?? ""
    if (wrong) failed(new Error(JSON.stringify(wrong)))
    if (done) told(all)
    if (wrong || done) run.terminate()
  }
  run.postMessage({ engine, wasm: bytes, harness, tests: window.miaotuiProblem[slug], text, most: 0 })
})"""


def first_failed_of(page: Page, slug: str, answers: list[str]) -> list[str]:
    """The function of the case that each answer fails first, as the page's Python tells it; none where it fails none.

    The page has judged an answer before, and so has the worker and the problem's cases.
    """
    program = f"ANSWERS = {json.dumps(json.dumps(answers))}\n{_EACH}"
    printed: str = page.evaluate(_PRINTED, [slug, program])
    return printed.split("\n")[:-1]


def failed(page: Page) -> list[str]:
    """The functions of the cases that failed, in order."""
    return list(page.locator(".judge__case--bad").evaluate_all("items => items.map(item => item.dataset.case)"))


def all_pass(language: str) -> re.Pattern[str]:
    """What the judge says of an answer that passes."""
    return re.compile(re.escape(WORDS[language]["passed"]).replace(r"\{all\}", r"\d+"))
