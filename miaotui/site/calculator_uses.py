"""Where the pages state numbers that a calculator yields: its page tells who comes from one where that was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from miaotui.base.paths import ARTICLES
from miaotui.base.store import Store, digest, digest_of_files
from miaotui.calculators import contract
from miaotui.calculators.number_links import number_links
from miaotui.markup.page import Page, parsed

USES = Store("uses")
_GENERATED = ("topics", "articles")
_AS_RECEIVED = "as-received"


@dataclass(frozen=True)
class Use:
    """A number link: which calculator at which inputs, and the place that states it."""

    slug: str
    query: str
    text: str
    source: str
    anchor: str
    """The heading it stands under, empty above the first one."""
    once: bool
    """Whether the page has that text nowhere else: then a browser finds the very place by it."""


def _above(page: Page, line: int) -> str:
    """The id of the nearest heading above a line."""
    return next((heading.id for heading in reversed(page.headings) if heading.line < line and heading.id), "")


def _written(path: Path, docs: Path, code: str) -> Iterator[Use]:
    """The number links of a page; an introduction stands on the page of its topic."""
    text = path.read_text(encoding="utf-8")
    if "calc" not in path.parts[-2] and "calc/" not in text:
        return
    folder = path.parent.name
    source = f"{code}/topics/{path.name}" if folder == "intro" else path.relative_to(docs).as_posix()
    key = digest(_code(), source, folder, text)
    kept = USES.made(key, lambda: [[*astuple(use)] for use in _read(text, source, folder)])
    yield from (Use(*use) for use in kept)


@cache
def _code() -> str:
    """The version of what reads a page."""
    return digest_of_files(Path(__file__).parents[1], "markup/*.py", "calculators/*.py", "site/calculator_uses.py")


def _read(text: str, source: str, folder: str) -> Iterator[Use]:
    page = parsed(text)
    for link in number_links(text, among_calculators=folder == "calc"):
        once = text.count(link.text) == 1
        yield Use(link.slug, link.query.replace("&amp;", "&"), link.text, source, _above(page, link.line), once)


def _corrected(path: Path, code: str) -> Iterator[Use]:
    """The number links of an article's corrections, which stand on the pages of the questions that they are for."""
    lines = path.read_text(encoding="utf-8").split("\n")
    numbers = {at: line[3:].strip() for at, line in enumerate(lines, 1) if line.startswith("## ")}
    for link in number_links("\n".join(lines)):
        name = next((numbers[at] for at in sorted(numbers, reverse=True) if at < link.line), "")
        source, anchor = (f"{code}/q/{name}.md", _AS_RECEIVED) if name.isdigit() else (f"{code}/corrections.md", "")
        yield Use(link.slug, link.query.replace("&amp;", "&"), link.text, source, anchor, once=False)


def read(docs: Path, code: str, articles: Path = ARTICLES) -> dict[str, list[Use]]:
    """Every number link of a language by its calculator, in the order of the pages' names; questions come first."""
    pages = sorted((docs / code).rglob("*.md"), key=lambda path: (path.parent.name != "q", len(path.name), str(path)))
    kept = [path for path in pages if path.parent.name not in _GENERATED and path.name != "corrections.md"]
    found = [use for path in kept for use in _written(path, docs, code)]
    found += [use for path in sorted(articles.glob(f"*/corrections.{code}.md")) for use in _corrected(path, code)]
    uses: dict[str, list[Use]] = {}
    for use in found:
        uses.setdefault(use.slug, []).append(use)
    return uses


def told(uses: Iterable[Use], place: Callable[[str], tuple[str, str]]) -> list[contract.Origin]:
    """The uses by page, as the calculator's script takes them; `place` gives the title and the address of a source."""
    pages: dict[str, dict[str, contract.Stated]] = {}
    for use in uses:
        # Of two numbers at the same inputs on a page, the first.
        stated: contract.Stated = {"query": use.query, "text": use.text, "anchor": use.anchor, "once": use.once}
        pages.setdefault(use.source, {}).setdefault(use.query, stated)
    found: list[contract.Origin] = []
    for source, numbers in pages.items():
        title, address = place(source)
        found.append({"title": title, "address": address, "numbers": list(numbers.values())})
    return found
