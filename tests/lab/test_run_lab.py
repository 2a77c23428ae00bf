"""scripts/run_lab.py: what it prints, writes and refuses; the measurements themselves are tested beside it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lab import install, machine, publish
from lab.bench import Bench
from lab.machine import Rates
from lab.record import Measurement, Pair
from scripts import run_lab

RECORD: dict[str, Any] = {
    "machine": {"processor": "x", "threads": 1, "clock": "wall"},
    "quick": False,
    "rates": {"a": 1, "b": 2},
    "measured": {"a": [1], "b": [2]},
}


def _measured(bench: Bench) -> Measurement:
    found = Measurement("batching")
    found.add(batch=1, rate=Pair(bench.rates.bandwidth, 2.0))
    return found


@pytest.fixture
def tiny_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched, asked or timed."""
    monkeypatch.setattr(install, "install", lambda: Path("model"))
    monkeypatch.setattr(run_lab, "load", lambda _: (SimpleNamespace(), SimpleNamespace()))
    monkeypatch.setattr(machine, "rates", lambda _: Rates(4.0, 5.0))
    monkeypatch.setattr(run_lab, "answer", lambda *_: "Paris")
    monkeypatch.setattr(run_lab, "MEASURED", {"batching": _measured})


@pytest.mark.usefixtures("tiny_lab")
def test_what_is_measured_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    assert run_lab.main(["--quick", "--json", str(file), "--note", "a build ran"]) == 0
    assert capsys.readouterr().out.split("\n")[1:4] == [
        "Batched decode",
        "Batch  Throughput (tokens/s), predicted  measured  measured ÷ predicted",
        "    1                              4.00      2.00                 0.500",
    ]
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["measured"] == {"batching": [{"batch": 1, "rate": {"predicted": 4.0, "measured": 2.0}}]}
    assert kept["rates"] == {"batching": {"bandwidth": 4.0, "peak": 5.0}}
    assert (kept["quick"], kept["machine"]["note"], kept["answer"]["answer"]) == (True, "a build ran", "Paris")


def test_one_thing_measured_anew_leaves_the_rest() -> None:
    new = {**RECORD, "rates": {"b": 3}, "measured": {"b": [3]}}
    assert run_lab.updated(RECORD, new)["measured"] == {"a": [1], "b": [3]}
    assert run_lab.updated(RECORD, new)["rates"] == {"a": 1, "b": 3}


def test_a_record_of_another_machine_or_amount_is_not_mixed() -> None:
    other = {**RECORD, "machine": {**RECORD["machine"], "threads": 2}}
    with pytest.raises(ValueError, match=r"^the record's threads is 1; accepted: 2, as now$"):
        run_lab.updated(RECORD, other)
    with pytest.raises(ValueError, match=r"^the record is of QUICK=1 or this is; accepted: both or neither$"):
        run_lab.updated(RECORD, {**RECORD, "quick": True})


def test_a_table_that_is_not_the_record_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lab-batching.md"
    monkeypatch.setattr(publish, "made", lambda: {file: "| 1 |\n"})
    monkeypatch.setattr(publish, "stale", lambda _: [])
    assert run_lab.main(["--publish", "--check"]) == 1
    assert "lab-batching.md: is not what lab/records/ gives; run " in capsys.readouterr().err
    assert run_lab.main(["--publish"]) == 0
    assert run_lab.main(["--publish", "--check"]) == 0
    file.write_text("| 2 |\n", encoding="utf-8")
    assert run_lab.main(["--publish", "--check"]) == 1
