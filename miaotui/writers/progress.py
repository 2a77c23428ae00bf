"""PROGRESS.md, for whoever works on the bank: how many questions are written in depth, and how many asked are answered.

Everything is counted: the questions from articles/, what is written from the pages, the answers from asked.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from miaotui.bank.asked import Asked, Group
from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.markup.front_matter import front_matter
from miaotui.writers.topic_pages import MARK

_HEAD = f"{MARK}articles/, docs/<lang>/q/ and asked.yml; edit those and run make split"
_VERDICTS = ("full", "part", "none")


@dataclass(frozen=True)
class _Row:
    """A line of the first two tables."""

    name: str
    questions: Sequence[int]


def written(docs: Path, number: int) -> bool:
    """Whether the question's page is in depth in every language."""
    pages = [docs / language.code / "q" / f"{number}.md" for language in LANGUAGES]
    return all(page.is_file() and front_matter(page.read_text("utf-8")).get("written") is True for page in pages)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)
    yield ""


def _depth(name: str, rows: Sequence[_Row], docs: Path) -> Iterator[str]:
    """How many questions of each row are in depth, and which are not."""
    lines = []
    for row in rows:
        left = [number for number in sorted(row.questions) if not written(docs, number)]
        done = len(row.questions) - len(left)
        lines.append((row.name, len(row.questions), done, ", ".join(map(str, left)) or "–"))
    yield from _table((name, "questions", "in depth", "60-second answer only"), lines)


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f}%)" if whole else "0"


def _answers(name: str, questions: Sequence[Asked]) -> list[str]:
    """A row of the last table: how many are asked, how each verdict counts, and the weight of those answered fully."""
    counts = [_share(sum(one.verdict == verdict for one in questions), len(questions)) for verdict in _VERDICTS]
    weights = [one.sources for one in questions if one.verdict == "full"]
    return [name, str(len(questions)), *counts, _share(sum(weights), sum(one.sources for one in questions))]


def progress(bank: Bank, docs: Path, groups: Sequence[Group]) -> str:
    """The text of PROGRESS.md."""
    home = bank.source_of()
    articles = [_Row(one.name, [number for number, source in home.items() if source is one]) for one in bank.sources]
    topics = [_Row(topic.slug, list(topic.questions)) for topic in bank.topics]
    whole = _Row("**all**", [number for row in topics for number in row.questions])
    lines = [_HEAD, "", "# Where the work stands", ""]
    lines += ["A question is in depth when its page says `written: true` in both languages.", ""]
    lines += _depth("article", [*articles, whole], docs)
    lines += _depth("topic", topics, docs)
    if groups:
        everything = [one for group in groups for one in group.questions]
        rows = [_answers(group.id, group.questions) for group in groups]
        lines += ["## Asked in interviews", ""]
        lines += ["The verdicts stand in `asked.yml`; the last column weighs each question by its sources.", ""]
        head = ("group", "asked", *_VERDICTS, "full, by sources")
        lines += _table(head, [*rows, _answers("**all**", everything)])
    return "\n".join(lines)
