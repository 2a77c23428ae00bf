"""scripts/judge.py: what it says of an answer, in both languages, and that no answer keeps it or breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.paths import PROBLEMS
from miaotui.base.words import words
from miaotui.judging import folder, say, verdict
from miaotui.judging.wrong import wrong
from scripts import judge

SLUG = "online-softmax"
SOLUTION = (PROBLEMS / SLUG / "solution.py").read_text(encoding="utf-8")
HEAD = "def online_softmax(chunks):\n"
FAILURES = {
    "a syntax error": ("def online_softmax(chunks:\n", "syntax", 1),
    "nothing defined": ("x = 1\n", "missing", None),
    "nothing returned": (HEAD + "    pass\n", "none", None),
    "a wrong type": (HEAD + "    return '1'\n", "mismatch", None),
    "too many arguments": ("def online_softmax():\n    pass\n", "unusable", None),
    "an error": (HEAD + "    x = 1\n    return x / 0\n", "error", 3),
    "the starter": (HEAD + "    raise NotImplementedError\n", "unwritten", 2),
    "a gigabyte": (HEAD + "    return [0] * 10**9\n", "memory", 2),
    "a growing list": ("x = []\nwhile True:\n    x.append('a' * 10**6)\n", "memory", 3),
    "endless recursion": (HEAD + "    return online_softmax(chunks)\n", "recursion", 2),
    "an import": (HEAD + "    import nobody_has_this\n", "import", 2),
    "an exit": (HEAD + "    raise SystemExit\n", "exit", 2),
    "input": (HEAD + "    return input()\n", "error", 2),
}


@pytest.mark.parametrize(("text", "kind", "line"), FAILURES.values(), ids=FAILURES)
def test_a_failure_has_its_kind_and_the_reader_s_line(text: str, kind: str, line: int | None) -> None:
    found = verdict.judge_text(SLUG, text)
    failure = found.wrong or found.results[0]
    assert (failure["kind"], failure["line"]) == (kind, line)
    assert not found.passed
    for code in ("zh", "en"):
        said = "\n".join(say.lines(found, words(code).judge, code))
        assert say.reason(failure, words(code).judge) in said
        assert "Traceback" not in said
        assert "{" not in say.reason(failure, words(code).judge)


def test_an_endless_loop_is_ended_and_what_came_before_is_kept() -> None:
    text = SOLUTION + "\nworks = online_softmax\ncalls = []\n" + HEAD
    text += "    calls.append(1)\n    print('call', len(calls))\n    while len(calls) > 2:\n        pass\n"
    found = verdict.judge_text(SLUG, text + "    return works(chunks)\n", seconds=1)
    assert [result["ok"] for result in found.results] == [True, True]
    assert [result["printed"] for result in found.results] == ["call 1\n", "call 2\n"]
    assert found.printed == "call 3\n"
    assert found.wrong and found.wrong["kind"] == "time"
    said = list(say.lines(found, words("en").judge, "en"))
    assert said[-2:] == [
        "The code did not finish within 10 s and was stopped: is there an endless loop?",
        f"2 of {found.cases} cases pass; {found.cases - 2} were not run.",
    ]


def test_a_missing_key_is_told_as_such() -> None:
    text = next(each.text for each in wrong("roofline") if each.name == "bound_left_out")
    found = verdict.judge_text("roofline", text)
    assert "The result has no key 'bound'." in "\n".join(say.lines(found, words("en").judge, "en"))
    assert "结果里没有键 'bound'。" in "\n".join(say.lines(found, words("zh").judge, "zh"))


def test_no_more_than_the_first_failure_where_that_is_all_that_is_asked() -> None:
    text = SOLUTION.replace("return probabilities, largest +", "return probabilities, 0.0 *")
    found = verdict.judge_text(SLUG, text, to_the_end=False)
    assert (found.fails, found.wrong, len(found.results)) == ("one_chunk", None, 1)
    assert not found.passed
    assert verdict.judge_text(SLUG, SOLUTION, to_the_end=False).passed


def test_an_answer_that_ends_its_process() -> None:
    found = verdict.judge_text(SLUG, "import os\nos._exit(0)\n")
    assert found.wrong and found.wrong["kind"] == "crash"
    assert not found.passed


def test_what_is_printed_without_end_is_cut() -> None:
    found = verdict.judge_text(SLUG, "for at in range(10**5):\n    print(at)\n")
    assert sum(len(result["printed"]) for result in found.results) == 20_000


def test_the_command_says_it_in_the_reader_s_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(SOLUTION, encoding="utf-8")
    assert judge.main([SLUG, str(answer)]) == 0
    assert capsys.readouterr().out.splitlines()[:: len(CASES)] == ["✓ 1. one chunk: passed", PASSED[1]]
    assert judge.main([SLUG, str(answer), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines()[:: len(CASES)] == ["✓ 1. 一整块：通过", PASSED[0]]
    answer.write_text(HEAD + "    return [1.0], 0.0\n", encoding="utf-8")
    assert judge.main([SLUG, str(answer), "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines()[:5] == FAILED


CASES = folder.load(PROBLEMS / SLUG / "tests.py").CASES
PASSED = (f"{len(CASES)} 个用例全部通过。", f"All {len(CASES)} cases pass.")
FAILED = [
    "✗ 1. 一整块：未通过",
    "    结果不对。",
    "    输入：online_softmax([[2.0, 1.0, 0.0]])",
    "    应得：([0.665240956, 0.244728471, 0.0900305732], 2.40760596)",
    "    实得：([1.0], 0.0)",
]


def test_what_cannot_be_judged_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "answer.py"
    broken.write_bytes(b"x = '\xff'\n")
    assert judge.main(["online-sofmax", str(broken)]) == 2
    told = capsys.readouterr().err
    assert "judge: there is no problem 'online-sofmax'; accepted: " in told
    assert "(did you mean online-softmax?)" in told
    assert f"{broken}:1: the byte 0xff is no UTF-8; accepted: UTF-8 text" in told
    assert judge.main([SLUG, str(tmp_path / "nowhere.py")]) == 2
    with pytest.raises(SystemExit) as ended:
        judge.main([])
    assert ended.value.code == 2
