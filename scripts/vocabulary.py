#!/usr/bin/env python3
"""Prints the part of schema.org's vocabulary that our pages use: `vocabulary.py schema.d.ts > vocabulary.json`.

schema.d.ts is that of the npm package schema-dts, which is generated from the vocabulary itself. The table is in
tests/vendor/schema-org/, with its source in tests/vendor/vendored.yml.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TypedDict

from miaotui.base.console import speak_utf8

USED = (
    "BreadcrumbList",
    "CollectionPage",
    "EntryPoint",
    "ItemList",
    "LearningResource",
    "ListItem",
    "SearchAction",
    "WebPage",
    "WebSite",
)
"""The types of the data in overrides/partials/head.html."""

_INTERFACE = re.compile(r"interface (\w+?)(?:Base|Leaf) extends ([\w, <>]+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r'^    "([\w-]+)"\?: SchemaValue<(.+), "', re.MULTILINE)


class Type(TypedDict):
    """What a type is: its parents, and the properties of its own with what these take."""

    of: list[str]
    properties: dict[str, list[str]]


def parsed(text: str) -> dict[str, Type]:
    """Each type with its parents and the properties of its own, each of these with the types that it takes."""
    types: dict[str, Type] = {}
    for name, parents, body in _INTERFACE.findall(text):
        is_a = {parent.removesuffix("Base") for parent in re.findall(r"\w+Base", parents)} - {name}
        own = {
            key: [one for one in taken.split(" | ") if one != "IdReference"] for key, taken in _PROPERTY.findall(body)
        }
        known = types.setdefault(name, {"of": [], "properties": {}})
        known["of"] = sorted({*known["of"], *is_a})
        known["properties"].update(own)
    return types


def needed(types: dict[str, Type], used: tuple[str, ...]) -> dict[str, Type]:
    """The types used and all that they are, in the order of their names."""
    found, waiting = set(), list(used)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += [parent for parent in types[name]["of"] if parent not in found]
    return {name: types[name] for name in sorted(found)}


def main() -> int:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    print(json.dumps(needed(parsed(text), USED), indent=1))
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
