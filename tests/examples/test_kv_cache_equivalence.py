"""examples/kv_cache_equivalence.py, against the model a number at a time, and prefixes compared word by word."""

from __future__ import annotations

import math
from types import ModuleType

MUTANTS = [
    ("PLACE[start : len(tokens)]", "PLACE[: len(tokens) - start]", "new tokens are placed at the start"),
    ("values @ wo", "values", "the projection back is left out"),
    (
        "np.arange(start, len(tokens))",
        "np.arange(len(tokens) - start)",
        "new tokens see as if nothing were before them",
    ),
    ("> np.arange(start", "> 1 + np.arange(start", "a token sees the next one"),
    ("products += 6 * len(x)", "products += 6", "a step is counted as one token"),
    ("cache if kept else empty()", "empty()", "nothing is kept"),
    ("(key, *words[end - size : end])", "tuple(words[end - size : end])", "a block is known without what is before it"),
    ("key: tuple[object, ...] = (salt,)", "key: tuple[object, ...] = ()", "the salt is left out"),
    ("len(words) + 1, size", "len(words) + size, size", "a block that is not full is stored"),
]


def _times(row: list[float], matrix: list[list[float]]) -> list[float]:
    return [math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*matrix, strict=True)]


def _logits(example: ModuleType, tokens: list[int]) -> list[float]:
    """The last token's logits, layer by layer and position by position, nothing kept."""
    embed, place = example.EMBED.tolist(), example.PLACE.tolist()
    rows = [[a + b for a, b in zip(embed[token], place[at], strict=True)] for at, token in enumerate(tokens)]
    for layer in example.WEIGHTS:
        wq, wk, wv, wo, up, down = (matrix.tolist() for matrix in layer)
        rows = [[value / math.sqrt(math.fsum(v * v for v in row) / len(row)) for value in row] for row in rows]
        keys, values = [_times(row, wk) for row in rows], [_times(row, wv) for row in rows]
        after = []
        for at, row in enumerate(rows):
            query = _times(row, wq)
            scores = [math.fsum(a * b for a, b in zip(query, keys[past], strict=True)) / 8 for past in range(at + 1)]
            weights = [math.exp(score - max(scores)) for score in scores]
            mixed = [
                math.fsum(weight * values[past][column] for past, weight in enumerate(weights)) / math.fsum(weights)
                for column in range(len(row))
            ]
            seen = [a + b for a, b in zip(row, _times(mixed, wo), strict=True)]
            wide = [max(value, 0) for value in _times(seen, up)]
            after.append([a + b for a, b in zip(seen, _times(wide, down), strict=True)])
        rows = after
    return [math.fsum(a * b for a, b in zip(rows[-1], word, strict=True)) for word in embed]


def test_logits_are_those_of_the_model_by_hand(example: ModuleType) -> None:
    tokens = [7, 3, 3, 41, 0]
    expected = _logits(example, tokens)
    for split in (0, 1, 4):
        cache = example.empty()
        if split:
            example.forward(tokens[:split], cache)
        logits, _ = example.forward(tokens, cache)
        assert example.np.allclose(logits, expected, rtol=0, atol=1e-9)
        assert [len(layer) for layer in cache] == [5, 5]


def test_generation_follows_the_model_by_hand(example: ModuleType) -> None:
    tokens = [7]
    for step in range(4):
        logits = _logits(example, tokens)
        tokens.append(logits.index(max(logits)))
        for kept in (example.with_cache, example.without):
            assert kept[0][: step + 2] == tokens
    assert len(set(example.without[0])) > 3


def test_the_work_is_counted_by_tokens(example: ModuleType) -> None:
    """Six products of 64 x 64 a token and layer: one token a step, or 1 + 2 + ... + 32."""
    one = 6 * 64 * 64 * 2
    assert example.with_cache[2] == [one] * 32
    assert example.without[2] == [one * step for step in range(1, 33)]
    lines = example.output.splitlines()
    assert lines[0] == "same tokens: True  logits differ by less than 1e-9: True"
    for line, kept in zip(lines[2:4], (example.with_cache, example.without), strict=True):
        work = kept[2]
        assert [int(number) for number in line.split()[-5:]] == [work[0], work[1], work[15], work[31], sum(work)]
    assert lines[4] == "ratio 16.5, (T + 1) / 2 = 16.5"
    assert lines[5] == f"20 of 30 tokens found: {one * 10} products, same logits: True"


def test_words_found_are_the_longest_common_prefix_in_whole_blocks(example: ModuleType) -> None:
    prompts = [
        "a b c d e f g h i",
        "a b c d e f g h",
        "a b c d x f g h",
        "z b c d e f g h",
        "a b c",
        "e f g h",
        "a b c",
        "a b c d e f g h i",
    ]
    for size in (1, 2, 4):
        stored: set[object] = set()
        for at, prompt in enumerate(prompts):
            words, longest = prompt.split(), 0
            for earlier in (text.split() for text in prompts[:at]):
                same = next((n for n in range(len(words)) if earlier[n : n + 1] != words[n : n + 1]), len(words))
                longest = max(longest, min(same, len(words)) // size * size)
            assert example.found(prompt, stored, "", size) == longest
    stored = set()
    assert [example.found("a b c d", stored, salt) for salt in ("s", "t", "s")] == [0, 0, 4]


def test_the_table_of_prompts(example: ModuleType) -> None:
    rows = [line.split()[-2:] for line in example.output.splitlines()[-3:]]
    assert rows == [["0", "12"], ["0", "0"], ["0", "0"]]
