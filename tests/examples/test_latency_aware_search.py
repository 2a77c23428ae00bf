"""examples/latency_aware_search.py, against sums in nanoseconds and searches that join two halves of a network."""

from __future__ import annotations

import bisect
import math
import random
from types import ModuleType

MUTANTS = [
    ("for count in weights]", "for count in weights[-1:]]", "the depthwise kernel is left out"),
    ("LAUNCH + max(", "max(", "starting a kernel is free"),
    ("LATENCY <= LATENCY_CAP", "FLOPS <= FLOPS_CAP", "the latency cap is on FLOPs"),
    ("(LATENCY / LATENCY_CAP) ** W", "(LATENCY / LATENCY_CAP) ** -W", "the reward pays for being slow"),
    ("choice(within, tried)", "choice(SCORE, tried)", "random search leaves the cap out"),
]
Cost = tuple[float, float, float]


def _stage(channels: int, side: int) -> list[Cost]:
    """Worth, FLOPs and nanoseconds of each choice at 10,000 FLOPs and 200 bytes a nanosecond."""
    found: list[Cost] = []
    for separable in (False, True):
        for half_widths in (1, 2, 3):
            wide = channels * half_widths // 2
            pixels, kernels = side * side, [9 * wide * wide] if not separable else [9 * wide, wide * wide]
            time = sum(10_000 + max(2 * k * pixels / 10_000, (2 * k + 4 * wide * pixels) / 200) for k in kernels)
            work = sum(2 * k * pixels for k in kernels)
            worth = half_widths / 2 * (0.6 if separable else 1)
            found += [(depth * worth, depth * work, depth * time) for depth in range(1, 7)]
    return found


def _pairs(one: list[Cost], other: list[Cost]) -> list[Cost]:
    return [(a[0] + b[0], a[1] + b[1], a[2] + b[2]) for a in one for b in other]


STAGES = [_stage(64, 56), _stage(128, 28), _stage(256, 14), _stage(512, 7)]
FRONT, BACK = _pairs(*STAGES[:2]), _pairs(*STAGES[2:])


def _score(worth: float) -> float:
    return 62 + 5.5 * math.log(worth)


def _best_under(cap: float, cost: int) -> float:
    """The most worth whose cost is within the cap: each front half with the best back half that is left room for."""
    back = sorted(BACK, key=lambda c: c[cost])
    limits, most = [c[cost] for c in back], [0.0]
    for c in back:
        most.append(max(most[-1], c[0]))
    sums = [(front[0], most[bisect.bisect_right(limits, cap - front[cost])]) for front in FRONT]
    return max(a + b for a, b in sums if b)


def _undominated(half: list[Cost]) -> list[Cost]:
    kept: list[Cost] = []
    for c in sorted(half, key=lambda c: (c[2], -c[0])):
        if not kept or c[0] > kept[-1][0]:
            kept.append(c)
    return kept


def _rows(output: str) -> dict[str, list[str]]:
    return {line[:24].strip(): line[24:].split() for line in output.splitlines()[1:5]}


def test_a_block_by_hand(example: ModuleType) -> None:
    """3 x 3 over 64 channels of 56 x 56: 231 MFLOP, 23.1 us and a launch; separable, 12.7 % of it in two launches."""
    worth, flops, seconds = example.costs("dense", 1.0, 2, (64, 56))
    assert (worth, flops) == (2, 2 * 231_211_008) and math.isclose(seconds, 2 * 33.1211008e-6)
    worth, flops, seconds = example.costs("separable", 1.0, 1, (64, 56))
    moved = 2 * (576 + 2 * 64 * 3136) + 2 * (4096 + 2 * 64 * 3136)
    assert flops == 2 * (576 + 4096) * 3136 and math.isclose(seconds, 20e-6 + moved / 200e9)


def test_all_networks_are_there_once(example: ModuleType) -> None:
    assert len(example.SCORE) == 36**4
    assert math.isclose(example.WHOLE[:, 2].sum(), 36**3 * sum(c[2] for stage in STAGES for c in stage) / 1e9)


def test_what_each_goal_chooses(example: ModuleType) -> None:
    rows = _rows(example.output)
    assert rows["score alone"][0] == f"{_score(36):.1f}"
    for name, cap, cost in (("FLOPs <= 1.2 G", 1.2e9, 1), ("latency <= 300 us", 300_000, 2)):
        score, gflop, micros = map(float, rows[name][:3])
        assert abs(score - _score(_best_under(cap, cost))) <= 0.05001
        assert (gflop if cost == 1 else micros) <= cap / (1e9 if cost == 1 else 1000)
    halves = [(a, b) for a in _undominated(FRONT) for b in _undominated(BACK)]
    best = max(halves, key=lambda ab: _score(ab[0][0] + ab[1][0]) * ((ab[0][2] + ab[1][2]) / 300_000) ** -0.07)
    printed = rows["score x (t/300us)^-0.07"]
    assert printed[0] == f"{_score(best[0][0] + best[1][0]):.1f}"
    assert printed[2] == f"{(best[0][2] + best[1][2]) / 1000:.0f}"


def test_a_cap_on_flops_is_no_cap_on_latency(example: ModuleType) -> None:
    rows = _rows(example.output)
    assert float(rows["FLOPs <= 1.2 G"][2]) > 2 * 300 and rows["FLOPs <= 1.2 G"][3] == "0"


def test_random_search_by_another_generator(example: ModuleType) -> None:
    draw, best = random.Random(5), _score(_best_under(300_000, 2))

    def one() -> float:
        network = [draw.choice(stage) for stage in STAGES]
        return _score(sum(c[0] for c in network)) if sum(c[2] for c in network) <= 300_000 else 0

    for line, (tried, allowed) in zip(
        example.output.splitlines()[-4:-1], ((10, 12), (100, 0.5), (1000, 0.3)), strict=True
    ):
        found = [max(one() for _ in range(tried)) for _ in range(50)]
        assert line.split()[0] == f"{tried:,}" and line.endswith(f"best of all {best:.1f}")
        assert abs(float(line.split()[2].rstrip(",")) - sum(found) / 50) < allowed
