"""Measures the scheduler: static and continuous batching, chunks of prefill, shared prefixes, prompt lookup."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from lab.bench import Bench, timed
from lab.engine.paged import BlockPool
from lab.engine.prefix import PrefixPool
from lab.engine.scheduler import Limits, Request, Scheduler
from lab.engine.speculative import eight, generate
from lab.machine import clock
from lab.record import Measurement, Pair

SEATS, BUDGET, BLOCK = 4, 256, 16
SHORT = 3
"""Requests that are being answered when the long prompt comes."""


@dataclass(frozen=True)
class Times:
    """When each token of each request came, in seconds from the request's arrival."""

    ttft: list[float]
    gaps: list[float]
    """Between two tokens, of all requests."""
    total: float


def _served(scheduler: Scheduler, coming: list[tuple[int, Request]]) -> Times:
    """Runs requests that arrive before the step of their number, each at the time at which that step begins."""
    begin = clock()
    arrived: dict[Request, float] = {}
    came: dict[Request, list[float]] = {}
    waiting, at = sorted(coming, key=lambda pair: pair[0]), 0
    while waiting or scheduler.busy:
        while waiting and waiting[0][0] <= at:
            request = waiting.pop(0)[1]
            scheduler.add(request)
            arrived[request], came[request] = clock(), []
        got = scheduler.step()
        now = clock()
        for request in got:
            came[request].append(now)
        at += 1
    gaps = [after - before for times in came.values() for before, after in pairwise(times)]
    return Times([came[each][0] - arrived[each] for each in arrived], gaps, clock() - begin)


def _pool(bench: Bench, tokens: int) -> BlockPool:
    return BlockPool(bench.model.config, -(-tokens // BLOCK), BLOCK)


def continuous_batching(bench: Bench) -> Measurement:
    """The same requests, all there from the start, in static batches and in continuous ones."""
    found, text = Measurement("continuous-batching"), bench.text()
    prompts = [24 + 40 * (at % 3) for at in range(bench.amount.requests)]
    outputs = [(8, 16, 64, 24, 12, 48)[at % 6] // (1 if bench.amount.repeats > 3 else 2) for at in range(len(prompts))]
    for mode in ("static", "continuous"):
        expected = bench.predict.schedule(
            "rate",
            "static" if mode == "static" else "chunked",
            arrivals=[0] * len(prompts),
            prompts=prompts,
            outputs=outputs,
            seats=SEATS,
            budget=BUDGET,
        )
        limits = Limits(SEATS, BUDGET if mode == "continuous" else SEATS * max(prompts), static=mode == "static")
        scheduler = Scheduler(bench.model, _pool(bench, SEATS * 256), limits)
        requests = [
            Request(text[7 * at : 7 * at + size], count)
            for at, (size, count) in enumerate(zip(prompts, outputs, strict=True))
        ]
        served = _served(scheduler, [(0, request) for request in requests])
        steps = scheduler.stats["steps"]
        found.add(
            mode=mode,
            steps=steps,
            seats_used=sum(outputs) / (steps * SEATS),
            rate=Pair(expected, sum(outputs) / served.total),
        )
    return found


def chunked_prefill(bench: Bench) -> Measurement:
    """A long prompt that comes while others are being answered: its TTFT, and the longest gap of the others."""
    found, text = Measurement("chunked-prefill"), bench.text()
    long, outputs, before = 2 * bench.amount.prompt, 24, 4
    for budget in (256, 512, 1024)[: 2 if bench.amount.repeats <= 3 else 3]:
        begun = before * bench.predict.batch_step(SHORT, 16) * 1e3
        trace = {
            "arrivals": [0] * SHORT + [round(begun, 3)],
            "prompts": [16] * SHORT + [long],
            "outputs": [outputs] * SHORT + [4],
            "seats": SHORT + 1,
            "budget": budget,
        }
        scheduler = Scheduler(bench.model, _pool(bench, long + 512), Limits(SHORT + 1, budget))
        coming = [(0, Request(text[9 * at : 9 * at + 16], outputs)) for at in range(SHORT)]
        served = _served(scheduler, [*coming, (before, Request(text[:long], 4))])
        found.add(
            budget=budget,
            prompt=long,
            ttft=Pair(bench.predict.schedule("ttft_worst", "chunked", **trace), served.ttft[-1]),
            itl=Pair(bench.predict.schedule("itl_worst", "chunked", **trace), max(served.gaps)),
        )
    return found


def prefix_caching(bench: Bench) -> Measurement:
    """TTFT of questions behind the same long prefix, the first of which finds nothing cached."""
    found, text, shared = Measurement("prefix-caching"), bench.text(), bench.amount.prompt
    room = (shared + 64) // BLOCK + 8
    scheduler = Scheduler(bench.model, PrefixPool(bench.model.config, room, BLOCK), Limits(1, shared + 64))
    for at in range(3):
        request = Request([*text[:shared], *text[shared + 40 * at : shared + 40 * at + 20]], 1)
        before = scheduler.stats["cached"]
        taken = _served(scheduler, [(0, request)]).ttft[0]
        cached = scheduler.stats["cached"] - before
        new = len(request.prompt) - cached
        found.add(
            request=at + 1, prompt=len(request.prompt), cached=cached, ttft=Pair(bench.predict.prefill(new), taken)
        )
    return found


def prompt_lookup(bench: Bench) -> Measurement:
    """Tokens per step and speedup of prompt lookup where the answer copies the prompt, and where it does not."""
    found = Measurement("prompt-lookup")
    passage = bench.tokenizer.decode(bench.text()[:70])
    asked = {
        "copying": f"Repeat this text word for word:\n\n{passage}",
        "free": "Write a short story about a lighthouse keeper.",
    }
    for name, question in asked.items():
        prompt, count = bench.tokenizer.chat(question), bench.amount.drafted
        (plain, _), slow = timed(partial(generate, bench.model, prompt, count, draft=_none))
        (made, steps), fast = timed(partial(generate, bench.model, prompt, count, draft=eight))
        assert made == plain
        accepted = sum(good for _, good in steps)
        tested = accepted + sum(good < drafted for drafted, good in steps)
        drafted = round(statistics.mean(each for each, _ in steps))
        found.add(
            text=name,
            acceptance=accepted / tested if tested else 0.0,
            drafted=statistics.mean(each for each, _ in steps),
            tokens_a_step=(count - 1) / len(steps),
            speedup=Pair(bench.predict.speculative(accepted / tested if tested else 0.0, drafted), slow / fast),
        )
    return found


def _none(tokens: list[int], most: int) -> list[int]:
    return []
