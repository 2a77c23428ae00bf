"""Puts our scripts into one file, so that a page asks for one: each does nothing where its element is absent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from miaotui.base.paths import THEME

FOLDER = "assets/js"
PARTS = (
    *("common", "search/page", "material", "faces"),
    *("language", "drawer", "share", "copied", "progress", "self-test", "folds", "steps", "scroll", "path", "home"),
)
"""In the order they run: common.js has what the others use; the search's stands before Material's bundle, which starts
a worker; self-test.js makes folds."""
SOURCE = THEME / FOLDER
FILE = f"{FOLDER}/miaotui.js"


_FOR_WRITERS = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
"""Lines that are comments or empty, and indentation: a quarter of what a reader would be sent."""


def joined(parts: Iterable[str]) -> str:
    """The parts as one script: they are written without semicolons, so each gets its last one here.

    No text of theirs runs over two lines, so what a line begins with says nothing.
    """
    return "".join(f"{_FOR_WRITERS.sub('', part).rstrip()};\n" for part in parts)


def bundle() -> str:
    """The whole of assets/js/miaotui.js."""
    return joined((SOURCE / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)
