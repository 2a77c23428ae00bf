"""An article in one of the usual forms, turned into ours: where its questions begin, and what is in each.

It changes form alone. What it cannot decide, or had to leave out, is listed for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from miaotui.bank.received_forms import (
    ANSWER_LINE,
    ANSWER_SUMMARY,
    ASKED_LINE,
    DETAILS,
    ENDS,
    FOOTNOTE,
    HEADING,
    IMAGE,
    LINK,
    NOTE,
    SUMMARY_TAG,
    Begin,
    headings_in,
    question_starts,
)
from miaotui.base.languages import Language
from miaotui.base.texts import short
from miaotui.markup.fences import Spot, spots
from miaotui.markup.headings import heading_text

LEVEL = 2
"""The level of a question's heading in what is written: headings in an answer are deeper."""


@dataclass
class Adapted:
    """An article in our form, and what somebody has to look at."""

    text: str = ""
    titles: list[str] = field(default_factory=list)
    described: list[bool] = field(default_factory=list)
    """Whether each question has a description beside its title."""
    ends: tuple[bool, bool] = (False, False)
    """Whether there is a preface, and a summary."""
    decide: list[tuple[int, str]] = field(default_factory=list)
    """Line of what was received, and what is to be decided."""


class _Writer:
    """Writes one article."""

    def __init__(self, places: list[Spot], language: Language) -> None:
        self.places = places
        self.language = language
        self.made = Adapted()
        self.notes = {
            found["name"]: found["words"]
            for spot in places
            if spot.role == "text" and (found := FOOTNOTE.match(spot.text))
        }

    def decide(self, spot: Spot, what: str) -> None:
        self.made.decide.append((spot.line, what))

    def _said(self, spot: Spot) -> str:
        """A line without images, footnotes and links that lead nowhere from our pages."""
        zh = self.language.code == "zh"
        opens, closes = ("（", "）") if zh else (" (", ")")

        def note(found: re.Match[str]) -> str:
            return f"{opens}{self.notes[found['name']]}{closes}" if found["name"] in self.notes else found[0]

        def image(found: re.Match[str]) -> str:
            self.decide(spot, f"an image is left out: {short(found[0])}; say in words what it shows")
            return f"{opens}{'图：' if zh else 'Figure: '}{found['alt'] or '?'}{closes}".strip()

        def link(found: re.Match[str]) -> str:
            self.decide(spot, f"a link is left out: {short(found[0])}; its words stay")
            return found["words"]

        return LINK.sub(link, IMAGE.sub(image, NOTE.sub(note, spot.text)))

    def lines(self, begin: int, end: int, least: int) -> list[str]:
        """Lines of the article, its headings no less deep than `least`."""
        out = []
        for spot in self.places[begin:end]:
            if spot.role != "text":
                out.append(spot.text)
                continue
            if FOOTNOTE.match(spot.text):
                continue
            text, found = self._said(spot), HEADING.match(spot.text)
            bare = DETAILS.sub("", text)
            if found and len(found["marks"]) < least:
                text = f"{'#' * least} {heading_text(spot.text)}"
            elif bare != text:
                text = bare.strip()
            out.append(text)
        return "\n".join(out).strip("\n").split("\n")

    def _answer(self, begin: int, end: int) -> tuple[int, str]:
        """Where the answer begins, and what stands beside its label; the place is `end` where no label is."""
        for at in range(begin, end):
            spot = self.places[at]
            if spot.role != "text":
                continue
            if found := ANSWER_LINE.match(spot.text):
                return at, (found["rest"] or "").strip()
            folded = SUMMARY_TAG.search(spot.text)
            if folded and ANSWER_SUMMARY.match(folded["title"]):
                return at, ""
        return end, ""

    def _question(self, begin: Begin, number: int, end: int) -> list[str]:
        asked, answer = (self.language.label_forms[name] for name in ("question", "answer"))
        first = begin.at + 1
        at, beside = self._answer(first, end)
        title = re.sub(r"\*\*|__", "", begin.title).strip().rstrip("#").strip()
        out = [f"{'#' * LEVEL} {_headed(self.language, number, title)}", ""]
        before = self.lines(first, at, LEVEL + 1) if at < end else []
        before = [found["rest"].strip() if (found := ASKED_LINE.match(line)) else line for line in before]
        described = bool("".join(before).strip())
        if described:
            out += [asked, "", *"\n".join(before).strip("\n").split("\n"), ""]
        body = self.lines(at + 1, end, LEVEL + 1) if at < end else self.lines(first, end, LEVEL + 1)
        if not "".join([beside, *body]).strip():
            self.decide(self.places[begin.at], f"question {number} has no answer")
        self.made.titles.append(title)
        self.made.described.append(described)
        return [*out, answer, "", *([beside, ""] if beside else []), *body, ""]

    def run(self, first: int) -> Adapted:
        begins = question_starts(self.places)
        if not begins:
            self.made.decide.append((1, "no question is found; give each a heading"))
            return self.made
        preface = "\n".join(self.lines(0, begins[0].at, 1))
        out = [preface, ""]
        ends = [*(begin.at for begin in begins[1:]), self._end(begins[-1])]
        for number, (begin, end) in enumerate(zip(begins, ends, strict=True), first):
            out += self._question(begin, number, self._section(begin, end))
        rest = self.lines(ends[-1], len(self.places), 1)
        if "".join(rest).strip():
            rest[0] = f"{'#' * LEVEL} {heading_text(rest[0])}"
        self.made.ends = (bool(preface.strip()), bool("".join(rest).strip()))
        self.made.text = re.sub(r"\n{3,}", "\n\n", "\n".join([*out, *rest])).strip("\n") + "\n"
        return self.made

    def _end(self, last: Begin) -> int:
        """Where the last question ends: at a heading that closes the article."""
        heads = [at for at, _, words in headings_in(self.places) if at > last.at and ENDS.match(words)]
        return heads[0] if heads else len(self.places)

    def _section(self, begin: Begin, end: int) -> int:
        """Where the question ends though a heading of the next section stands before the next question."""
        own = HEADING.match(self.places[begin.at].text)
        level = len(own["marks"]) if own else 7
        for at, of, words in headings_in(self.places):
            later = range(at + 1, end)
            if begin.at < at < end and of < level and own and not any(self.places[n].text.strip() for n in later):
                self.decide(self.places[at], f"the heading of a section is left out: {short(words)}")
                return at
        return end


def _headed(language: Language, number: int, title: str) -> str:
    return f"题目 {number}：{title}" if language.code == "zh" else f"Question {number}: {title}"


def adapted(text: str, language: Language, first: int) -> Adapted:
    """The article in our form, its questions numbered from `first`."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
    return _Writer(list(spots(lines)), language).run(first)


UNTRANSLATED = "〔untranslated〕"
"""What marks the words that nobody has put into the other language yet: the check refuses them by name."""


def skeleton(made: Adapted, language: Language, first: int) -> str:
    """The article in another language, its words still to be written."""
    asked, answer = (language.label_forms[name] for name in ("question", "answer"))
    out = [UNTRANSLATED, ""] if made.ends[0] else []
    for number, (title, described) in enumerate(zip(made.titles, made.described, strict=True), first):
        out += [f"{'#' * LEVEL} {_headed(language, number, f'{UNTRANSLATED} {title}')}", ""]
        out += [f"{asked} {UNTRANSLATED}", ""] if described else []
        out += [f"{answer} {UNTRANSLATED}", ""]
    return "\n".join([*out, *([f"{'#' * LEVEL} {UNTRANSLATED}", ""] if made.ends[1] else [])])
