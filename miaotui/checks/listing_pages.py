"""The reference code: each listing in CUDA and in Triton, quoted whole by its page, with the counts of its example.

Compilers read the code in tests/listings/; here it is only looked at.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.markup import front_matter as front
from miaotui.markup.page import Page, parsed

SHARED = ("listing", "level", "minutes", "topic", "reviewed", "related")
PARTS = ("task", "ladder", "cuda", "triton", "counts", "follow-ups", "checked", "references")
"""The parts of a page, in order."""
ENDINGS = (".cu", ".py")
_SECTION = re.compile(r"^(?://|#) --8<-- \[start:(?P<name>[\w-]+)\]$", re.MULTILINE)
_ROW = re.compile(r"^\| `(?P<name>[\w-]+)` \|(?P<cells>.*)\|$")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)")
_LONG = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w.,]*\d)")
"""A number of four digits or more, as our pages write it."""
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


def slugs(folder: Path) -> list[str]:
    """The listings, by the names of their files."""
    return sorted({path.stem for ending in ENDINGS for path in folder.glob(f"*{ending}")})


def sections(text: str) -> list[str]:
    """The sections that a file marks, in order."""
    return [found["name"] for found in _SECTION.finditer(text)]


def _file_problems(file: Path) -> Iterator[Problem]:
    text, faults = read(file, "a listing in CUDA and in Triton")
    yield from faults
    if text is None:
        return
    found = sections(text)
    if "launch" not in found:
        yield Problem(shown(file), 1, f"marks the sections {found}; accepted: its versions, and launch")
    if file.suffix == ".py":
        try:
            ast.parse(text)
        except SyntaxError as error:
            yield Problem(shown(file), error.lineno or 1, f"is not Python ({error.msg}); accepted: Triton kernels")


def recorded(text: str) -> dict[str, list[str]]:
    """The numbers of each row that an example printed, by the word it begins with; rows of one name are joined."""
    rows: dict[str, list[str]] = {}
    for line in text.split("\n"):
        name, _, rest = line.partition(" ")
        rows.setdefault(name, []).extend(number.replace(",", "") for number in _NUMBER.findall(rest))
    return rows


def _count_faults(page: Page, rows: dict[str, list[str]], record: str) -> Iterator[tuple[int, str]]:
    """Numbers of a version's row in a table that the example did not print for it."""
    for spot in page.spots:
        row = _ROW.match(spot.text) if spot.role == "text" else None
        if not row:
            continue
        if row["name"] not in rows:
            yield spot.line, f"has a row of '{row['name']}'; accepted: a row that {record} has"
            continue
        printed = rows[row["name"]]
        for number in (number.replace(",", "") for number in _NUMBER.findall(row["cells"])):
            if number not in printed:
                yield spot.line, f"the row of '{row['name']}' says {number}; {record} says {' '.join(printed)}"


def _prose_faults(page: Page, sources: str) -> Iterator[tuple[int, str]]:
    """Long numbers of the prose that stand in no code, output or link to a calculator; round ones need not."""
    known = set(re.findall(r"\d+", sources.replace(",", "").replace("_", "")))
    for line, text in enumerate(page.bare, 1):
        for number in _LONG.findall(_LINK.sub("", text)):
            digits = number.replace(",", "")
            if digits not in known and not digits.endswith("000") and int(digits).bit_count() > 1:
                yield line, f"says {number}; accepted: a number of the listing, of its example or of a calculator"


def _text_problems(path: str, page: Page, slug: str, root: Path) -> Iterator[Problem]:
    parts = [heading.id for heading in page.headings if heading.level == 2]
    if parts != list(PARTS):
        yield Problem(path, 1, f"has the parts {parts}; accepted: {list(PARTS)}")
    quoted = {include.path for include in page.includes}
    for ending in ENDINGS:
        file = root / "listings" / f"{slug}{ending}"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        for name in sections(text):
            if (quote := f"listings/{slug}{ending}:{name}") not in quoted:
                yield Problem(path, 1, f'does not quote {quote}; accepted: --8<-- "{quote}"')
    example = f"listing_{slug}"
    if not quoted & {f"{example}.py", f"{example}.py:code"}:
        yield Problem(path, 1, f'does not quote its counts; accepted: --8<-- "{example}.py", and its output')
    record = root / "examples" / f"{example}.txt"
    printed = record.read_text(encoding="utf-8") if record.is_file() else ""
    beside = [root / "listings" / f"{slug}{ending}" for ending in ENDINGS] + [record.with_suffix(".py")]
    code = [file.read_text(encoding="utf-8") for file in beside if file.is_file()]
    faults = [*_count_faults(page, recorded(printed), f"examples/{record.name}")]
    faults += _prose_faults(page, "\n".join([printed, *code]))
    yield from (Problem(path, line, fault) for line, fault in faults)


def _page_problems(
    docs: Path, root: Path, slug: str, topics: Collection[str], numbers: Collection[int]
) -> Iterator[Problem]:
    metas = {}
    for language in LANGUAGES:
        file = docs / language.code / "listings" / f"{slug}.md"
        path = shown(file)
        text, faults = read(file, f"the page of the listing '{slug}'")
        yield from faults
        if text is None or front.problems(path, text, front.ListingMeta):
            continue  # the latter is told with the metadata of all pages
        meta = metas[path] = front.front_matter(text)
        if meta["listing"] != slug:
            yield Problem(path, 1, f"'listing' is {meta['listing']!r}; accepted: {slug}")
        if meta["topic"] not in topics:
            yield Problem(path, 1, f"'topic' is {meta['topic']!r}; accepted: {', '.join(topics)}")
        for number in meta["related"]:
            if number not in numbers:
                yield Problem(path, 1, f"'related' names {number!r}; accepted: the numbers of questions")
        yield from _text_problems(path, parsed(text), slug, root)
    yield from front.differences(metas, SHARED)


def problems(docs: Path, root: Path, bank: Bank) -> Iterator[Problem]:
    """Everything wrong with the listings of `root` and their pages."""
    known = slugs(root / "listings")
    topics, numbers = [topic.slug for topic in bank.topics], bank.source_of()
    for slug in known:
        for ending in ENDINGS:
            yield from _file_problems(root / "listings" / f"{slug}{ending}")
        yield from _page_problems(docs, root, slug, topics, numbers)
    for language in LANGUAGES:
        for path in sorted((docs / language.code / "listings").glob("*.md")):
            if path.stem not in {*known, "index"}:
                yield Problem(shown(path), 1, f"there is no listing '{path.stem}'; accepted: {', '.join(known)}")
