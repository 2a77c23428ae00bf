"""What is made of all pages together: Markdown and lists for programs, the search, scripts, cards, style, fonts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from miaotui.base.beside import Beside
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.store import Store, digest, digest_of_files
from miaotui.base.words import words as words_of
from miaotui.edge import searching
from miaotui.edge.build import Build, LanguageBuild
from miaotui.site import (
    bill,
    downloads,
    fonts,
    left_out,
    machine_readable,
    pictures,
    practice_cards,
    problem_pages,
    script_bundle,
    search_index,
    search_pieces,
    serif,
    sheets,
    social_cards,
    stays,
    unused_css,
)
from miaotui.site.search_pieces import Spoken

INDEXES = Store("indexes", packed=True)
Product = tuple[str, str | bytes]
"""A file of the site: its place and what it holds."""


def address(config: MkDocsConfig) -> str:
    """The published site's, with a slash at its end; empty where it is not known."""
    return f"{config.site_url.rstrip('/')}/" if config.site_url else ""


def machines(config: MkDocsConfig, build: Build) -> Iterator[Product]:
    """The pages' Markdown, llms.txt and the feed of each language."""
    for mine in build.languages.values():
        docs = [mine.docs[source] for source in mine.order if source in mine.docs]
        yield from machine_readable.files(mine.language, address(config), docs)


def _index_key(mine: LanguageBuild) -> str:
    """The digest of all that a language's index is made of: its pages, and what is said of them elsewhere."""
    files = digest_of_files(ROOT, "glossary.yml", "asked.yml", "phrases.yml")
    listed = (one for page in mine.entries.values() for one in page)
    entries = (part for one in listed for part in (one.location, one.title, one.text))
    return digest(mine.keys.builder, files, repr(mine.language), repr(mine.known), *entries)


def _pieces(mine: LanguageBuild) -> list[Product]:
    words = words_of(mine.language.code)
    said = (words.generated[name] for name in ("glossary_title", "search_common", "search_recent"))
    language = Spoken(mine.language.code, mine.language.folder, words.page["level"], *said)
    entries = [entry for page in mine.entries.values() for entry in page]
    return [*search_pieces.files(language, entries, mine.known)]


def index(mine: LanguageBuild) -> list[Product]:
    """The search's index of a language, piece by piece, from the entries of its pages; or as it was kept."""
    return INDEXES.made(_index_key(mine), lambda: _pieces(mine))


def together(mine: LanguageBuild) -> list[Product]:
    """The search's index of a language; its cards are drawn, and kept where `cards` looks for them."""
    for card in mine.cards.values():
        social_cards.kept(card)
    return index(mine)


def begun(mine: LanguageBuild, ahead: Beside[None] | None) -> Callable[[], list[Product]]:
    """Begins with the index of a language, and yields what waits for it.

    The process that has made the pages of the language ahead makes their index too, and keeps it.
    """
    if ahead:
        return lambda: index(mine) if ahead.ended else together(mine)
    if INDEXES.has(_index_key(mine)):
        return partial(index, mine)
    made = Beside(partial(together, mine))
    return lambda: made.result


def search(config: MkDocsConfig, build: Build) -> Iterator[Product]:
    """The index of each language, the engine, and an empty index for Material's bundle."""
    for mine in build.languages.values():
        yield from mine.searched() if mine.searched else index(mine)
    yield search_index.ENGINE, search_index.engine()
    yield from search_index.empty(searching.settings(config)).items()


def cards(build: Build) -> Iterator[Product]:
    """The social card of each question."""
    for mine in build.languages.values():
        for place, card in mine.cards.items():
            yield place, social_cards.kept(card)


def practice(config: MkDocsConfig, build: Build) -> Iterator[tuple[str, str]]:
    """What practice asks in each language, in the order of the first learning path."""
    keys = partial(build.points, docs=Path(config.docs_dir))
    for code, mine in build.languages.items():
        order = mine.paths[0][1] if mine.paths else mine.order
        cards = [mine.practised[source] for source in order if source in mine.practised]
        address = mine.language.folder + ("practice/" if config.use_directory_urls else "practice.html")
        yield from practice_cards.files(code, cards, build.facts.topics(code), address, keys)


def interviews(build: Build) -> Iterator[Product]:
    """What the scoring sheets of each language need, question by question."""
    for mine in build.languages.values():
        scripts = {mine.docs[source].number: made.sheet for source, made in mine.finished.items() if made.sheet}
        yield from sheets.files(mine.language.folder, scripts)


def pictured(build: Build) -> Iterator[Product]:
    """What a picture of each question says, and its page's QR code."""
    for code, mine in build.languages.items():
        yield from pictures.files(mine.language.folder, mine.pictures, words_of(code).picture)


def seldom(build: Build) -> Iterator[Product]:
    """What scripts fetch when they have to say it."""
    for code in build.languages:
        said = json.dumps(dict(words_of(code).seldom), ensure_ascii=False)
        yield f"{script_bundle.FOLDER}/seldom-{code}.js", f"window.miaotuiSeldom = {said}\n"


def judge() -> Iterator[Product]:
    """What a run of a problem needs."""
    for place, made in problem_pages.files().items():
        yield place, made()


def _texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(paths)]


def _letters(pages: list[str]) -> list[tuple[str, bytes]]:
    """The fonts of formulas and of titles."""
    return [*fonts.files(pages).items(), *serif.files(pages)]


def style(config: MkDocsConfig) -> Iterator[Product]:
    """The one style sheet, and the fonts of formulas and titles, with what the written pages and scripts use."""
    site = Path(config.site_dir)
    # The questions as practice has them are text, whose every word would be the name of a class.
    scripts = (path for path in (site / "assets").rglob("*.js") if path.parent != site / practice_cards.FOLDER)
    pages = _texts(site.rglob("*.html"))
    # The pages of an edition among the downloads bring their own fonts.
    ours = (path for path in site.rglob("*.html") if path.parent != site / downloads.FOLDER)
    drawn = Beside(partial(_letters, _texts(ours)))
    yield from unused_css.files(config.theme.dirs, pages, _texts(scripts)).items()
    yield from drawn.result


def _places(site: Path) -> list[str]:
    """The places of all files of the site."""
    found = ((os.path.relpath(folder, site).replace(os.sep, "/"), names) for folder, _, names in os.walk(site))
    return [name if folder == "." else f"{folder}/{name}" for folder, names in found for name in names]


def staying(config: MkDocsConfig) -> Iterator[Product]:
    """What a browser may keep of the site, which says how much that is: of all files as they are in the end."""
    site = Path(config.site_dir)
    read = {place: (site / place).read_bytes() for place in _places(site) if stays.group(place)}
    sizes = stays.sizes(read)
    for place in stays.offers(read):
        read[place] = stays.with_sizes(read[place].decode(), sizes).encode()
        yield place, read[place]
    yield from stays.products(stays.listed(read), config.extra["build"]).items()
    yield stays.WORKER, stays.worker({language.code: words_of(language.code) for language in LANGUAGES})


def _put(site: Path, products: Iterable[Product]) -> None:
    # Not by paths: there are thousands of files in a few folders.
    made = set[str]()
    for place, data in products:
        file = os.path.join(site, place)
        if (folder := os.path.dirname(file)) not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        with open(file, "wb") as out:
            out.write(data.encode() if isinstance(data, str) else data)


def write(config: MkDocsConfig, build: Build) -> None:
    """Writes all of it into the site."""
    site = Path(config.site_dir)
    _put(site, machines(config, build))
    _put(site, practice(config, build))
    _put(site, judge())
    _put(site, bill.files(config.extra["build"]))
    _put(site, interviews(build))
    _put(site, pictured(build))
    _put(site, seldom(build))
    for script in (site / script_bundle.FOLDER).glob("*.js"):
        script.write_text(script_bundle.sent(script.read_text(encoding="utf-8")), encoding="utf-8")
    _put(site, [(file, script_bundle.bundle(file)) for file in script_bundle.FILES])
    if made := downloads.edition():
        _put(site, downloads.files(made).items())
    for script in (site / "assets/javascripts").rglob("*.js"):
        script.write_text(left_out.unmapped(script.read_text(encoding="utf-8")), encoding="utf-8")
    # Late: it looks at every page and script.
    _put(site, style(config))
    # Last, cards after the index: they may still be in the making.
    _put(site, search(config, build))
    _put(site, cards(build))
    for path in unused_css.theirs(config.theme.dirs):
        (site / "assets/stylesheets" / path.name).unlink(missing_ok=True)
    if config.use_directory_urls:
        _put(site, staying(config))
