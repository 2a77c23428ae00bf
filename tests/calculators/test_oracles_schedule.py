"""Scheduling: against a simulator of requests in a queue, event by event, in exact fractions of a millisecond."""

from __future__ import annotations

import statistics
from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import assume, given

from tests.calculators.inputs import (
    Narrower,
    Settings,
    agree,
    at_random,
    exact,
    exact_list,
    examples,
    presets,
    result,
    settings_of,
)

Times = list[Fraction]
Span = tuple[int, Fraction, Fraction, bool]
"""A request's row, the begin and end of a step that served it, and whether it read of the prompt."""


@dataclass
class Request:
    """One request and what became of it."""

    row: int
    """Its place in the list."""
    arrival: Fraction
    prompt: int
    wanted: int
    read: int = 0
    given: Times = field(default_factory=list)
    """When each of its tokens came."""

    @property
    def claim(self) -> int:
        """The KV cache that it may come to hold."""
        return self.prompt + self.wanted

    @property
    def unread(self) -> int:
        return self.prompt - self.read

    @property
    def done(self) -> bool:
        return len(self.given) == self.wanted


@dataclass
class Engine:
    """Serves requests in the order of their arrival, step by step."""

    mode: str
    seats: int
    budget: int
    capacity: int
    base: Fraction
    per_read: Fraction
    per_decode: Fraction
    now: Fraction = Fraction(0)
    steps: int = 0
    near: Fraction = Fraction(10**9)
    """How close a step's end came to an arrival: floats may tell the two apart wrongly."""
    spans: list[Span] = field(default_factory=list)
    """What each step did for each request, in the order of the list."""
    running: list[Request] = field(default_factory=list)

    def admit(self, queue: deque[Request]) -> None:
        """Lets requests in while there is a seat and room; a static batch only once the one before is done."""
        if self.mode == "static" and self.running:
            return
        while queue and queue[0].arrival <= self.now:
            held = sum(request.claim for request in self.running)
            if len(self.running) == self.seats or held + queue[0].claim > self.capacity:
                return
            self.running.append(queue.popleft())

    def readings(self) -> list[tuple[Request, int]]:
        """What the step reads of each prompt: all of it, or of the budget what decoding leaves."""
        left = self.budget - sum(not request.unread for request in self.running)
        taken = []
        for request in self.running:
            part = min(request.unread, max(left, 0)) if self.mode == "chunked" else request.unread
            left -= part
            if part:
                taken.append((request, part))
        return taken

    def step(self) -> None:
        """Reads and decodes once; where prompts are not cut into chunks, decoding waits for reading."""
        readings = self.readings()
        decoding = [request for request in self.running if not request.unread]
        if readings and self.mode != "chunked":
            decoding = []
        tokens, begin = sum(part for _, part in readings), self.now
        self.now += self.base + self.per_read * tokens + self.per_decode * len(decoding)
        self.steps += 1
        served = [(request.row, True) for request, _ in readings] + [(request.row, False) for request in decoding]
        self.spans += [(row, begin, self.now, reading) for row, reading in sorted(served)]
        for request, part in readings:
            request.read += part
        for request in [*decoding, *(request for request, _ in readings if not request.unread)]:
            request.given.append(self.now)
        self.running = [request for request in self.running if not request.done]

    def serve(self, requests: list[Request]) -> None:
        queue = deque(sorted(requests, key=lambda request: request.arrival))
        while queue or self.running:
            if not self.running:
                self.now = max(self.now, queue[0].arrival)
            self.admit(queue)
            self.step()
            self.near = min([self.near, *(abs(self.now - request.arrival) for request in queue)])


def percentile(times: Times, percent: int) -> Fraction:
    """The percentile of the standard library, the ends being the least and the most."""
    if len(times) < 2:
        return times[0] if times else Fraction(0)
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def served(given: Settings) -> tuple[list[Request], Engine]:
    columns = (exact_list(given[name]) for name in ("arrivals", "prompts", "outputs"))
    requests = [
        Request(row, arrival, int(prompt), int(wanted))
        for row, (arrival, prompt, wanted) in enumerate(zip(*columns, strict=True))
    ]
    engine = Engine(
        mode=str(given["mode"]),
        seats=int(exact(given["seats"])),
        budget=int(exact(given["budget"])),
        capacity=int(exact(given["kv_tokens"])),
        base=exact(given["base"]),
        per_read=exact(given["prefill_cost"]) / 1000,
        per_decode=exact(given["decode_cost"]) / 1000,
    )
    engine.serve(requests)
    return requests, engine


def outcome(requests: list[Request], engine: Engine) -> dict[str, Fraction]:
    """The outputs in seconds."""
    waits = [request.given[0] - request.arrival for request in requests]
    gaps = [
        after - before for request in requests for before, after in zip(request.given, request.given[1:], strict=False)
    ]
    tokens = sum(request.wanted for request in requests)
    return {
        "rate": tokens / (engine.now / 1000),
        "ttft": percentile(waits, 50) / 1000,
        "ttft_worst": max(waits) / 1000,
        "itl": percentile(gaps, 50) / 1000,
        "itl_high": percentile(gaps, 99) / 1000,
        "itl_worst": max(gaps, default=Fraction(0)) / 1000,
        "total": engine.now / 1000,
        "occupied": Fraction(tokens, engine.steps * engine.seats),
    }


MODES = pytest.mark.parametrize("mode", ["static", "continuous", "chunked"])
BUSY: dict[str, Narrower] = {
    "arrivals": (0, 3000),
    "prompts": (1, 4000),
    "outputs": (1, 12),
    "budget": (256, 2000),
    "kv_tokens": (4012, 9000),
    "base": (1, 100),
}
"""Requests that meet, and at times fill the seats or the cache, which holds at least the largest of them."""

TIGHT: dict[str, Narrower] = {**BUSY, "prompts": (1, 20), "outputs": (1, 20), "kv_tokens": (40, 90), "seats": (4, 12)}
"""Requests for whose outputs the cache has to have room too."""


def in_order(given: Settings, mode: str) -> Settings:
    return {**given, "mode": mode, "arrivals": [float(time) for time in sorted(exact_list(given["arrivals"]))]}


def agree_with(requests: list[Request], engine: Engine, given: Settings) -> None:
    """Fails unless the calculator's outputs and its timeline are those of the engine."""
    values = agree("schedule", given, outcome(requests, engine)).values
    columns = [values[f"all_{name}"] for name in ("row", "begin", "finish", "reading")]
    timeline = [span for span in zip(*map(exact_list, columns), strict=True) if span[0] >= 0]
    assert [(span[0], bool(span[3])) for span in timeline] == [(span[0], span[3]) for span in engine.spans]
    ends = [float(time) for span in engine.spans for time in span[1:3]]
    assert [float(time) * 1000 for span in timeline for time in span[1:3]] == pytest.approx(ends)


@MODES
@given(settings_of("schedule", **BUSY))
@examples(25)
def test_schedule_served_from_a_queue(mode: str, given: Settings) -> None:
    given = in_order(given, mode)
    requests, engine = served(given)
    assume(engine.near > engine.now / 10**9)
    agree_with(requests, engine, given)


@MODES
@pytest.mark.parametrize("narrower", [BUSY, TIGHT], ids=["busy", "tight"])
def test_schedule_of_crowds_served_from_a_queue(mode: str, narrower: dict[str, Narrower]) -> None:
    for drawn in at_random("schedule", 15, seed=19, **narrower):
        given = in_order(drawn, mode)
        requests, engine = served(given)
        assert engine.near > engine.now / 10**9, "floats may take the end of a step for before or after an arrival"
        agree_with(requests, engine, given)


@MODES
def test_schedule_serves_who_came_first_wherever_it_stands_in_the_list(mode: str) -> None:
    given: Settings = {"mode": mode, "arrivals": [3, 0, 1, 2], "prompts": [9, 90, 900, 9], "outputs": [2, 9, 3, 2]}
    given |= {"seats": 1, "budget": 256, "kv_tokens": 1000, "base": 1, "prefill_cost": 1, "decode_cost": 1}
    agree("schedule", given, outcome(*served(given)))


def test_a_request_that_comes_as_a_step_ends_is_served_in_the_next() -> None:
    given: Settings = {"mode": "chunked", "arrivals": [0, 50], "prompts": [1, 1], "outputs": [20, 2], "seats": 2}
    given |= {"budget": 256, "kv_tokens": 1000, "base": 5, "prefill_cost": 0, "decode_cost": 0}
    assert served(given)[0][1].given[0] == 55
    assert result("schedule", given).outputs["ttft_worst"] == pytest.approx(5e-3)


def test_a_request_that_just_fits_is_served() -> None:
    given: Settings = {"arrivals": [0, 0], "prompts": [8192, 512], "outputs": [10, 200], "seats": 2, "kv_tokens": 8202}
    agree_with(*served({**presets("schedule"), **given}), given)


def test_a_request_that_never_fits_and_lists_of_different_lengths_give_nothing() -> None:
    given: Settings = {"arrivals": [0, 0], "prompts": [100, 50], "outputs": [20, 10]}
    assert result("schedule", {**given, "kv_tokens": 119}).notes == ("no_room",)
    assert result("schedule", {**given, "kv_tokens": 120}).notes == ()
    assert result("schedule", {"arrivals": [0]}).notes == ("uneven",)
