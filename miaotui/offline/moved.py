"""A page of the site as a chapter of the one file: its anchors, links and headings, without the page's machinery."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import Tag

from miaotui.offline.built import online
from miaotui.offline.chapters import Chapter

_MACHINERY = frozenset(
    (
        *("headerlink", "definitions", "question__tools", "question__other", "report", "as-received__link"),
        *("calculator", "judge", "judge-python", "home-tools", "reading-mode", "problem__solved", "copy-code"),
        *("cards", "originals", "strip", "qr"),
    )
)
"""Classes of what works by script, or only on the site."""
_SCRIPTED = frozenset(("script", "style", "template", "form"))
_STARTED = "sheet-tools"
"""The class of what is hidden until a script runs that the one file has too."""
_KEPT = ("data-act", "data-said")
"""What that script reads."""
_NAMING = ("aria-labelledby", "aria-describedby", "for", "headers")
"""Attributes that are anchors, several of them perhaps."""
_HEADING = re.compile(r"^h[1-5]$")
_QUESTION = re.compile(r"^(?:q|card)(\d+)$")
_ANCHOR_IN_STYLE = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Places:
    """Where links lead in the one file."""

    chapters: Mapping[str, str]
    """A chapter's name by its page's path below the language's folder."""
    address: str
    """The published site's, in the file's language: https://bank.example/en/. Empty where it is not known."""

    def link(self, href: str, chapter: Chapter) -> str:
        """What a page's link is in the one file: to a chapter, or to the published site; empty where to neither."""
        if re.match(r"^[a-z][a-z+.-]*:", href):
            return href
        target, _, anchor = href.partition("#")
        path = target.partition("?")[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter.path), path)) if path else chapter.path
        if path in self.chapters:
            place = self.chapters[path]
            # A topic's questions are chapters here.
            if place.startswith("topic-") and (question := _QUESTION.match(anchor)):
                return f"#q{question[1]}"
            return f"#{place}-{anchor}" if anchor else f"#{place}"
        return self.elsewhere(href, chapter)

    def elsewhere(self, href: str, chapter: Chapter) -> str:
        """Where a link leads on the published site; empty where its address is not known."""
        return online(href, self.address + chapter.path) if self.address else ""


def _named(tag: Tag, chapter: Chapter) -> None:
    """Puts the chapter's name before each anchor of its page, which another page may have too."""
    if "id" in tag.attrs:
        tag["id"] = f"{chapter.id}-{tag['id']}"
    for attribute in _NAMING:
        if attribute in tag.attrs:
            value = tag[attribute]
            names = value.split() if isinstance(value, str) else value
            tag[attribute] = " ".join(f"{chapter.id}-{one}" for one in names)
    for attribute, value in tag.attrs.items():
        if isinstance(value, str) and "url(#" in value:
            tag[attribute] = _ANCHOR_IN_STYLE.sub(rf"url(#{chapter.id}-\1)", value)


def _goes(tag: Tag) -> bool:
    classes = frozenset(tag.get("class") or ())
    hidden = "hidden" in tag.attrs and _STARTED not in classes
    return tag.name in _SCRIPTED or hidden or not _MACHINERY.isdisjoint(classes)


def _term(button: Tag) -> None:
    """A term's definition opens by a popover on its page; here it is a link to the glossary."""
    term = str(button["popovertarget"]).removeprefix("term-")
    button.name = "a"
    button.attrs = {"class": "term", "href": f"#glossary-{term}"}


def _plain(tag: Tag) -> None:
    """A landmark is one of its name on its page; here thirty questions have a 60-second answer."""
    tag.name = "div"
    for attribute in ("aria-label", "aria-labelledby"):
        tag.attrs.pop(attribute, None)


def _changed(tag: Tag, chapter: Chapter, places: Places) -> None:
    _named(tag, chapter)
    for attribute in [name for name in tag.attrs if name.startswith("data-") and name not in _KEPT]:
        del tag[attribute]
    if tag.name in ("a", "use") and "href" in tag.attrs:
        tag["href"] = places.link(str(tag["href"]), chapter)
        if not tag["href"]:
            tag.unwrap()
            return
    if "popovertarget" in tag.attrs:
        _term(tag)
    if tag.name in ("section", "nav"):
        _plain(tag)
    if not chapter.opens and _HEADING.match(tag.name):
        tag.name = f"h{int(tag.name[1]) + 1}"


def moved(article: Tag, chapter: Chapter, places: Places) -> Tag:
    """The page's text as the chapter's. Changes the article that is given."""
    for tag in article.find_all(_goes):
        tag.decompose()
    for tag in article.find_all(True):
        _changed(tag, chapter, places)
    return article
