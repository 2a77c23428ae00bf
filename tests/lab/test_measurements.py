"""The lab's measurements on a tiny model: what they give that does not depend on the machine, and that they all run."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from lab import bench, latency, profile, quality, serving, tables
from lab.engine import gguf, model, sampling
from lab.machine import Rates, described, median_seconds, rates
from lab.predict import Predictor, sizes
from lab.record import Pair
from tests.lab.tiny_model import tiny

AMOUNT = bench.Amount(2, 4, 48, (1, 3), 4, 32, 2, ((8, 0), (4, 8)), (8, 2), (0.5,), 12)


class _Letters:
    """A tokenizer whose tokens are the letters of a text, modulo the vocabulary."""

    def encode(self, text: str) -> list[int]:
        return [ord(letter) % 32 for letter in text]

    def decode(self, tokens: list[int]) -> str:
        return "".join(chr(97 + token) for token in tokens)

    def chat(self, question: str) -> list[int]:
        return self.encode(question)


class _Bench(bench.Bench):
    """Predicts for the real model's sizes: the calculators take none as small as the tiny one's."""

    @property
    def predict(self) -> Predictor:
        return Predictor(sizes(model.Config(30, 576, 9, 3, 1536, 49152)), self.rates)


@pytest.fixture(scope="module")
def made() -> bench.Bench:
    engine = SimpleNamespace(model=model, gguf=gguf, sampling=sampling)
    return _Bench(tiny(engine), _Letters(), Rates(1e10, 1e11), AMOUNT)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found(made: bench.Bench) -> dict[str, list[dict[str, Any]]]:
    """The rows of every measurement."""
    all_ = [profile.where_time_goes, latency.kv_cache, latency.batching, latency.paged, latency.batch_invariance]
    all_ += [serving.continuous_batching, serving.chunked_prefill, serving.prefix_caching, serving.prompt_lookup]
    all_ += [quality.weight_quantization, quality.kv_quantization, quality.attention_sinks, quality.pruning]
    measured = [measure(made) for measure in all_]
    assert all(tables.text(each) and tables.markdown(each, "zh") for each in measured)
    return {each.slug: each.rows for each in measured}


def _pairs(rows: list[dict[str, Any]]) -> Iterator[Pair]:
    return (cell for row in rows for cell in row.values() if isinstance(cell, Pair))


def test_what_is_predicted_and_measured_is_positive(found: dict[str, list[dict[str, Any]]]) -> None:
    for rows in found.values():
        assert all(pair.predicted > 0 and pair.measured > 0 for pair in _pairs(rows))


def test_the_shares_of_a_step_make_it_whole(found: dict[str, list[dict[str, Any]]]) -> None:
    for row in found["where-time-goes"]:
        shares = [row[name] for name in ("products", "attention", "rest")]
        assert sum(shares) == pytest.approx(1) and all(0 < share < 1 for share in shares)


def test_continuous_batching_takes_fewer_steps(found: dict[str, list[dict[str, Any]]]) -> None:
    static, continuous = found["continuous-batching"]
    assert continuous["steps"] <= static["steps"]
    assert 0 < static["seats_used"] <= continuous["seats_used"] <= 1


def test_the_second_request_finds_the_prefix(found: dict[str, list[dict[str, Any]]]) -> None:
    assert [row["cached"] for row in found["prefix-caching"]] == [0, 48, 48]


def test_a_page_is_used_more_than_a_reservation(found: dict[str, list[dict[str, Any]]]) -> None:
    contiguous, paged = found["paged-kv"]
    assert (contiguous["reserved"], paged["reserved"]) == (96, 64)
    assert paged["used"] == 49 / 64


def test_perplexities_begin_with_the_untouched_model(found: dict[str, list[dict[str, Any]]], made: bench.Bench) -> None:
    tokens = made.text()
    losses = []
    for window in (tokens[:32], tokens[32:64]):
        scores = model.logits(made.model, model.uncached(made.model, window))
        for row, token in zip(scores[:-1], window[1:], strict=True):
            losses.append(math.log(sum(math.exp(value) for value in row)) - row[token])
    wanted = math.exp(sum(losses) / len(losses))
    for slug in ("weight-quantization", "kv-quantization", "attention-sinks", "pruning"):
        assert found[slug][0]["perplexity"] == pytest.approx(wanted)
        assert found[slug][-1]["perplexity"] != pytest.approx(wanted, rel=1e-3)


def test_lookup_makes_a_token_a_step_or_more(found: dict[str, list[dict[str, Any]]]) -> None:
    assert all(row["tokens_a_step"] >= 1 and 0 <= row["acceptance"] <= 1 for row in found["prompt-lookup"])


def test_alone_every_bit_stays(found: dict[str, list[dict[str, Any]]]) -> None:
    first = found["batch-invariance"][0]
    assert (first["identical"], first["moved"], first["same_token"]) == (1, 0, True)


def test_a_text_too_short_is_refused(made: bench.Bench) -> None:
    short = bench.Bench(made.model, made.tokenizer, made.rates, bench.Amount(**{**vars(AMOUNT), "windows": 10**6}))
    with pytest.raises(ValueError, match=r"^the text has \d+ tokens; accepted: 32000000 or more$"):
        bench.windows(short)


def test_half_of_the_weights_are_pruned(made: bench.Bench) -> None:
    pruned = quality._pruned(made.model, 0.5)
    shares = [float((layer[name] == 0).mean()) for layer in pruned.layers for name in model.MATRICES]
    assert all(abs(share - 0.5) < 0.01 for share in shares)
    kept = pruned.layers[0]["attn_q"]
    assert np.abs(kept[kept != 0]).min() >= np.quantile(np.abs(made.model.layers[0]["attn_q"]), 0.5)


def test_a_shared_machine_is_timed_by_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sleeping takes time of the wall and none of a processor."""
    asleep = partial(time.sleep, 0.05)
    assert median_seconds(asleep, 1) >= 0.05
    monkeypatch.setenv("CLOCK", "cpu")
    assert median_seconds(asleep, 1) < 0.05


def test_the_machine_is_timed_and_described() -> None:
    calls: list[int] = []
    median_seconds(lambda: calls.append(1), 3)
    assert len(calls) == 4
    timed = rates(1)
    assert timed.bandwidth > 0 and timed.peak > 0
    assert {"processor", "cores", "threads", "python", "numpy", "blas", "date"} <= set(described())
