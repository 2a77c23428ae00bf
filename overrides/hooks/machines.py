"""What programs read: each page's Markdown beside it, llms.txt, and an Atom feed, in each language."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ATOM = "http://www.w3.org/2005/Atom"
_INCLUDE = re.compile(r'^--8<-- "(?P<path>[\w/.-]+?\.md)(?::(?P<section>[\w-]+))?"$', re.MULTILINE)
_MARK = re.compile(r"^<!-- --8<-- \[(?:start|end):[\w-]+\] -->\n?", re.MULTILINE)
_ATTRIBUTES = re.compile(r" ?\{ [#.:][^}\n]*\}")
_BOX = re.compile(r'^!!! \w+ "(?P<title>[^"]*)"\n(?P<body>(?:(?:    .*)?\n)*)', re.MULTILINE)
_LINK = re.compile(r"\]\((?P<path>(?!https?:|mailto:)[\w./-]*?)\.md(?P<hash>#[\w-]+)?\)")
_FENCE = re.compile(r"(^ {0,3}(?P<marks>```+|~~~+).*?^ {0,3}(?P=marks)\s*$)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Doc:
    """A page as programs get it."""

    code: str
    file: str
    """Its Markdown's place in the site."""
    url: str
    title: str
    note: str
    number: int
    """0 where it is no question."""
    reviewed: str
    topic: str
    text: str


_docs: dict[str, Doc] = {}
_sites: dict[str, tuple[str, str]] = {}
"""Name and description of the site by language: the i18n plugin leaves only the last one's in the configuration."""
_places: dict[str, int] = {}
"""Each page's place in the navigation, by its source."""


def _section(text: str, name: str) -> str:
    """The part of a page between the marks of a snippet section."""
    return text.partition(f"[start:{name}] -->\n")[2].partition(f"<!-- --8<-- [end:{name}]")[0]


def included(text: str, docs: Path) -> str:
    """The text with what it quotes from other pages in place."""

    def quoted(found: re.Match[str]) -> str:
        page = (docs / found["path"]).read_text(encoding="utf-8")
        return included(_section(page, found["section"]) if found["section"] else page, docs)

    return _INCLUDE.sub(quoted, text)


def _unboxed(found: re.Match[str]) -> str:
    body = found["body"].rstrip("\n")
    lines = (f"> {line[4:]}".rstrip() for line in body.split("\n"))
    return f"**{found['title']}**\n\n" + "\n".join(lines) + "\n\n"


def _outside_code(text: str, source: str, site: str) -> str:
    """Attribute lists gone, boxes as quotations, links to pages as addresses."""

    def address(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), found["path"])).removeprefix("zh/")
        url = re.sub(r"(^|/)index$", r"\1", path)
        return f"]({site}{url}{'/' if url and not url.endswith('/') else ''}{found['hash'] or ''})"

    return _LINK.sub(address, _ATTRIBUTES.sub("", text))


def plain(text: str, source: str, docs: Path, site: str) -> str:
    """A page's Markdown that any reader of Markdown understands, by itself."""
    whole = _BOX.sub(_unboxed, _MARK.sub("", included(text, docs)))
    pieces = _FENCE.split(whole)
    # Of each three pieces the second is a code fence and the third its marks alone.
    kept = (
        piece if place % 3 else _outside_code(piece, source, site)
        for place, piece in enumerate(pieces)
        if place % 3 != 2
    )
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip() + "\n"


def on_nav(nav: Navigation, **_: Any) -> None:
    """Notes the order of the pages."""
    _places.update({page.file.src_uri: place for place, page in enumerate(nav.pages)})


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Notes a page for on_post_build."""
    source = page.file.src_uri
    if source.endswith("index.md"):
        return
    site = (config.site_url or "").rstrip("/") + "/"
    text = plain(markdown, source, Path(config.docs_dir), site)
    title = str(page.meta.get("title") or page.title)
    if not text.startswith("# "):
        text = f"# {title}\n\n{text}"
    place = source.removeprefix("zh/")
    code = source.partition("/")[0]
    _sites[code] = (config.site_name, config.site_description or "")
    _docs[source] = Doc(
        code=code,
        file=place,
        url=f"{site}{place.removesuffix('.md')}/",
        title=title,
        note=str(page.meta.get("description", "")),
        number=int(page.meta.get("number", 0)),
        reviewed=str(page.meta.get("reviewed", "")),
        topic=str(page.parent.title) if page.parent else "",
        text=text,
    )


def llms(name: str, summary: str, site: str, docs: Iterable[Doc]) -> str:
    """The list of pages for language models, as llmstxt.org has it: a section for each topic."""
    sections: dict[str, list[str]] = {}
    for doc in docs:
        note = f": {doc.note}" if doc.note else ""
        sections.setdefault(doc.topic or name, []).append(f"- [{doc.title}]({site}{doc.file}){note}")
    body = "\n".join("\n".join([f"## {topic}", "", *links, ""]) for topic, links in sections.items())
    return f"# {name}\n\n> {summary}\n\n{body}"


def feed(name: str, address: str, site: str, docs: Iterable[Doc]) -> bytes:
    """The questions as an Atom feed, the last reviewed first."""
    listed = sorted(docs, key=lambda doc: (doc.reviewed, -doc.number), reverse=True)
    root = ElementTree.Element("feed", xmlns=ATOM)

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, tag, attributes)
        made.text = text or None
        return made

    def date(month: str) -> str:
        return f"{month}-01T00:00:00Z"

    add(root, "id", address)
    add(root, "title", name)
    add(root, "updated", date(listed[0].reviewed))
    add(root, "link", rel="self", href=address)
    add(root, "link", rel="alternate", href=site)
    add(add(root, "author"), "name", name)
    for doc in listed:
        entry = add(root, "entry")
        add(entry, "id", doc.url)
        add(entry, "title", doc.title)
        add(entry, "updated", date(doc.reviewed))
        add(entry, "link", rel="alternate", href=doc.url)
        add(entry, "summary", doc.topic)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


@event_priority(-200)  # after the i18n plugin, which builds the other language at -100
def on_post_build(config: MkDocsConfig) -> None:
    """Writes the Markdown, the lists and the feeds."""
    root, site = Path(config.site_dir), (config.site_url or "").rstrip("/") + "/"
    for doc in _docs.values():
        (root / doc.file).parent.mkdir(parents=True, exist_ok=True)
        (root / doc.file).write_text(doc.text, encoding="utf-8")
    for language in config.plugins["i18n"].config.languages:
        code, folder = language.locale, "" if language.default else f"{language.locale}/"
        mine = [_docs[source] for source in sorted(_docs, key=_places.__getitem__) if _docs[source].code == code]
        name, summary = _sites[code]
        (root / folder / "llms.txt").write_text(llms(name, summary, site, mine), encoding="utf-8")
        questions = [doc for doc in mine if doc.number]
        (root / folder / "feed.xml").write_bytes(feed(name, f"{site}{folder}feed.xml", site + folder, questions))
