"""mutate.py: each planted error is one change that runs, and one that no case sees is told with its line."""

from __future__ import annotations

import ast
from pathlib import Path

import mutate
import pytest
from judging import folder, verdict
from judging.mutants import mutants

TEXT = """def f(x):
    total = 0
    for one in x:
        if one < 2 and not one == 1:
            continue
        total += one * 2
    if total > 9:
        raise ValueError("large")
    return max(total, 1)
"""
PLANTED = [
    *("0 -> 1", "one < 2 and (not one == 1) -> one < 2 or not one == 1"),
    *("one < 2 -> one <= 2", "one < 2 -> one >= 2", "2 -> 3", "not one == 1 -> one == 1", "one == 1 -> one != 1"),
    *("1 -> 2", "continue -> break", "total += one * 2 -> total -= one * 2", "total += one * 2 -> pass"),
    *("one * 2 -> one / 2", "2 -> 3", "total > 9 -> total >= 9", "total > 9 -> total <= 9", "9 -> 10"),
    *("raise ValueError('large') -> pass", "max(total, 1) -> min(total, 1)", "1 -> 2"),
]


def test_each_error_is_one_change_that_is_still_python() -> None:
    found = list(mutants(TEXT))
    assert [f"{mutant.old} -> {mutant.new}" for mutant in found] == PLANTED
    whole = ast.unparse(ast.parse(TEXT)).splitlines()
    for mutant in found:
        changed = ast.unparse(ast.parse(mutant.text)).splitlines()
        assert [at for at, line in enumerate(whole, 1) if line != changed[at - 1]] == [mutant.line], mutant


def test_what_no_case_sees_survives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = tmp_path / "double"
    problem.mkdir()
    (tmp_path / "harness.py").write_bytes((folder.PROBLEMS / "harness.py").read_bytes())
    (problem / "solution.py").write_text("def double(x):\n    if x > 100:\n        x = 100\n    return x * 2\n")
    (problem / "tests.py").write_text(
        "from harness import equal\n\n\ndef four(answer):\n    equal('double(2)', answer.double(3), 6)\n\n\n"
        "CASES = [(four, '四', 'four')]\n"
    )
    monkeypatch.setattr(mutate, "PROBLEMS", tmp_path)
    judge = verdict.judge_text
    monkeypatch.setattr(mutate, "judge_text", lambda slug, text, seconds: judge(slug, text, tmp_path, seconds))
    found = mutate.caught("double")
    assert list(mutate.lines(found)) == [
        "double: 3 of 6 caught, 50.0%",
        "  problems/double/solution.py:2: x > 100 -> x >= 100",
        "  problems/double/solution.py:2: 100 -> 101",
        "  problems/double/solution.py:3: 100 -> 101",
    ]
    assert mutate.main(["nothing"]) == 2
