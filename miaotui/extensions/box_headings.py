"""Makes the labels of the article's words and of our correction headings on a question's page.

So a link can lead to a correction, a search result can say that the words stand in it, and a screen reader
can jump to it.
"""

from __future__ import annotations

import re

from miaotui.extensions.page import MarkdownPage
from miaotui.extensions.rewriting import Rewriting

_BOX = re.compile(
    r'(<div class="admonition (?P<kind>received|correction)">\s*)<p class="admonition-title">(?P<label>.*?)</p>'
)


def headed(html: str) -> str:
    """The HTML with the first box of each kind under a heading, whose id is the kind."""
    seen: set[str] = set()

    def heading(found: re.Match[str]) -> str:
        if found["kind"] in seen:
            return found[0]
        seen.add(found["kind"])
        return f'{found[1]}<h3 class="admonition-title" id="{found["kind"]}">{found["label"]}</h3>'

    return _BOX.sub(heading, html)


class BoxHeadings(Rewriting):
    """Heads the boxes of a question's page; other pages may have many of a kind."""

    def __init__(self, page: MarkdownPage) -> None:
        super().__init__()
        self._page = page

    def rewritten(self, html: str) -> str:
        return headed(html) if self._page.numbered else html
