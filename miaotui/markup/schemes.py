"""Link targets that an article may not have: what runs code, carries a document, or leads nowhere from our pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from miaotui.base.texts import short
from miaotui.markup.escape import unfenced, without_code
from miaotui.markup.fences import Spot

_TARGET = re.compile(r"\]\(|^[ \t>*+\-\d.)]*\[[^\[\]]*\]:|<(?=[A-Za-z&])", re.MULTILINE)
_IMAGE = re.compile(r"(?<!\\)!\[[^\[\]\n]*\](?:\(|\[)")
_FOOTNOTE = re.compile(r"^[ \t>]*\[\^[^\[\]\s]{1,99}\]:|(?<!\\)\[\^[^\[\]\s]{1,99}\](?!\()", re.MULTILINE)
_LINK = re.compile(r"(?<![\\!])\[[^\[\]\n]*\]\([ \t]*<?(?P<target>[^\s<>()]*)")
_DEFINED = re.compile(r"^[ \t>]{0,99}\[(?!\^)[^\[\]\n]+\]:[ \t]*<?(?P<target>[^\s<>]*)", re.MULTILINE)
_IN_BRACKETS = ("javascript:", "data:", "vbscript:", "file:", "blob:", "filesystem:", "intent:", "about:")
"""Schemes that no address in angle brackets may have; others are no links there."""
_TAKEN = ("https:", "http:", "mailto:")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\\<>`]")
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]]*)\]\s?\[[^\[\]]*\]")
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")
_WINDOW = 1000
"""Letters behind the beginning of a target that are looked at."""
_ACCEPTED = "accepted: https:, http: or mailto:"


def _bare(target: str) -> str:
    """The target as a browser would read it, as far as its scheme goes."""
    # Browsers decode entities and skip control characters and white space before they look at the scheme.
    # Markdown drops the marks of quotations, code spans and references from a target and keeps their words.
    words = _REFERENCE.sub(r"\g<words>", target)
    return _IGNORED.sub("", unescape(unescape(words))).lower()


def _scheme(target: str, *, in_brackets: bool) -> str:
    """The scheme that is not taken which `target` begins with, or what hides it."""
    bare = _bare(target)
    if in_brackets:
        return next((scheme for scheme in _IN_BRACKETS if bare.startswith(scheme)), "")
    found = _SCHEME.match(bare)
    if found and found[0] not in _TAKEN:
        return short(found[0])
    return "" if bare or len(target) < _WINDOW else "what stands far behind its beginning"


def _schemes(text: str, whole: str) -> Iterator[tuple[int, str]]:
    """Where a link begins that has another scheme, and the fault."""
    ends = [found.start() for found in _PARAGRAPH_END.finditer(whole)]
    at = 0
    for found in _TARGET.finditer(text):
        while ends[at] < found.end():
            at += 1
        in_brackets = found[0] == "<"
        end = min(ends[at], found.end() + (_WINDOW // 10 if in_brackets else _WINDOW))
        if scheme := _scheme(whole[found.end() : end], in_brackets=in_brackets):
            yield found.start(), f"a link to {scheme}; {_ACCEPTED}"


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Where an image, a footnote or a link to a place of the author's begins, and the fault."""
    for found in _IMAGE.finditer(text):
        yield found.start(), "an image; accepted: none, so say it in words, or draw a figure for the question's page"
    for found in _FOOTNOTE.finditer(text):
        yield found.start(), f"the footnote {short(found[0].strip(' >'))}; accepted: its words, in brackets in the text"
    for pattern in (_LINK, _DEFINED):
        for found in pattern.finditer(text):
            target = found["target"]
            if not _SCHEME.match(_bare(target[:_WINDOW])):
                what = f"a link to '{short(target)}', which is no place of our pages"
                yield found.start(), f"{what}; {_ACCEPTED}, or its words alone"


def refused_links(places: list[Spot]) -> Iterator[tuple[int, str]]:
    """The line and the fault of every link outside code that an article may not have."""
    text = "\n".join(without_code(places))
    whole = "\n".join(unfenced(places))
    line, last = places[0].line, 0
    for at, fault in sorted([*_schemes(text, whole), *_places(text)]):
        line += text.count("\n", last, at)
        last = at
        yield line, fault
