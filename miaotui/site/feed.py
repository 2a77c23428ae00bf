"""The Atom feed of one language: its questions, and their corrections. machine_readable.py calls it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown

from miaotui.extensions.chinese_lines import join

ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "tables": {},
    "pymdownx.superfences": {},
    "pymdownx.arithmatex": {"generic": True, "smart_dollar": True},
}
_QUOTED = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One thing that the feed tells."""

    url: str
    """Where it is read; also its id, for ever."""
    title: str
    month: str
    """When it was last reviewed: 2026-11."""
    summary: str
    markdown: str = ""
    """The whole of it, every link in full; empty where the summary says enough."""


def html(markdown: str) -> str:
    """What a feed reader shows of Markdown, formulas left as they were typed."""
    made: str = Markdown(extensions=list(_EXTENSIONS), extension_configs=_EXTENSIONS).convert(markdown)
    return join(made)


def claims(correction: str) -> str:
    """The claims that a correction quotes, in one line."""
    quoted = (unescape(re.sub(r"<[^>]+>", "", found)) for found in _QUOTED.findall(html(correction)))
    return " · ".join(" ".join(claim.split()) for claim in quoted)


def _date(month: str) -> str:
    return f"{month}-01T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, tag, attributes)
    made.text = text or None
    return made


def _entry(root: ElementTree.Element, told: Entry) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", told.url)
    _add(entry, "title", told.title)
    _add(entry, "updated", _date(told.month))
    _add(entry, "link", rel="alternate", href=told.url)
    _add(entry, "summary", told.summary)
    if told.markdown:
        _add(entry, "content", html(told.markdown), type="html")


def feed(name: str, code: str, address: str, site: str, entries: Iterable[Entry]) -> bytes:
    """The feed at `address`, the last reviewed first; what was reviewed in one month keeps its order."""
    listed = sorted(entries, key=lambda told: told.month, reverse=True)
    root = ElementTree.Element("feed", {"xmlns": ATOM, _LANGUAGE: code})
    _add(root, "id", address)
    _add(root, "title", name)
    _add(root, "updated", _date(listed[0].month))
    _add(root, "link", rel="self", href=address)
    _add(root, "link", rel="alternate", href=site)
    _add(_add(root, "author"), "name", name)
    for told in listed:
        _entry(root, told)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
