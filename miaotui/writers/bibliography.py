"""The references page of each language: every work that a page cites, as that page quotes it, and who cites it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from miaotui.bank.citations import Citing
from miaotui.bank.works import Work
from miaotui.base.languages import LANGUAGES, Language
from miaotui.markup.escape import escape_text, escape_title
from miaotui.writers.topic_pages import head

_TITLE = re.compile(r'^(?:title: "?(?P<meta>.*?)"?|# (?P<heading>.*?)(?: \{ #.*)?)$', re.MULTILINE)
_QUESTION = re.compile(r"^q/(?P<number>\d+)\.md$")
_INTRO = re.compile(r"^intro/(?P<slug>[\w-]+)\.md$")


def entry(work: Work, language: Language) -> str:
    """The work as a list item; its link has the id that citations lead to."""
    family = work.authors.partition(",")[0]
    who = (f"{family}{language.and_others}" if work.more else family) or work.publisher
    # As published: a star in it is no emphasis, and would end that of a title without an address.
    title = escape_title(work.title).replace("*", r"\*")
    who, publisher, venue = escape_text([who, work.publisher, work.venue])
    linked = f"[{title}]({work.address})" if work.address else f"*{title}*"
    parts = [
        who,
        f"{linked}{{ #ref-{work.slug} }}",
        publisher if work.authors else "",
        venue,
        work.year if work.year not in work.venue else "",
        f"arXiv:{work.arxiv}" if work.arxiv else "",
        language.as_of.format(month=work.as_of) if work.as_of else "",
    ]
    return f"- {language.comma.join(part for part in parts if part)}{language.stop}"


def _place(page: Citing, name: str, topics: Mapping[str, str], language: Language) -> str:
    """A link to where a page lists the work."""
    if found := _QUESTION.match(page.name):
        return f"[{language.cited_question.format(number=found['number'])}]({page.name}#ref-{name})"
    if found := _INTRO.match(page.name):
        return f"[{escape_title(topics.get(found['slug'], found['slug']))}](topics/{found['slug']}.md#ref-{name})"
    titled = _TITLE.search(page.text)
    title = (titled["meta"] or titled["heading"]) if titled else page.name
    return f"[{escape_title(title)}]({page.name}#ref-{name})"


def _order(page: Citing) -> tuple[bool, int, str]:
    found = _QUESTION.match(page.name)
    return not found, int(found["number"]) if found else 0, page.name


def _entries(
    works: Mapping[str, Work], pages: list[Citing], topics: Mapping[str, str], language: Language
) -> Iterator[str]:
    for name, work in works.items():
        places = [page for page in pages if name in {listed for _, _, listed in page.listed}]
        if places:
            links = language.listing.join(_place(page, name, topics, language) for page in places)
            yield from (
                f"## {work.key} {{ #{name} .work data-search-exclude }}",
                "",
                f"<!-- --8<-- [start:{name}] -->",
                entry(work, language),
                f"<!-- --8<-- [end:{name}] -->",
                "",
                f"{language.cited_by}{links}",
                "",
            )


def render(
    works: Mapping[str, Work], listing: Iterable[Citing], topics: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """The references page of each language by its path under docs/; `topics` has titles by slug and language."""
    pages = sorted(listing, key=_order)
    made = {}
    for language in LANGUAGES:
        code = language.code
        titles = {name: titles[code] for name, titles in topics.items()}
        mine = [page for page in pages if page.code == code]
        lines = head(["references.yml and the pages that cite it"], language.references, "references", search=False)
        lines += [language.references_intro, "", *_entries(works, mine, titles, language)]
        made[f"{code}/references.md"] = "\n".join(lines).rstrip("\n") + "\n"
    return made
