"""What is said of Markdown that is read aloud: its words, without marks and the targets of links."""

from __future__ import annotations

import re

_LINK = re.compile(r"\]\([^)]*\)(?:\{[^}\n]*\})?")
_MARKS = re.compile(r"[*`\[\]]|\\(?=\W)")


def said(text: str) -> str:
    """What is said of an answer's Markdown: without links' targets and marks."""
    return _MARKS.sub("", _LINK.sub("]", text)).strip()
