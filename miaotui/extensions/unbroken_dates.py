"""Keeps a month in one piece: a line may break at its hyphen, and 2026- at a line's end is no month."""

from __future__ import annotations

import re

from miaotui.extensions.rewriting import Rewriting

# What is left alone, tags among it, or a month or day of ours: no part of a longer name or number.
_PIECE = re.compile(
    r"<(?P<tag>pre|code|script|style|svg)\b.*?</(?P=tag)>|<[^>]*>"
    r"|(?P<month>(?<![\w.-])20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\w-]))",
    re.DOTALL,
)


def whole(html: str) -> str:
    """The HTML with each month of its text in a span that no line breaks in."""
    return _PIECE.sub(lambda found: f'<span class="together">{found[0]}</span>' if found["month"] else found[0], html)


class UnbrokenDates(Rewriting):
    """Prevents line breaks inside the dates of a page."""

    def rewritten(self, html: str) -> str:
        return whole(html)
