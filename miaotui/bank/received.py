"""An article in one of the usual forms, turned into ours: where its questions begin, and what is in each.

It changes form alone. What it cannot decide, or had to leave out, is listed for a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from miaotui.base.languages import Language
from miaotui.base.texts import short
from miaotui.markup.fences import Spot, spots
from miaotui.markup.headings import heading_text

LEVEL = 2
"""The level of a question's heading in what is written: headings in an answer are deeper."""
_NUMBER = r"[0-9０-９一二三四五六七八九十百]{1,9}"
_WORD = r"(?:[\u4e00-\u9fff]{0,6}(?:题目|试题|问题|题)|questions?|problem|q)"
_AFTER = r"[ \t\u3000]*[.．、:：)）】\]-]*[ \t\u3000]*"
_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]|(?=[^#\s]))")
_NAMED = re.compile(
    rf"^[*_【\[]*(?:第?\s?{_WORD}\s?第?\s?{_NUMBER}|第\s?{_NUMBER}\s?[道个]?[题问]){_AFTER}(?P<title>.*?)[*_]*$", re.I
)
_NUMBERED = re.compile(r"^[*_【\[]*[0-9０-９]{1,9}[ \t]*[.．、)）:：】\]][*_]*[ \t\u3000]*(?P<title>.+?)[*_]*$")
_Q_LINE = re.compile(r"^(?:\*\*)?(?:Q|问)\s?[0-9０-９]*\s?[:：.、](?:\*\*)?[ \t]*(?P<title>.+?)(?:\*\*)?$", re.I)
_BOLD_LINE = re.compile(
    r"^\*\*(?:[0-9]{1,9}[.、)]\s*)?(?P<title>[^*]+[?？])\*\*$|^\*\*[0-9]{1,9}[.、)]\s*(?P<other>[^*]+)\*\*$"
)
_SUMMARY_TAG = re.compile(r"<summary>(?P<title>.*?)</summary>", re.I)
_DETAILS = re.compile(r"^\s*</?(?:details|summary)[^>]*>\s*$|</?details[^>]*>|</?summary>", re.I)
_ANSWER_SUMMARY = re.compile(
    r"^\s*(?:查看|点击|展开|参考|show|see|click)*\s*(?:for\s*)?(?:the\s*)?(?:答案|解析|答|answer|solution)", re.I
)
_ANSWER_LINE = re.compile(
    r"^\s*(?:[-*+]\s+|#{1,6}\s*)?(?:\*\*|__)?(?P<label>(?:满分|标准|参考)?(?:答案与解析|答案解析|答案|解析|解答|回答|答)|answer"
    r"|solution|explanation|a)\s?[0-9]*(?:\*\*|__)?\s*(?:[:：](?:\*\*|__)?(?P<rest>.*)|$)",
    re.I,
)
_ASKED_LINE = re.compile(
    r"^\s*(?:[-*+]\s+|#{1,6}\s*)?(?:\*\*|__)?(?:题目描述|问题描述|题目|问题|面试题|题干|描述|问|question|description|problem|q)"
    r"(?:\*\*|__)?\s*[:：](?:\*\*|__)?(?P<rest>.*)$",
    re.I,
)
_ENDS = re.compile(r"^(?:总结|结语|小结|结论|后记|summary|conclusion|closing)", re.I)
_APART = re.compile(r"^(?:前言|引言|目录|简介|参考|preface|introduction|contents|references)", re.I)
_FOOTNOTE = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<words>.*)$")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]*)\]\((?!https?:|mailto:)[^)]*\)", re.I)


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


@dataclass(frozen=True)
class _Begin:
    """Where a question begins."""

    at: int
    title: str


def _heads(places: list[Spot]) -> Iterator[tuple[int, int, str]]:
    """Place, level and words of each heading."""
    for at, spot in enumerate(places):
        found = _HEADING.match(spot.text) if spot.role == "text" else None
        if found:
            yield at, len(found["marks"]), heading_text(spot.text)


def _of_headings(places: list[Spot], form: re.Pattern[str]) -> list[_Begin]:
    """The headings of that form, at the level that most of them have."""
    found = [(at, level, match["title"]) for at, level, words in _heads(places) if (match := form.match(words))]
    if not found:
        return []
    level = Counter(level for _, level, _ in found).most_common(1)[0][0]
    return [_Begin(at, title) for at, of, title in found if of == level]


def _of_lines(places: list[Spot], form: re.Pattern[str]) -> list[_Begin]:
    found = ((at, form.match(spot.text.strip())) for at, spot in enumerate(places) if spot.role == "text")
    return [_Begin(at, next(filter(None, match.groups()))) for at, match in found if match]


def _of_details(places: list[Spot]) -> list[_Begin]:
    """`<summary>` with the question itself, and the answer below it."""
    found = ((at, _SUMMARY_TAG.search(spot.text)) for at, spot in enumerate(places) if spot.role == "text")
    return [_Begin(at, match["title"]) for at, match in found if match and not _ANSWER_SUMMARY.match(match["title"])]


def _of_level(places: list[Spot]) -> list[_Begin]:
    """All headings of the deepest level that has two or more, but those that open no question."""
    heads = [(at, level, words) for at, level, words in _heads(places) if not _APART.match(words)]
    heads = [head for head in heads if not _ENDS.match(head[2]) and not _ANSWER_LINE.match(head[2])]
    levels = Counter(level for _, level, _ in heads)
    asked = [level for level, count in levels.items() if count > 1 or len(heads) == 1]
    return [_Begin(at, words) for at, level, words in heads if level == max(asked, default=0)]


_FORMS: tuple[Callable[[list[Spot]], list[_Begin]], ...] = (
    lambda places: _of_headings(places, _NAMED),
    lambda places: _of_headings(places, _NUMBERED),
    lambda places: _of_lines(places, _Q_LINE),
    lambda places: _of_lines(places, _BOLD_LINE),
    _of_details,
    _of_level,
)


def _begins(places: list[Spot]) -> list[_Begin]:
    """Where the questions begin, by the first form that there is of them."""
    return next((found for form in _FORMS if (found := form(places))), [])


class _Writer:
    """Writes one article."""

    def __init__(self, places: list[Spot], language: Language) -> None:
        self.places = places
        self.language = language
        self.made = Adapted()
        self.notes = {
            found["name"]: found["words"]
            for spot in places
            if spot.role == "text" and (found := _FOOTNOTE.match(spot.text))
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

        return _LINK.sub(link, _IMAGE.sub(image, _NOTE.sub(note, spot.text)))

    def lines(self, begin: int, end: int, least: int) -> list[str]:
        """Lines of the article, its headings no less deep than `least`."""
        out = []
        for spot in self.places[begin:end]:
            if spot.role != "text":
                out.append(spot.text)
                continue
            if _FOOTNOTE.match(spot.text):
                continue
            text, found = self._said(spot), _HEADING.match(spot.text)
            bare = _DETAILS.sub("", text)
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
            if found := _ANSWER_LINE.match(spot.text):
                return at, (found["rest"] or "").strip()
            folded = _SUMMARY_TAG.search(spot.text)
            if folded and _ANSWER_SUMMARY.match(folded["title"]):
                return at, ""
        return end, ""

    def _question(self, begin: _Begin, number: int, end: int) -> list[str]:
        asked, answer = (self.language.label_forms[name] for name in ("question", "answer"))
        first = begin.at + 1
        at, beside = self._answer(first, end)
        title = re.sub(r"\*\*|__", "", begin.title).strip().rstrip("#").strip()
        out = [f"{'#' * LEVEL} {_headed(self.language, number, title)}", ""]
        before = self.lines(first, at, LEVEL + 1) if at < end else []
        before = [found["rest"].strip() if (found := _ASKED_LINE.match(line)) else line for line in before]
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
        begins = _begins(self.places)
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

    def _end(self, last: _Begin) -> int:
        """Where the last question ends: at a heading that closes the article."""
        heads = [at for at, _, words in _heads(self.places) if at > last.at and _ENDS.match(words)]
        return heads[0] if heads else len(self.places)

    def _section(self, begin: _Begin, end: int) -> int:
        """Where the question ends though a heading of the next section stands before the next question."""
        own = _HEADING.match(self.places[begin.at].text)
        level = len(own["marks"]) if own else 7
        for at, of, words in _heads(self.places):
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
