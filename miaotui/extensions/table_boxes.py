"""Puts each table of a page into the boxes in which it scrolls by itself on a phone.

Material's bundle makes them once it is there; made here, nothing moves when it comes, and they are there without it.
The style takes the room from the second pair, which the bundle still makes.
"""

from __future__ import annotations

import re

from miaotui.extensions.rewriting import Rewriting

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def boxed(html: str) -> str:
    """The HTML with each plain table in Material's two boxes."""
    boxes = r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'
    return _TABLE.sub(boxes, html)


class TableBoxes(Rewriting):
    """Wraps the tables of a page in Material's scroll boxes."""

    def rewritten(self, html: str) -> str:
        return boxed(html)
