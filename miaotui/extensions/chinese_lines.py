"""Joins Chinese lines: a source has one sentence a line, and a browser would show each line's end as a space."""

from __future__ import annotations

import re

from miaotui.extensions.rewriting import Rewriting

_CHINESE = r"[\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
# Full-width punctuation brings its own room, whatever stands on its other side.
_MARK = r"[\u3001-\u3011\uff01-\uff0f\uff1a-\uff1f]"
# A list item's further lines are indented.
_BREAK = re.compile(rf"(?<={_CHINESE})\n *(?={_CHINESE})|(?<={_MARK})\n *|\n *(?={_MARK})")
_KEPT = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def join(html: str) -> str:
    """The HTML without line ends between two Chinese characters or at full-width punctuation, code left alone."""
    return "".join(piece if piece.startswith("<pre") else _BREAK.sub("", piece) for piece in _KEPT.split(html))


class ChineseLines(Rewriting):
    """Joins the Chinese lines of a page."""

    def rewritten(self, html: str) -> str:
        return join(html)
