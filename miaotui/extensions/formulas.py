"""Sets formulas with KaTeX when the site is built: a reader's browser runs no script for them.

The source has `$…$` and, on lines of its own, `$$…$$`; pymdownx.arithmatex finds them.

Until the page is written its text stands for a formula: the search would read each letter of it three times, as MathML,
as TeX and as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from miaotui.base.problem import Problem, RefusedError
from miaotui.extensions.page import MarkdownPage
from miaotui.extensions.rewriting import Rewriting
from miaotui.markup.katex import FormulaError, html_of

# With the marks around it that must not end the line before or begin the line after: a line may break at a formula.
_FOUND = re.compile(
    r"(?P<before>[（「《“(\[]*)"
    r'<(?P<tag>span|div) class="arithmatex">\\(?P<open>[(\[])(?P<tex>.*?)\\[)\]]</(?P=tag)>'
    r"(?P<after>[)\]）」》”’,.;:!?%，。、；：！？]*)",
    re.DOTALL,
)
_STANDS = re.compile(r'<(?:span|div) class="formula" data-set="(\d+)">[^<]*</(?:span|div)>')
_SAID = re.compile(r"<math.*?>(.*?)<annotation", re.DOTALL)
_INVISIBLE = re.compile("<[^>]*>|[\u2061-\u2064]")


def _held(html: str, before: str, after: str) -> str:
    """The formula of a line with the marks around it, parted from neither; a long one still breaks at its relations."""
    if after:
        # A line may break behind each piece of a formula, as the formula's own style says: not behind its last.
        at, ends = html.rindex('<span class="base">'), len(html) - len("</span></span></span>")
        html = f'{html[:at]}<span class="together">{html[at:ends]}</span>{html[ends:]}'
    return f'<span class="together">{before}{html}{after}</span>' if before or after else html


def place(source: str, tex: str) -> int:
    """The line of a page's source that the formula begins on, 1 where it is not found (a quoted page's)."""
    at = source.find(tex.strip().split("\n")[0])
    return source.count("\n", 0, at) + 1 if at >= 0 else 1


def said(html: str) -> str:
    """The signs of a formula's MathML in a row, escaped."""
    return _INVISIBLE.sub("", "".join(_SAID.findall(html)))


class Formulas(Rewriting):
    """Sets every formula of a page, and leaves in its place what is read of it until the page is written."""

    def __init__(self, page: MarkdownPage) -> None:
        super().__init__()
        self._page = page

    def rewritten(self, html: str) -> str:
        """Raises RefusedError with every formula that KaTeX does not take."""
        problems: list[Problem] = []

        def formula(found: re.Match[str]) -> str:
            try:
                return self._formula(found)
            except FormulaError as error:
                line = place(self._page.text, unescape(found["tex"]))
                fault = f"{error}; accepted: a formula that KaTeX sets"
                problems.append(Problem(f"docs/{self._page.source}", line, fault))
                return found[0]

        shown = _FOUND.sub(formula, html)
        if problems:
            raise RefusedError(problems)
        return shown

    def _formula(self, found: re.Match[str]) -> str:
        inner = html_of(unescape(found["tex"]), display=found["open"] == "[")
        made, tag, before, after = self._page.formulas, found["tag"], found["before"], found["after"]
        made.append(_held(f'<{tag} class="formula">{inner}</{tag}>', before, after))
        return f'<{tag} class="formula" data-set="{len(made) - 1}">{before}{said(inner)}{after}</{tag}>'


def filled(html: str, formulas: Sequence[str]) -> str:
    """A page with its formulas where their marks stand."""
    return _STANDS.sub(lambda stands: formulas[int(stands[1])], html)
