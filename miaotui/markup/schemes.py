"""Link targets that an article may not have: those that run code or carry a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from miaotui.markup.escape import unfenced, without_code
from miaotui.markup.fences import Spot

_TARGET = re.compile(r"\]\(|^[ \t>*+\-\d.)]*\[[^\[\]]*\]:|<(?=[A-Za-z&])", re.MULTILINE)
_REFUSED = ("javascript:", "data:", "vbscript:")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\\<>`]")
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]]*)\]\s?\[[^\[\]]*\]")
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")


def _refused_scheme(target: str) -> str:
    """The refused scheme that `target` begins with, as a browser would read it."""
    # Browsers decode entities and skip control characters and white space before they look at the scheme.
    # Markdown drops the marks of quotations, code spans and references from a target and keeps their words.
    words = _REFERENCE.sub(r"\g<words>", target)
    bare = _IGNORED.sub("", unescape(unescape(words))).lower()
    return next((scheme for scheme in _REFUSED if bare.startswith(scheme)), "")


def unsafe_links(places: list[Spot]) -> Iterator[tuple[int, str]]:
    """The line and the fault of every link outside code fences with a refused scheme."""
    text = "\n".join(without_code(places))
    whole = "\n".join(unfenced(places))
    for found in _TARGET.finditer(text):
        end = _PARAGRAPH_END.search(whole, found.end())
        if scheme := _refused_scheme(whole[found.end() : end.start() if end else None]):
            line = places[0].line + text.count("\n", 0, found.start())
            yield line, f"a link to {scheme}; accepted: https:, http:, mailto: or an anchor"
