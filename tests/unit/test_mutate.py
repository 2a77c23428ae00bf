"""mutate.py: each planted error is one change that runs; one that no case sees is told with its line, or explained."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from miaotui.base.paths import PROBLEMS
from miaotui.judging import survivors, verdict
from miaotui.judging.mutants import Mutant, mutants
from miaotui.judging.survivors import Explained
from scripts import mutate

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
        assert (mutant.was, mutant.becomes) == (whole[mutant.line - 1].strip(), changed[mutant.line - 1].strip())


def test_an_error_says_which_function_it_is_in() -> None:
    text = "x = 0\n\ndef f():\n    def g():\n        return 1\n    return 2\n"
    assert [(mutant.inside, mutant.becomes) for mutant in mutants(text)] == [
        ("module", "x = 1"),
        ("g", "return 2"),
        ("f", "return 3"),
    ]


@pytest.fixture
def problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A problem of its own, of whose six errors three survive."""
    problem = tmp_path / "double"
    problem.mkdir()
    (tmp_path / "harness.py").write_bytes((PROBLEMS / "harness.py").read_bytes())
    (problem / "solution.py").write_text("def double(x):\n    if x > 100:\n        x = 100\n    return x * 2\n")
    (problem / "tests.py").write_text(
        "from harness import equal\n\n\ndef four(answer):\n    equal('double(2)', answer.double(3), 6)\n\n\n"
        "CASES = [(four, '四', 'four')]\n"
    )
    monkeypatch.setattr(mutate, "PROBLEMS", tmp_path)
    monkeypatch.setattr(mutate, "slugs", lambda: ["double"])
    judge = verdict.judge_text
    monkeypatch.setattr(mutate, "judge_text", lambda slug, text, **more: judge(slug, text, tmp_path, **more))
    return problem


EQUAL = "- in: double\n  line: 'if x > 100:'\n  mutant: 'if x >= 100:'\n  why: 100 becomes 100.\n"
OTHERS = "".join(
    f"- {{in: double, line: '{line}', mutant: '{mutant}', why: For the test.}}\n"
    for line, mutant in (("if x > 100:", "if x > 101:"), ("x = 100", "x = 101"))
)


def test_what_no_case_sees_survives(problem: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main([]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "double: 3 of 6 caught, 50.0%",
        *("  problems/double/solution.py:2: x > 100 -> x >= 100", "    in: double"),
        *("    line: if x > 100:", "    mutant: if x >= 100:"),
        *("  problems/double/solution.py:2: 100 -> 101", "    in: double"),
        *("    line: if x > 100:", "    mutant: if x > 101:"),
        *("  problems/double/solution.py:3: 100 -> 101", "    in: double"),
        *("    line: x = 100", "    mutant: x = 101"),
    ]
    assert mutate.main(["nothing"]) == 2


def test_what_is_explained_stands_apart_and_is_not_counted(problem: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explained = problem / "survivors.yml"
    explained.write_text(EQUAL)
    assert mutate.main([]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "double: 3 of 5 caught, 60.0%; 1 explained"
    assert told[-1] == "  explained: problems/double/solution.py:2: x > 100 -> x >= 100: 100 becomes 100."
    explained.write_text(EQUAL + OTHERS)
    assert mutate.main([]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "double: 3 of 3 caught, 100.0%; 3 explained"


def test_an_explanation_holds_in_whichever_quotation_marks_python_prints() -> None:
    entry = Explained(1, "f", "return f'{x[\"a\"]}'", "return f'{x[\"b\"]}'", "For the test.")
    mutant = Mutant(1, "f", "'a'", "'b'", "return f\"{x['a']}\"", "return f\"{x['b']}\"", "")
    assert entry.about(mutant)
    assert not entry.about(replace(mutant, becomes="return x"))


UNTRUE = {
    "an error that is caught": (
        "- {in: double, line: return x * 2, mutant: return x / 2, why: No.}\n",
        "'return x / 2' is caught; accepted: what survives",
    ),
    "a line that is there no more": (
        "- {in: double, line: 'if x > 99:', mutant: 'if x >= 99:', why: No.}\n",
        "no planted error makes 'if x >= 99:' of 'if x > 99:' in double; accepted: one that does",
    ),
    "another function": (
        "- {in: triple, line: x = 100, mutant: x = 101, why: No.}\n",
        "no planted error makes 'x = 101' of 'x = 100' in triple; accepted: one that does",
    ),
}


@pytest.mark.parametrize(("entry", "said"), UNTRUE.values(), ids=UNTRUE)
def test_an_explanation_of_no_survivor_fails(
    problem: Path, capsys: pytest.CaptureFixture[str], entry: str, said: str
) -> None:
    (problem / "survivors.yml").write_text(EQUAL + OTHERS + entry)
    assert mutate.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"problems/double/survivors.yml:7: {said}"


def test_two_errors_of_one_look_are_explained_only_if_both_survive() -> None:
    both = [found for found in mutants("def f(x):\n    x += 1\n    x += 1\n") if found.becomes == "x += 2"]
    assert len(both) == 2
    entries, _ = survivors.parse("- {in: f, line: x += 1, mutant: x += 2, why: No.}\n", "s.yml")
    assert survivors.untrue(entries, both, both, "s.yml") == []
    assert [str(problem) for problem in survivors.untrue(entries, both, both[:1], "s.yml")] == [
        "s.yml:1: 'x += 2' is caught; accepted: what survives"
    ]


FORM = "accepted: a list of {in: …, line: …, mutant: …} as mutate.py prints them, each with why: the reason"
REFUSED = {
    "": f"s.yml:1: no list; {FORM}",
    "in: f\n": f"s.yml:1: no list; {FORM}",
    "- a: [\n": f"s.yml:2: no YAML: expected the node content, but found '<stream end>'; {FORM}",
    "- {in: f, line: a, mutant: b}\n": f"s.yml:1: an entry of another form; {FORM}",
    "- {in: f, line: a, mutant: b, why: ''}\n": f"s.yml:1: an entry of another form; {FORM}",
    "- {in: f, line: a, mutant: b, why: [c]}\n": f"s.yml:1: an entry of another form; {FORM}",
    "- {in: f, line: a, mutant: b, why: c, because: d}\n": f"s.yml:1: an entry of another form; {FORM}",
    "- {in: f, line: a, mutant: b, why: c}\n" * 2: "s.yml:2: 'b' stands twice; accepted: once",
}


@pytest.mark.parametrize(("text", "said"), REFUSED.items())
def test_a_file_of_another_form_is_refused(text: str, said: str) -> None:
    assert [str(problem) for problem in survivors.parse(text, "s.yml")[1]] == [said]
