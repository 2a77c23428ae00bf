"""Finds the words of a page's prose that the glossary refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from miaotui.bank import glossary as terms
from miaotui.bank.glossary import Glossary
from miaotui.bank.terms import Words
from miaotui.markup.page import ATTRIBUTES, CODE_SPAN, COMMENT, FORMULA, TAG, blank, parsed

# What is no prose of ours: quotations, comments, snippets, code, formulas, titles of questions, targets
# of links, words of another language, attributes, tags, and words in quotation marks: talked about, not used.
_HIDDEN = re.compile(
    rf"""^[ ]*>[^\n]*|{COMMENT}|^[ ]*--8<--[^\n]*|{CODE_SPAN}|{FORMULA}"""
    r"|\[\d+\.[ ][^\]\n]*\]\([^)\s]*\)|(?<=\])\([^)\s]*\)|\*[^*\n]+\*\{[^}\n]*\blang=[^}\n]*\}"
    rf"|{ATTRIBUTES}|{TAG}|「[^」\n]*」|“[^”\n]*”|\"[^\"\n]*\"",
    re.MULTILINE | re.DOTALL,
)


def prose(text: str) -> str:
    """The text with everything that is no prose of ours blanked, each line where it was."""
    lines = (spot.text if spot.role == "text" else "" for spot in parsed(text).spots)
    return _HIDDEN.sub(blank(" "), "\n".join(lines))


@cache
def _refused(glossary: Glossary, code: str) -> Words[str]:
    """The refused words with what to write instead, and with "" the words that may hold them."""
    values: dict[str, str] = {}
    for term in glossary.terms():
        word = term.word(code)
        values |= {text: "" for text in (*word.not_in, *term.forms(code))}
    for term in glossary.terms():
        word = term.word(code)
        for text in word.never:
            values[text] = f"{values[text]} / {word.term}" if values.get(text) else word.term
    return Words(values, plural=False)


@cache
def _ours() -> Glossary:
    return terms.read()[0]


def misused(text: str, code: str, glossary: Glossary | None = None) -> Iterator[tuple[int, str, str]]:
    """Line, word and what to write instead, for each word of a page in the language `code` that the glossary refuses.

    Without `glossary` it is the bank's own. Raises RefusedError where that is refused itself.
    """
    words = _refused(glossary or _ours(), code)
    for line, content in enumerate(prose(text).split("\n"), 1):
        yield from ((line, content[start:end], wanted) for start, end, wanted in words.uses(content) if wanted)
