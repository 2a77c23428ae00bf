"""What pages cite: the works they list, by quoting the references page, and the places in their text that name one.

A page lists a work with `--8<-- "zh/references.md:gptq"`, which brings a list item of the id `ref-gptq`, and cites it
with a link to that item, `[GPTQ](#ref-gptq)`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from miaotui.bank.works import Work, parse, slug
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import is_generated, read, shown
from miaotui.markup.page import parsed

_CITED = re.compile(r"\]\(#ref-(?P<name>[^\s)]*)\)")


@dataclass(frozen=True)
class Citing:
    """A hand-written page and the works it names."""

    path: Path
    code: str
    """Its language."""
    name: str
    """Its place in the folder of its language: q/12.md."""
    text: str
    listed: tuple[tuple[int, str, str], ...]
    """Line, quoted page and name of each work that it lists; the name is empty where it quotes the whole page."""
    cited: tuple[tuple[int, str], ...]
    """Line and name of each citation in its text."""


def citing(path: Path, code: str, name: str, text: str) -> Citing:
    """What a page lists and cites, code set aside."""
    page = parsed(text)
    quoted = [one for one in page.includes if one.spot.role == "text" and one.file.endswith("references.md")]
    listed = [(one.line, one.file, one.section) for one in quoted]
    cited = [(line, found["name"]) for line, said in enumerate(page.bare, 1) for found in _CITED.finditer(said)]
    return Citing(path, code, name, text, tuple(listed), tuple(cited))


def pages(docs: Path) -> list[Citing]:
    """Every hand-written page that lists or cites a work, in the order of languages and names."""
    found = []
    for language in LANGUAGES:
        root = docs / language.code
        for path in sorted(root.rglob("*.md")):
            text, _ = read(path, "a page")
            if text is not None and not is_generated(text):
                page = citing(path, language.code, path.relative_to(root).as_posix(), text)
                if page.listed or page.cited:
                    found.append(page)
    return found


def _hint(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(slug(name), list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'? accepted" if near else "accepted"


def quotation_problems(page: Citing, works: Mapping[str, Work]) -> Iterator[Problem]:
    """Quotations of works that are not there, from another page, or twice: the site could not be built from them."""
    path, home = shown(page.path), f"{page.code}/references.md"
    seen: dict[str, int] = {}
    for line, quoted, name in page.listed:
        if not name:
            yield Problem(path, line, f'quotes all references; accepted: one work, --8<-- "{home}:gptq"')
        elif name not in works:
            hint = _hint(name, works)
            yield Problem(path, line, f"there is no work '{name}'; {hint}: a key of references.yml in lower case")
        elif quoted != home:
            yield Problem(path, line, f"quotes '{name}' from {quoted}; accepted: \"{home}:{name}\"")
        elif name in seen:
            yield Problem(path, line, f"lists '{name}' again, first at line {seen[name]}; accepted: each work once")
        seen.setdefault(name, line)


def _swallowed(lines: list[str], line: int, quotations: Container[int]) -> bool:
    """Whether the list item quoted at `line` stands right below a paragraph that is no item's."""
    above = line - 1
    while above and lines[above - 1].strip() and above not in quotations:
        above -= 1
    return above < line - 1 and above not in quotations


def citation_problems(page: Citing, works: Mapping[str, Work]) -> Iterator[Problem]:
    """Citations that lead to nothing in their page, and works that its text does not cite."""
    path = shown(page.path)
    listed = {name for _, _, name in page.listed}
    cited = {name for _, name in page.cited}
    for line, name in page.cited:
        if name not in works:
            hint = _hint(name, works)
            yield Problem(
                path, line, f"cites '{name}', which is no work; {hint}: a key of references.yml in lower case"
            )
        elif name not in listed:
            accepted = f'accepted: --8<-- "{page.code}/references.md:{name}" among its references'
            yield Problem(path, line, f"cites '{name}', which the page does not list; {accepted}")
    for line, _, name in page.listed:
        if _swallowed(page.text.split("\n"), line, {place for place, _, _ in page.listed}):
            accepted = "accepted: after a blank line, another work, or the sentence right below that work"
            yield Problem(path, line, f"'{name}' would be part of the paragraph above it; {accepted}")
        if name in works and name not in cited:
            accepted = f"accepted: [{works[name].key}](#ref-{name}) where the text rests on it"
            yield Problem(path, line, f"lists '{name}', which its text does not cite; {accepted}")


def problems(docs: Path, references: Path) -> Iterator[Problem]:
    """Everything wrong with the citations of the pages; works that no page cites."""
    text, _ = read(references, "the works that pages cite") if references.exists() else ("", [])
    works, _ = parse(text or "", shown(references))
    listing = pages(docs)
    for page in listing:
        yield from citation_problems(page, works)
    yield from unused(listing, works, shown(references))


def unused(listing: Iterable[Citing], works: Mapping[str, Work], path: str) -> Iterator[Problem]:
    """Works that no page lists."""
    listed = {name for page in listing for _, _, name in page.listed}
    for name, work in works.items():
        if name not in listed:
            yield Problem(path, work.line, f"no page cites '{work.key}'; accepted: works that a page lists")
