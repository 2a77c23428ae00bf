"""The 60-second answers: what is said aloud in a minute has so many words, and at least one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.markup.page import parsed
from miaotui.markup.said import said

CHARACTERS = 260
"""The most that a Chinese answer has, white space and marks set aside."""
WORDS = 110
"""The most words that an English answer has."""
SENTENCE = 30
"""The most words of an English sentence."""
PART = "short"
_WORD = re.compile(r"[^\s]*[A-Za-z0-9][^\s]*")
_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z0-9\"“])")


def faults(text: str, code: str) -> Iterator[str]:
    """What is wrong with an answer in the language `code`."""
    spoken = said(text)
    if not re.search(r"\d", spoken):
        yield "has no number; accepted: at least one"
    if code == "zh":
        if (count := len("".join(spoken.split()))) > CHARACTERS:
            yield f"has {count} characters; accepted: {CHARACTERS}, which can be said in a minute"
        return
    if (count := len(_WORD.findall(spoken))) > WORDS:
        yield f"has {count} words; accepted: {WORDS}, which can be said in a minute"
    # A sentence has a line of its own; one that begins with a small name, as vLLM, is told from the line alone.
    for sentence in (one for line in spoken.split("\n") for one in _END.split(line)):
        if (count := len(_WORD.findall(sentence))) > SENTENCE:
            yield f"has a sentence of {count} words, '{sentence[:40]}…'; accepted: {SENTENCE}"


def _answer(bank: Bank, number: int, code: str, text: str) -> str:
    """The answer on the page, or in our article where the page quotes it; empty where there is none."""
    part = parsed(text).part(PART)
    source = bank.source_of()[number]
    if source.ours and any(one.section == f"q{number}" for one in parsed(part).includes):
        question = source.articles[code].question(number)
        label = LANGUAGES[[language.code for language in LANGUAGES].index(code)].labels["answer"]
        lines = [found["rest"] if (found := label.match(line)) else line for line in question.parts["answer"].lines]
        return "\n".join(lines)
    return part


def problems(bank: Bank, docs: Path) -> Iterator[Problem]:
    """Every 60-second answer that cannot be said in a minute, or says no number."""
    for number in bank.source_of():
        for language in LANGUAGES:
            path = docs / language.code / "q" / f"{number}.md"
            text, _ = read(path, "a question page") if path.is_file() else ("", [])
            if not (answer := _answer(bank, number, language.code, text or "").strip()):
                continue
            line = next(heading.line for heading in parsed(text or "").headings if heading.id == PART)
            for fault in faults(answer, language.code):
                yield Problem(shown(path), line, f"the 60-second answer {fault}")
