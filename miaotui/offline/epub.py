"""The whole bank of a language as an EPUB: the pages of the one file, each a page of the book.

site as built for file:// --chapters, moved--> pages --epub_pages, epub_links--> XHTML --epub_frame--> .epub
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from miaotui.base.words import words
from miaotui.offline import epub_frame as frame
from miaotui.offline.built import online
from miaotui.offline.chapters import Chapter, chapters, page
from miaotui.offline.epub_cover import cover
from miaotui.offline.epub_frame import Book, Entry
from miaotui.offline.epub_links import anchors, linked_back, settled
from miaotui.offline.epub_pages import BookPlaces, Page, lighter, made, written
from miaotui.offline.packed import zipped
from miaotui.offline.single import Edition, rights

MIMETYPE = "application/epub+zip"
_ON_SITE = ("q", "problem-", "calc-")
"""Pages that do more on the site: they say where they stand there."""
_STYLE = Path(__file__).with_name("epub.css")
_FRONT = ("cover.xhtml", "title.xhtml", frame.NAV, "levels.xhtml")


def _on_site(article: Tag, chapter: Chapter, address: str, said: str) -> None:
    """The page's address at its end, where there is something to compute, to write or to tick."""
    if not address or not chapter.id.startswith(_ON_SITE):
        return
    url = online(chapter.path, address)
    line = BeautifulSoup(f'<p class="on-site">{said}<a></a></p>', "html.parser")
    link = line.find("a")
    assert isinstance(link, Tag)
    link["href"], link.string = url, url.removeprefix("https://")
    article.append(line)


def pages(folder: Path, address: str, said: Mapping[str, Any]) -> list[Page]:
    """The pages of a language's folder of the site, their links leading through the book."""
    # A book is not printed one sheet at a time.
    listed = [one for one in chapters(folder) if one.id != "interview"]
    places = BookPlaces({one.path: one.id for one in listed}, address)
    found = []
    for chapter in listed:
        one = made(page(folder / chapter.path, lighter), chapter, places)
        _on_site(one.article, chapter, address, said["on_site"])
        found.append(one)
    linked_back(found, said["used"], said["between"])
    files, names = anchors(found), [chapter.id for chapter in listed]
    for one in found:
        settled(one, files, names)
    return found


def _book(site: Path, folder: str, edition: Edition) -> Book:
    lang = folder.strip("/") or "zh"
    said = words(lang)
    return Book(
        lang="zh-CN" if lang == "zh" else lang,
        name=said.site.name,
        title=said.offline["title"],
        lead=said.offline["lead"],
        address=edition.at(folder),
        version=edition.version,
        date=edition.date,
        rights=rights(site / folder),
        said=said.offline,
    )


def _cover(book: Book) -> bytes:
    subtitle = book.title.removeprefix(book.name).lstrip(":： ")
    return cover(book.name, subtitle[:1].upper() + subtitle[1:], urlsplit(book.address).netloc or book.version)


def _texts(book: Book, found: list[Page]) -> Iterator[tuple[str, str]]:
    """The files of the book that are text, by their names in it, in the order in which it is read."""
    levels = book.said["levels"]
    entries = frame.contents(found, Entry("levels", "levels.xhtml", levels, 1))
    front = (
        frame.page(book, book.title, frame.cover_page(book), "cover"),
        frame.page(book, book.title, frame.title_page(book), "titlepage"),
        frame.nav(book, entries, found[0].file),
        frame.page(book, levels, frame.by_level(found, levels)),
    )
    yield from zip(_FRONT, front, strict=True)
    for one in found:
        kind = "glossary" if one.chapter.id == "glossary" else "chapter"
        yield one.file, frame.page(book, one.title, written(one), kind)
    yield frame.NCX, frame.ncx(book, entries)
    yield frame.STYLE, _STYLE.read_text(encoding="utf-8")
    yield from sorted({name: svg for one in found for name, svg in one.pictures.items()}.items())


def epub(site: Path, folder: str, edition: Edition) -> bytes:
    """The book of a language's folder, `""` or `"en/"`, of the site as built for file://.

    Raises Unfit, which names the page.
    """
    book = _book(site, folder, edition)
    found = pages(site / folder, book.address, book.said)
    files: dict[str, bytes] = {frame.COVER: _cover(book)}
    files |= {name: text.encode() for name, text in _texts(book, found)}
    spine = [name for name in files if name.endswith(".xhtml")]
    package = frame.package(book, files, spine).encode()
    inside = {frame.OPF: package, **files}
    outside = {"mimetype": MIMETYPE.encode(), "META-INF/container.xml": frame.CONTAINER.encode()}
    names = {**outside, **{f"book/{name}": data for name, data in inside.items()}}
    return zipped(names.items(), stored=("mimetype",))
