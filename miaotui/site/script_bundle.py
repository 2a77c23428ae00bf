"""Puts our scripts into one file, so that a page asks for one: each does nothing where its element is absent.

The types that they declare are for `make scripts`: readers need not load them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from miaotui.base.paths import THEME

FOLDER = "assets/js"
PARTS = (
    *("common", "search/page", "material", "faces"),
    *("language", "share", "progress", "self-test", "folds", "scroll", "path", "home"),
)
"""In the order they run: common.js has what the others use; the search's stands before Material's bundle, which starts
a worker; self-test.js makes folds."""
SOURCE = THEME / FOLDER
FILE = f"{FOLDER}/miaotui.js"


_TYPES = re.compile(r"^ */\*\* @.*\*/\n|^ */\*\*\n(?: *\* @.*\n)+ *\*/\n|/\*\* @\w.*?\*/ ", re.MULTILINE)
"""On a line of their own, on several, and before what they are said of."""


def untyped(script: str) -> str:
    """The script without its declared types."""
    return _TYPES.sub("", script)


def joined(parts: Iterable[str]) -> str:
    """The parts as one script: they are written without semicolons, so each gets its last one here."""
    return "".join(f"{part.rstrip()};\n" for part in parts)


def bundle() -> str:
    """The whole of assets/js/miaotui.js."""
    return joined(untyped((SOURCE / f"{part}.js").read_text(encoding="utf-8")) for part in PARTS)
