"""An EPUB as a reader's program takes it, and what is wrong with how it is put together, as far as we can tell."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

XHTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
NCX, DC = "{http://www.daisy.org/z3986/2005/ncx/}", "{http://purl.org/dc/elements/1.1/}"
PACKAGE = "book/book.opf"
FORBIDDEN = ("script", "iframe", "object", "form", "input", "button", "details", "math", "svg")
"""What a page of ours has none of: not every reader runs, folds or sets it."""


class Epub:
    """A book, its files by their names."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            self.entries = bundle.infolist()
            self.files = {entry.filename: bundle.read(entry) for entry in self.entries}
        self.package = ElementTree.fromstring(self.files[PACKAGE])
        self.folder = posixpath.dirname(PACKAGE)
        self.items = {
            str(item.get("id")): posixpath.join(self.folder, str(item.get("href")))
            for item in self.package.iter(f"{OPF}item")
        }
        self.spine = [self.items.get(str(one.get("idref")), "") for one in self.package.iter(f"{OPF}itemref")]
        self.pages = {name: ElementTree.fromstring(self.files[name]) for name in self.files if name.endswith(".xhtml")}

    def page(self, name: str) -> ElementTree.Element:
        """A page by its name in the book: q12."""
        return self.pages[f"{self.folder}/{name}.xhtml"]

    def said(self, name: str) -> str:
        """The text of a page."""
        return "".join(self.page(name).itertext())

    def meta(self, name: str) -> list[str]:
        """What the package says under a name of Dublin Core."""
        return [element.text or "" for element in self.package.iter(f"{DC}{name}")]

    def unpacked(self, folder: Path) -> Path:
        """The folder of its pages, unpacked below a folder."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder / self.folder


def _package(book: Epub) -> Iterator[str]:
    first = book.entries[0]
    if (first.filename, first.compress_type, book.files[first.filename]) != (
        "mimetype",
        zipfile.ZIP_STORED,
        b"application/epub+zip",
    ):
        yield "mimetype: is not the first file, stored as it is"
    there = {name for name in book.files if name.startswith(f"{book.folder}/")} - {PACKAGE}
    listed = Counter(book.items.values())
    yield from (f"{name}: is not in the package's list" for name in sorted(there - set(listed)))
    yield from (f"{name}: is in the package's list and not in the book" for name in sorted(set(listed) - there))
    yield from (f"{name}: is listed {count} times" for name, count in listed.items() if count > 1)
    unread = {name for name in book.pages if name not in book.spine}
    yield from (f"{name}: is a page that is never reached" for name in sorted(unread))


def _links(book: Epub) -> Iterator[str]:
    ids = {name: {element.get("id") for element in page.iter()} for name, page in book.pages.items()}
    for name, page in book.pages.items():
        for link in page.iter(f"{XHTML}a"):
            target, anchor = urldefrag(str(link.get("href")))
            if re.match("[a-z]+:", target):
                continue
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(target))) if target else name
            if file not in ids or (anchor and anchor not in ids[file]):
                yield f"{name}: links to {link.get('href')}, which is not there"


def _pictures(book: Epub) -> Iterator[str]:
    for name, page in book.pages.items():
        for picture in page.iter(f"{XHTML}img"):
            source = str(picture.get("src"))
            if posixpath.join(posixpath.dirname(name), source) not in book.files:
                yield f"{name}: shows {source}, which is not there"
            if not (picture.get("alt") or "").strip():
                yield f"{name}: shows {source} without an alternative"


def _pages(book: Epub) -> Iterator[str]:
    for name, page in book.pages.items():
        counts = Counter(element.get("id") for element in page.iter() if element.get("id"))
        yield from (f"{name}: has the id {one} {count} times" for one, count in counts.items() if count > 1)
        kinds = {element.tag.rpartition("}")[2] for element in page.iter()}
        yield from (f"{name}: has a <{kind}>" for kind in FORBIDDEN if kind in kinds)
    for name, data in book.files.items():
        text = data.decode() if name.endswith((".xhtml", ".css", ".svg")) else ""
        for found in re.findall(r'(?:src|xlink:href)="(?:https?:)?//|url\(\s*["\']?(?:https?:)?//|@import', text):
            yield f"{name}: asks for something outside: {found}"


def _contents(book: Epub) -> Iterator[str]:
    """Old and new readers get the same contents."""
    nav = [
        str(link.get("href"))
        for part in book.page("nav").iter(f"{XHTML}nav")
        if part.get("id") == "toc"
        for link in part.iter(f"{XHTML}a")
    ]
    ncx = ElementTree.fromstring(book.files[f"{book.folder}/toc.ncx"])
    if nav != [one.get("src") for one in ncx.iter(f"{NCX}content")]:
        yield "toc.ncx: has other contents than nav.xhtml"
    orders = [int(str(one.get("playOrder"))) for one in ncx.iter(f"{NCX}navPoint")]
    if orders != list(range(1, len(orders) + 1)):
        yield "toc.ncx: its order has gaps"
    yield from (f"{name}: is not in the contents" for name in book.spine[4:] if posixpath.basename(name) not in nav)


def faults(book: Epub) -> list[str]:
    """All that is wrong with a book."""
    return [fault for look in (_package, _links, _pictures, _pages, _contents) for fault in look(book)]
