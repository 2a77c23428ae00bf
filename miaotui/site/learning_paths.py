"""The neighbours of each page along every learning path: `path_list` of the words has the paths.

Inside a topic all paths agree. Between topics each goes its own way, and partials/footer.html links them all;
assets/js/path.js leaves the one that the reader chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Path = Mapping[str, Any]
"""A learning path: id, name, why, and slugs where it does not follow the contents."""
Order = tuple[Path, list[str], dict[str, int]]
"""A path: the sources of its pages, and the place of each among them."""


@dataclass(frozen=True)
class Way:
    """A page's neighbour."""

    source: str
    path: Path | None
    """The path it is the neighbour on, None where all paths agree."""


def order(pages: Sequence[str], sections: Mapping[str, Sequence[str]], slugs: Iterable[str]) -> list[str]:
    """All pages as a path leads through them: its topics in its order, what stands around them where it stands."""
    # A topic that has no pages yet leads nowhere.
    inside = [page for slug in slugs for page in sections.get(slug, ())]
    first = next((at for at, page in enumerate(pages) if page in inside), len(pages))
    return [*pages[:first], *inside, *(page for page in pages[first:] if page not in inside)]


def orders(paths: Iterable[Path], pages: Sequence[str], sections: Mapping[str, Sequence[str]]) -> list[Order]:
    """Every path through the pages of a language; `sections` has the pages of each topic, as the contents have them."""
    found = []
    for path in paths:
        led = order(pages, sections, path.get("slugs", sections))
        found.append((path, led, {source: at for at, source in enumerate(led)}))
    return found


def ways(along: Iterable[Order], source: str, step: int) -> list[Way]:
    """The pages that stand `step` from this one: one where all paths agree, else one for each path."""
    found = []
    for path, pages, places in along:
        at = places[source] + step if source in places else -1
        if 0 <= at < len(pages):
            found.append(Way(pages[at], path))
    agreed = len({way.source for way in found}) == 1
    return [Way(found[0].source, None)] if agreed else found


def both_ways(along: Sequence[Order], source: str) -> dict[str, list[Way]]:
    """The neighbours before and after a page, as `prev` and `next`."""
    return {"prev": ways(along, source, -1), "next": ways(along, source, 1)}
