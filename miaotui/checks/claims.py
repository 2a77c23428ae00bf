"""Whether a written page takes up each of the article's claims that we correct: quoted where the page answers it.

The box of a correction is the same text on the topic's page, the question's and the list of all, made of one file. What
is written by hand below it must not leave out one of its errors, nor a correction one that the page answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown

QUOTED = re.compile(r"「([^」]+)」|\"([^\"]+)\"")
"""What a page quotes, in the marks of either language."""
ANSWER = "{ #short }"
"""Above it stands the article's own text."""
WRONG = "{ #pitfalls }"
"""Where a page that is written answers wrong answers."""
PIECE = 4
"""A run of letters shorter than this says nothing of where it is from."""
SHARE = 0.5


def shared(claim: str, quoted: str) -> float:
    """How much of the shorter one stands in the other, in runs of letters, between 0 and 1."""
    first, second = claim.lower(), quoted.lower()
    runs = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= PIECE) / max(1, min(len(first), len(second)))


def taken_up(claim: str, page: str) -> bool:
    """Whether the page quotes the claim, or the half of it."""
    answer = page.partition(ANSWER)[2]
    return any(shared(claim, "".join(found.groups(""))) >= SHARE for found in QUOTED.finditer(answer))


def problems(bank: Bank, docs: Path) -> Iterator[Problem]:
    """The corrected claims that written pages leave out, each told at the page."""
    for number, source in bank.source_of().items():
        for language in LANGUAGES:
            path = docs / language.code / "q" / f"{number}.md"
            text, _ = read(path, "a question page")
            if text is None or WRONG not in text:
                continue
            for correction in source.corrections[language.code].get(str(number), ()):
                if not taken_up(correction.claim, text):
                    found = f"does not take up the claim \u201c{correction.claim}\u201d that we correct"
                    yield Problem(
                        shown(path), 1, f"{found}; accepted: a quotation of it or of its half, and the answer"
                    )
