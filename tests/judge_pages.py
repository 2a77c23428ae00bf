"""The judge of an open page: types an answer, submits it, and reads what it says."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from miaotui.base.paths import PROBLEMS
from miaotui.base.words import words
from tests.injected import until

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
    until(page, _SHOWS, arg=_ENDED, timeout=30_000)
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
    until(page, _SHOWS, arg=f".judge__case--bad, {_ENDED}", timeout=30_000)
    return (failed(page) or [""])[0]


# Stands for the page's own judge() in a worker, and says of each answer which case it fails first: all in one run,
# whose start takes as long as most answers.
_EACH = """

class Failed(Exception):
    pass


def judge(tell, guard, sources, most=None, phase=None):
    def private(name, text, **modules):
        return guard.private(name, compile(text, name + ".py", "exec"), modules)

    def stop(result):
        if not result["ok"]:
            raise Failed(result["case"])

    harness = private("harness", sources.harness)
    tests = private("tests", sources.tests, harness=harness)
    for text in json.loads(sources.answer):
        answer, wrong = harness.read(text)
        try:
            harness.run(answer, [] if wrong else tests.CASES, stop)
            tell({"first": wrong["kind"] if wrong else ""})
        except Failed as failed:
            tell({"first": failed.args[0]})
"""
# What judge/page.js sends to a worker, kept for tests that start one themselves.
_KEEP = """() => {
  // The search stands before the browser's own.
  const made = new Worker(URL.createObjectURL(new Blob([""])))
  const native = Object.getPrototypeOf(made)
  made.terminate()
  const send = native.postMessage
  native.postMessage = function (data, ...rest) {
    if (data.module || data.sources) window.sent = { ...window.sent, ...data }
    return send.call(this, data, ...rest)
  }
}"""
_EVENTS = """([answer, more, tests]) => new Promise((told, failed) => {
  const { worker } = window.miaotuiPython
  const { sources } = window.sent
  const run = new Worker(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })))
  const events = []
  const end = setTimeout(() => { run.terminate(); told([...events, { time: true }]) }, 60_000)
  run.onerror = failed
  run.onmessage = ({ data }) => {
    events.push(data)
    if (!data.done) return
    clearTimeout(end)
    run.terminate()
    told(events)
  }
  const given = { inside: sources.inside + more, answer, tests: tests || sources.tests }
  run.postMessage({ ...window.sent, most: null, sources: { ...sources, ...given } })
})"""


def keep_sent(page: Page) -> None:
    """Keeps what the page sends to its workers from now on."""
    page.evaluate(_KEEP)


def events_of(page: Page, answer: str, more: str = "", tests: str = "") -> list[dict[str, Any]]:
    """What the page's Python tells of an answer, with `more` behind the text of what judges there.

    The page keeps what it sends, and has judged an answer before.
    """
    events: list[dict[str, Any]] = page.evaluate(_EVENTS, [answer, more, tests])
    return events


def first_failed_of(page: Page, answers: list[str]) -> list[str]:
    """The function of the case that each answer fails first, as the page's Python tells it; none where it passes."""
    return [event["first"] for event in events_of(page, json.dumps(answers), _EACH) if "first" in event]


def failed(page: Page) -> list[str]:
    """The functions of the cases that failed, in order."""
    return list(page.locator(".judge__case--bad").evaluate_all("items => items.map(item => item.dataset.case)"))


def all_pass(language: str) -> re.Pattern[str]:
    """What the judge says of an answer that passes."""
    return re.compile(re.escape(WORDS[language]["passed"]).replace(r"\{all\}", r"\d+"))
