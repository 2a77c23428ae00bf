"""A verdict in the reader's language: assets/js/judge/page.js says the same on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from miaotui.judging.verdict import SECONDS, Result, Verdict


def reason(failure: Result, words: Mapping[str, Any]) -> str:
    """The sentence for a failure, with the reader's own line."""
    form = words["kinds"][failure["kind"]]
    said = form.format(error=failure["error"], message=failure["message"], seconds=f"{SECONDS:g}").rstrip(" :：")
    return str(words["at"].format(text=said, line=failure["line"])) if failure["line"] else said


def _one(value: Any, code: str) -> str:
    """A text that may be a pair, Chinese first."""
    return str(value[code != "zh"] if isinstance(value, (list, tuple)) else value)


def _printed(text: str, words: Mapping[str, Any]) -> Iterator[str]:
    yield words["pair"].format(label=words["printed"], text="").rstrip()
    yield from (f"  {line}" for line in text.rstrip("\n").split("\n"))


def details(result: Result, words: Mapping[str, Any], code: str) -> Iterator[str]:
    """What is to be said of a case that fails, and of what any case printed."""
    if not result["ok"]:
        yield reason(result, words)
        for key in ("given", "expected", "got", "place"):
            if said := _one(result[key], code):
                yield words["pair"].format(label=words[key], text=said)
    if printed := result.get("printed", ""):
        yield from _printed(printed, words)


def summary(verdict: Verdict, words: Mapping[str, Any]) -> str:
    """How many cases pass, and how many were not run."""
    passed = sum(result["ok"] for result in verdict.results)
    if verdict.passed:
        return str(words["passed"].format(all=verdict.cases))
    left = verdict.cases - len(verdict.results)
    form = words["failed_early" if left else "failed"]
    return str(form.format(all=verdict.cases, passed=passed, count=left))


def lines(verdict: Verdict, words: Mapping[str, Any], code: str) -> Iterator[str]:
    """The verdict, case by case."""
    for number, result in enumerate(verdict.results, 1):
        mark, said = ("✓", words["ok"]) if result["ok"] else ("✗", words["bad"])
        yield f"{mark} {number}. {words['pair'].format(label=result[code], text=said)}"
        yield from (f"    {line}" for line in details(result, words, code))
    if verdict.printed:
        yield from _printed(verdict.printed, words)
    if verdict.wrong:
        yield reason(verdict.wrong, words)
    yield summary(verdict, words)


def shown(line: str) -> str:
    """The line as UTF-8 can write it: what an answer prints may hold half a character."""
    return line.encode("utf-8", "backslashreplace").decode("utf-8")
