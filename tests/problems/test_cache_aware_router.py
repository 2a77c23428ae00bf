"""problems/cache-aware-router: against a model of whole prefixes and times of use, and what its policy promises."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("cache-aware-router")


class Model:
    """Replicas as arrays: when each prefix was last used there, and which requests run there."""

    def __init__(self, size: int, capacity: int, weight: float) -> None:
        self.size, self.capacity, self.weight = size, capacity, weight
        self.used: dict[int, dict[tuple[int, ...], int]] = {}
        self.running: dict[int, dict[int, int]] = {}
        self.clock = 0

    def route(self, request: int, tokens: list[int]) -> int:
        prefixes = [tuple(tokens[:end]) for end in range(self.size, len(tokens) + 1, self.size)]
        names = np.array(list(self.running))
        hits = np.zeros(len(names))
        for at, name in enumerate(names):
            known = [prefix in self.used[name] and len(prefix) < len(tokens) for prefix in prefixes]
            hits[at] = self.size * int(np.logical_and.accumulate(np.array(known, dtype=bool)).sum())
        costs = self.weight * (len(tokens) - hits) + [sum(self.running[name].values()) for name in names]
        # The last key of lexsort counts most, and equal ones keep their order.
        name = int(names[np.lexsort((-hits, costs))[0]])
        for prefix in reversed(prefixes):
            self.clock += 1
            self.used[name][prefix] = self.clock
        kept = sorted(self.used[name].items(), key=lambda item: -item[1])[: self.capacity]
        self.used[name] = dict(kept)
        self.running[name][request] = len(tokens)
        return name


def _traffic(seed: int) -> Any:
    draw = np.random.default_rng(seed)
    settings = int(draw.integers(1, 4)), int(draw.integers(0, 10)), float(draw.integers(0, 7)) / 2
    return draw, settings


@pytest.mark.parametrize("seed", range(40))
def test_routes_as_a_model_of_prefixes_does(seed: int) -> None:
    draw, settings = _traffic(seed)
    router, model = SOLUTION.Router(*settings), Model(*settings)
    for name in range(3):
        router.add(name)
        model.used[name], model.running[name] = {}, {}
    for request in range(80):
        tokens = [int(draw.integers(2))] * int(draw.integers(1, 8)) + draw.integers(
            0, 2, int(draw.integers(4))
        ).tolist()
        assert router.route(request, tokens) == model.route(request, tokens)
        for name, running in model.running.items():
            if running and draw.random() < 0.4:
                done = int(draw.choice(list(running)))
                router.finish(done)
                del running[done]
            stats = {"requests": len(running), "load": sum(running.values()), "blocks": len(model.used[name])}
            assert router.stats(name) == stats


@pytest.mark.parametrize("weight", [0, 1, 2, 8])
def test_a_hot_prefix_never_costs_more_imbalance_than_its_hit_is_worth(weight: int) -> None:
    router = SOLUTION.Router(4, 100, weight)
    for name in "abcd":
        router.add(name)
    for request in range(100):
        router.route(request, [*range(16), request])
        loads = [router.stats(name)["load"] for name in "abcd"]
        assert max(loads) - min(loads) <= weight * 16 + 17
