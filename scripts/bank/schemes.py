"""Link targets that an article may not have: those that run code or carry a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bank.escape import without_code
from bank.fences import Spot

_TARGET = re.compile(r"\]\(|^[ \t>]*\[[^\]\n]+\]:|<(?=[A-Za-z&])", re.MULTILINE)
_REFUSED = ("javascript:", "data:", "vbscript:")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\\<]")
_REACH = 300


def _refused_scheme(target: str) -> str:
    """The refused scheme that `target` begins with, as a browser would read it."""
    # Browsers decode entities and skip control characters and white space before they look at the scheme.
    bare = _IGNORED.sub("", unescape(unescape(target))).lower()
    return next((scheme for scheme in _REFUSED if bare.startswith(scheme)), "")


def unsafe_links(places: list[Spot]) -> Iterator[tuple[int, str]]:
    """The line and the fault of every link outside code fences with a refused scheme."""
    text = "\n".join(without_code(spot.text if spot.role == "text" else "" for spot in places))
    for found in _TARGET.finditer(text):
        if scheme := _refused_scheme(text[found.end() : found.end() + _REACH]):
            line = places[0].line + text.count("\n", 0, found.start())
            yield line, f"a link to {scheme}; accepted: https:, http:, mailto: or an anchor"
