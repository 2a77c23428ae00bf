"""What makes a book of pages: package, contents for new and old readers, cover, title page and the list by level."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup

from miaotui.offline.epub_pages import Page

_HERE = Path(__file__).resolve().parent
NAV, NCX, OPF, COVER, STYLE = "nav.xhtml", "toc.ncx", "book.opf", "cover.png", "book.css"
_KINDS = {
    ".xhtml": "application/xhtml+xml",
    ".ncx": "application/x-dtbncx+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_PROPERTIES = {NAV: "nav", COVER: "cover-image"}
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


@dataclass(frozen=True)
class Book:
    """What a book says of itself."""

    lang: str
    """zh-CN or en."""
    name: str
    title: str
    lead: str
    address: str
    """The published site's, in the book's language; empty where it is not known."""
    version: str
    date: str
    rights: str
    said: Mapping[str, Any]
    """The words of what is taken away."""

    @property
    def identifier(self) -> str:
        """The same one for every edition, so that a reader's shelf takes the newer one for the same book."""
        named = self.address or f"miaotui:{self.lang}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{named}#epub')}"

    @property
    def contents(self) -> str:
        return str(self.said["contents"])

    @property
    def access(self) -> str:
        return str(self.said["access"])


@dataclass(frozen=True)
class Entry:
    """A line of the contents, and those below it."""

    id: str
    file: str
    title: str
    order: int
    below: tuple[Entry, ...] = ()


@cache
def _template(name: str) -> Template:
    text = (_HERE / f"epub-{name}").read_text(encoding="utf-8")
    return Environment(autoescape=True, keep_trailing_newline=True).from_string(text)


def page(book: Book, title: str, body: str, kind: str = "") -> str:
    """A page of the book as a file; what it is by its kind, in the words of EPUB."""
    return _template("page.xhtml").render(book=book, title=title, body=Markup(body), kind=kind)


def _entry(one: Page, order: int, below: Iterable[Page] = ()) -> Entry:
    dots = one.level.split(" ")[0]
    title = f"{one.title} {dots}" if dots else one.title
    inner = tuple(_entry(later, order + at) for at, later in enumerate(below, 1))
    return Entry(one.chapter.id, one.file, title, order, inner)


def contents(pages: Sequence[Page], levels: Entry) -> list[Entry]:
    """The list by level, then topics and other parts with what belongs to each, in the order of the book."""
    found = [levels]
    starts = [at for at, one in enumerate(pages) if one.chapter.opens]
    for start, end in zip(starts, [*starts[1:], len(pages)], strict=True):
        found.append(_entry(pages[start], levels.order + 1 + start, pages[start + 1 : end]))
    return found


def by_level(pages: Iterable[Page], title: str) -> str:
    """Questions and problems below their levels, the easiest first."""
    levels: dict[str, list[Page]] = {}
    for one in pages:
        if one.level:
            levels.setdefault(one.level, []).append(one)
    parts = [Markup("<h1>{}</h1>").format(title)]
    for level in sorted(levels, key=lambda level: level.count("●")):
        rows = (
            Markup('<li><a href="{}">{}</a> · {}</li>').format(one.file, one.title, one.topic) for one in levels[level]
        )
        parts.append(Markup("<h2>{}</h2>\n<ul>\n{}\n</ul>").format(level, Markup("\n").join(rows)))
    return Markup("\n").join(parts)


def title_page(book: Book) -> str:
    """What the book is, which edition, how it is read, and whose it is."""
    made = str(book.said["made"]).format(version=book.version, date=book.date)
    online = Markup('<a href="{}">{}</a>').format(book.address, book.said["online"]) if book.address else ""
    online = online or book.said["alone"]
    return Markup("<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n<p>{} · {}</p>\n<p>{}</p>").format(
        book.title, book.lead, book.said["book_note"], made, online, Markup(book.rights)
    )


def cover_page(book: Book) -> str:
    """The cover as a page."""
    return Markup('<div class="cover"><img src="{}" alt="{}"/></div>').format(COVER, book.title)


def nav(book: Book, entries: Sequence[Entry], first: str) -> str:
    """The contents as a page."""
    body = _template(NAV).render(book=book, entries=entries, first=first)
    return page(book, book.contents, body)


def ncx(book: Book, entries: Sequence[Entry]) -> str:
    """The contents for readers of EPUB 2."""
    return _template(NCX).render(book=book, entries=entries)


def package(book: Book, names: Iterable[str], spine: Iterable[str]) -> str:
    """The book's list of all that it is made of."""
    items = [
        {
            "id": name.replace("/", "-"),
            "name": name,
            "kind": _KINDS[PurePosixPath(name).suffix],
            "properties": _PROPERTIES.get(name, ""),
        }
        for name in names
    ]
    plain = Markup(book.rights).striptags()
    return _template(OPF).render(book=book, rights=plain, items=items, spine=list(spine))
