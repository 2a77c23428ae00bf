"""problems/grammar-mask: every text that the guide can write, against a regular expression and the tokens' products."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from tests.problem import load

SOLUTION = load("grammar-mask")
NUMBER = ({0: {"-": 1, "1": 2, "0": 3}, 1: {"1": 2, "0": 3}, 2: {"1": 2, "0": 2, ".": 4}, 3: {".": 4}}, 0, {2, 3, 5})
NUMBER[0][4] = {"1": 5, "0": 5}
NUMBER[0][5] = {"1": 5, "0": 5}
EVEN = ({0: {"a": 1, "b": 0}, 1: {"a": 0, "b": 1}}, 0, {0})
GRAMMARS: dict[str, tuple[Any, list[str]]] = {
    r"-?(0|1[01]*)(\.[01]+)?": (NUMBER, ["-", "0", "1", ".", "10", ".0", "-1", "01", "1.", "</s>"]),
    r"(b*ab*ab*)*b*": (EVEN, ["a", "b", "ab", "aa", "bab", "</s>"]),
    r"(aa|b)*": (EVEN, ["aa", "b", "</s>"]),
}
MOST = 4
"""Tokens of a text."""


def _written(grammar: Any, vocabulary: list[str]) -> set[tuple[int, ...]]:
    """The tokens of every text that the masks let through, the end left out."""
    eos = len(vocabulary) - 1
    guide = SOLUTION.Guide(*grammar, vocabulary, eos)
    texts: set[tuple[int, ...]] = set()
    open_texts: list[tuple[tuple[int, ...], Any]] = [((), grammar[1])]
    while open_texts:
        tokens, state = open_texts.pop()
        words = guide.mask(state)
        allowed = [token for token in range(len(vocabulary)) if words[token // 32] >> token % 32 & 1]
        # No dead end: something may always follow.
        assert allowed
        for token in allowed:
            after = guide.advance(state, token)
            if token == eos:
                texts.add(tokens)
            elif len(tokens) < MOST:
                open_texts.append(((*tokens, token), after))
    return texts


@pytest.mark.parametrize("expression", GRAMMARS)
def test_writes_the_texts_of_the_grammar_and_no_others(expression: str) -> None:
    grammar, vocabulary = GRAMMARS[expression]
    tokens = range(len(vocabulary) - 1)
    products = itertools.chain.from_iterable(itertools.product(tokens, repeat=count) for count in range(MOST + 1))
    fit = {chosen for chosen in products if re.fullmatch(expression, "".join(vocabulary[token] for token in chosen))}
    assert _written(grammar, vocabulary) == fit
    assert len(fit) > 10


def test_a_vocabulary_of_llama_takes_16_032_bytes() -> None:
    guide = SOLUTION.Guide({0: {"x": 0}}, 0, {0}, ["x"] * 128_256, 7)
    words = guide.mask(0)
    assert len(words) * 4 == 16_032
    assert set(words) == {2**32 - 1}
