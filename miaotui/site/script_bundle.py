"""Puts our scripts into one file, so that a page asks for one: each does nothing where its element is absent.

Readers need not load what is for those who write: comments, the types that `make scripts` checks, indentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from miaotui.base.paths import THEME

FOLDER = "assets/js"
PARTS = (
    *("common", "search/page", "material", "palette", "faces"),
    *("language", "drawer", "share", "copied", "record", "progress"),
    *("folds", "back", "scroll", "strip", "path"),
)
"""In the order they run: common.js has what the others use; the search's stands before Material's bundle, which starts
a worker."""
LISTS = ("merge", "marks", "carry", "self-test", "home")
"""The same for pages that list questions, behind the others."""
PRACTICE = tuple(
    f"practice/{part}"
    for part in ("draw", "report", "begun", "room", "train", "hour", "ask", "reported", "mock", "start")
)
"""The same for the page of practice, behind the others."""
PICTURE = tuple(f"picture/{part}" for part in ("lines", "plan", "png", "dialog"))
"""What draws a picture of a question, once a reader asks for it."""
JUDGE = ("judge/python", "judge/page")
"""The same for the page of a coding problem."""
CALCULATOR = ("calculate", "plot", *(f"calculator/{part}" for part in ("numbers", "form", "link", "start")))
"""What a calculator's page has in itself: it runs where the form ends, so that nothing moves when it has."""
SOURCE = THEME / FOLDER
FILE = f"{FOLDER}/miaotui.js"
FILES = {
    FILE: PARTS,
    f"{FOLDER}/lists.js": LISTS,
    f"{FOLDER}/practice.js": PRACTICE,
    f"{FOLDER}/picture.js": PICTURE,
    f"{FOLDER}/judge.js": JUDGE,
}
"""The files that are made, each with its parts."""


_PLAIN = r"`(?:[^`\\]|\\.)*`"
_FILLED = rf"`(?:[^`\\$]|\\.|\$(?!\{{)|\$\{{(?:[^`{{}}]|{_PLAIN}|\{{[^{{}}]*\}})*\}})*`"
"""A template, and what it is filled with, which may have templates of its own."""
_TEXT = rf"{_FILLED}|{_PLAIN}|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_DOC = r"/\*\*(?:[^*]|\*(?!/))*\*/"
_CAST = rf"{_DOC} \(\s*([\w.]+(?:\((?:[^()`\"]|{_TEXT})*\))?)\s*\)"
_TEXT_OR_NOTE = re.compile(
    rf"({_TEXT})|^\s*//[^\n]*\n|^\s*{_DOC}\n|^\s+|{_CAST}|{_DOC} ?",
    re.MULTILINE | re.DOTALL,
)
"""A text, which stays; or what is for those who write, and of a cast what it is of, without its brackets."""


def sent(script: str) -> str:
    """A script without lines that are comments or empty, declared types and indentation: a third of what is written."""
    return _TEXT_OR_NOTE.sub(lambda found: found[1] or found[2] or "", script)


_PATTERN = r"(?:(?<=[(,=:?&|!>] )|(?<=[(\[!\n])|(?<=return ))/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
"""A regular expression as prettier leaves it: a division has a space on each side."""
_GAP = re.compile(rf"({_TEXT}|{_PATTERN})| ?([=!]==|[=!<>]=|=>|&&|\|\||\?\?|[=,:?{{}}()<>]) ?", re.DOTALL)


def tight(script: str) -> str:
    """A script without the thousand spaces around its signs. + and - keep theirs: two would be another."""
    return _GAP.sub(lambda found: found[1] or found[2], script)


def joined(parts: Iterable[str]) -> str:
    """The parts as one script: they are written without semicolons, so each gets its last one here.

    The one that stands before a part's first bracket is its guard against what comes before, which ends with one now.
    """
    return "".join(tight(sent(part)).strip().removeprefix(";") + ";\n" for part in parts)


def joined_files(parts: Iterable[str]) -> str:
    """The scripts of these names as one."""
    return joined((SOURCE / f"{part}.js").read_text(encoding="utf-8") for part in parts)


def bundle(file: str = FILE) -> str:
    """The whole of such a file."""
    return joined_files(FILES[file])
