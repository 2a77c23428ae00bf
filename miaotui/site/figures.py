"""Puts figures into the page: an image of docs/figures becomes inline SVG, in the page's language and colours.

The source has `![what it shows](../../figures/name.svg)` on a line of its own, and may have `*a caption*` as the next
paragraph. Where this hook is not run, that is an image and a caption still; miaotui/checks/figures.py holds the files.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

_FOUND = re.compile(
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


def inline(svg: str, alt: str, code: str, prefix: str) -> str:
    """The figure as HTML: its labels in the language, its alternative as its name, its ids under the prefix."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    # It is for the file by itself; in a page its colours would be everybody's.
    for style in root.findall("style"):
        root.remove(style)
    _spoken(root, code)
    _renamed(root, prefix)
    root.attrib |= {"role": "img", "aria-label": alt, "data-search-exclude": ""}
    return ElementTree.tostring(root, encoding="unicode")


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Puts every figure of the page in its place."""
    code, count = page.file.src_uri.partition("/")[0], 0

    def figure(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        file = Path(config.docs_dir, "figures", f"{found['name']}.svg")
        if not file.is_file():
            return found[0]  # MkDocs itself tells a link that leads nowhere
        try:
            svg = inline(file.read_text(encoding="utf-8"), unescape(found["alt"]), code, f"{file.stem}-{count}-")
        except ElementTree.ParseError as error:
            fault = f"is no well-formed XML ({error}); accepted: an SVG"
            raise PluginError(f"docs/figures/{file.name}:{error.position[0]}: {fault}") from None
        caption = f"<figcaption>{found['caption']}</figcaption>" if found["caption"] else ""
        return f'<figure class="figure">{svg}{caption}</figure>'

    return _FOUND.sub(figure, html)
