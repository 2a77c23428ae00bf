"""Puts figures into the page: an image of docs/figures becomes inline SVG, in the page's language and colours.

The source has `![what it shows](../../figures/name.svg)` on a line of its own, and may have `*a caption*` as the next
paragraph. Where this extension is not used, that is an image and a caption still;
miaotui/checks/figures.py holds the files.

A stepped figure becomes a group of pictures, one for each still, so that paper can break between them and a narrow
page sets them below each other; assets/js/steps.js shows them one at a time.
"""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree import ElementTree

from miaotui.base.problem import Problem, RefusedError
from miaotui.drawing.stills import STILL
from miaotui.extensions.page import MarkdownPage
from miaotui.extensions.rewriting import Rewriting

FOUND = re.compile(
    r'<p><img (?=[^>]*\bsrc="[^"]*\bfigures/(?P<name>[\w-]+)\.svg")(?=[^>]*\balt="(?P<alt>[^"]*)")[^>]*></p>'
    r"(?:\s*<p><em>(?P<caption>(?:(?!</?(?:p|em)\b).)*)</em></p>)?",
    re.DOTALL,
)


def _spoken(root: ElementTree.Element, code: str) -> None:
    """Leaves of each <switch> what is said in the page's language."""
    for switch in list(root.iter("switch")):
        mine = [child for child in switch if child.get("systemLanguage", code).split(",")[0] == code][:1]
        for child in mine:
            child.attrib.pop("systemLanguage", None)
        switch.tag, switch[:] = "g", mine


def _renamed(root: ElementTree.Element, prefix: str) -> None:
    """Gives ids a prefix, and what refers to them: a page may hold several figures."""
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, prefix + value if key == "id" else value.replace("url(#", f"url(#{prefix}"))


def _read(svg: str, code: str, prefix: str) -> ElementTree.Element:
    """The figure as it stands in a page: its labels in the language, its ids under the prefix."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    # It is for the file by itself; in a page its colours would be everybody's.
    for style in root.findall("style"):
        root.remove(style)
    _spoken(root, code)
    _renamed(root, prefix)
    return root


def _said(still: ElementTree.Element, code: str) -> str:
    """The sentence of a still; only languages that write spaces have one between two lines."""
    return ("" if code == "zh" else " ").join(text.text or "" for text in still[0].iter("text"))


def _still(still: ElementTree.Element, whole: ElementTree.Element, height: int, code: str) -> str:
    """A still as a picture of its own, named by its sentence."""
    box = {"viewBox": f"0 0 {whole.get('width', '')} {height}", "height": f"{height}"}
    named = {"class": "still", "role": "img", "aria-label": _said(still, code)}
    picture = ElementTree.Element("svg", {**whole.attrib, **box, **named})
    picture.extend(still)
    return ElementTree.tostring(picture, encoding="unicode")


def inline(svg: str, alt: str, code: str, prefix: str) -> str:
    """The figure as HTML, its alternative as its name."""
    root = _read(svg, code, prefix)
    stills = [child for child in root if child.get("id", "").startswith(prefix + STILL)]
    if stills:
        height = int(root.get("height", "0")) // len(stills)
        drawn = "".join(_still(still, root, height, code) for still in stills)
        return f'<div class="stills" role="group" aria-label="{escape(alt)}" data-search-exclude="">{drawn}</div>'
    root.attrib |= {"role": "img", "aria-label": alt, "data-search-exclude": ""}
    return ElementTree.tostring(root, encoding="unicode")


class Figures(Rewriting):
    """Puts every figure of a page in its place."""

    def __init__(self, page: MarkdownPage) -> None:
        super().__init__()
        self._page = page

    def rewritten(self, html: str) -> str:
        """Raises RefusedError for a figure that is no SVG."""
        count = 0

        def figure(found: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return self._figure(found, count)

        return FOUND.sub(figure, html)

    def _figure(self, found: re.Match[str], count: int) -> str:
        file = self._page.docs / "figures" / f"{found['name']}.svg"
        if not file.is_file():
            return found[0]  # the check of links tells one that leads nowhere
        alt, prefix = unescape(found["alt"]), f"{file.stem}-{count}-"
        try:
            svg = inline(file.read_text(encoding="utf-8"), alt, self._page.language, prefix)
        except ElementTree.ParseError as error:
            fault = f"is no well-formed XML ({error}); accepted: an SVG"
            raise RefusedError([Problem(f"docs/figures/{file.name}", error.position[0], fault)]) from None
        caption = f"<figcaption>{found['caption']}</figcaption>" if found["caption"] else ""
        return f'<figure class="figure">{svg}{caption}</figure>'
