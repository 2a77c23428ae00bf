"""The cards of a language, from its pages as built: questions, the points of their self-checks, terms.

pages --this--> Card --deck.py--> .apkg. Nothing here knows Anki.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from bs4 import Tag

from miaotui.base.words import words
from miaotui.offline.anki_points import Passage, answering, passages
from miaotui.offline.built import online, read
from miaotui.offline.fields import inside, portable, written
from miaotui.offline.unfit import Unfit

_LEVELS = ("screening", "core", "senior")
_NO_ANSWER = {"as-received", "levels", "self-check", "references"}
"""The sections of a page that answer no point of its self-check: one says what an answer has, and does not give it."""

Keys = Callable[[int, Sequence[str]], Sequence[str]]
"""The keys of a question's points, by its number and their words: see points.py."""


@dataclass(frozen=True)
class Card:
    """A card in one language."""

    kind: str
    """question, self-check or term."""
    key: str
    """What it is called for ever, among those of its kind."""
    front: str
    """HTML."""
    back: str
    """HTML."""
    link: str
    """Where the published site has it."""
    tags: tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    article: Tag
    address: str
    """The published site's, but with the name of the file."""

    def one(self, selector: str, what: str) -> Tag:
        """What the selector finds. Raises Unfit where the page has none."""
        found = self.article.select_one(selector)
        if not found or not found.get_text(strip=True):
            raise Unfit(f"has no {what} ({selector}), which its card needs")
        return found

    def link(self, anchor: str = "") -> str:
        return online(anchor, self.address)

    def below(self, heading: Tag) -> list[Tag]:
        """What stands below a heading, until the next one or the end of the page's own text."""
        found = []
        for tag in heading.find_next_siblings():
            if tag.name in ("h2", heading.name, "nav", "section") or "report" in (tag.get("class") or ()):
                break
            found.append(tag)
        return found

    def section(self, anchor: str) -> tuple[str, str]:
        """The heading with this id and what stands below it; two empty texts where the page has neither."""
        heading = self.article.find("h2", id=anchor)
        if not heading:
            return "", ""
        below = self.below(heading)
        return inside(heading), written(below) if any(tag.get_text(strip=True) for tag in below) else ""


def _read(site: Path, path: str, address: str) -> _Page:
    page = f"{address.rstrip('/')}/{path}"
    return _Page(portable(read(site / path), page), page)


def _tags(page: _Page, kind: str) -> tuple[str, ...]:
    topic = page.one('.question__facts a[href*="topics/"]', "topic")
    level = page.one(".question__level", "level").get_text().count("●")
    if level not in (1, 2, 3):
        raise Unfit("has a level (.question__level) that is not ●○○, ●●○ or ●●●")
    slug = PurePosixPath(str(topic["href"]).partition("#")[0]).stem
    return f"kind::{kind}", f"topic::{slug}", f"level::{_LEVELS[level - 1]}"


def _shown(section: tuple[str, str]) -> str:
    title, body = section
    return f"<h2>{title}</h2>{body}" if body else ""


def _block(page: _Page, name: str) -> str:
    """The article's words, or our correction of them; empty where the page has none."""
    title = page.article.select_one(f".admonition.{name} > .admonition-title")
    body = _shown((inside(title), written(page.below(title)))) if title else ""
    return body and f'<div class="{name}">{body}</div>'


def _answer(page: _Page) -> str:
    """The 60-second answer; of a question that has none yet, the article's."""
    short = page.article.find("h2", id="short") or not page.article.select_one("#unwritten")
    answer = _shown(page.section("short")) if short else _block(page, "received")
    if not answer:
        what = "60-second answer (#short)" if short else "words of the article (.received)"
        raise Unfit(f"has no {what}, which its card needs")
    return answer


def _question(page: _Page, number: int, title: str) -> Card:
    back = [_answer(page), _block(page, "correction"), _shown(page.section("numbers"))]
    return Card("question", str(number), f"<p>{title}</p>", "".join(back), page.link(), _tags(page, "question"))


def _passages(page: _Page) -> list[Passage]:
    headings = [heading for heading in page.article.find_all("h2", id=True) if heading["id"] not in _NO_ANSWER]
    return passages([(str(heading["id"]), page.below(heading)) for heading in headings])


def _quoted(passage: Passage) -> str:
    """A passage as a card has it."""
    text = written(passage.parts)
    if passage.summary:
        return f"<p><strong>{inside(passage.summary)}</strong></p>{text}"
    return f"<ul>{text}</ul>" if passage.parts[0].name == "li" else text


def _of_point(page: _Page, found: Sequence[Passage], said: Mapping[str, Any]) -> str:
    """What the page says of a point, section by section, and its short answer folded; or that it says nothing."""
    if not found:
        return f'<p class="of">{said["deck_point_none"]}</p>{_answer(page)}'
    parts = [f'<p class="of">{said["deck_point"]}</p>']
    for section, some in groupby(found, lambda passage: passage.section):
        parts += [f"<h2>{page.section(section)[0]}</h2>", *map(_quoted, some)]
    title, body = page.section("short")
    if body and all(passage.section != "short" for passage in found):
        parts.append(f"<details><summary>{title}</summary>{body}</details>")
    return "".join(parts)


def _points(page: _Page, number: int, title: str, keys: Keys, said: Mapping[str, Any]) -> Iterator[Card]:
    points = page.article.select("#self-check + ul > li")
    name, _ = page.section("self-check")
    if not points and name:
        raise Unfit("has no points in its self-check (#self-check + ul > li)")
    held = _passages(page) if points else []
    for key, point in zip(keys(number, [point.get_text() for point in points]), points, strict=True):
        front = f'<p class="of">{name} · {title}</p><p>{inside(point)}</p>'
        back = _of_point(page, answering(point.get_text(" "), held), said)
        yield Card("self-check", f"{number}-{key}", front, back, page.link("#self-check"), _tags(page, "self-check"))


def _of_question(page: _Page, number: int, keys: Keys, said: Mapping[str, Any]) -> Iterator[Card]:
    # The front asks in the question's own words, which stand below its short name.
    title = inside(page.article.select_one(".question__wording") or page.one("h1", "title"))
    yield _question(page, number, title)
    yield from _points(page, number, title, keys, said)


def _of_glossary(page: _Page) -> Iterator[Card]:
    topic = ""
    for heading in page.article.find_all(["h2", "h3"], id=True):
        anchor = str(heading["id"])
        if heading.name == "h2":
            topic = anchor.removeprefix("topic-")
            continue
        below = page.below(heading)
        if not any(not tag.get("class") and tag.get_text(strip=True) for tag in below):
            raise Unfit(f"has no definition of its term #{anchor}")
        tags = ("kind::term", f"topic::{topic}")
        yield Card("term", anchor, f"<p>{inside(heading)}</p>", written(below), page.link(f"#{anchor}"), tags)


def _from(site: Path, path: str, address: str, made: Callable[[_Page], Iterator[Card]]) -> list[Card]:
    """The cards of a page. Raises Unfit, naming the page."""
    try:
        found = list(made(_read(site, path, address)))
    except Unfit as error:
        raise Unfit(f"{path} {error}") from None
    if not found:
        raise Unfit(f"{path} has nothing to make a card of")
    return found


def cards(site: Path, folder: str, address: str, keys: Keys) -> list[Card]:
    """The cards of a language's folder, `""` or `"en/"`: each question with its points, by number; then the terms.

    Raises Unfit with one sentence that names the page, where a page lacks what a card needs.
    """
    numbers = sorted(int(path.stem) for path in (site / folder / "q").glob("*.html") if path.stem.isdecimal())
    if not numbers:
        raise Unfit(f"{folder}q/ has no question's page")
    said = words(folder.strip("/") or "zh").offline
    found: list[Card] = []
    for number in numbers:

        def made(page: _Page, number: int = number) -> Iterator[Card]:
            return _of_question(page, number, keys, said)

        found += _from(site, f"{folder}q/{number}.html", address, made)
    return found + _from(site, f"{folder}glossary.html", address, _of_glossary)
