"""examples/ttft_blame.py, against requests served one by one, and the law of the M/G/1 wait."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np

MUTANTS = [
    ("took[:-1] - np.diff(arrive)", "np.diff(arrive) - took[:-1]", "the queue grows when requests come rarely"),
    ("np.minimum(backlog, 0)", "np.maximum(backlog, 0)", "a wait can be negative"),
    ("waits(arrive + front + tokenize, prefill)", "waits(arrive, prefill)", "the GPU's queue forgets the front end"),
    ("traffic.hit > LUCK, 0.1, 1", "traffic.hit > LUCK, 1, 0.1", "a miss is a hit"),
    ("1000 / traffic.rate", "traffic.rate", "the gap is the rate"),
    ("/ 2048", "/ 1024", "a token takes twice as long"),
    (
        "prompts / 1000 * traffic.tokenize",
        "2 * traffic.tokenize + 0 * prompts",
        "tokenizing does not grow with the prompt",
    ),
    ('now["prefill"].mean() * traffic.rate', 'now["queue"].mean() * traffic.rate', "waiting keeps the GPU busy"),
    ("np.percentile(ttft, 99)", "np.percentile(ttft, 50)", "the p99 is the median"),
]


def _one_by_one(example: ModuleType, traffic: object) -> list[tuple[float, float, float]]:
    """Front end, queue and prefill of each request: a front end and a GPU, each with the time at which it is free."""
    front_free = gpu_free = now = 0.0
    told = []
    for gap, size, luck in zip(example.GAPS, example.SIZES, example.LUCK, strict=True):
        now += gap / traffic.rate * 1000  # type: ignore[attr-defined]
        prompt = size * traffic.prompt  # type: ignore[attr-defined]
        front_free = max(front_free, now) + prompt * traffic.tokenize / 1000  # type: ignore[attr-defined]
        uncached = prompt * (0.1 if luck < traffic.hit else 1.0)  # type: ignore[attr-defined]
        begin = max(gpu_free, front_free)
        gpu_free = begin + uncached * 57.82 / 2048
        told.append((front_free - now, begin - front_free, gpu_free - begin))
    return told


def test_each_part_of_each_request(example: ModuleType) -> None:
    for traffic in example.INCIDENTS.values():
        mine = np.array(list(example.parts(traffic).values())).T
        assert np.allclose(mine, _one_by_one(example, traffic), atol=1e-6)


def test_the_queue_by_pollaczek_and_khinchine(example: ModuleType) -> None:
    """With a front end that takes no time, the GPU's queue is M/G/1: λ E[S²] / 2(1 - ρ), within a tenth."""
    traffic = example.replace(example.INCIDENTS["before"], tokenize=0.0, rate=12)
    told = example.parts(traffic)
    rate, service = 12 / 1000, told["prefill"]
    wait = rate * np.mean(service**2) / 2 / (1 - rate * service.mean())
    assert math.isclose(told["queue"].mean(), wait, rel_tol=0.1)


def test_the_printed_table(example: ModuleType) -> None:
    lines = example.output.splitlines()[1:-1]
    base = np.array(_one_by_one(example, example.INCIDENTS["before"])).mean(axis=0)
    wanted = {"more load": "rate", "hit rate fell": "hit", "longer prompts": "prompt", "slow front end": "tokenize"}
    for (name, traffic), line in zip(example.INCIDENTS.items(), lines, strict=True):
        told = np.array(_one_by_one(example, traffic))
        mean = told.mean(axis=0)
        p99 = sorted(told.sum(axis=1))
        place = 0.99 * (len(p99) - 1)
        low = p99[int(place)] + (place - int(place)) * (p99[int(place) + 1] - p99[int(place)])
        printed = line.removeprefix(name).split()
        assert printed[:5] == [
            *(f"{value:.0f}" for value in mean),
            f"{low:.0f}",
            f"{mean[2] * traffic.rate / 1000:.0%}",
        ]
        if name != "before":
            grown = ("front end", "queue", "prefill")[int(np.argmax(mean - base))]
            assert " ".join(printed[5:]) == f"{grown} {wanted[name]}"


def test_half_the_load(example: ModuleType) -> None:
    told = np.array(_one_by_one(example, example.replace(example.INCIDENTS["hit rate fell"], rate=9))).mean(axis=0)
    assert example.output.splitlines()[-1].endswith(f"queue {told[1]:.0f} ms, prefill {told[2]:.0f} ms")
