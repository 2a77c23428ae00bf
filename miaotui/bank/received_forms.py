"""The usual forms of articles: what a question's heading, its parts and the rest of an article look like in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from miaotui.markup.fences import Spot
from miaotui.markup.headings import heading_text

NUMBER = r"[0-9０-９一二三四五六七八九十百]{1,9}"
WORD = r"(?:[\u4e00-\u9fff]{0,6}(?:题目|试题|问题|题)|questions?|problem|q)"
AFTER = r"[ \t\u3000]*[.．、:：)）】\]-]*[ \t\u3000]*"
HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]|(?=[^#\s]))")
NAMED = re.compile(
    rf"^[*_【\[]*(?:第?\s?{WORD}\s?第?\s?{NUMBER}|第\s?{NUMBER}\s?[道个]?[题问]){AFTER}(?P<title>.*?)[*_]*$", re.I
)
NUMBERED = re.compile(r"^[*_【\[]*[0-9０-９]{1,9}[ \t]*[.．、)）:：】\]][*_]*[ \t\u3000]*(?P<title>.+?)[*_]*$")
Q_LINE = re.compile(r"^(?:\*\*)?(?:Q|问)\s?[0-9０-９]*\s?[:：.、](?:\*\*)?[ \t]*(?P<title>.+?)(?:\*\*)?$", re.I)
BOLD_LINE = re.compile(
    r"^\*\*(?:[0-9]{1,9}[.、)]\s*)?(?P<title>[^*]+[?？])\*\*$|^\*\*[0-9]{1,9}[.、)]\s*(?P<other>[^*]+)\*\*$"
)
SUMMARY_TAG = re.compile(r"<summary>(?P<title>.*?)</summary>", re.I)
DETAILS = re.compile(r"^\s*</?(?:details|summary)[^>]*>\s*$|</?details[^>]*>|</?summary>", re.I)
ANSWER_SUMMARY = re.compile(
    r"^\s*(?:查看|点击|展开|参考|show|see|click)*\s*(?:for\s*)?(?:the\s*)?(?:答案|解析|答|answer|solution)", re.I
)
ANSWER_LINE = re.compile(
    r"^\s*(?:[-*+]\s+|#{1,6}\s*)?(?:\*\*|__)?(?P<label>(?:满分|标准|参考)?(?:答案与解析|答案解析|答案|解析|解答|回答|答)|answer"
    r"|solution|explanation|a)\s?[0-9]*(?:\*\*|__)?\s*(?:[:：](?:\*\*|__)?(?P<rest>.*)|$)",
    re.I,
)
ASKED_LINE = re.compile(
    r"^\s*(?:[-*+]\s+|#{1,6}\s*)?(?:\*\*|__)?(?:题目描述|问题描述|题目|问题|面试题|题干|描述|问|question|description|problem|q)"
    r"(?:\*\*|__)?\s*[:：](?:\*\*|__)?(?P<rest>.*)$",
    re.I,
)
ENDS = re.compile(r"^(?:总结|结语|小结|结论|后记|summary|conclusion|closing)", re.I)
APART = re.compile(r"^(?:前言|引言|目录|简介|参考|preface|introduction|contents|references)", re.I)
FOOTNOTE = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<words>.*)$")
NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)")
LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]*)\]\((?!https?:|mailto:)[^)]*\)", re.I)


@dataclass(frozen=True)
class Begin:
    """Where a question begins."""

    at: int
    title: str


def headings_in(places: list[Spot]) -> Iterator[tuple[int, int, str]]:
    """Place, level and words of each heading."""
    for at, spot in enumerate(places):
        found = HEADING.match(spot.text) if spot.role == "text" else None
        if found:
            yield at, len(found["marks"]), heading_text(spot.text)


def _of_headings(places: list[Spot], form: re.Pattern[str]) -> list[Begin]:
    """The headings of that form, at the level that most of them have."""
    found = [(at, level, match["title"]) for at, level, words in headings_in(places) if (match := form.match(words))]
    if not found:
        return []
    level = Counter(level for _, level, _ in found).most_common(1)[0][0]
    return [Begin(at, title) for at, of, title in found if of == level]


def _of_lines(places: list[Spot], form: re.Pattern[str]) -> list[Begin]:
    found = ((at, form.match(spot.text.strip())) for at, spot in enumerate(places) if spot.role == "text")
    return [Begin(at, next(filter(None, match.groups()))) for at, match in found if match]


def _of_details(places: list[Spot]) -> list[Begin]:
    """`<summary>` with the question itself, and the answer below it."""
    found = ((at, SUMMARY_TAG.search(spot.text)) for at, spot in enumerate(places) if spot.role == "text")
    return [Begin(at, match["title"]) for at, match in found if match and not ANSWER_SUMMARY.match(match["title"])]


def _of_level(places: list[Spot]) -> list[Begin]:
    """All headings of the deepest level that has two or more, but those that open no question."""
    heads = [(at, level, words) for at, level, words in headings_in(places) if not APART.match(words)]
    heads = [head for head in heads if not ENDS.match(head[2]) and not ANSWER_LINE.match(head[2])]
    levels = Counter(level for _, level, _ in heads)
    asked = [level for level, count in levels.items() if count > 1 or len(heads) == 1]
    return [Begin(at, words) for at, level, words in heads if level == max(asked, default=0)]


_FORMS: tuple[Callable[[list[Spot]], list[Begin]], ...] = (
    lambda places: _of_headings(places, NAMED),
    lambda places: _of_headings(places, NUMBERED),
    lambda places: _of_lines(places, Q_LINE),
    lambda places: _of_lines(places, BOLD_LINE),
    _of_details,
    _of_level,
)


def question_starts(places: list[Spot]) -> list[Begin]:
    """Where the questions begin, by the first form that there is of them."""
    return next((found for form in _FORMS if (found := form(places))), [])
