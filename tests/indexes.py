"""Reads the search's index of a built site, and runs the search's scripts without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import quickjs

from miaotui.base.paths import THEME

SOURCES = THEME / "assets/js/search"


class Row(NamedTuple):
    """A page as the small index has it, in the order of search_pieces.entry."""

    place: str
    kind: int
    number: int
    level: int
    title: str
    name: str
    keywords: str
    lead: str
    parts: list[int]
    wordings: list[list[str]]
    size: int


def held(script: str) -> Any:
    """What a piece hands over."""
    return json.loads(script.partition(",")[2].strip().removesuffix(")"))


def small(site: Path, code: str) -> dict[str, Any]:
    """What pages say of themselves."""
    told: dict[str, Any] = held((site / f"search/{code}.js").read_text(encoding="utf-8"))
    return told


def rows(site: Path, code: str) -> list[Row]:
    """The pages of the small index."""
    return [Row(*page) for page in small(site, code)["pages"]]


def texts(site: Path, code: str) -> dict[str, str]:
    """The text of each section by its address in the site."""
    told = small(site, code)
    found = {}
    for at, row in enumerate(rows(site, code)):
        piece = site / f"search/{code}/t{at}.js"
        for anchor, text in held(piece.read_text(encoding="utf-8")) if piece.exists() else ():
            found[f"{told['folder']}{row.place}{'#' if anchor else ''}{anchor}"] = text
    return found


def context(names: Iterable[str] = ("words", "query", "engine", "results")) -> quickjs.Context:
    """The search's scripts, in an engine of their own."""
    made = quickjs.Context()
    for name in names:
        made.eval((SOURCES / f"{name}.js").read_text(encoding="utf-8"))
    return made


_PREPARE = """
var known
var load = told => { known = miaotuiEngine.load(JSON.parse(told)) }
var learn = told => miaotuiEngine.learn(known, JSON.parse(told))
var hear = told => miaotuiEngine.hear(known, JSON.parse(told))
var find = query => {
  const found = miaotuiEngine.search(miaotuiQuery.asks(query, known), query, known)
  return JSON.stringify(found.slice(0, 60).map(({ page, anchor }) => [page.place, anchor]))
}
"""


class Search:
    """The search of a language, with all its words."""

    def __init__(self, pieces: dict[str, str], code: str) -> None:
        self._context = context()
        self._context.eval(_PREPARE)
        folder = f"search/{code}"
        for place, act in [(f"{folder}.js", "load"), (f"{folder}/sounds.js", "hear")]:
            self._context.eval(act)(json.dumps(held(pieces[place])))
        for place, text in pieces.items():
            if place.startswith(f"{folder}/w"):
                self._context.eval("learn")(json.dumps(held(text)))

    def find(self, query: str) -> list[tuple[str, str]]:
        """The pages found, best first, each with the section that it opens."""
        return [(place, anchor) for place, anchor in json.loads(self._context.eval("find")(query))]


def of_site(site: Path, code: str) -> Search:
    """The search of a built site."""
    files = [site / f"search/{code}.js", *(site / f"search/{code}").glob("*.js")]
    return Search({path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}, code)
