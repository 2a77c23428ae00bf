"""lab/predict.py: what the formulas are asked, against the arithmetic by hand."""

from __future__ import annotations

import pytest

from lab.engine.model import Config
from lab.machine import Rates
from lab.predict import Predictor, formula, sizes

SMOLLM2 = Config(30, 576, 9, 3, 1536, 49152)
RATES = Rates(bandwidth=20e9, peak=100e9)
PREDICT = Predictor(sizes(SMOLLM2), RATES)
BLOCKS = 30 * (2 * 576 * 576 + 2 * 576 * 192 + 3 * 576 * 1536 + 2 * 576)
HEAD = 49152 * 576


def test_sizes_of_the_model() -> None:
    """134.5 M parameters, of which the file's name says 135 M; 46,080 bytes of KV a token in FP32."""
    found = sizes(SMOLLM2)
    assert (found.blocks, found.read) == (BLOCKS, BLOCKS + HEAD)
    assert round(found.read / 1e6, 1) == 134.5
    assert found.token_bytes == 2 * 30 * 3 * 64 * 4 == 46080


def test_a_step_is_its_bytes_over_the_bandwidth() -> None:
    weights, kept = (BLOCKS + HEAD) * 4, 46080
    assert PREDICT.step(1, 0) == pytest.approx(weights / 20e9)
    assert PREDICT.step(3, 100) == pytest.approx((weights + 300 * kept) / 20e9)
    assert PREDICT.step(1, 100, bits=8, tokens_kept=0.5) == pytest.approx((weights / 4 + 50 * kept) / 20e9)


def test_a_large_batch_is_bound_by_arithmetic() -> None:
    params = BLOCKS + HEAD
    assert PREDICT.batch_step(1, 0) == pytest.approx(params * 4 / 20e9)
    assert PREDICT.batch_step(64, 10) == pytest.approx(2 * params * 64 / 100e9 + 640 * 46080 / 20e9)


def test_prefill_is_the_arithmetic_of_the_blocks_and_the_head_once() -> None:
    work = 2 * BLOCKS * 512 + 2 * 30 * 576 * 512**2
    assert PREDICT.prefill(512) == pytest.approx(work / 100e9 + HEAD * 4 / 20e9)


def test_a_schedule_costs_a_reading_a_step_and_arithmetic_a_token() -> None:
    """One request of 256 tokens and two of answer: a step of 256 and a step of one."""
    trace = {"arrivals": [0], "prompts": [256], "outputs": [2], "seats": 1, "budget": 256}
    base, token = (BLOCKS + HEAD) * 4 / 20e9, 2 * BLOCKS / 100e9
    assert PREDICT.schedule("rate", "chunked", **trace) == pytest.approx(2 / (2 * base + 257 * token), rel=1e-6)
    assert PREDICT.schedule("ttft_worst", "chunked", **trace) == pytest.approx(base + 256 * token, rel=1e-6)


def test_drafts_that_are_never_right_gain_nothing() -> None:
    assert PREDICT.speculative(0, 0) == 1
    assert PREDICT.speculative(0, 8) <= 1
    assert PREDICT.speculative(1, 3) == pytest.approx(4 / (PREDICT.batch_step(4, 0) / PREDICT.batch_step(1, 0)))


def test_a_formula_takes_lists_and_choices() -> None:
    given = {"mode": "static", "arrivals": [0, 0], "prompts": [1, 1], "outputs": [1, 3], "seats": 2}
    assert formula("schedule", "occupied", **given) == pytest.approx(4 / 6)
