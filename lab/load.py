"""An open-loop load generator: requests are sent when they are due, whether or not the engine keeps up.

A closed loop waits for an answer before it asks again, so a slow engine is asked less, and its latency looks better
than what arriving users would see. Here arrivals are Poisson: the gaps are drawn, once, from an exponential.
"""

from __future__ import annotations

import importlib.util
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

import numpy as np

from miaotui.base.paths import PROBLEMS

Latency = dict[str, Any]
"""What `summarize` gives: percentiles of ttft, tpot, itl and e2e in seconds, tokens_per_s, goodput, attainment."""


@dataclass(frozen=True)
class Call:
    """A request: when it is due, in seconds from the start, its prompt, and the tokens that are wanted."""

    due: float
    prompt: list[int]
    count: int


@dataclass
class Answered:
    """What became of a request: times on one clock."""

    arrival: float
    token_times: list[float] = field(default_factory=list)
    ok: bool = False


def poisson(rate: float, count: int, seed: int) -> list[float]:
    """When `count` requests are due, in seconds, at `rate` requests/s on average; the first at 0."""
    gaps = np.random.default_rng(seed).exponential(1 / rate, count - 1)
    return [0.0, *np.cumsum(gaps).tolist()]


def summarize(answered: list[Answered], slo: dict[str, float]) -> Latency:
    """The measures of question 4, by the solution of the coding problem `latency-summary`."""
    path = PROBLEMS / "latency-summary/solution.py"
    spec = importlib.util.spec_from_file_location("latency_summary", path)
    assert spec and spec.loader
    solution = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(solution)
    requests = [{"arrival": each.arrival, "token_times": each.token_times, "ok": each.ok} for each in answered]
    found: Latency = solution.summarize(requests, slo)
    return found


def tokens_of(lines: Iterator[bytes]) -> Iterator[float]:
    """The time at which each token came, from the lines of a stream of server-sent events."""
    for line in lines:
        if line.startswith(b"data: ") and not line.startswith(b"data: [DONE]"):
            event = json.loads(line[6:])
            if event.get("tokens") or (event.get("content") and not event.get("stop")):
                yield time.perf_counter()


def ask(host: str, call: Call, answered: Answered) -> None:
    """Sends the request and notes when its tokens come. A failure leaves `ok` False."""
    body = {
        "prompt": call.prompt,
        "n_predict": call.count,
        "stream": True,
        "temperature": 0,
        "ignore_eos": True,
        "return_tokens": True,
        "cache_prompt": False,
    }
    connection = HTTPConnection(host, timeout=600)
    try:
        connection.request("POST", "/completion", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        answered.token_times.extend(tokens_of(iter(response.readline, b"")))
        answered.ok = response.status == 200 and bool(answered.token_times)
    except OSError:
        answered.ok = False
    finally:
        connection.close()


# --8<-- [start:drive]
def drive(host: str, calls: list[Call]) -> list[Answered]:
    """Sends each request when it is due, and waits for the last to end."""
    begin = time.perf_counter()
    answered = [Answered(begin + call.due) for call in calls]
    threads = [threading.Thread(target=ask, args=(host, *pair)) for pair in zip(calls, answered, strict=True)]
    for call, thread in zip(calls, threads, strict=True):
        time.sleep(max(0.0, begin + call.due - time.perf_counter()))
        thread.start()
    for thread in threads:
        thread.join()
    return answered


# --8<-- [end:drive]
