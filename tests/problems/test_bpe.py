"""Problem bpe: texts come back, merges are the most frequent pairs, and the engine of the lab encodes the same."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lab.engine.tokenizer import Tokenizer, byte_letters
from tests.problem import load

SOLUTION = load("bpe")
WORDS = st.dictionaries(st.text("abcé你", max_size=7), st.integers(1, 5), max_size=5)


@given(WORDS, st.integers(0, 8), st.text())
def test_a_text_comes_back(words: dict[str, int], count: int, text: str) -> None:
    merges = SOLUTION.train(words, count)
    text = text.encode("utf-8", "ignore").decode("utf-8")
    assert SOLUTION.decode(SOLUTION.encode(text, merges), merges) == text


@given(WORDS, st.integers(1, 6))
def test_each_merge_is_the_most_frequent_pair_of_what_those_before_it_leave(words: dict[str, int], count: int) -> None:
    merges = SOLUTION.train(words, count)
    for number in range(count):
        pairs: Counter[tuple[int, int]] = Counter()
        for word, times in words.items():
            for pair in pairwise(SOLUTION.encode(word, merges[:number])):
                pairs[pair] += times
        most = max(pairs.values(), default=0)
        assert (most >= 2) == (number < len(merges)), (most, merges)
        if most < 2:
            break
        assert merges[number] == min(pair for pair, times in pairs.items() if times == most)


@given(WORDS, st.integers(0, 8), st.text("abc", max_size=12))
def test_the_lab_encodes_the_same(words: dict[str, int], count: int, text: str) -> None:
    """The engine takes one merge at a time, the leftmost of the best; its tokens are texts, not numbers."""
    merges = SOLUTION.train(words, count)
    letters = byte_letters()
    tokens = [letters[byte] for byte in range(256)]
    for first, second in merges:
        tokens.append(tokens[first] + tokens[second])
    if len(set(tokens)) < len(tokens):
        return  # two merges spell the same token, which a vocabulary of texts cannot tell apart
    metadata = {
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.merges": [f"{tokens[first]} {tokens[second]}" for first, second in merges],
        "tokenizer.ggml.eos_token_id": 0,
    }
    assert Tokenizer(metadata).encode(text) == SOLUTION.encode(text, merges)
