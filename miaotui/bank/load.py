"""Reads articles/ into the model, or says everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from miaotui.bank import about, article_pairs, paths
from miaotui.bank import article as articles
from miaotui.bank import corrections as fixes
from miaotui.bank import topics as topic_list
from miaotui.bank.about import About
from miaotui.bank.article import Article
from miaotui.bank.corrections import Correction
from miaotui.bank.topics import Topic
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import read, short, shown

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Source:
    """One source article: its text and our corrections, by language code."""

    name: str
    """Its folder under articles/."""
    articles: dict[str, Article]
    corrections: dict[str, dict[str, tuple[Correction, ...]]]
    """By language code, then by question number or `summary`; empty where there are none."""
    about: About

    @property
    def ours(self) -> bool:
        """Whether we wrote it: its answers are ours."""
        return self.about.origin == "ours"


@dataclass(frozen=True)
class Bank:
    """All that articles/ holds, checked."""

    sources: tuple[Source, ...]
    """In the order of their question numbers."""
    topics: tuple[Topic, ...]

    def source_of(self) -> dict[int, Source]:
        """The source of each question number."""
        code = LANGUAGES[0].code
        return {question.number: source for source in self.sources for question in source.articles[code].questions}


def _articles(folder: Path) -> tuple[dict[str, Article], list[Problem]]:
    found: dict[str, Article] = {}
    problems = []
    for language in LANGUAGES:
        path = folder / f"{language.code}.md"
        text, faults = read(path, f"the article in the language '{language.code}'")
        problems += faults
        if text is None:
            continue
        parsed, faults = articles.parse(text, language, shown(path))
        problems += faults
        if parsed:
            found[language.code] = parsed
    if len(found) == len(LANGUAGES):
        problems += article_pairs.compare_parts(found) if not problems else []
        problems += article_pairs.compare(found)
    return found, problems


def _corrections(
    folder: Path, texts: dict[str, Article]
) -> tuple[dict[str, dict[str, tuple[Correction, ...]]], list[Problem]]:
    """The corrections of one article; an article may have none, but then in no language."""
    paths = {language.code: folder / f"corrections.{language.code}.md" for language in LANGUAGES}
    if not any(path.exists() for path in paths.values()):
        return {code: {} for code in paths}, []
    found: dict[str, dict[str, tuple[Correction, ...]]] = {}
    lines: dict[str, dict[str, int]] = {}
    problems = []
    for code, path in paths.items():
        text, faults = read(path, "the corrections in this language too")
        problems += faults
        if text is None:
            continue
        found[code], lines[code], faults = fixes.parse(text, shown(path))
        problems += faults
        if code in texts:
            problems += fixes.match(found[code], lines[code], texts[code], shown(path))
    for code, mine in found.items():
        for other in set(found) - {code}:
            here, there = shown(paths[code]), shown(paths[other])
            problems += fixes.compare(mine, found[other], lines[code], here, there)
    return found, problems


def _source(folder: Path) -> tuple[Source, list[Problem]]:
    texts, problems = _articles(folder)
    corrections, faults = _corrections(folder, texts)
    said, more = about.read(folder)
    return Source(folder.name, texts, corrections, said), problems + faults + more


def _sequence(sources: list[Source]) -> list[Problem]:
    """Numbers that two articles share, or that none has between the first and the last."""
    problems = []
    for language in LANGUAGES:
        seen: dict[int, Article] = {}
        previous = 0
        texts = [source.articles[language.code] for source in sources if language.code in source.articles]
        for text in sorted(texts, key=lambda text: text.questions[0].number):
            for question in text.questions:
                if question.number in seen and seen[question.number] is not text:
                    other = seen[question.number].path
                    fault = f"question {question.number} is also in {other}; accepted: begin at {previous + 1}"
                    problems.append(Problem(text.path, question.heading.line, fault))
                    break
            for question in text.questions:
                seen.setdefault(question.number, text)
            first = text.questions[0]
            if first.number > previous + 1:
                fault = f"the first question is {first.number}; question {previous + 1} is missing"
                problems.append(Problem(text.path, first.heading.line, fault))
            elif first.number == 0:
                problems.append(Problem(text.path, first.heading.line, "a question 0; accepted: numbers from 1"))
            previous = max(previous, *(question.number for question in text.questions))
    return problems


def _folders(root: Path) -> tuple[list[Path], list[Problem]]:
    try:
        entries = sorted(root.iterdir())
    except FileNotFoundError:
        return [], [Problem(shown(root), 1, "is missing; accepted: the folder of the articles")]
    except NotADirectoryError:
        return [], [Problem(shown(root), 1, "is a file; accepted: the folder of the articles")]
    except OSError as error:
        return [], [Problem(shown(root), 1, f"cannot be read ({error.strerror}); accepted: the folder of the articles")]
    folders = [entry for entry in entries if entry.is_dir() and not entry.name.startswith(".")]
    folders = [entry for entry in folders if entry.name != "topics.yml"]
    slugs = [
        Problem(shown(folder), 1, f"'{short(folder.name)}' is no slug; accepted: small letters, digits, single hyphens")
        for folder in folders
        if not _SLUG.match(folder.name)
    ]
    if not folders:
        return [], [Problem(shown(root), 1, "has no article; accepted: one folder for each, with zh.md and en.md")]
    return folders, slugs


def load(root: Path) -> Bank:
    """The bank in `root`.

    Raises RefusedError with every problem of every file.
    """
    folders, problems = _folders(root)
    sources = []
    for folder in folders:
        source, faults = _source(folder)
        sources.append(source)
        problems += faults
    problems += _sequence(sources)
    path = root / "topics.yml"
    topics: list[Topic] = []
    text, faults = read(path, "the list of topics")
    problems += faults
    if text is not None:
        topics, faults = topic_list.parse(text.removeprefix("\ufeff"), shown(path))
        problems += faults
        first = LANGUAGES[0].code
        places = {
            question.number: (source.articles[first].path, question.heading.line)
            for source in sources
            if first in source.articles
            for question in source.articles[first].questions
        }
        # Where an article could not be read, its questions are not missing.
        if not faults and places and all(first in source.articles for source in sources):
            problems += topic_list.match(topics, places, shown(path))
        if not faults:
            problems += paths.read(path, [topic.slug for topic in topics])[1]
    if problems:
        raise RefusedError(problems)
    sources.sort(key=lambda source: source.articles[LANGUAGES[0].code].questions[0].number)
    return Bank(tuple(sources), tuple(topics))
