"""A built page as the fields of Anki cards have it: no network, no script, nothing else of the page is needed.

Formulas become TeX, which every Anki sets with its own MathJax; links lead to the published site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from bs4.formatter import HTMLFormatter

from miaotui.offline.built import online
from miaotui.offline.unfit import Unfit

_MACHINERY = "script, style, template, input, button:not(.term), .headerlink, .definitions, .copy-code, .qr, [hidden]"
"""What works by script, or only on the site."""
_WRAPPING = ".term, .together, .visually-hidden, span.formula, .md-typeset__table"
"""What says nothing where its style and its script are not."""
_WIDE = ".md-typeset__scrollwrap, div.formula"
"""What scrolls by itself on a phone."""
_FETCHED = "[src], [srcset], [poster], image, use, object, embed, iframe"
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_DROPPED = re.compile(r"^(?:data-.*|aria-(?:describedby|labelledby)|id|title|tabindex|class)$")
_CLASSES = ("wide", "figure", "run__label", "names", "other")


class _Card(HTMLFormatter):
    """Writes tags with the attributes that a card needs."""

    def attributes(self, tag: Tag) -> Iterable[tuple[str, str | None]]:
        classes = [name for name in tag.get_attribute_list("class") if name in _CLASSES]
        if classes:
            yield "class", " ".join(classes)
        for key, value in tag.attrs.items():
            # A figure's ids are referred to in it.
            if not _DROPPED.match(key) or (key == "id" and tag.find_parent("svg")):
                yield key, str(value)


_FORMATTER = _Card(entity_substitution=HTMLFormatter.REGISTRY["minimal"].entity_substitution)


def written(parts: Iterable[Tag]) -> str:
    """The HTML of a field."""
    return "".join(part.decode(formatter=_FORMATTER) for part in parts)


def inside(tag: Tag) -> str:
    """The HTML within a tag."""
    return tag.decode_contents(formatter=_FORMATTER).strip()


def _set_as_tex(article: Tag) -> None:
    for formula in article.find_all(class_="katex"):
        tex = formula.find("annotation", encoding="application/x-tex")
        if not tex:
            raise Unfit("has a formula without its TeX")
        around = formula.find_parent(class_="katex-display")
        text = tex.get_text().strip()
        (around or formula).replace_with(rf"\[{text}\]" if around else rf"\({text}\)")


def _plain(html: str) -> str:
    """The HTML with its code in one colour: half of all tags of a page are highlighted words."""
    return _CODE.sub(lambda found: re.sub(r"</?span\b[^>]*>", "", found[0]), html)


def portable(html: str, page: str) -> Tag:
    """The page's <article> without the page's machinery, its formulas as TeX, its links to the published site.

    Raises Unfit where it has none, or something in it would be fetched.
    """
    article = BeautifulSoup(_plain(html), "html.parser", parse_only=SoupStrainer("article")).find("article")
    if not article:
        raise Unfit("has no <article>, which every page of the site has")
    _set_as_tex(article)
    for tag in article.select(_MACHINERY):
        tag.decompose()
    for tag in article.select(_WIDE):
        tag["class"] = "wide"
    for tag in article.select(_WRAPPING):
        tag.unwrap()
    if fetched := article.select_one(_FETCHED):
        raise Unfit(f"has a <{fetched.name}> that a card would fetch; accepted: inline figures")
    for link in article.find_all("a", href=True):
        link["href"] = online(str(link["href"]), page)
    return article
