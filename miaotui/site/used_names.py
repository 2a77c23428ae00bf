"""What the pages and scripts have of what a style can name; each page is read once, as long as it is as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from miaotui.base.store import Store, digest

NAMED = Store("named")
ATTRIBUTE = re.compile(r'(?P<name>dir|data-md-color-[\w-]+)=["\']?(?P<value>[^"\']*)["\']?')
_OFF = re.compile(
    r"(--)?(md-(annotation|code__|code-select|mermaid|source|status|tag|tooltip|version)|tabbed|footnote|mermaid|keys)"
)
"""Classes and variables of Material's features that no page of ours asks for, though its bundle names them."""
_RARE = ("dd", "dl", "hr", "iframe", "img", "kbd", "small", "sub", "sup", "video")
"""Elements that Material has rules for and that a page may lack."""


@dataclass(frozen=True)
class Used:
    """What the pages and scripts have of what a style can name."""

    classes: frozenset[str]
    beginnings: tuple[str, ...]
    """Of classes that a script puts together."""
    attributes: frozenset[str]
    """Of the kind that ATTRIBUTE knows: dir="ltr"."""
    variables: frozenset[str]
    absent: frozenset[str] = frozenset()
    """Elements, of those that _RARE names, that no page and no script has."""

    def has(self, name: str) -> bool:
        """Whether an element may have the class."""
        return name in self.classes or name.startswith(self.beginnings)


def used(pages: Iterable[str], scripts: Iterable[str]) -> Used:
    """What the HTML of the pages and the scripts' text have."""
    named = [NAMED.made(digest(_code(), page), partial(_named, page)) for page in pages]
    script = "\n".join(scripts)
    # A minified script has variables of one letter, as the colours of code have classes.
    words = {word for word in re.findall(r"[\w-]+", script) if len(word) > 2 and not _OFF.match(word)} | {"js"}
    classes, attributes, variables, rare = (
        {name for page in named for name in page[kind]} for kind in ("classes", "attributes", "variables", "rare")
    )
    read = variables.union(re.findall(r"--[\w-]+", script))
    return Used(
        frozenset(classes | words),
        tuple(sorted(word for word in words if re.fullmatch(r"[a-z][\w-]{3,}-", word))),
        frozenset(attributes),
        frozenset(name for name in read if not _OFF.match(name)),
        frozenset(name for name in _RARE if name not in words and name not in rare),
    )


def _named(page: str) -> dict[str, list[str]]:
    """What a page has of what a style can name."""
    return {
        "classes": sorted({name for found in re.findall(r'class="([^"]*)"', page) for name in found.split()}),
        "attributes": sorted({f'{found["name"]}="{found["value"]}"' for found in ATTRIBUTE.finditer(page)}),
        "variables": sorted({*re.findall(r"--[\w-]+", page)}),
        "rare": [name for name in _RARE if f"<{name}" in page],
    }


@cache
def _code() -> str:
    return digest(Path(__file__).read_bytes())
