"""examples/wide_ep.py, against full sorts of the same draws, the least possible maximum, and a heap."""

from __future__ import annotations

import heapq
import math
from itertools import pairwise
from types import ModuleType
from typing import Any

MUTANTS = [
    ("np.argmax(seen / copies)", "np.argmax(seen)", "the most popular expert gets every copy"),
    ("key=lambda e: -share[e]", "key=lambda e: share[e]", "the lightest is placed first"),
    ("(g for g in range(gpus) if len(held[g]) < slots)", "range(gpus)", "a GPU takes more than it has slots for"),
    ("load[gpu] += share[expert]", "load[gpu] += 1", "a placed copy weighs one, whatever its tokens"),
    ("// gpus), seen / copies", "// gpus), seen", "a copy is weighed with all tokens of its expert"),
    ("out = best < ", "out = best > ", "the worst groups are kept"),
    ("-CHOSEN // groups :]", "-1:]", "a group counts by its best expert only"),
    ("np.argpartition(-scores", "np.argpartition(scores", "the worst experts are chosen"),
    ("(free > 0).sum", "(free >= 0).sum", "copies that stay on the node are counted"),
    (" - {0}", " - {-1}", "the token's own node counts as another"),
    ("load.max() / load.mean()", "load.max() / load.min()", "busiest over idlest"),
    ("(spread, step / copies)", "(spread, step)", "each replica takes all tokens of its expert"),
    ("spread = pack(SEEN", "spread = pack(now", "the placing has seen the step that it is judged by"),
    ("16 * gpus", "64 * gpus", "the small step is not small"),
    ("(1 - 0.7**2) ** 0.5", "(1 - 0.7**2)", "popularity is less spread out on the other traffic"),
]


def _route(example: ModuleType, draw: Any, popular: Any, tokens: int, groups: int = 8) -> list[set[int]]:
    """Each token's experts, by sorting one token at a time."""
    scores = popular + draw.gumbel(size=(tokens, 256))
    found = []
    for line in scores.tolist():
        by_group = [line[32 * g : 32 * g + 32] for g in range(8)]
        value = [sum(sorted(group)[-8 // groups :]) for group in by_group]
        kept = sorted(range(8), key=lambda g: value[g])[-groups:]
        allowed = [e for e in range(256) if e // 32 in kept]
        found.append(set(sorted(allowed, key=lambda e: line[e])[-8:]))
    return found


def _loads(chosen: list[set[int]]) -> list[int]:
    counts = [0] * 256
    for mine in chosen:
        for expert in mine:
            counts[expert] += 1
    return counts


def _packed(seen: list[int], copies: list[int], gpus: int) -> list[list[int]]:
    """Heaviest first onto the lightest GPU with room, by a heap from which full GPUs are gone."""
    slots = math.ceil(sum(copies) / gpus)
    jobs = sorted((-seen[e] / copies[e], e) for e in range(256) for _ in range(copies[e]))
    heap = [(0.0, gpu) for gpu in range(gpus)]
    held: list[list[int]] = [[] for _ in range(gpus)]
    for weight, expert in jobs:
        load, gpu = heapq.heappop(heap)
        held[gpu].append(expert)
        if len(held[gpu]) < slots:
            heapq.heappush(heap, (load - weight, gpu))
    return held


def test_the_routing(example: ModuleType) -> None:
    for groups in (8, 4, 2):
        vars(example)["draw"] = example.np.random.default_rng(groups)
        given = example.route(example.POPULAR, 60, groups)
        theirs = _route(example, example.np.random.default_rng(groups), example.POPULAR, 60, groups)
        assert [set(line) for line in given.tolist()] == theirs


def test_replicas_make_the_largest_share_as_small_as_it_can_be(example: ModuleType) -> None:
    """The least level at which the slots suffice is one of the shares that some number of copies gives."""
    seen = example.SEEN.tolist()
    for spare in (0, 7, 32):
        copies = example.replicate(example.SEEN, spare).tolist()
        levels = sorted({load / n for load in seen for n in range(1, spare + 2)})
        enough = [level for level in levels if sum(max(1, math.ceil(load / level)) for load in seen) <= 256 + spare]
        assert sum(copies) == 256 + spare
        assert math.isclose(max(load / n for load, n in zip(seen, copies, strict=True)), enough[0])


def test_the_rows(example: ModuleType) -> None:
    seen = example.SEEN.tolist()
    for gpus in (8, 72):
        vars(example)["draw"] = example.np.random.default_rng(1)
        row, draw = example.row(gpus), example.np.random.default_rng(1)
        now, few, other = (
            _loads(_route(example, draw, popular, tokens * gpus))
            for popular, tokens in ((example.POPULAR, 128), (example.POPULAR, 16), (example.DRIFTED, 128))
        )
        one, copies = [1] * 256, example.replicate(example.SEEN, 32).tolist()
        size, more = divmod(256, gpus)
        starts = [gpu * size + min(gpu, more) for gpu in range(gpus + 1)]
        ordered = [list(range(a, b)) for a, b in pairwise(starts)]
        packed, spread = _packed(seen, one, gpus), _packed(seen, copies, gpus)
        cases = [(ordered, one, now), (packed, one, now), (spread, copies, now), (spread, copies, few)]
        for given, (held, parts, step) in zip(row, [*cases, (spread, copies, other)], strict=True):
            load = [sum(step[e] / parts[e] for e in mine) for mine in held]
            assert math.isclose(given, max(load) * gpus / sum(load), rel_tol=1e-9)


def test_the_other_traffic_is_as_spread_out(example: ModuleType) -> None:
    np = example.np
    assert math.isclose(np.corrcoef(example.POPULAR, example.DRIFTED)[0, 1], 0.7, abs_tol=0.08)
    assert math.isclose(np.std(example.DRIFTED), np.std(example.POPULAR), rel_tol=0.1)


def test_what_is_printed(example: ModuleType) -> None:
    lines = example.output.splitlines()
    for gpus, line in zip(example.WIDTHS, lines[1:6], strict=True):
        assert line.split() == [str(gpus), *(f"{cell:.2f}" for cell in example.TABLE[gpus])]
    for nodes, line in zip((4, 8), lines[8:10], strict=True):
        each, once, limited = (float(word) for word in line.split()[2:])
        missed = math.comb(256 - 256 // nodes, 8) / math.comb(256, 8)  # no expert of a token on a node
        none = math.comb(8 - 8 // nodes, 4) / math.comb(8, 4)  # none of its four groups
        assert math.isclose(each, 8 * (nodes - 1) / nodes, abs_tol=0.05)
        assert math.isclose(once, (nodes - 1) * (1 - missed), abs_tol=0.05)
        assert math.isclose(limited, (nodes - 1) * (1 - none), abs_tol=0.06)
