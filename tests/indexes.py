"""Reads the search's index of a built site, and runs the search's scripts without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

import quickjs

from miaotui.base.paths import THEME

SOURCES = THEME / "assets/js/search"


class Row(NamedTuple):
    """A page as results show it, in the order of search_pieces.entry."""

    place: str
    number: int
    level: int
    title: str
    name: str
    keywords: str
    lead: str
    parts: list[list[str]]
    cuts: list[int]


def held(script: str) -> Any:
    """What a piece hands over."""
    return json.loads(script.partition(",")[2].strip().removesuffix(")"))


def read(site: Path, code: str) -> dict[str, str]:
    """The index of a language of a built site: its pieces by their places."""
    files = [site / f"search/{code}.js", *(site / f"search/{code}").glob("*.js")]
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


def rows_of(pieces: Mapping[str, str], code: str) -> list[Row]:
    """The pages of an index."""
    found: list[Row] = []
    for at in count():
        if not (page := pieces.get(f"search/{code}/p{at}.js")):
            break
        found.append(Row(*held(page)))
    return found


def rows(site: Path, code: str) -> list[Row]:
    """The pages of the index of a built site."""
    return rows_of(read(site, code), code)


def texts(site: Path, code: str) -> dict[str, str]:
    """The text of each section by its address in the site."""
    pieces = read(site, code)
    folder = held(pieces[f"search/{code}.js"])["folder"]
    found = {}
    for at, row in enumerate(rows_of(pieces, code)):
        its = [held(pieces[f"search/{code}/t{at}_{piece}.js"]) for piece in range(len(row.cuts) + 1) if row.parts]
        for (anchor, _), text in zip(row.parts, chain.from_iterable(its), strict=True):
            found[f"{folder}{row.place}{'#' if anchor else ''}{anchor}"] = text
    return found


def context(names: Iterable[str] = ("words", "codes", "query", "engine", "brief", "results")) -> quickjs.Context:
    """The search's scripts, in an engine of their own."""
    made = quickjs.Context()
    for name in names:
        made.eval((SOURCES / f"{name}.js").read_text(encoding="utf-8"))
    return made


_PREPARE = """
var known
var fetched = []
var pieces = {}
var take = (name, told) => { pieces[name] = told }
var get = name => {
  if (!(name in pieces)) return undefined
  if (!fetched.includes(name)) fetched.push(name)
  return JSON.parse(pieces[name])
}
var load = () => {
  known = miaotuiEngine.load(get("core"))
  if (get("core").brief) miaotuiBrief.take(known, get("core").brief)
}
var learned = new Set()
var ready = query => {
  for (;;) {
    const asked = miaotuiQuery.asks(miaotuiQuery.written(query, known), known)
    const names = miaotuiEngine.wanted(asked, known).filter(name => !learned.has(name))
    if (!names.length) return asked
    for (const name of names) {
      learned.add(name)
      miaotuiEngine.take(known, name, get(name))
    }
  }
}
var find = query => {
  fetched.length = 0
  const found = miaotuiEngine.search(ready(query), miaotuiQuery.written(query, known), known).slice(0, 60)
  return JSON.stringify(found.map(({ at, section, score }) => [at, section, score]))
}
var shown = query => {
  const asked = ready(query)
  const found = miaotuiEngine.search(asked, query, known).slice(0, miaotuiResults.SHOWN)
  for (const { at, section } of found) {
    miaotuiEngine.meet(known, at, get(`p${at}`))
    const piece = miaotuiEngine.piece(known.pages.get(at), section)
    if (section >= 0) miaotuiEngine.read(known, at, piece, get(`t${at}_${piece}`))
  }
  return JSON.stringify(miaotuiResults.items(found, asked, query, known))
}
var early = query => {
  const found = miaotuiEngine.search(miaotuiQuery.asks(query, known), query, known)
  return JSON.stringify(found.map(({ at }) => known.pages.get(at).place))
}
"""


class Search:
    """The search of a language, which takes in the pieces that a query asks for as the page does."""

    def __init__(self, pieces: Mapping[str, str], code: str) -> None:
        self.context = context()
        self.context.eval(_PREPARE)
        folder = f"search/{code}"
        take = self.context.eval("take")
        for place, text in pieces.items():
            if match := re.fullmatch(rf"{folder}(?:/(\w+))?\.js", place):
                take(match[1] or "core", json.dumps(held(text)))
        self.context.eval("load")()
        self._rows = rows_of(pieces, code)

    def scored(self, query: str) -> list[tuple[str, str, float]]:
        """The pages found, best first, each with the section that it opens and how good it is."""
        found = [
            (self._rows[at], section, score) for at, section, score in json.loads(self.context.eval("find")(query))
        ]
        return [(row.place, row.parts[section][0] if section >= 0 else "", score) for row, section, score in found]

    def shown(self, query: str) -> list[list[dict[str, Any]]]:
        """The results as Material's list takes them, once the texts have come."""
        told: list[list[dict[str, Any]]] = json.loads(self.context.eval("shown")(query))
        return told

    def early(self, query: str) -> list[str]:
        """The pages that are found with what has come by now."""
        places: list[str] = json.loads(self.context.eval("early")(query))
        return places

    def fetched(self, query: str) -> list[str]:
        """The pieces that a first search for it has to fetch, but for the core and the texts."""
        found = json.loads(self.context.eval("find")(query))
        names = json.loads(self.context.eval("JSON.stringify(fetched)"))
        return [*(name for name in names if name != "core"), *(f"p{at}" for at, *_ in found[:20])]

    def find(self, query: str) -> list[tuple[str, str]]:
        """The pages found, best first, each with the section that it opens."""
        return [(place, anchor) for place, anchor, _ in self.scored(query)]


def of_site(site: Path, code: str) -> Search:
    """The search of a built site."""
    return Search(read(site, code), code)
