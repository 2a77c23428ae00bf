"""Our corrections of an article: a claim, word for word, and what is true instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from miaotui.bank.article import Article
from miaotui.base.problem import Problem
from miaotui.markup.fences import Spot, spots, unclosed

_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]*(?P<name>.*?)[ \t]*$")
_NAME = re.compile(r"^(?:[1-9][0-9]*|summary)$")
_QUOTE = re.compile(r"^ {0,3}>[ ]?(?P<text>.*)$")
SUMMARY = "summary"
"""The name of the summary's corrections."""


@dataclass(frozen=True)
class Correction:
    """One claim and its correction."""

    line: int
    """The line of the claim, counted from 1."""
    claim: str
    """The quotation, one line."""
    lines: tuple[str, ...]
    """What is true, in Markdown, without blank lines around it."""


def _gather(places: list[Spot], path: str) -> tuple[dict[str, tuple[int, list[Spot]]], list[Problem]]:
    """The line and the spots under each heading."""
    found: dict[str, tuple[int, list[Spot]]] = {}
    problems = []
    here: list[Spot] | None = None
    for spot in places:
        heading = _HEADING.match(spot.text) if spot.role == "text" else None
        if not heading:
            if here is not None:
                here.append(spot)
            elif spot.text.strip():
                problems.append(
                    Problem(path, spot.line, "text before the first heading; accepted: below ## 12 or ## summary")
                )
                here = []
            continue
        here = []
        name = heading["name"]
        if heading["marks"] != "##" or not _NAME.match(name):
            problems.append(
                Problem(path, spot.line, f"the heading '{spot.text.strip()}'; accepted: ## 12 or ## summary")
            )
        elif name in found:
            text = f"'{name}' stands twice, first at line {found[name][0]}; accepted: each once"
            problems.append(Problem(path, spot.line, text))
        else:
            found[name] = (spot.line, here)
    return found, problems


def _split(body: list[Spot]) -> tuple[list[Spot], list[tuple[list[Spot], list[Spot]]]]:
    """What stands before the first quotation, and each quotation with what follows it."""
    before: list[Spot] = []
    pairs: list[tuple[list[Spot], list[Spot]]] = []
    quoting = False
    for spot in body:
        quote = spot.role == "text" and _QUOTE.match(spot.text)
        if quote and not quoting:
            pairs.append(([], []))
        quoting = bool(quote)
        target = (pairs[-1][0] if quote else pairs[-1][1]) if pairs else before
        target.append(spot)
    return [spot for spot in before if spot.text.strip()], pairs


def _unquoted(spot: Spot) -> str:
    match = _QUOTE.match(spot.text)
    return match["text"] if match else ""


def _section(name: str, line: int, body: list[Spot], path: str) -> tuple[tuple[Correction, ...], list[Problem]]:
    before, pairs = _split(body)
    problems = []
    corrections = []
    if before:
        text = f"text of '{name}' before its first quotation; accepted: > the claim, then what is true"
        problems.append(Problem(path, before[0].line, text))
    elif not pairs:
        text = f"'{name}' has no correction; accepted: > the claim, then what is true"
        problems.append(Problem(path, line, text))
    for quotation, answer in pairs:
        claim = " ".join(" ".join(map(_unquoted, quotation)).split())
        lines = "\n".join(spot.text.rstrip() for spot in answer).strip("\n").split("\n")
        if not claim:
            problems.append(Problem(path, quotation[0].line, "an empty quotation; accepted: the claim, word for word"))
        if not "".join(lines).strip():
            problems.append(
                Problem(path, quotation[0].line, "a quotation with no correction; accepted: what is true, below it")
            )
        corrections.append(Correction(quotation[0].line, claim, tuple(lines)))
    return tuple(corrections), problems


def parse(text: str, path: str) -> tuple[dict[str, tuple[Correction, ...]], dict[str, int], list[Problem]]:
    """The corrections by question number or `summary`, the line of each heading, and what is wrong."""
    places = list(spots(text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")))
    problems = []
    if fence := unclosed(places):
        fault = f"the code fence {fence.marks} opened here is never closed; accepted: a closing {fence.marks}"
        problems.append(Problem(path, fence.line, fault))
    gathered, faults = _gather(places, path)
    problems += faults
    corrections = {}
    for name, (line, body) in gathered.items():
        corrections[name], faults = _section(name, line, body, path)
        problems += faults
    return corrections, {name: line for name, (line, _) in gathered.items()}, problems


def _words(text: str) -> str:
    """Text as a reader sees it: no emphasis marks, white space folded."""
    return " ".join(text.replace("**", "").replace("`", "").split())


def match(
    corrections: Mapping[str, tuple[Correction, ...]], lines: Mapping[str, int], article: Article, path: str
) -> list[Problem]:
    """Corrections of what the article does not have, and quotations that are not its words."""
    texts = {str(question.number): _words(question.text) for question in article.questions}
    if not article.summary.blank:
        texts[SUMMARY] = _words(article.summary.text)
    problems = []
    for name, found in corrections.items():
        what = "the summary" if name == SUMMARY else f"question {name}"
        if name not in texts:
            text = f"a correction of {what}, which {article.path} does not have; accepted: a question of this article"
            problems.append(Problem(path, lines[name], text))
            continue
        for correction in found:
            if correction.claim and correction.claim not in texts[name]:
                found_in = f"{what} of {article.path}"
                text = f"the quotation '{correction.claim}' is not in {found_in}; accepted: its words, exactly"
                problems.append(Problem(path, correction.line, text))
    return problems


def compare(
    mine: Mapping[str, tuple[Correction, ...]],
    theirs: Mapping[str, tuple[Correction, ...]],
    lines: Mapping[str, int],
    path: str,
    other: str,
) -> list[Problem]:
    """Where one language's corrections are not the other's: sections that lack, or other counts."""
    problems = []
    for name, found in mine.items():
        there = len(theirs.get(name, ()))
        if there != len(found):
            text = f"'{name}' has {len(found)} corrections here and {there} in {other}; accepted: the same in both"
            problems.append(Problem(path, lines[name], text))
    return problems
