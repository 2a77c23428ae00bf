"""The serif of titles and large numerals: what a page's titles have of it, in two files.

Chinese titles have more characters than a visit should carry. Those that many pages' titles have stand in a file for
the language, beside Latin letters and digits; what is left of a page's stands in a file of its own. A page says which
files it asks for (overrides/main.html), and assets/js/faces.js asks once the page is painted. A page that names one
file finds all it needs there.
"""

from __future__ import annotations

import posixpath
import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from miaotui.base.paths import VENDOR
from miaotui.base.store import Store, digest
from miaotui.site.fonts import kept, unpacked

FONT = VENDOR / "noto-serif-sc/noto-serif-sc-chinese-simplified-600-normal.woff2"
FOLDER = "assets/serif/"
TITLES = Store("titles")
MANY = 0.1
"""Of the pages: what so many have in their titles stands in the file that all of them share."""
_ASKED = re.compile(r'data-serif="([^" ]+)(?: ([^"]+))?"')
_SKIPPED = re.compile(r"<(script|summary)\b.*?</\1>|<code\b.*?</code>", re.DOTALL)
_TITLE = re.compile(r'<h[12]\b[^>]*>.*?</h[12]>|<section class="card".*?</h3>', re.DOTALL)
_SCRIPTED = re.compile(r'data-titles="([^"]*)"')
"""The characters of the titles that a script makes of it."""
_NUMERALS = re.compile(r'<h2 id="three-numbers".*?</ul>', re.DOTALL)
_NUMERAL = re.compile(r"<li>\s*<strong>.*?</strong>", re.DOTALL)
"""What css/site/type.css sets in it, or may."""
_TAG = re.compile(r"<[^>]*>")
_ALWAYS = string.digits + "="
"""Numbers, and the mark of one that a calculator yields, which the style puts behind it."""
_HAN = "\u2e80"
"""Where the characters begin of which there are too many."""


@dataclass
class Asked:
    """What a page asks for."""

    shared: str
    """The place of the file that others ask for too."""
    own: str
    """That of the page's own, or empty."""
    wanted: frozenset[str]
    """The characters of its titles."""


def wanted(html: str) -> frozenset[str]:
    """The characters of a page's titles and large numerals."""
    text = _SKIPPED.sub("", html)
    titles = _TITLE.findall(text) + _SCRIPTED.findall(text)
    titles += [each for few in _NUMERALS.findall(text) for each in _NUMERAL.findall(few)]
    return frozenset(unescape(_TAG.sub("", "".join(titles)))) - frozenset(string.whitespace) | {" "}


def asked(html: str) -> Asked | None:
    """What a page asks for, if anything."""
    if not (found := _ASKED.search(html)):
        return None
    shared, own = (FOLDER + posixpath.basename(way) if way else "" for way in found.groups())
    titles = TITLES.made(digest(_code(), html), lambda: "".join(sorted(wanted(html))))
    return Asked(shared, own, frozenset(titles))


@cache
def _code() -> str:
    return digest(Path(__file__).read_bytes())


def _shared(pages: list[Asked]) -> frozenset[str]:
    """The characters for all pages of a language: those that many have, and all of a page without a file of its own."""
    having = Counter(character for page in pages for character in page.wanted)
    many = {each for each, count in having.items() if each < _HAN or count >= MANY * len(pages)}
    return frozenset(_ALWAYS).union(many, *(page.wanted for page in pages if not page.own))


def files(pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The fonts that the pages ask for, each with its place."""
    sharing: dict[str, list[Asked]] = defaultdict(list)
    for page in filter(None, map(asked, pages)):
        sharing[page.shared].append(page)
    font = FONT.read_bytes()
    every = frozenset[str]().union(*(page.wanted for asking in sharing.values() for page in asking), _ALWAYS)
    # What has only these, and is not compressed, is read in no time.
    part = cache(lambda: unpacked(kept(font, "".join(sorted(every)), ["kern"])))
    for place, asking in sharing.items():
        shared = _shared(asking)
        yield place, kept(font, "".join(sorted(shared)), ["kern"], part)
        for page in (page for page in asking if page.own):
            # A browser refuses a font without a character.
            yield page.own, kept(font, "".join(sorted(page.wanted - shared | {" "})), part=part)
