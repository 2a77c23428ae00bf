"""examples/stream_failover.py, against a sampler in loops, the law of a uniform wait, and sums over binomial laws."""

from __future__ import annotations

import math
import random
from functools import cache
from types import ModuleType

import numpy as np
import pytest

MUTANTS = [
    ("place = len(tokens) - len(PROMPT)", "place = 0", "each place draws the same"),
    ("second.random(DIES)", "second.random(DIES - 1)", "the generator is one draw behind"),
    ("99 if how", "SEED if how", "all replicas draw the same"),
    ("emit(first, OUTPUT, how, second)", "emit(PROMPT, OUTPUT, how, second)", "the stream begins again"),
    ("0.8**age * EMBED[token]", "EMBED[token]", "the order of the tokens does not matter"),
    ("if a != b), OUTPUT)", "if a == b), OUTPUT)", "the first place that agrees is reported"),
    ("{DIES + OUTPUT} if retried", "{OUTPUT} if retried", "a retry computes nothing twice"),
    ("10 - since + 2 * 10 + 3", "10 - since + 10 + 3", "two probes are enough"),
    ("return noticed + 0.0739", "return noticed", "another replica prefills in no time"),
    ("np.quantile(gap(how), 0.99)", "np.quantile(gap(how), 0.9)", "p90 is printed as p99"),
    ("1.96 * spread", "1.64 * spread", "the test is one-sided"),
    ("2 * mean * (1 - mean) / size", "mean * (1 - mean) / size", "one arm has no spread"),
    ("np.full(count, 1.0)", "np.full(count, 2.0)", "the threshold is 2 s"),
    (".cumsum(axis=1)", ".astype(int)", "each look sees its own part alone"),
    ("for rate in (bad, 0.01)]", "for rate in (bad, 0.011)]", "the control is worse than it is"),
]
HOWS = ("greedy", "each replica's generator", "same seed, restarted", "same seed, advanced", "keyed by position")


def _next(example: ModuleType, tokens: list[int], u: float | None) -> int:
    """The next token in loops: the likeliest, or the first whose cumulated probability reaches u."""
    embed, head = example.EMBED.tolist(), example.HEAD.tolist()
    state = [0.0] * 16
    weight = 1.0
    for token in tokens[: -13 if len(tokens) > 12 else None : -1]:
        state = [s + weight * e for s, e in zip(state, embed[token], strict=True)]
        weight *= 0.8
    odds = [math.exp(sum(s * head[i][t] for i, s in enumerate(state)) / 3) for t in range(64)]
    if u is None:
        return odds.index(max(odds))
    left = u * sum(odds)
    for token, share in enumerate(odds):
        left -= share
        if left <= 0:
            return token
    raise AssertionError


def _stream(example: ModuleType, draws: list[float | None]) -> list[int]:
    tokens = list(example.PROMPT)
    for u in draws:
        tokens.append(_next(example, tokens, u))
    return tokens[40:]


def _draws(how: str, dies: int | None) -> list[float | None]:
    """The random numbers that the 300 tokens are drawn with, when a replica dies after some of them, or none does."""
    if how == "greedy":
        return [None] * 300
    if how == "keyed by position":
        return [np.random.default_rng([7, place]).random() for place in range(300)]
    own = np.random.default_rng(7).random(300).tolist()
    if dies is None or how == "same seed, advanced":
        return list(own)
    other = np.random.default_rng(99 if how == "each replica's generator" else 7).random(300).tolist()
    return own[:dies] + other[: 300 - dies]


def test_the_streams(example: ModuleType) -> None:
    lines = example.output.splitlines()[2:7]
    for how, line in zip(HOWS, lines, strict=True):
        whole, after = _stream(example, _draws(how, None)), _stream(example, _draws(how, 117))
        assert example.resumed(how) == (whole, after)
        same = next((at for at in range(300) if whole[at] != after[at]), 300)
        assert line.split()[-2:] == ["yes" if whole == after else "no", str(same)]
        assert line.startswith(how)
    assert "300 without a failure, 417 if retried, 300 if resumed" in example.output


def test_the_gaps(example: ModuleType) -> None:
    """The next probe comes after 0 to 10 s, two more follow, and the last one takes 3 s to time out."""
    prefill = 2 * (6.98e9 * 2500 + 0.525e9) / 494.5e12 + 2 * 32 * 4096 * 2500**2 / 494.5e12
    lines = example.output.splitlines()[9:12]
    for line, mean, late in zip(lines, (28, 1, 0.01), (32.9, 1, 0.01), strict=True):
        words = line.replace(",", "").split()
        assert float(words[-5]) == pytest.approx(mean + prefill, abs=0.05)
        assert float(words[-2]) == pytest.approx(late + prefill, abs=0.05)
    assert example.gap("stall").max() == pytest.approx(1 + prefill, abs=1e-4)


@cache
def _law(size: int, rate: float) -> list[float]:
    """The binomial law, as far as it matters."""
    most = int(size * rate + 8 * math.sqrt(size * rate)) + 1
    logs = [math.lgamma(size + 1) - math.lgamma(k + 1) - math.lgamma(size - k + 1) for k in range(most)]
    return [math.exp(log + k * math.log(rate) + (size - k) * math.log1p(-rate)) for k, log in enumerate(logs)]


@cache
def _rejected(size: int, bad: float) -> float:
    """The probability that the two counts differ by more than 1.96 deviations of their pooled rate."""
    total = 0.0
    for x, px in enumerate(_law(size, bad)):
        for y, py in enumerate(_law(size, 0.01)):
            mean = (x + y) / 2 / size
            if abs(x - y) / size > 1.96 * math.sqrt(2 * mean * (1 - mean) / size):
                total += px * py
    return total


@cache
def _looked(drift: float) -> float:
    """The share of random walks of ten steps that leave 1.96 standard deviations at any of them."""
    rng, found = random.Random(0), 0
    for _ in range(20_000):
        at = 0.0
        for step in range(1, 11):
            at += rng.gauss(drift / math.sqrt(10), 1)
            if abs(at) > 1.96 * math.sqrt(step):
                found += 1
                break
    return found / 20_000


def test_the_canaries(example: ModuleType) -> None:
    lines = example.output.splitlines()[14:]
    for size, line in zip((1000, 4000, 8000, 16000), lines, strict=True):
        told = [int(word.rstrip("%")) / 100 for word in line.split()[1:]]
        drift = 0.005 / math.sqrt(2 * 0.0125 * 0.9875 / size)
        assert told[0] == pytest.approx(_rejected(size, 0.015), abs=0.03)
        assert told[2] == pytest.approx(_rejected(size, 0.01), abs=0.015)
        assert told[1] == pytest.approx(_looked(drift), abs=0.06 if size == 1000 else 0.035)
        assert told[3] == pytest.approx(_looked(0.0), abs=0.035)
