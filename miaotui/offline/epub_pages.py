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
from miaotui.offline.chapters import Chapter
from miaotui.offline.epub_mathml import pieces
from miaotui.offline.moved import Places, moved
from miaotui.offline.unfit import Unfit

STACKED = 4
"""From so many columns on, a table's rows are set below each other where the page is narrow."""
_QUESTION = re.compile(r"^q\d+$")
_KEYWORDS, _COMMENTS = re.compile(r"^(k\w?|ow)$"), re.compile(r"^(c\w?|sd)$")
_COLOUR = re.compile(r'<span class="(?!k\w?"|ow"|c\w?"|sd")\w{1,2}">([^<]*)</span>')
_SET, _SPAN = re.compile(r'<span class="katex-html"[^>]*>'), re.compile(r"<span\b|</span>")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Page:
    """A page of the book that is being made."""

    chapter: Chapter
    article: Tag
    title: str = ""
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
            return self.elsewhere(href, chapter)
        path, _, anchor = href.partition("#")
        place = self.chapters.get(posixpath.normpath(posixpath.join(posixpath.dirname(chapter.path), path)), "")
        if place.startswith("topic-") and _QUESTION.match(anchor) and anchor == chapter.id:
            return f"#{place}"
        return super().link(href, chapter)


def lighter(html: str) -> str:
    """A page's HTML without what KaTeX set for the eye and without colours of code: two thirds of it."""
    html = _COLOUR.sub(r"\1", html)
    kept, at = [], 0
    for begin in _SET.finditer(html):
        depth, end = 1, begin.end()
        while depth:
            span = _SPAN.search(html, end)
            assert span, "every span of a page is closed"
            depth, end = depth + (-1 if span[0][1] == "/" else 1), span.end()
        kept.append(html[at : begin.start()])
        at = end
    return "".join(kept) + html[at:]


def _facts(page: Page) -> None:
    """The level and the topic of a page, where it says them."""
    dots = page.article.find(class_="question__level")
    if not dots:
        return
    # The eye's sign for a level stands before the word that says what it is a sign of.
    if said := dots.find_next_sibling(class_="visually-hidden"):
        dots.insert_before(said.extract())
    row = dots.find_parent("li")
    page.level = f"{dots.get_text().strip()} {row.get_text().split()[-1] if row else ''}".strip()
    if link := page.article.select_one('.question__facts a[href^="#topic-"]'):
        page.topic = link.get_text().strip()


def _head(page: Page) -> None:
    """The title of a page, with its number, and its level and topic."""
    for number in page.article.find_all(class_="question__number"):
        number.decompose()
    _facts(page)
    for hidden in page.article.find_all(class_="visually-hidden"):
        hidden.unwrap()
    heading = page.article.find(_HEADINGS)
    if not heading:
        raise Unfit(f"{page.chapter.path} has no heading; a page of the book needs its title")
    page.title = " ".join(heading.get_text().split())


def _unfolded(article: Tag) -> None:
    """What folds on the site stands open, its summary above it."""
    for fold in article.find_all("details"):
        fold.name, summary = "div", fold.find("summary")
        fold["class"] = " ".join(["fold", *(fold.get("class") or [])])
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
    for code in [code for pre in article.find_all("pre") for code in pre.find_all("code")]:
        for span in code.find_all("span"):
            classes = span.get("class") or [""]
            kept = next((name for name, form in (("k", _KEYWORDS), ("c", _COMMENTS)) if form.match(classes[0])), None)
            if kept:
                span["class"] = kept
            else:
                span.unwrap()
    for tag in article.find_all(tabindex=True):
        del tag["tabindex"]


def _tables(article: Tag) -> None:
    """Wide ones say at each value what it is, for pages that have no room for columns."""
    for box in article.find_all(class_=("md-typeset__scrollwrap", "md-typeset__table")):
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


def _image(attributes: dict[str, str]) -> Tag:
    picture = Tag(name="img", can_be_empty_element=True)
    picture.attrs.update(attributes)
    return picture


def _picture(page: Page, formula: str) -> Tag:
    """A formula as a picture that stands on the line, of the size of the text around it."""
    drawn = epub_formulas.drawn(formula)
    name = f"formulas/{digest(drawn.svg)[:16]}.svg"
    page.pictures[name] = drawn.svg
    size = f"width:{_em(drawn.width)}em;height:auto;vertical-align:{_em(-drawn.depth)}em"
    # The numbers of pixels are for readers that know no em: they set text in 16.
    pixels = {"width": str(math.ceil(drawn.width * 16)), "height": str(math.ceil(drawn.height * 16))}
    return _image({"class": "formula", "src": name, "alt": drawn.tex, "style": size, **pixels})


def _formulas(page: Page) -> None:
    """Before anything else: what KaTeX has set for the site is most of what a page consists of."""
    for formula in page.article.find_all(class_="formula"):
        found = formula.find("math")
        if not found:
            raise Unfit(f"{page.chapter.path} has a formula without MathML")
        pictures = [_picture(page, piece) for piece in pieces(found.decode())]
        if formula.name == "div":
            formula["class"] = "display"
            formula.clear()
            for picture in pictures:
                formula.extend([picture, "\n"])
        else:
            formula.replace_with(*pictures)


def _figures(page: Page) -> None:
    for figure in page.article.find_all("svg"):
        svg, said, width, height = epub_figures.drawn(figure)
        name = f"figures/{digest(svg)[:16]}.svg"
        page.pictures[name] = svg
        size = {"width": str(width), "height": str(height)}
        figure.replace_with(_image({"class": "drawn", "src": name, "alt": said, **size}))


def made(article: Tag, chapter: Chapter, places: Places) -> Page:
    """The page of a chapter, from the text of its page on the site. Changes the article that is given."""
    page = Page(chapter, article)
    _formulas(page)
    moved(article, chapter, places)
    _head(page)
    _unfolded(article)
    _code(article)
    _tables(article)
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
