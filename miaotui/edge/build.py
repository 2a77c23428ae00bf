"""What one build knows: read from the sources once, or noted page by page for what is written last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from miaotui.bank import glossary, points
from miaotui.bank.glossary import Glossary
from miaotui.base.paths import FORMULAS
from miaotui.base.store import digest_of_files
from miaotui.edge.ahead import Ahead
from miaotui.edge.content import Content
from miaotui.edge.finished import Finished, Finishing
from miaotui.edge.keys import Keys, builder
from miaotui.site import calculator_pages, calculator_uses, problem_pages
from miaotui.site.calculator_pages import Calculators
from miaotui.site.calculator_uses import Use
from miaotui.site.learning_paths import Order
from miaotui.site.machine_readable import Doc, Language
from miaotui.site.pictures import Pictured
from miaotui.site.practice_cards import Card as PracticeCard
from miaotui.site.quotations import Quotations
from miaotui.site.search_pages import Entry, Known
from miaotui.site.shared import Answer
from miaotui.site.social_cards import Card


class Facts:
    """What pages say that does not stand in them, each read when the first page asks."""

    def __init__(self) -> None:
        self.topics: Callable[[str], dict[str, str]] = cache(problem_pages.topics)
        """The title of each topic by its slug, in a language."""

    @cached_property
    def calculators(self) -> Calculators:
        return calculator_pages.load()

    @cached_property
    def formulas(self) -> str:
        """The digest of what the calculators are made of."""
        return digest_of_files(FORMULAS, "**/*")

    @cached_property
    def uses(self) -> Callable[[Path, str], dict[str, list[Use]]]:
        """Where pages state numbers of the calculators, by folder of pages and language."""
        return cache(calculator_uses.read)

    @cached_property
    def glossary(self) -> Glossary:
        return glossary.read()[0]


@dataclass
class LanguageBuild:
    """What is noted of one language."""

    language: Language
    keys: Keys
    order: list[str] = field(default_factory=list)
    """The sources of its pages, as the navigation has them."""
    problems: list[str] = field(default_factory=list)
    """Its coding problems, as the navigation has them."""
    paths: list[Order] = field(default_factory=list)
    docs: dict[str, Doc] = field(default_factory=dict)
    """Its pages as programs get them, by source."""
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    """What the search reads of each page, by source."""
    known: dict[str, Known] = field(default_factory=dict)
    """What the metadata of each page say, for the search; by its address."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """The sentences that a question's card says, by source."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """What a chat says of a page whose metadata say nothing, by source."""
    cards: dict[str, Card] = field(default_factory=dict)
    """By their places in the site."""
    practised: dict[str, PracticeCard] = field(default_factory=dict)
    """What practice asks, by source."""
    short: dict[str, str] = field(default_factory=dict)
    """The Markdown of each question's short answer, by source."""
    pictures: dict[int, Pictured] = field(default_factory=dict)
    """What a picture to share says of each question, and its answer."""
    contents: dict[str, Content] = field(default_factory=dict)
    """The HTML of its pages in the making, by source."""
    finishing: Finishing | None = None
    """How its pages are finished, once all of them are read; None while they are served, where each may change."""
    finished: dict[str, Finished] = field(default_factory=dict)
    """Its pages as they are sent, by source."""
    _listed: tuple[Navigation | None, dict[str, Page]] = (None, {})
    searched: Callable[[], list[tuple[str, str | bytes]]] | None = None
    """Waits for the pieces of its search's index, which are in the making where all of it is built."""

    def by_source(self, nav: Navigation) -> dict[str, Page]:
        """The pages of the navigation by their sources, gathered once: every page asks."""
        if self._listed[0] is not nav:
            self._listed = nav, {page.file.src_uri: page for page in nav.pages}
        return self._listed[1]


class Build:
    """One build of all languages."""

    def __init__(self) -> None:
        self.languages: dict[str, LanguageBuild] = {}

    def begin(self, ahead: Ahead | None = None) -> None:
        """Forgets what the last build knew. `ahead` is what a build of the whole site has begun with."""
        self.ahead = ahead
        self.facts = Facts()
        self.builder = builder()
        self.read_anew()
        self.points_anew()
        self.languages.clear()

    def read_anew(self) -> None:
        """Forgets the files that pages quote: they may have changed."""
        self._quotations: Quotations | None = None

    def points_anew(self) -> None:
        """Forgets the points of the questions: they may have changed."""
        self._points: dict[Path, Callable[[int], list[str]]] = {}

    def points(self, number: int, docs: Path) -> list[str]:
        """The keys of a question's points, in their order.

        Raises RefusedError where they cannot be read.
        """
        if docs not in self._points:
            self._points[docs] = points.ticked(docs)
        return self._points[docs](number)

    def included(self, markdown: str, docs: Path) -> str:
        """The Markdown of a page with what it quotes in place."""
        if self._quotations is None or self._quotations.docs != docs:
            self._quotations = Quotations(docs)
        return self._quotations.included(markdown)

    def of(self, page: Page) -> LanguageBuild:
        """What is noted of a page's language."""
        return self.languages[code_of(page)]

    def topic_of(self, page: Page) -> str:
        """The slug of the topic that a question's page stands in."""
        first = page.parent.children[0] if page.parent else None
        return first.file.name if isinstance(first, Page) else ""


def code_of(page: Page) -> str:
    """The language of a page."""
    return page.file.src_uri.partition("/")[0]


def topics(nav: Navigation) -> dict[str, list[str]]:
    """The sources of each topic's pages by its slug, in the order of the contents."""
    sections = [item.children for item in nav.items if isinstance(item, Section)]
    pages = [[page for page in section if isinstance(page, Page)] for section in sections]
    return {
        section[0].file.name: [page.file.src_uri for page in section]
        for section in pages
        if section and "/topics/" in section[0].file.src_uri
    }
