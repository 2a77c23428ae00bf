"""examples/reduction_ladder.py, against threads and banks in loops, a sort, and exact sums of exponentials."""

from __future__ import annotations

import math
import struct
from collections import Counter, defaultdict
from types import ModuleType

MUTANTS = [
    ("% BANKS", "% (BANKS + 1)", "there is one bank more"),
    ("for words in (into, other, into)", "for words in (into, other)", "the write is free"),
    ("(few, every, 1 << step)", "(every, every, 1 << step)", "the strided tree keeps the idle lanes"),
    ("(few, few, len(few))", "(few, few, 1 << step)", "the halves overlap"),
    ("len(np.unique(threads // WARP)), self", "len(threads), self", "lanes are counted and not warps"),
    ("5 * (THREADS // WARP + 1)", "5 * (THREADS // WARP)", "the sums of the warps are never added"),
    ("block.touch(IDS, IDS)", "block.touch(IDS, 2 * IDS)", "the values are stored at a stride"),
    ("weight * np.exp(m - top)", "weight", "the old sum is not scaled down"),
    ("top = max(m, part.max())", "top = part.max()", "the maximum so far is forgotten"),
    (" * np.exp(part.max() - top)", " * 1.0", "the new part is not scaled down"),
    ("~bits, bits |", "bits, bits |", "negative values are in the wrong order"),
    ("(digits > digit).sum()", "(digits >= digit).sum()", "the bucket itself is counted off, too"),
    ("above >= k", "above > k", "the k-th is looked for one place further"),
    ("left[digits == digit]", "left[digits >= digit]", "larger values stay candidates"),
]


def _work(way: str, step: int) -> list[tuple[int, int, int]]:
    """Thread, the word it adds into, and the word it adds, for one step of a tree over 256 words."""
    gap = 2**step
    if way == "modulo":
        return [(thread, thread, thread + gap) for thread in range(256) if thread % (2 * gap) == 0]
    if way == "strided":
        return [(t, 2 * gap * t, 2 * gap * t + gap) for t in range(256) if 2 * gap * t < 256]
    half = 128 // gap
    return [(thread, thread, thread + half) for thread in range(half)]


def _passes(accesses: list[tuple[int, int]]) -> int:
    """For each warp the most words that meet in one bank, added up."""
    banks: dict[int, Counter[int]] = defaultdict(Counter)
    for thread, word in set(accesses):
        banks[thread // 32][word % 32] += 1
    return sum(max(bank.values()) for bank in banks.values())


def test_the_trees(example: ModuleType) -> None:
    for way in ("modulo", "strided", "sequential"):
        shared = [int(value) for value in example.VALUES]
        issued, passes, active = 0, 8, []
        for step in range(8):
            work = _work(way, step)
            for _, into, other in work:
                shared[into] += shared[other]
            lanes = Counter(thread // 32 for thread, _, _ in work)
            active.append([lanes[warp] for warp in range(8)])
            issued += len(lanes)
            passes += 2 * _passes([(t, into) for t, into, _ in work]) + _passes([(t, other) for t, _, other in work])
        block = example.WAYS[way]
        assert [int(word) for word in block.shared] == shared
        assert shared[0] == sum(int(value) for value in example.VALUES)
        assert (block.issued, block.passes, block.barriers, block.active) == (issued, passes, 8, active)


def test_the_shuffles(example: ModuleType) -> None:
    """Halving 32 lanes takes five steps, in eight warps and once more; eight words are written and read together."""
    block, total, values = example.WAYS["shuffle"], 0, [int(value) for value in example.VALUES]
    steps = int(math.log2(32))
    for warp in range(8):
        lanes = values[32 * warp : 32 * warp + 32]
        for _ in range(steps):
            lanes = [a + b for a, b in zip(lanes[::2], lanes[1::2], strict=True)]
        total += lanes[0]
    assert (block.issued, block.passes, block.barriers) == (steps * 8 + steps, 8 + 1, 1)
    assert int(block.shared[0]) == total


def test_the_merged_softmax(example: ModuleType) -> None:
    row = [float(value) for value in example.ROW]
    assert float(example.m) == max(row)
    assert math.isclose(float(example.weight), math.fsum(math.exp(value - max(row)) for value in row), rel_tol=1e-12)


def _key(value: float) -> int:
    """The bits of a float so that integers order as floats do."""
    bits = int(struct.unpack("<I", struct.pack("<f", value))[0])
    return bits ^ 0xFFFFFFFF if bits >> 31 else bits ^ 0x80000000


def test_the_threshold(example: ModuleType) -> None:
    few = example.LOGITS[:3000]
    keys = sorted((_key(float(value)) for value in few), reverse=True)
    for k in (1, 2, 50, 1500, 2990, 3000):
        given, looked = example.threshold(few, k)
        assert int(given) == keys[k - 1]
        assert looked == [3000, *(sum(key >> cut == keys[k - 1] >> cut for key in keys) for cut in (21, 10))]


def test_what_is_printed(example: ModuleType) -> None:
    lines = example.output.splitlines()
    for way, line in zip(("modulo", "strided", "sequential", "shuffle"), lines[1:5], strict=True):
        block = example.WAYS[way]
        assert line.split() == [way, f"{block.issued}", f"{block.passes}", f"{block.barriers}", "True"]
    assert lines[6].endswith("merged from 64 parts: True")
    assert lines[7] == f"the 50th of 128,256: True, values still in play: {example.looked}"
