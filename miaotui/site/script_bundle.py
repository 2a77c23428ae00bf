"""Puts our scripts into one file, so that a page asks for one: each does nothing where its element is absent."""

from __future__ import annotations

from collections.abc import Iterable

from miaotui.base.paths import THEME

FOLDER = "assets/js"
PARTS = (
    *("common", "search/page", "material", "faces"),
    *("language", "drawer", "share", "copied", "progress", "self-test", "folds", "scroll", "path", "home"),
)
"""In the order they run: common.js has what the others use; the search's stands before Material's bundle, which starts
a worker; self-test.js makes folds."""
SOURCE = THEME / FOLDER
FILE = f"{FOLDER}/miaotui.js"


def joined(parts: Iterable[str]) -> str:
    """The parts as one script: they are written without semicolons, so each gets its last one here."""
    return "".join(f"{part.rstrip()};\n" for part in parts)


def bundle() -> str:
    """The whole of assets/js/miaotui.js."""
    return joined((SOURCE / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)
