"""The links of a book: an anchor of the whole becomes a page and its anchor, and terms link back to their uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bs4 import Tag

from miaotui.offline.epub_pages import Page
from miaotui.offline.unfit import Unfit

_TERM = "#glossary-"
_ENTRY = ("h2", "h3")
_NUMBERED = re.compile(r"^(\d+)\. ")


def anchors(pages: Iterable[Page]) -> dict[str, str]:
    """The file in which each anchor stands; a page's own name is one that needs no anchor."""
    found: dict[str, str] = {}
    for page in pages:
        for tag in page.article.find_all(id=True):
            found[str(tag["id"])] = page.file
    return found


def _backs(pages: Sequence[Page]) -> dict[str, list[tuple[str, str]]]:
    """For each term the pages that link it, with the anchor of the first such link, which is put there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        for link in page.article.find_all("a", class_="term", href=re.compile(f"^{_TERM}")):
            term = str(link["href"]).removeprefix("#")
            name = f"{page.chapter.id}-{term}"
            if (entries := found.setdefault(term, [])) and entries[-1][0] == name:
                continue
            if "id" not in link.attrs:
                link["id"] = name
            entries.append((str(link["id"]), page.title))
    return found


def _told(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The questions among the links, by their numbers; where there is none, the other pages by their titles."""
    questions = [(anchor, found[1]) for anchor, title in links if (found := _NUMBERED.match(title))]
    return questions or list(links)


def _back(links: Sequence[tuple[str, str]], said: str, between: str) -> Tag:
    line = Tag(name="p")
    line["class"] = "back"
    line.append(said)
    for at, (anchor, title) in enumerate(_told(links)):
        link = Tag(name="a")
        link["href"], link.string = f"#{anchor}", title
        line.extend([between, link] if at else [link])
    return line


def linked_back(pages: Sequence[Page], said: str, between: str) -> None:
    """Below each term of the glossary, where it is used."""
    (glossary,) = (page for page in pages if page.chapter.id == "glossary")
    for term, links in _backs([page for page in pages if page is not glossary]).items():
        heading = glossary.article.find(id=term)
        if not heading:
            raise Unfit(f"{links[0][0]}: the glossary has no {term}")
        last = heading
        for later in heading.find_next_siblings():
            if later.name in _ENTRY:
                break
            last = later
        last.insert_after(_back(links, said, between))


def settled(page: Page, files: Mapping[str, str], chapters: Iterable[str]) -> None:
    """Gives each link of a page its file. Raises Unfit for one that leads nowhere."""
    names = set(chapters)
    for link in page.article.find_all("a", href=re.compile("^#")):
        anchor = str(link["href"])[1:]
        if anchor in files:
            link["href"] = f"#{anchor}" if files[anchor] == page.file else f"{files[anchor]}#{anchor}"
        elif anchor in names:
            link["href"] = f"{anchor}.xhtml"
        else:
            raise Unfit(f"{page.chapter.path} links to #{anchor}, which the book does not have")
