"""The glossary as a page of each language: its sections are the topics, its headings the terms, with the same ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from miaotui.bank.glossary import TOPIC_ID, Glossary, Group, Term
from miaotui.bank.topics import Topic
from miaotui.base.languages import LANGUAGES, Language
from miaotui.markup.escape import escape_text, escape_title

MARK = "Generated: by scripts/split.py from glossary.yml, articles/topics.yml; edit those and run make split"
"""The first line: MultiMarkdown metadata, which MkDocs does not show."""

Titles = Mapping[tuple[str, str], str]
"""The title of each calculator's page, by language code and slug."""


def _key(text: str) -> str:
    """The text without what is the same word written otherwise: hyphens, capitals, endings of plurals."""
    return "".join(word.rstrip("seiy") for word in re.findall(r"\w+", text.casefold()))


def _own(term: Term, code: str) -> list[str]:
    """What the term is also called in a language: an English word that Chinese uses too counts as English."""
    seen = {_key(text) for text in (term.word(code).term, *([] if code == "en" else (term.en.term, *term.en.also)))}
    shown = []
    for text in term.word(code).also:
        if _key(text) not in seen:
            shown.append(text)
            seen.add(_key(text))
    return shown


def _names(term: Term, language: Language) -> str:
    """What the term is also called, in the page's language and in the other one."""
    code = language.code
    theirs = [
        f"*{text}*{{ .other lang={other.code} }}"
        for other in LANGUAGES
        if other.code != code
        for text in (term.word(other.code).term, *_own(term, other.code))
    ]
    return " · ".join([*filter(None, [term.abbreviation]), *_own(term, code), *theirs])


def _link(target: int | str, language: Language, titles: Titles) -> str:
    if isinstance(target, int):
        return f"[{language.see_question.format(number=target)}](q/{target}.md)"
    return f"[{escape_title(titles[language.code, target])}](calc/{target}.md)"


def _entry(term: Term, language: Language, titles: Titles) -> Iterator[str]:
    word = term.word(language.code)
    yield from (f"### {word.term} {{ #{term.id} }}", "", _names(term, language), "{ .names }", "", word.definition, "")
    if links := " · ".join(_link(target, language, titles) for target in term.see):
        yield from (links, "{ .see }", "")


def _section(group: Group, title: str, language: Language, titles: Titles) -> Iterator[str]:
    yield from (f"## {escape_text([title])[0]} {{ #{TOPIC_ID}{group.topic} data-search-exclude }}", "")
    for term in group.terms:
        yield from _entry(term, language, titles)


def render(glossary: Glossary, topics: Iterable[Topic], titles: Titles) -> dict[str, str]:
    """The text of each language's page by its path under docs/, the sections in the order of the topics."""
    groups = {group.topic: group for group in glossary.topics}
    count = sum(1 for _ in glossary.terms())
    pages = {}
    for language in LANGUAGES:
        title, intro = language.glossary_title, language.glossary_intro.format(terms=count)
        lines = [MARK, f"Title: {title}", "", f"# {title} {{ #glossary }}", "", intro, ""]
        for topic in topics:
            if topic.slug in groups:
                lines += _section(groups[topic.slug], topic.titles[language.code], language, titles)
        pages[f"{language.code}/glossary.md"] = "\n".join(lines).rstrip("\n") + "\n"
    return pages
