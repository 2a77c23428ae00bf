"""The hand-written introductions of the topics: docs/<lang>/intro/<slug>.md, quoted by the generated topic pages."""

from __future__ import annotations

import re
from pathlib import Path

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown

_LEAD = re.compile(r"^[^\s#\-*>`|!].*$")


def introductions(docs: Path, bank: Bank) -> tuple[dict[str, str], list[Problem]]:
    """The first line of each introduction by its path under docs/, and everything wrong with them.

    The first line says in one sentence what the topic answers: the home page shows it alone.
    """
    slugs = {topic.slug for topic in bank.topics}
    leads: dict[str, str] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        for path in sorted((docs / language.code / "intro").glob("*.md")):
            text, faults = read(path, "an introduction")
            problems += faults
            lead = (text or "").partition("\n")[0].strip()
            if path.stem not in slugs:
                problems.append(Problem(shown(path), 1, f"no topic has the slug '{path.stem}'; accepted: a topic's"))
            elif text is not None and not _LEAD.match(lead):
                problems.append(Problem(shown(path), 1, "begins with no sentence; accepted: what the topic answers"))
            leads[f"{language.code}/intro/{path.name}"] = lead
    return leads, problems
