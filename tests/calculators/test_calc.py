"""calc.py: results as JSON, and a sentence for whatever is not accepted."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import json

import pytest

from scripts import calc


def test_the_results_with_their_units(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["kv-cache", "layers=80", "kv_heads=8", "head_dim=128", "bytes=2", "tokens=128000"]
    assert calc.main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["calculator"] == "kv-cache"
    assert told["inputs"]["tokens"] == {"value": 128000, "unit": "tok"}
    assert told["outputs"]["kv_bytes"] == {"value": 41943040000, "unit": "B"}
    assert told["notes"] == []


def test_a_preset_sets_what_the_calculator_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert calc.main(["kv-cache", "--preset", "deepseek-v3", "--preset", "h200-sxm", "tokens=1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["inputs"]["attention"]["value"] == "latent"
    assert told["inputs"]["memory"]["value"] == 141
    assert told["outputs"]["token_bytes"]["value"] == 70272


def test_the_list_names_calculators_inputs_and_presets(capsys: pytest.CaptureFixture[str]) -> None:
    assert calc.main(["--list"]) == 0
    told = capsys.readouterr().out
    assert "\nkv-cache\n  attention=heads  (heads, latent)\n  layers=32  (whole, 1 to 1000)\n" in told
    assert "\nhardware: h100-sxm, " in told
    assert "\nmodels: " in told


def test_inputs_that_give_no_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert calc.main(["parallelism", "experts=4", "experts_per_token=8"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["outputs"] == {}
    assert told["notes"] == ["experts_too_few"]


REFUSED = {
    "an unknown calculator": (["kvcache"], ["there is no calculator 'kvcache'; accepted: amdahl, ", " (did you mean kv-cache?)"]),
    "no calculator": ([], ["calc: no calculator is named; accepted: amdahl, "]),
    "all faults at once": (
        ["amdahl", "share=x", "speed=4", "faster"],
        [
            "calc: 'faster' is no input; accepted: name=value\n",
            "calc: share is 'x'; accepted: 0 to 100 %\n",
            "calc: the input 'speed' is unknown; accepted: share, faster\n",
        ],
    ),
    "an unknown preset": (["kv-cache", "--preset", "h1000"], ["calc: the preset 'h1000' is unknown; accepted: h100-sxm, "]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_accepted(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, wanted = REFUSED[case]
    assert calc.main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert all(sentence in told.err for sentence in wanted), told.err
