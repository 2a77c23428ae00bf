"""A page in both languages: what is the same in all languages must be the same in both.

Formulas, code, quotations, citations and worked numbers are facts; only the prose around them is each language's own.
Headings are compared by check.py, figures by bank.figures, number links by calculators.check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from pathlib import Path

from miaotui.bank.citations import citing
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.markup.page import COMMENT, IMAGE, Page, parsed

FOLDERS = ("q", "intro", "calc", "problems", "listings", "lab")
"""The folders of the pages that are compared."""
_WORDS = re.compile(r"(\\text\w*)\{[^{}]*\}")
_ASIDE = re.compile(rf"{IMAGE}|\]\([^)]*\)|\{{[^{{}}]*\}}|{COMMENT}")
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.])\d(?:[\d,]*\d)?(?:\.\d+)?(?P<size> ?(?:万亿|亿|万|trillion|billion|million|thousand))?"
)
_SIZES = {"万": 4, "亿": 8, "万亿": 12, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
Lines = tuple[int, int]
"""The first and last line of a part."""
NOWHERE = (1, 0)
NUMBERS = "numbers"
"""The part of a page with the worked numbers."""


@dataclass(frozen=True)
class Item:
    """Something on a page that has to be on the other too."""

    line: int
    key: str
    """What is compared."""
    said: str
    """How the page has it."""


@dataclass(frozen=True)
class Side:
    """One language's page."""

    path: str
    code: str
    text: str

    @property
    def page(self) -> Page:
        return parsed(self.text)


def _short(text: str, other: str = "") -> str:
    """The text on one line, cut to what is told of it: from shortly before where it leaves the other."""
    words, theirs = " ".join(text.split()), " ".join(other.split())
    if len(words) <= 60:
        return words
    same = takewhile(lambda pair: pair[0] == pair[1], zip(words, theirs, strict=False))
    begin = max(0, sum(1 for _ in same) - 20)
    piece = words[begin : begin + 57]
    return f"{'…' if begin else ''}{piece}{'…' if begin + 57 < len(words) else ''}"


def includes(side: Side) -> list[Item]:
    """What the page quotes, the folder of its language set aside."""
    return [Item(one.line, one.path.removeprefix(f"{side.code}/"), one.path) for one in side.page.includes]


def code(side: Side) -> list[Item]:
    """The fenced code of the page, quotations left out: they are compared as such."""
    quoted = {one.line for one in side.page.includes}
    items = []
    for block in side.page.code:
        lines = [spot.text.strip() for spot in block.lines if spot.role == "code" and spot.line not in quoted]
        head = side.page.spots[block.line - 1].text.strip()
        items.append(Item(block.line, "\n".join([block.info, *lines]), " ".join([head, *lines]).strip()))
    return items


def _tex(formula: str) -> str:
    """The formula without its words and white space."""
    return "".join(_WORDS.sub(r"\1{}", formula).split())


def formulas(side: Side, *, block: bool) -> list[Item]:
    """The formulas of the page that stand by themselves, or those in a line."""
    found = (one for one in side.page.formulas if one.block == block)
    return [Item(one.line, _tex(one.tex), one.source) for one in found]


def sections(side: Side) -> dict[str, Lines]:
    """The first and last line of each part of the page by its id, what stands in it included; '' is all of it."""
    last = len(side.text.rstrip("\n").split("\n"))
    opened: list[tuple[int, str, int]] = []
    found = {"": (1, last)}
    for heading in side.page.headings:
        while opened and opened[-1][0] >= heading.level:
            _, name, first = opened.pop()
            found[name] = (first, heading.line - 1)
        if heading.id:
            opened.append((heading.level, heading.id, heading.line))
    return found | {name: (first, last) for _, name, first in opened}


def _own(side: Side) -> dict[str, Lines]:
    """The lines of each part up to the next heading; what stands before the first is ''."""
    starts = sorted((first, name) for name, (first, _) in sections(side).items() if name)
    ends = [first - 1 for first, _ in starts] + [sections(side)[""][1]]
    return {name: (first, last) for (first, name), last in zip([(1, ""), *starts], ends, strict=True)}


def numbers(side: Side) -> list[Item]:
    """The plain numbers of the worked numbers, without those of formulas, links' addresses and figures."""
    first, last = sections(side).get(NUMBERS, NOWHERE)
    items = []
    for at, line in enumerate(side.page.plain[first - 1 : last], first):
        for found in _NUMBER.finditer(_ASIDE.sub(" ", line)):
            size = (found["size"] or "").strip()
            digits = found[0].removesuffix(found["size"] or "").replace(",", "")
            value = Decimal(digits).scaleb(_SIZES.get(size, 0))
            items.append(Item(at, f"{value.normalize():f}", found[0]))
    return items


def _differ(what: str, here: Side, item: Item, there: Side, place: str) -> Problem:
    found = f"the {what} {_short(item.said)} is not in {there.path} ({place})"
    return Problem(here.path, item.line, f"{found}; accepted: the same in both")


def _in_order(what: str, sides: tuple[Side, Side], lists: tuple[list[Item], list[Item]]) -> Iterator[Problem]:
    """Items that the other page lacks or has at another place; each pair of differing ones is told once."""
    (first, second), (mine, theirs) = sides, lists
    match = SequenceMatcher(None, [item.key for item in mine], [item.key for item in theirs], autojunk=False)
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "equal":
            continue
        for left, right in zip_longest(mine[a:b], theirs[c:d]):
            if right and left:
                place = f"there, line {left.line}: {_short(left.said, right.said)}"
                yield _differ(what, second, replace(right, said=_short(right.said, left.said)), first, place)
            elif right:
                place = f"there, after line {mine[b - 1].line}" if b else "there, before all others"
                yield _differ(what, second, right, first, place)
            elif left:
                place = f"there, after line {theirs[d - 1].line}" if d else "there, before all others"
                yield _differ(what, first, left, second, place)


def _once(items: Iterable[Item]) -> list[Item]:
    """Each item where it stands first."""
    return list({item.key: item for item in reversed(list(items))}.values())[::-1]


def _in_any_order(
    what: str, sides: tuple[Side, Side], lists: tuple[list[Item], list[Item]], parts: tuple[Lines, Lines]
) -> Iterator[Problem]:
    """Items of which the other page has fewer, wherever in its part they stand."""
    for here, there in ((1, 0), (0, 1)):
        first, last = parts[there]
        left = Counter(item.key for item in lists[there])
        for item in lists[here]:
            if left[item.key]:
                left[item.key] -= 1
            else:
                yield _differ(what, sides[here], item, sides[there], f"there, lines {first} to {last}")


def _inline(sides: tuple[Side, Side]) -> Iterator[Problem]:
    """Formulas in a line: the same ones in each part, in the order that each language's sentences ask for."""
    parts, listed = [_own(side) for side in sides], [formulas(side, block=False) for side in sides]
    for part in parts[0]:
        if part not in parts[1]:
            continue  # told with the headings
        lists = tuple(
            _once(item for item in mine if own[part][0] <= item.line <= own[part][1])
            for mine, own in zip(listed, parts, strict=True)
        )
        places = (parts[0][part], parts[1][part])
        yield from _in_any_order("formula", sides, (lists[0], lists[1]), places)


def _cited(side: Side) -> list[Item]:
    cited = citing(Path(side.path), side.code, "", side.text).cited
    return _once(Item(line, name, f"[…](#ref-{name})") for line, name in cited)


def compare(first: Side, second: Side) -> Iterator[Problem]:
    """Where two pages, one in each language, do not say the same."""
    sides = (first, second)
    yield from _in_order("quotation", sides, (includes(first), includes(second)))
    yield from _in_order("code", sides, (code(first), code(second)))
    yield from _in_order("formula", sides, (formulas(first, block=True), formulas(second, block=True)))
    yield from _inline(sides)
    whole, worked = (
        (sections(first).get(name, NOWHERE), sections(second).get(name, NOWHERE)) for name in ("", NUMBERS)
    )
    yield from _in_any_order("citation", sides, (_cited(first), _cited(second)), whole)
    yield from _in_any_order("number", sides, (numbers(first), numbers(second)), worked)


def problems(docs: Path) -> Iterator[Problem]:
    """Every difference between the pages of the two languages; pages that one lacks are told by check.py."""
    first, second = LANGUAGES
    for folder in FOLDERS:
        for path in sorted((docs / first.code / folder).glob("*.md")):
            other = docs / second.code / folder / path.name
            if not other.is_file():
                continue
            texts = [read(place, "a page")[0] for place in (path, other)]
            if texts[0] is not None and texts[1] is not None:
                yield from compare(Side(shown(path), first.code, texts[0]), Side(shown(other), second.code, texts[1]))
