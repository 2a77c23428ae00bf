"""Examples: what is told of them without running, and what a run gives, by whole messages."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.checks.examples import MARK, problems
from scripts import examples

CODE = 'print("one", 1)\n'
TEST = 'MUTANTS = [("one", "two", "the word is another")]\n\n\ndef test_it(example):\n    assert example.output == "one 1\\n"\n'
PAGE = '```python\n--8<-- "a.py"\n```\n\n``` { .text .output }\n--8<-- "a.txt"\n```\n'
Z, E = "docs/zh/q/1.md", "docs/en/q/1.md"
FILES = {"examples/a.py": CODE, "examples/a.txt": "one 1\n", "tests/examples/test_a.py": TEST, Z: PAGE, E: PAGE}


def make(root: Path, changes: dict[str, str | None]) -> None:
    for name, text in {**FILES, "tests/examples/test_every_example.py": "", **changes}.items():
        if text is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def told() -> list[str]:
    found = problems(Path("examples"), Path("tests/examples"), Path("docs"))
    return [str(problem) for problem in found]


SECTION = f"# --8<-- [start:code]\n{CODE}# --8<-- [end:code]\n"
FIGURE = f"{SECTION}\n\ndef figure() -> str:\n    return ''\n"
GOOD: dict[str, dict[str, str | None]] = {
    "as it should be": {},
    "a section of it": {"examples/a.py": SECTION, E: PAGE.replace("a.py", "a.py:code")},
    "a figure, drawn": {"examples/a.py": FIGURE, "docs/figures/a.svg": f"{MARK}examples/a.py"},
    "another's figure": {"docs/figures/b.svg": "<svg/>"},
    "a generated page": {"docs/zh/topics/first.md": 'Generated: by scripts/split.py from x\n\n--8<-- "b.py"\n'},
    "a page that quotes a page": {E: PAGE + '\n--8<-- "en/references.md:gptq"\n'},
    "inside a box": {E: "??? note\n" + "".join(f"    {line}\n" if line else "\n" for line in PAGE.split("\n"))},
}


@pytest.mark.parametrize("case", GOOD)
def test_what_is_good(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, GOOD[case])
    monkeypatch.chdir(tmp_path)
    assert told() == []


def test_no_examples_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert told() == []


RECORD = "accepted: what the example gives: scripts/examples.py --record a"
PLANT = "plants no error; accepted: MUTANTS = [(old, new, why)], one at least, in words that stand there as they are"
BELOW = 'accepted: a blank line below, ``` { .text .output } with --8<-- "a.txt"'
BAD: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "no record": ({"examples/a.txt": None}, [f"examples/a.txt:1: is missing; {RECORD}"]),
    "an empty record": ({"examples/a.txt": ""}, [f"examples/a.txt:1: is empty; {RECORD}"]),
    "no test": ({"tests/examples/test_a.py": None}, ["tests/examples/test_a.py:1: is missing; accepted: the test of examples/a.py"]),
    "no planted error": ({"tests/examples/test_a.py": "def test_it(example): ...\n"}, [f"tests/examples/test_a.py:1: {PLANT}"]),
    "none in the list": ({"tests/examples/test_a.py": "MUTANTS = []\n"}, [f"tests/examples/test_a.py:1: {PLANT}"]),
    "no reason why": ({"tests/examples/test_a.py": 'MUTANTS = [("a", "b")]\n'}, [f"tests/examples/test_a.py:1: {PLANT}"]),
    "computed errors": ({"tests/examples/test_a.py": "MUTANTS = [x for x in y]\n"}, [f"tests/examples/test_a.py:1: {PLANT}"]),
    "a test that is no Python": ({"tests/examples/test_a.py": "a b\n"}, ["tests/examples/test_a.py:1: is no Python; accepted: a test"]),
    "an example that is none": ({"examples/a.py": "x = 1\na b\n"}, ["examples/a.py:2: is no Python (invalid syntax); accepted: an example"]),
    "too long": ({"examples/a.py": CODE * 100}, ["examples/a.py:100: has 100 lines; accepted: under 100"]),
    "a name that is none": ({file: text for file, text in (("examples/a-b.py", CODE), ("examples/a-b.txt", "x"), ("tests/examples/test_a-b.py", TEST))}, ["examples/a-b.py:1: has no name of an example; accepted: small letters, digits and _, as a module's"] + [f"examples/a-b.py:1: no page of '{code}' quotes it; accepted: one does" for code in ("en", "zh")]),
    "what runs outside the section": ({"examples/a.py": f'"""Doc."""\nimport os\nx = 1\n{SECTION}'}, ["examples/a.py:3: runs outside the section 'code'; accepted: functions and imports there"]),
    "another section": ({"examples/a.py": "# --8<-- [start:a]\n"}, ["examples/a.py:1: marks other sections; accepted: # --8<-- [start:code], then # --8<-- [end:code]"]),
    "no drawn figure": ({"examples/a.py": FIGURE}, [f"docs/figures/a.svg:1: is missing; {RECORD}"]),
    "a figure no longer drawn": ({"docs/figures/a.svg": f"{MARK}examples/a.py"}, ["docs/figures/a.svg:1: was drawn by an example that no longer does; accepted: delete it"]),
    "a record of nothing": ({"examples/b.txt": "x"}, ["examples/b.txt:1: records an example that is not there; accepted: NAME.py beside it"]),
    "a test of nothing": ({"tests/examples/test_b.py": TEST}, ["tests/examples/test_b.py:1: tests an example that is not there; accepted: test_NAME.py of examples/NAME.py"]),
    "another file": ({"examples/data.csv": "x"}, ["examples/data.csv:1: is no example; accepted: NAME.py and NAME.txt"]),
    "a file in its place": ({"docs/a.py": "x"}, ["docs/a.py:1: would be quoted in place of an example; accepted: examples/ for code"]),
    "an unknown example": ({E: PAGE.replace("a.", "b.")}, [f"{E}:{line}: quotes b.{kind}, which is no example; accepted: a" for line, kind in ((2, "py"), (6, "txt"))] + ["examples/a.py:1: no page of 'en' quotes it; accepted: one does"]),
    "code without its output": ({E: PAGE.partition("\n\n")[0] + "\n"}, [f"{E}:2: quotes a.py without its output; {BELOW}"]),
    "words between": ({E: PAGE.replace("\n\n", "\n\nIt gives:\n\n")}, [f"{E}:2: quotes a.py without its output; {BELOW}"]),
    "an output by hand": ({E: PAGE.replace('--8<-- "a.txt"', "one 1")}, [f"{E}:2: quotes a.py without its output; {BELOW}"]),
    "code in an output's fence": ({E: PAGE.replace("python", "{ .text .output }")}, [f"{E}:2: quotes a.py outside its fence; accepted: in ```python"]),
    "an output in no fence": ({E: PAGE.replace("``` { .text .output }", "").removesuffix("```\n")}, [f"{E}:2: quotes a.py without its output; {BELOW}", f"{E}:6: quotes a.txt outside its fence; accepted: in ``` {{ .text .output }}"]),
    "a section that it has not": ({E: PAGE.replace("a.py", "a.py:code")}, [f"{E}:2: quotes 'code' of a; accepted: all, or what it marks as 'code'"]),
    "quoted in one language": ({Z: ""}, ["examples/a.py:1: no page of 'zh' quotes it; accepted: one does"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes, messages = BAD[case]
    make(tmp_path, changes)
    monkeypatch.chdir(tmp_path)
    assert sorted(told()) == sorted(messages) or (case == "a name that is none" and messages[0] in told())


def given(root: Path, code: str) -> examples.Run:
    path = root / "a.py"
    path.write_text(code, encoding="utf-8")
    return examples.run(path, root)


def test_a_run_gives_what_was_printed_and_drawn(tmp_path: Path) -> None:
    run = given(tmp_path, "print('量', 1)\n\n\ndef figure():\n    return '<svg>\\n<g/>\\n</svg>\\n'\n")
    svg = run.made[tmp_path / "a.svg"].splitlines()
    assert run.problems == []
    assert run.made[tmp_path / "a.txt"] == "量 1\n"
    assert svg[:2] == [f"{MARK}examples/a.py; edit that and run make examples RECORD=1 -->", "<svg>"]
    assert svg[2].startswith("<style>svg{color:")
    assert svg[3:] == ["<g/>", "</svg>"]


def test_a_run_has_nothing_of_ours_around_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_SECRET", "x")
    asked = "import os, sys\nprint(os.environ.get('OUR_SECRET'), os.listdir(), os.environ['OMP_NUM_THREADS'], hash('a') == hash('a'))\nprint('bank' in str(sys.path), os.environ['PYTHONHASHSEED'])\n"
    assert given(tmp_path, asked).made == {tmp_path / "a.txt": "None [] 1 True\nFalse 0\n"}


FAILED = {
    "an error": ("x = 1\nprint(x / 0)\n", 2, "ZeroDivisionError: division by zero"),
    "a warning": ("import warnings\n\nwarnings.warn('slow', stacklevel=1)\n", 3, "UserWarning: slow"),
    "its own words on standard error": ("import sys\nprint('oh', file=sys.stderr)\n", 1, "oh"),
    "no Python": ("a b\n", 1, "SyntaxError: invalid syntax"),
    "its figure": ("def figure():\n    return 1 / 0\n", 2, "ZeroDivisionError: division by zero"),
}


@pytest.mark.parametrize("case", FAILED)
def test_a_run_that_fails(case: str, tmp_path: Path) -> None:
    code, line, told = FAILED[case]
    run = given(tmp_path, code)
    assert run.made == {}
    (problem,) = run.problems
    assert (problem.line, problem.text) == (line, f"{told}; accepted: a run without errors or warnings")


DIFFERENT = {
    "as recorded": ("one\ntwo\n", []),
    "a line": ("one\n2\n", [":2: is not what the example gives; accepted: the same, byte for byte, or scripts/examples.py --record a", "    -2", "    +two"]),
    "the end of a line": ("one\r\ntwo\n", [":1: is not what the example gives; accepted: the same, byte for byte, or scripts/examples.py --record a", "    -one\r", "    +one"]),
    "a line more": ("one\ntwo\nthree\n", [":3: is not what the example gives; accepted: the same, byte for byte, or scripts/examples.py --record a", "    -three"]),
}  # fmt: skip


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_differs_from_the_record(case: str, tmp_path: Path) -> None:
    recorded, lines = DIFFERENT[case]
    path = tmp_path / "a.txt"
    path.write_bytes(recorded.encode())
    assert [line.removeprefix(str(path)) for line in examples.difference(path, "one\ntwo\n")] == lines


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make(tmp_path, {"examples/a.txt": None})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(examples, "EXAMPLES", Path("examples"))
    return tmp_path


def test_recording_then_comparing(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert examples.main([]) == 1
    assert (
        capsys.readouterr().err
        == "examples/a.txt:1: is missing; accepted: what the example gives: scripts/examples.py --record a\n"
    )
    assert examples.main(["--record", "a"]) == 0
    assert "wrote examples/a.txt\n" in capsys.readouterr().out
    assert Path("examples/a.txt").read_text(encoding="utf-8") == "one 1\n"
    assert examples.main(["examples/a.py"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith(" s  in all, 1 example")


def test_an_example_that_takes_too_long(
    bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = examples.Run({Path("examples/a.txt"): "one 1\n"}, 2.3, [])
    monkeypatch.setattr(examples, "run", lambda _path: slow)
    Path("examples/a.txt").write_text("one 1\n", encoding="utf-8")
    assert examples.main([]) == 1
    assert capsys.readouterr().err == "examples/a.py:1: took 2.30 s; accepted: 2 s\n"


def test_an_unknown_example(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        examples.main(["b"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("no example b; there are: a\n")
