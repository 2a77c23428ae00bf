"""The running text of a built page: what stands in no heading, link, code, figure, quotation marks or control."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from miaotui.bank.terms import Words

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_APART = {
    *_HEADINGS,
    *("a", "abbr", "button", "dfn", "form", "label", "nav", "select", "summary", "textarea"),
    *("code", "kbd", "math", "pre", "samp", "script", "style", "svg"),
    *("aside", "blockquote", "caption", "figure", "th", "thead"),
}
_APART_CLASSES = {"admonition-title", "arithmatex", "calculator", "formula", "received"}
_INLINE = {"b", "em", "i", "span", "strong", "sub", "sup", *_APART, *_VOID}
"""What a quotation may run through."""
_MARKS = re.compile(r"([「」“”\"])")
_OPENED_BY = {"」": "「", "”": "“", '"': '"'}
_LINE = re.compile(r"^", re.MULTILINE)


class _Reader(HTMLParser):
    """Notes where running text stands in the HTML."""

    def __init__(self, html: str, skipped: re.Pattern[str]) -> None:
        # Without convert_charrefs a piece of text is as long in the source as it is given.
        super().__init__(convert_charrefs=False)
        self.spans: list[tuple[int, int]] = []
        self._skipped = skipped
        self._lines = [found.start() for found in _LINE.finditer(html)]
        self._open: list[tuple[str, bool]] = []
        """The open elements, each with whether it or one around it is apart."""
        self._passing = False
        """Whether the section is one of those skipped."""
        self._quoted = ""
        """The quotation mark that is open."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _INLINE:
            self._quoted = ""
        if tag in _HEADINGS[:2]:
            self._passing = bool(self._skipped.fullmatch(given.get("id") or ""))
        if tag not in _VOID:
            apart = tag in _APART or not _APART_CLASSES.isdisjoint((given.get("class") or "").split())
            self._open.append((tag, apart or bool(self._open and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._passing or (self._open and self._open[-1][1]):
            return
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        for piece in _MARKS.split(data):
            if _MARKS.fullmatch(piece):
                self._mark(piece)
            elif piece and not self._quoted:
                self.spans.append((start, start + len(piece)))
            start += len(piece)

    def _mark(self, mark: str) -> None:
        """Opens or closes a quotation."""
        if self._quoted:
            self._quoted = "" if _OPENED_BY.get(mark) == self._quoted else self._quoted
        elif mark in _OPENED_BY.values():
            self._quoted = mark


def running(html: str, skipped: re.Pattern[str]) -> list[tuple[int, int]]:
    """Start and end of each piece of running text, in order, without the sections whose headings' ids match."""
    return _Reader(html, skipped).spans


def first_uses(html: str, words: Words[str], skipped: re.Pattern[str]) -> dict[str, tuple[int, int]]:
    """Start and end of the first use of each term in the running text, by the term's id, in order."""
    found: dict[str, tuple[int, int]] = {}
    for begin, stop in running(html, skipped):
        for start, end, term in words.uses(html[begin:stop]):
            if term:
                found.setdefault(term, (begin + start, begin + end))
    return found
