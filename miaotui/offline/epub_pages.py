"""A chapter as a page of a book: no script, no fold, no MathML, and nothing that has to be scrolled sideways."""

from __future__ import annotations

import math
import posixpath
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from bs4 import Tag

from miaotui.base.store import digest
from miaotui.offline import epub_figures, epub_formulas
from miaotui.offline.built import online
from miaotui.offline.chapters import Chapter
from miaotui.offline.moved import Places
from miaotui.offline.unfit import Unfit

STACKED = 4
"""From so many columns on, a table's rows are set below each other where the page is narrow."""
_QUESTION = re.compile(r"^q\d+$")
_KEYWORDS, _COMMENTS = re.compile(r"^(k\w?|ow)$"), re.compile(r"^(c\w?|sd)$")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Page:
    """A page of the book that is being made."""

    chapter: Chapter
    article: Tag
    title: str
    level: str = ""
    """●●○ Core, where it has one."""
    topic: str = ""
    pictures: dict[str, str] = field(default_factory=dict)
    """What its pictures are, by their names in the book."""

    @property
    def file(self) -> str:
        """Its name in the book."""
        return f"{self.chapter.id}.xhtml"


class BookPlaces(Places):
    """Where links lead in a book: a calculator at given inputs computes on the site alone."""

    def link(self, href: str, chapter: Chapter) -> str:
        """What a page's link is in the book, as an anchor where it stays in it."""
        if "?" in href:
            return online(href, self.address + chapter.path)
        path, _, anchor = href.partition("#")
        place = self.chapters.get(posixpath.normpath(posixpath.join(posixpath.dirname(chapter.path), path)), "")
        if place.startswith("topic-") and _QUESTION.match(anchor) and anchor == chapter.id:
            return f"#{place}"
        return super().link(href, chapter)


def _head(article: Tag, chapter: Chapter) -> tuple[str, str, str]:
    """The title of a page, with its number, and its level and topic, where it says them."""
    for number in article.select(".question__number"):
        number.decompose()
    for hidden in article.select(".visually-hidden"):
        hidden.unwrap()
    heading = article.find(_HEADINGS)
    if not heading:
        raise Unfit(f"{chapter.path} has no heading; a page of the book needs its title")
    facts = article.select(".question__facts li")
    dots = article.select_one(".question__level")
    name = facts[0].get_text().split()[-1] if dots else ""
    link = article.select_one('.question__facts a[href^="#topic-"]')
    return (
        " ".join(heading.get_text().split()),
        f"{dots.get_text().strip()} {name}" if dots else "",
        link.get_text().strip() if link else "",
    )


def _unfolded(article: Tag) -> None:
    """What folds on the site stands open, its summary above it."""
    for fold in article.find_all("details"):
        fold.name, summary = "div", fold.find("summary")
        fold["class"] = ["fold", *(fold.get("class") or [])]
        if not summary:
            continue
        before = fold.find_previous_sibling()
        if summary.find(_HEADINGS):
            summary.unwrap()
        elif before and before.get_text().strip() == summary.get_text().strip():
            summary.decompose()
        else:
            summary.name, summary["class"] = "p", "fold__title"


def _code(article: Tag) -> None:
    """Of the colours of code its keywords and comments are left, which need none."""
    for code in article.select("pre code"):
        for span in code.find_all("span"):
            classes = span.get("class") or [""]
            kept = next((name for name, form in (("k", _KEYWORDS), ("c", _COMMENTS)) if form.match(classes[0])), None)
            if kept:
                span["class"] = kept
            else:
                span.unwrap()
        code.smooth()
    for tag in article.select("[tabindex]"):
        del tag["tabindex"]


def _tables(article: Tag) -> None:
    """Wide ones say at each value what it is, for pages that have no room for columns."""
    for box in article.select(".md-typeset__scrollwrap, .md-typeset__table"):
        box.unwrap()
    for table in article.find_all("table"):
        heads = [" ".join(cell.get_text().split()) for cell in table.select("thead th")]
        if len(heads) < STACKED:
            continue
        table["class"] = "wide"
        for row in table.select("tbody tr"):
            for head, cell in zip(heads, row.find_all(["td", "th"], recursive=False), strict=False):
                if head:
                    cell["data-head"] = head


def _em(length: float) -> str:
    return f"{length:.3f}".rstrip("0").rstrip(".")


def _formulas(page: Page) -> None:
    """Sets each formula as a picture that stands on the line, of the size of the text around it."""
    for formula in page.article.select(".formula"):
        found = formula.find("math")
        if not found:
            raise Unfit(f"{page.chapter.path} has a formula without MathML")
        made = epub_formulas.drawn(found.decode())
        name = f"formulas/{digest(made.svg)[:16]}.svg"
        page.pictures[name] = made.svg
        picture = Tag(name="img", can_be_empty_element=True)
        size = f"width:{_em(made.width)}em;height:auto;vertical-align:{_em(-made.depth)}em"
        # The numbers of pixels are for readers that know no em: they set text in 16.
        pixels = {"width": str(math.ceil(made.width * 16)), "height": str(math.ceil(made.height * 16))}
        picture.attrs = {"class": "formula", "src": name, "alt": made.tex, "style": size, **pixels}
        if formula.name == "div":
            formula["class"] = "display"
            formula.clear()
            formula.append(picture)
        else:
            formula.replace_with(picture)


def _figures(page: Page) -> None:
    for figure in page.article.find_all("svg"):
        svg, said, width, height = epub_figures.drawn(figure)
        name = f"figures/{digest(svg)[:16]}.svg"
        page.pictures[name] = svg
        picture = Tag(name="img", can_be_empty_element=True)
        picture.attrs = {"class": "drawn", "src": name, "alt": said, "width": str(width), "height": str(height)}
        figure.replace_with(picture)


def made(article: Tag, chapter: Chapter) -> Page:
    """The page of a chapter, from its text as moved. Changes the article that is given."""
    title, level, topic = _head(article, chapter)
    page = Page(chapter, article, title, level, topic)
    _unfolded(article)
    _code(article)
    _tables(article)
    _formulas(page)
    _figures(page)
    return page


def written(page: Page) -> str:
    """The page's text as XHTML. Raises Unfit where it is not well-formed."""
    text = page.article.decode_contents(formatter="minimal").strip()
    text = re.sub(r"\n\s*\n+", "\n", text) if "<pre" not in text else text
    try:
        ElementTree.fromstring(f"<body>{text}</body>")
    except ElementTree.ParseError as error:
        raise Unfit(f"{page.chapter.path} is no well-formed XML ({error})") from None
    return text
