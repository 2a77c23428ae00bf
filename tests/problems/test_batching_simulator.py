"""The batching simulator where something else tells what must come out: a queue with one server, a machine without
limits, what is conserved, and that who comes later cannot delay who came before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.problem import load

LIMITLESS = 10**6
Request = tuple[float, int, int]

solution = load("batching-simulator")
# Quarters of seconds: sums of them are exact.
requests = st.tuples(st.integers(0, 80).map(lambda quarters: quarters / 4), st.integers(1, 9), st.integers(1, 9))
traces = st.lists(requests, min_size=1, max_size=8)


def run(reqs: list[Request], budget: int, kv: int, seqs: int) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """The answer, and its steps of one second each."""
    steps: list[tuple[int, int]] = []

    def step_time(prefill_tokens: int, decode_seqs: int) -> float:
        assert len(steps) < 5000, "it does not end"
        steps.append((prefill_tokens, decode_seqs))
        return 1.0

    answer = solution.simulate(reqs, token_budget=budget, kv_tokens=kv, max_seqs=seqs, step_time=step_time)
    return answer, steps


@given(reqs=traces, budget=st.integers(1, 6))
def test_one_seat_is_a_queue_with_one_server(reqs: list[Request], budget: int) -> None:
    answer, _ = run(reqs, budget, LIMITLESS, 1)
    free = 0.0
    for i in sorted(range(len(reqs)), key=lambda i: (reqs[i][0], i)):
        arrival, n_in, n_out = reqs[i]
        first = max(free, arrival) + float(np.ceil(n_in / budget))
        free = first + n_out - 1
        got = answer["requests"][i]
        assert (got["ttft"], got["e2e"]) == (first - arrival, free - arrival)
    window = free - min(arrival for arrival, _, _ in reqs)
    assert answer["tokens_per_s"] == pytest.approx(sum(n_out for _, _, n_out in reqs) / window)


@given(reqs=traces)
def test_without_limits_each_is_served_as_if_alone(reqs: list[Request]) -> None:
    answer, _ = run([(0.0, n_in, n_out) for _, n_in, n_out in reqs], LIMITLESS, LIMITLESS, LIMITLESS)
    for (_, _, n_out), got in zip(reqs, answer["requests"], strict=True):
        tpot = 1.0 if n_out > 1 else None
        assert got == {"ttft": 1.0, "tpot": tpot, "e2e": float(n_out), "preemptions": 0}


@given(reqs=traces, budget=st.integers(1, 12), kv=st.integers(1, 40), seqs=st.integers(1, 5))
def test_nothing_is_lost(reqs: list[Request], budget: int, kv: int, seqs: int) -> None:
    answer, steps = run(reqs, budget, kv, seqs)
    served = [n_in + n_out - 1 <= kv for _, n_in, n_out in reqs]
    assert [got is not None for got in answer["requests"]] == served
    assert all(0 < prefill + decode <= budget and decode <= seqs for prefill, decode in steps)
    kept = [request for request, fits in zip(reqs, served, strict=True) if fits]
    preemptions = sum(got["preemptions"] for got in answer["requests"] if got)
    prefill, decode = np.sum(steps, axis=0) if steps else (0, 0)
    read = sum(n_in for _, n_in, _ in kept)
    written = sum(n_out - 1 for _, _, n_out in kept)
    if not preemptions:
        assert (prefill, decode) == (read, written)
    else:
        # Read again: at least the prompt; and at most one token of each preempted one is not decoded.
        assert prefill > read
        assert written - preemptions <= decode <= written


@given(reqs=traces, kv=st.integers(10, 40), seqs=st.integers(1, 5), late=requests)
def test_later_requests_do_not_delay_earlier_ones(reqs: list[Request], kv: int, seqs: int, late: Request) -> None:
    last = max(arrival for arrival, _, _ in reqs)
    alone, _ = run(reqs, LIMITLESS, kv, seqs)
    together, _ = run([*reqs, (last + late[0], *late[1:])], LIMITLESS, kv, seqs)
    assert together["requests"][:-1] == alone["requests"]
