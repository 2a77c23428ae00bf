"""What a page or a style sheet refers to, as a browser would read it, raw HTML and CSS included.

Whether a reference leads anywhere is for links.py to judge.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from miaotui.base.store import Store, digest

# A reader follows it; machines are told of it; a browser fetches it; a browser fetches it as a picture or a font.
Kind = Literal["followed", "named", "fetched", "picture"]
_KINDS: dict[str, dict[str, Kind]] = {
    "a": {"href": "followed", "xlink:href": "followed", "ping": "fetched"},
    "area": {"href": "followed", "ping": "fetched"},
    "script": {"src": "fetched", "href": "fetched", "xlink:href": "fetched"},
    "img": {"src": "picture"},
    "input": {"src": "picture", "formaction": "fetched"},
    "button": {"formaction": "fetched"},
    "form": {"action": "fetched"},
    "video": {"src": "fetched", "poster": "picture"},
    "object": {"data": "fetched"},
    "use": {"href": "fetched", "xlink:href": "fetched"},
    **{tag: {"href": "picture", "xlink:href": "picture"} for tag in ("image", "feimage")},
    **{tag: {"background": "picture"} for tag in ("body", "table", "td", "th")},
    **{tag: {"src": "fetched"} for tag in ("source", "iframe", "frame", "audio", "track", "embed")},
}
# Every other rel, known to us or not, counts as one that makes a browser open a connection.
_NAMING_RELS = {"canonical", "alternate", "license", "author", "prev", "next"}
_ICON_RELS = {"icon", "shortcut", "apple-touch-icon"}
_STYLES = {"style", "fill", "stroke", "filter", "mask", "clip-path", "marker-start", "marker-mid", "marker-end"}
# An address runs to the next white space, its own commas included; after it stands a size, or a comma.
_SRCSET = re.compile(r"([^\s,]\S*)(?:(?<!,)\s[^,]*)?")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,\s]\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
# Comments, plain strings and namespaces are matched so as to be passed over. A string may lack its end: one that
# had to have it would be looked for again from each quote within.
_CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)|@namespace[^;]*|(?P<rule>@import\s*)?(?:url\(\s*(?P<bare>[^\s"')]+)
    |(?P<url>url\(\s*)?(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote))[^\\\n])*)(?P=quote)?)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


LINKS = Store("links")


@dataclass(frozen=True)
class Link:
    """A reference of a page or a style sheet."""

    line: int
    """The line of its tag."""
    target: str
    """As written, its entities decoded."""
    kind: Kind


@dataclass
class Page:
    """What one file links to, and what can be linked to in it."""

    links: list[Link] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    faults: list[tuple[int, str]] = field(default_factory=list)
    """What is wrong with the page itself, each with its line."""


def css_links(text: str, line: int) -> Iterator[Link]:
    """What a style sheet, or a part of one that begins at `line`, refers to."""
    for found in _CSS.finditer(text):
        target = (found["bare"] or found["text"] or "").strip()
        if target and (found["rule"] or found["url"] or found["bare"]):
            place = line + text.count("\n", 0, found.start())
            yield Link(place, target, "fetched" if found["rule"] else "picture")


def _of_rel(rel: str) -> Kind:
    """What a browser does with the address of a <link>."""
    rels = set(rel.lower().split())
    if rels <= _NAMING_RELS:
        return "named"
    return "picture" if rels <= _ICON_RELS else "fetched"


def _special(tag: str, values: dict[str, str]) -> Iterator[tuple[str, Kind]]:
    """The links whose kind depends on more than tag and attribute."""
    if tag == "link" and "href" in values:
        yield values["href"], _of_rel(values.get("rel", ""))
    content, shared = values.get("content", ""), values.get("property", values.get("name", "")).lower()
    if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
        yield from ((found[1], "fetched") for found in [_REFRESH.match(content)] if found and found[1].strip())
    elif tag == "meta" and shared.startswith(("og:", "twitter:")) and content.lower().startswith(("http:", "https:")):
        yield content, "named"
    for attribute in ("srcset", "imagesrcset"):
        for found in _SRCSET.finditer(values.get(attribute, "")):
            yield found[1].rstrip(","), "picture"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._ids: set[str] = set()
        self._in_style = False

    def _anchors(self, tag: str, values: dict[str, str]) -> None:
        name = values.get("id", "")
        if name in self._ids:
            self.page.faults.append((self.getpos()[0], f"the id '{name}' stands twice; accepted: once on a page"))
        self._ids |= {name} - {""}
        self.page.anchors |= {name, values.get("name", "") if tag == "a" else ""} - {""}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        # Of two attributes of one name a browser keeps the first.
        values = {name: value or "" for name, value in reversed(attrs)}
        self._in_style = tag == "style"
        self._anchors(tag, values)
        for attribute, kind in _KINDS.get(tag, {}).items():
            # A form without an address sends to its own page.
            if attribute in values and (values[attribute].strip() or not attribute.endswith("action")):
                self.page.links.append(Link(line, values[attribute].strip(), kind))
        self.page.links += [Link(line, target.strip(), kind) for target, kind in _special(tag, values)]
        if tag == "base":
            self.page.faults.append((line, "<base> turns every link of the page elsewhere; accepted: no <base>"))
        for attribute in [name for name in values if name in _STYLES]:
            self.page.links += [Link(line, link.target, link.kind) for link in css_links(values[attribute], 0)]

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.page.links += css_links(data, self.getpos()[0])

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False


@cache
def _reading() -> bytes:
    return Path(__file__).read_bytes()


def page_of(text: str) -> Page:
    """What the HTML of a page links to, and what can be linked to in it."""
    key = digest(sys.version, _reading(), text)
    if (kept := LINKS.get(key)) is None:
        page = _page_of(text)
        links = [[link.line, link.target, link.kind] for link in page.links]
        LINKS.put(key, {"links": links, "anchors": sorted(page.anchors), "faults": page.faults})
        return page
    faults = [(line, fault) for line, fault in kept["faults"]]
    return Page([Link(*link) for link in kept["links"]], set(kept["anchors"]), faults)


def _page_of(text: str) -> Page:
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as error:  # html.parser's way to refuse a `<![…` that it does not know
        reader.page.faults.append((reader.getpos()[0], f"cannot be read ({error}); accepted: HTML"))
    return reader.page
