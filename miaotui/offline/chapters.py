"""Which pages of the site the one file has, in which order, and what they are called in it.

The order is the site's own: that of its home page, then of its lists of problems, of reference code and of calculators.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from miaotui.offline.built import read
from miaotui.offline.unfit import Unfit

PARTS = ("interview.html", "glossary.html", "corrections.html", "references.html")
"""The pages that follow the lists, each a part of its own."""
LISTS = ("problems/index.html", "listings/index.html", "calc/index.html", "lab/index.html")
_NAMES = (
    (re.compile(r"^q/(\d+)\.html$"), r"q\1"),
    (re.compile(r"^topics/([\w-]+)\.html$"), r"topic-\1"),
    (re.compile(r"^problems/index\.html$"), "problems"),
    (re.compile(r"^problems/([\w-]+)\.html$"), r"problem-\1"),
    (re.compile(r"^listings/index\.html$"), "listings"),
    (re.compile(r"^listings/([\w-]+)\.html$"), r"listing-\1"),
    (re.compile(r"^calc/index\.html$"), "calculators"),
    (re.compile(r"^calc/([\w-]+)\.html$"), r"calc-\1"),
    (re.compile(r"^lab/index\.html$"), "lab"),
    (re.compile(r"^lab/([\w-]+)\.html$"), r"lab-\1"),
    (re.compile(r"^([\w-]+)\.html$"), r"\1"),
)


_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_PLAIN = re.compile(r'<span(?: class="(?:n|o|p|w)")?>([^<]*)</span>')
"""Of code: names, signs and spaces, whose colours are nearly the text's, and a fifth of what is marked up."""


@dataclass(frozen=True)
class Chapter:
    """A page of the site in the one file."""

    id: str
    """Its anchor: q12."""
    path: str
    """Where the site has it, below the language's folder: q/12.html."""
    opens: bool
    """Whether a part begins with it."""


def page(path: Path, lighter: Callable[[str], str] = str) -> Tag:
    """The text of a page, which is its <article>; `lighter` takes from its HTML what need not be parsed."""
    try:
        html = read(path)
    except Unfit as error:
        raise Unfit(f"{path} {error}") from None
    article = _ARTICLE.search(html)
    if not article:
        raise Unfit(f"{path} has no <article>; every page of the site has one")
    parsed = BeautifulSoup(lighter(_PLAIN.sub(r"\1", article[0])), "html.parser").article
    assert parsed
    return parsed


def name(path: str) -> str:
    """What a page is called in the one file: q/12.html is q12."""
    for pattern, form in _NAMES:
        if pattern.match(path):
            return pattern.sub(form, path)
    raise Unfit(f"{path} has no place in the one file")


def _linked(article: Tag, path: str, selector: str) -> Iterator[str]:
    """The pages that a list leads to, each once, as paths below the language's folder."""
    seen: set[str] = set()
    for link in article.select(selector):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(link["href"]).split("#")[0]))
        if target not in seen and target != path:
            seen.add(target)
            yield target


def _home(folder: Path) -> Iterator[Chapter]:
    for path in _linked(page(folder / "index.html"), "index.html", ".contents a[href]"):
        yield Chapter(name(path), path, path.startswith("topics/"))


def _listed(folder: Path, index: str) -> Iterator[Chapter]:
    yield Chapter(name(index), index, True)
    beside = posixpath.dirname(index) + "/"
    for path in _linked(page(folder / index), index, "ul a[href]"):
        if path.startswith(beside):
            yield Chapter(name(path), path, False)


def chapters(folder: Path) -> list[Chapter]:
    """The pages of a language's folder, as the one file has them."""
    found = list(_home(folder))
    for index in LISTS:
        found += _listed(folder, index)
    return found + [Chapter(name(path), path, True) for path in PARTS]
