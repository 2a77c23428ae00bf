"""The running text of a built page: what stands in no heading, link, code, figure, quotation marks or control."""

from __future__ import annotations

import re

from miaotui.bank.terms import Words

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
"""Elements that hold nothing."""
_APART = {
    *_HEADINGS,
    *("a", "abbr", "button", "dfn", "form", "label", "nav", "select", "summary", "textarea"),
    *("code", "kbd", "math", "pre", "samp", "script", "style", "svg"),
    *("aside", "blockquote", "caption", "figure", "th", "thead"),
}
_APART_CLASSES = {"admonition-title", "arithmatex", "calculator", "formula", "received"}
_INLINE = {"b", "em", "i", "span", "strong", "sub", "sup", *_APART, *VOID}
"""What a quotation may run through."""
_MARKS = re.compile(r"([「」“”\"])")
_OPENED_BY = {"」": "「", "”": "“", '"': '"'}
# Read piece by piece: html.parser, which knows all of HTML, takes twice as long for the little that Markdown writes.
_PIECE = re.compile(
    r"(?P<text>[^<&]+)"
    r"|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|<!--.*?-->|&[#\w]*;?|<",
    re.DOTALL | re.IGNORECASE,
)
_RAW = re.compile(r"(<(?P<tag>script|style)\b.*?</(?P=tag)\s*>)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<!\S)(?P<name>id|class)=["'](?P<value>[^"']*)["']""")


class _Reader:
    """Notes where running text stands in the HTML."""

    def __init__(self, html: str, skipped: re.Pattern[str]) -> None:
        self.spans: list[tuple[int, int]] = []
        self._skipped = skipped
        self._open: list[tuple[str, bool]] = []
        """The open elements, each with whether it or one around it is apart."""
        self._passing = False
        """Whether the section is one of those skipped."""
        self._quoted = ""
        """The quotation mark that is open."""
        begin = 0
        for raw in _RAW.finditer(html):
            self._read(html, begin, raw.start())
            begin = raw.end()
        self._read(html, begin, len(html))

    def _read(self, html: str, begin: int, end: int) -> None:
        for piece in _PIECE.finditer(html, begin, end):
            if piece["text"]:
                self._text(piece["text"], piece.start())
            elif piece["tag"] and piece["end"]:
                self._close(piece["tag"].lower())
            elif piece["tag"]:
                self._begin(piece["tag"].lower(), piece["attributes"])

    def _begin(self, tag: str, attributes: str) -> None:
        if tag not in _INLINE:
            self._quoted = ""
        given = {found["name"]: found["value"] for found in _ATTRIBUTE.finditer(attributes)}
        if tag in _HEADINGS[:2]:
            self._passing = bool(self._skipped.fullmatch(given.get("id", "")))
        if tag not in VOID:
            apart = tag in _APART or not _APART_CLASSES.isdisjoint(given.get("class", "").split())
            self._open.append((tag, apart or bool(self._open and self._open[-1][1])))
        if attributes.endswith("/"):
            self._close(tag)

    def _close(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def _text(self, data: str, start: int) -> None:
        if self._passing or (self._open and self._open[-1][1]):
            return
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
