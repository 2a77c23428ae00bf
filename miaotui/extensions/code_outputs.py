"""Makes one figure of code and the output below it: a fence with the class `output` right after another fence.

The label says that tests recheck the output, so a page quotes both from files that a test runs.
Code is reached by the keyboard, which alone can scroll it there: Material makes it so only once it is in view.
"""

from __future__ import annotations

import re
from html import escape

from miaotui.extensions.page import MarkdownPage
from miaotui.extensions.rewriting import Rewriting

_BLOCK = r"(?:(?!</?div\b).)*"
_PAIR = re.compile(
    rf'(?P<code><div class="[^"]*\bhighlight">{_BLOCK}</div>)\n'
    rf'(?P<output><div class="(?:[\w-]+ )*output (?:[\w-]+ )*highlight">{_BLOCK}</div>)',
    re.DOTALL,
)
_CODE = re.compile(r"(<pre\b[^>]*>(?:<span></span>)?<code)(?=[ >])(?![^>]*\btabindex=)")


def paired(html: str, label: str) -> str:
    """The HTML with each output in one figure with its code, under its label."""
    figure = rf'<figure class="run">\n\g<code>\n<p class="run__label">{escape(label)}</p>\n\g<output>\n</figure>'
    return _PAIR.sub(figure, html)


def focusable(html: str) -> str:
    """The HTML with each block of code in the order of the tab key."""
    return _CODE.sub(r'\1 tabindex="0"', html)


class CodeOutputs(Rewriting):
    """Pairs the code and the outputs of a page, and lets the keyboard scroll them."""

    def __init__(self, page: MarkdownPage) -> None:
        super().__init__()
        self._page = page

    def rewritten(self, html: str) -> str:
        return focusable(paired(html, self._page.output_label))
