"""The summary of request timestamps, against NumPy's percentiles and a count on one line of events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.problem import load

solution = load("latency-summary")
# Milliseconds in whole numbers: sums and differences of them are exact, so that limits are met exactly too.
gap = st.integers(0, 400)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    arrival, gaps, ok = draw(st.integers(0, 5000)), draw(st.lists(gap, max_size=6)), draw(st.booleans())
    return {"arrival": arrival, "token_times": [int(t) for t in arrival + np.cumsum(gaps)], "ok": ok and bool(gaps)}


slos = st.fixed_dictionaries({}, optional={"ttft": gap, "tpot": gap, "e2e": st.integers(0, 1500)})


@given(reqs=st.lists(requests(), max_size=12), slo=slos)
def test_against_numpy(reqs: list[dict[str, Any]], slo: dict[str, int]) -> None:
    got = solution.summarize(reqs, slo)
    times = [np.array(r["token_times"]) for r in reqs if r["ok"]]
    starts = [r["arrival"] for r in reqs if r["ok"]]
    rows = {
        "ttft": np.array([t[0] - start for t, start in zip(times, starts, strict=True)]),
        "tpot": np.array([np.diff(t).mean() if len(t) > 1 else np.nan for t in times]),
        "e2e": np.array([t[-1] - start for t, start in zip(times, starts, strict=True)]),
    }
    pooled = {**rows, "itl": np.concatenate([np.diff(t) for t in times]) if times else np.array([])}
    for name, values in pooled.items():
        kept = values[~np.isnan(values)] if len(values) else values
        if not len(kept):
            assert got[name] is None
            continue
        assert [got[name]["p50"], got[name]["p99"]] == pytest.approx(list(np.percentile(kept, [50, 99])), rel=1e-9)
    # A comparison with NaN, the TPOT of one token, is false: no limit is missed.
    missed = np.any([rows[name] > limit for name, limit in slo.items()], axis=0) if slo else np.zeros(len(times))
    good = len(times) - int(np.sum(missed))
    moments = [moment for r in reqs for moment in (r["arrival"], *r["token_times"])]
    window = max(moments) - min(moments) if moments else 0
    assert got["attainment"] == (pytest.approx(good / len(reqs)) if reqs else None)
    assert got["goodput"] == (pytest.approx(good / window) if window else None)
    assert got["tokens_per_s"] == (pytest.approx(sum(map(len, times)) / window) if window else None)


@given(reqs=st.lists(requests(), min_size=1, max_size=6), shift=st.integers(0, 10**6))
def test_clock_does_not_matter(reqs: list[dict[str, Any]], shift: int) -> None:
    later = [{**r, "arrival": r["arrival"] + shift, "token_times": [t + shift for t in r["token_times"]]} for r in reqs]
    assert solution.summarize(later, {"ttft": 200}) == solution.summarize(reqs, {"ttft": 200})
