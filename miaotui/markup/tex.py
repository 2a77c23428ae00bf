"""Formulas in the words of an article, as Pandoc and GitHub find them, written as our own pages have them.

`$x$` opens before a letter that is no white space, and closes behind one, before no letter or digit: a price or a shell
variable is none. `\\(x\\)`, and `$$x$$` in a line, are set as `$x$`; `\\[x\\]` on lines of its own as `$$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A backslash takes the mark behind it with it, so each alternative begins at a mark that stands for itself.
_TOKEN = re.compile(
    r"(?P<keep><https?://[^\s<>\"'`]+>)"
    r"|\$\$(?P<display>(?!\s)(?:\\.|[^\\$])+?(?<![\s\\]))\$\$"
    r"|(?<!\$)\$(?P<dollar>(?![\s$])(?:\\.|[^\\$])*?(?:\\.|[^\s\\$]))\$(?![0-9A-Za-z])"
    r"|\\\((?P<round>(?:\\[^()\n]|[^\\\n])+?)\\\)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<lone>\$)"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname)\w*\{[^{}]*\}")
_MATHS = re.compile(r"[\\^_=+<>{}|/0-9*-]")
_BAR = re.compile(r"\\\||\|")
# What Python-Markdown, with our extensions, takes a backslash before.
_TAKEN = set("\\`*_{}[]()>#+-.!|$")
OPENS = {"$$": "$$", "\\[": "\\]"}
"""How a formula by itself begins, with its end."""


def _is_maths(tex: str) -> bool:
    """Whether what stands in round brackets with backslashes is a formula, and not words in brackets."""
    return not _HAN.search(_WORDS.sub("", tex)) and bool(_MATHS.search(tex) or len(tex.split()) == 1)


def tame(tex: str, *, line: bool) -> str:
    """The formula without what Markdown would act on; it is set the same."""
    tex = tex.replace("<", r"\lt ")
    return _BAR.sub(lambda found: r"\Vert " if len(found[0]) == 2 else r"\vert ", tex) if line else tex


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces: each `text`, `keep` for an address, or `formula`, with its dollars.

    A dollar that is of no formula has a backslash; a backslash before a mark that Markdown has no escape of is gone.
    """
    end = 0
    for found in _TOKEN.finditer(text):
        yield "text", text[end : found.start()]
        end = found.end()
        kind = found.lastgroup or ""
        tex = found[kind]
        if kind == "keep":
            yield "keep", tex
        elif kind in ("display", "dollar") or (kind == "round" and _is_maths(tex)):
            yield "formula", f"${tame(tex, line=True).strip()}$"
        elif kind == "lone":
            yield "text", r"\$"
        elif kind == "escaped" and tex not in _TAKEN:
            yield "keep", f"&#{ord(tex)};"
        else:
            yield "text", found[0]
    yield "text", text[end:]


def block(lines: list[str]) -> tuple[list[str], str] | None:
    """The formula that the lines begin with, one or more of them, and what follows it on its last; None for none."""
    opened = next((mark for mark in OPENS if lines[0].startswith(mark)), None)
    if opened is None:
        return None
    closes, tex = OPENS[opened], [lines[0][len(opened) :], *lines[1:]]
    for at, line in enumerate(tex):
        if closes in line:
            before, _, after = line.partition(closes)
            inner = [*tex[:at], before]
            if "".join(inner).strip() and (at == 0 or not after.strip()) and "$" not in "".join(inner):
                return inner, after.strip()
            return None
    return None
