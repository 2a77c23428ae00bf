"""Python-Markdown extensions: what becomes of our Markdown beyond what the usual extensions make of it.

Each rewrites the HTML that Markdown has made of a page, and is a function from HTML to HTML that a test calls.
They belong to Python-Markdown alone: whatever builds the site next takes them as they are.
"""

from __future__ import annotations

from miaotui.extensions.box_headings import BoxHeadings
from miaotui.extensions.chinese_lines import ChineseLines
from miaotui.extensions.code_outputs import CodeOutputs
from miaotui.extensions.figures import Figures
from miaotui.extensions.formulas import Formulas
from miaotui.extensions.page import MarkdownPage
from miaotui.extensions.rewriting import Rewriting
from miaotui.extensions.table_boxes import TableBoxes
from miaotui.extensions.unbroken_dates import UnbrokenDates


def ours(page: MarkdownPage) -> list[Rewriting]:
    """The extensions for one page, in the order in which they rewrite it."""
    return [
        # Before formulas: a line that ends at a formula is told by the characters on both sides, which a set one hides.
        ChineseLines(),
        Formulas(page),
        # The others may stand in any order: none looks at what another one writes.
        UnbrokenDates(),
        Figures(page),
        BoxHeadings(page),
        CodeOutputs(page),
        TableBoxes(),
    ]
