"""The judge of an open page: types an answer, submits it, and reads what it says."""

from __future__ import annotations

import re
from pathlib import Path

from judging import folder
from playwright.sync_api import Locator, Page, expect

WORDS = {"": folder.words("zh"), "en/": folder.words("en")}
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
    return (folder.PROBLEMS / slug / name).read_text(encoding="utf-8")


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


# As judge.js does it, without the page's part: what a run shows there takes three times as long as the run.
_FIRST_FAILED = """async ([slug, texts]) => {
  const { engine, wasm, worker, harness } = window.miaotuiPython
  const bytes = Uint8Array.from(atob(wasm), letter => letter.charCodeAt(0)).buffer
  const source = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }))
  const first = text => new Promise(told => {
    const run = new Worker(source)
    const end = said => { run.terminate(); told(said) }
    setTimeout(end, 30_000, "no end in 30 s")
    run.onerror = () => end("a crash")
    run.onmessage = ({ data: { result, done } }) => {
      if (result && !result.ok) end(result.case)
      else if (done) end("")
    }
    run.postMessage({ engine, wasm: bytes, harness, tests: window.miaotuiProblem[slug], text, most: 10_000 })
  })
  const found = []
  for (const text of texts) found.push(await first(text))
  return found
}"""


def first_failed_of(page: Page, slug: str, answers: list[str]) -> list[str]:
    """The function of the case that each answer fails first, as the page's worker tells it; none where it fails none.

    The page has judged an answer before, and so has the worker and the problem's cases.
    """
    return list(page.evaluate(_FIRST_FAILED, [slug, answers]))


def failed(page: Page) -> list[str]:
    """The functions of the cases that failed, in order."""
    return list(page.locator(".judge__case--bad").evaluate_all("items => items.map(item => item.dataset.case)"))


def all_pass(language: str) -> re.Pattern[str]:
    """What the judge says of an answer that passes."""
    return re.compile(re.escape(WORDS[language]["passed"]).replace(r"\{all\}", r"\d+"))


def wrong(slug: str) -> list[tuple[Path, str]]:
    """The wrong answers, each with the case it fails first."""
    return [(answer.path, answer.case) for answer in folder.wrong(slug)]
