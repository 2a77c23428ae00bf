"""bank/coding.py: a problem that is not whole, or whose pages do not agree, is told with its place."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.checks import metadata
from miaotui.checks import problem_pages as coding
from miaotui.judging import requirements, wrong
from tests.banks import make

PAGE = """---
title: Double
description: Twice a number
problem: double
level: 1
minutes: 5
topic: first
reviewed: "2026-11"
related: [1]
---

## S { #statement }

Twice x, where x is a number.

## W { #why }

## E { #examples }

## C { #constraints }

<!-- judge -->

## H { #hints }

## X { #complexity }

## R { #solution }

??? solution "R"

    ```python
    --8<-- "problems/double/solution.py"
    ```

## F { #follow-ups }

## O { #related }
"""
Z, E = "docs/zh/problems/double.md", "docs/en/problems/double.md"
WRONG = "problems/double/wrong.py"


def listed(*names: str) -> str:
    """A wrong.py with answers of these names."""
    return "WRONG = [\n" + "".join(f'    ("{name}", "two", "forgets it", "pass", "x = 1"),\n' for name in names) + "]\n"


SAYS = "problems/double/requirements.py"
FILES = {
    **{f"problems/double/{name}.py": "def double(x):\n    pass\n" for name in ("starter", "solution")},
    "problems/double/tests.py": "def two(answer):\n    pass\n",
    "tests/problems/test_double.py": "",
    **{f"docs/{code}/problems/{name}.md": PAGE for code in ("zh", "en") for name in ("index", "double")},
    WRONG: listed(*"abcd"),
    SAYS: 'REQUIREMENTS = [("Twice x", "two", "a"), ("x is a number",)]\n',
    **{f"problems/double/right/{name}.py": "" for name in "vwxyz"},
}
CHANGED = {
    "no tests": (
        "problems/double/tests.py",
        None,
        [
            *(
                f"{WRONG}:{line}: '{name}' names the case 'two'; accepted: a function of tests.py"
                for line, name in enumerate("abcd", 2)
            ),
            f"{SAYS}:1: 'Twice x' names the case 'two'; accepted: a function of tests.py",
            "problems/double/tests.py:1: is missing; accepted: the problem's tests.py",
        ],
    ),
    "three wrong answers": (
        WRONG,
        listed(*"abc"),
        [f"{WRONG}:1: has 3 wrong answers; accepted: at least 4"],
    ),
    "an entry without a reason": (
        WRONG,
        listed(*"abcd").replace("forgets it", "", 1),
        [f"{WRONG}:2: an entry of another form; {wrong.FORM}"],
    ),
    "no list": (WRONG, "x = 1\n", [f"{WRONG}:1: no list of wrong answers; {wrong.FORM}"]),
    "no Python": (WRONG, "x = 1\ny = (\n", [f"{WRONG}:2: no list of wrong answers; {wrong.FORM}"]),
    "a name twice": (WRONG, listed(*"abcda"), [f"{WRONG}:6: 'a' stands twice; accepted: a name for each"]),
    "an edit of what is not there": (
        WRONG,
        listed(*"abcd").replace('"pass"', '"fail"', 1),
        [f"{WRONG}:2: 'a': solution.py has 0 times 'fail'; accepted: what stands there once"],
    ),
    "an edit of an edit": (
        WRONG,
        listed(*"abcd").replace('"pass"', '"pass", "x = 1", "pass\\n"', 1),
        [f"{WRONG}:2: 'a': 'pass' runs into the next edit; accepted: edits that stand apart"],
    ),
    "a whole answer that is nearly the solution": (
        WRONG,
        listed(*"abcd").replace('"pass", "x = 1"', '"def double(x):\\n    return x"', 1),
        [f"{WRONG}:2: 'a' shares 50% of its lines with the solution; accepted: pairs of old and new"],
    ),
    "another case": (
        WRONG,
        listed(*"abcd").replace("two", "three", 1),
        [
            f"{WRONG}:2: 'a' names the case 'three'; accepted: a function of tests.py",
            f"{SAYS}:1: 'a' fails three first, and so proves nothing of two; accepted: an answer that fails two first",
        ],
    ),
    "no requirements": (
        SAYS,
        None,
        [f"{SAYS}:1: is missing; accepted: the problem's requirements.py"],
    ),
    "a line without a requirement": (
        E,
        PAGE.replace("where x is a number.", "where x is a number.\nAt once."),
        [f"{E}:15: no requirement has words of this line; accepted: an entry in {SAYS}"],
    ),
    "other words": (
        SAYS,
        'REQUIREMENTS = [("Twice x", "two", "a"), ("Thrice x", "two", "a")]\n',
        [f"{SAYS}:1: the page does not say 'Thrice x'; accepted: its own words"],
    ),
    "a wrong answer of another case": (
        SAYS,
        'REQUIREMENTS = [("Twice x", "three", "a")]\n',
        [
            f"{SAYS}:1: 'Twice x' names the case 'three'; accepted: a function of tests.py",
            f"{SAYS}:1: 'a' fails two first, and so proves nothing of three; accepted: an answer that fails three first",
        ],
    ),
    "a wrong answer that is not there": (
        SAYS,
        'REQUIREMENTS = [("Twice x", "two", "e")]\n',
        [f"{SAYS}:1: 'Twice x' names the wrong answer 'e'; accepted: a name of wrong.py"],
    ),
    "a requirement without a proof": (
        SAYS,
        'REQUIREMENTS = [("Twice x", "two", "a"), ("x", "two")]\n',
        [f"{SAYS}:1: an entry of another form; {requirements.FORM}"],
    ),
    "four right answers": (
        "problems/double/right/z.py",
        None,
        ["problems/double:1: has 4 right answers; accepted: at least 5, right/<style>.py"],
    ),
    "no property test": (
        "tests/problems/test_double.py",
        None,
        [
            "tests/problems/test_double.py:1: is missing; accepted: a test of the solution against another way to compute it"
        ],
    ),
    "no page": (E, None, [f"{E}:1: is missing; accepted: the page of the problem 'double'"]),
    "a page too many": (
        "docs/en/problems/halve.md",
        PAGE,
        ["docs/en/problems/halve.md:1: there is no problem 'halve'; accepted: a page for each folder of problems/"],
    ),
    "level": (
        E,
        PAGE.replace("level: 1", "level: 4"),
        [f"{E}:5: 'level' is '4'; accepted: Input should be 1, 2 or 3"],
    ),
    "topic": (
        E,
        PAGE.replace("topic: first", "topic: third"),
        [
            f"{E}:1: 'topic' is 'third'; accepted: first, second",
            f"{E}:1: 'topic' is not that of {Z}; accepted: the same in both",
        ],
    ),
    "related": (
        E,
        PAGE.replace("[1]", "[9]"),
        [
            f"{E}:1: 'related' is not that of {Z}; accepted: the same in both",
            f"{E}:1: 'related' names 9; accepted: the numbers of questions",
        ],
    ),
    "month": (
        E,
        PAGE.replace("2026-11", "2026"),
        [f"{E}:8: 'reviewed' is '2026'; accepted: String should match pattern '^\\d{{4}}-(0[1-9]|1[0-2])$'"],
    ),
    "another problem": (
        E,
        PAGE.replace("problem: double", "problem: halve"),
        [
            f"{E}:1: 'problem' is 'halve'; accepted: double",
            f"{E}:1: 'problem' is not that of {Z}; accepted: the same in both",
        ],
    ),
    "type": (
        E,
        PAGE.replace("minutes: 5", 'minutes: "5"'),
        [f"{E}:6: 'minutes' is '5'; accepted: Input should be a valid integer"],
    ),
    "a part less": (
        E,
        PAGE.replace("## W { #why }\n\n", "").replace("## H", "x\n\n## H"),
        [
            f"{E}:1: does not show the judge between constraints and hints; accepted: <!-- judge -->, once",
            f"{E}:1: has the parts ['statement', 'examples', 'constraints', 'hints', 'complexity', 'solution', 'follow-ups', 'related']; accepted: {list(coding.SECTIONS)}",
            f"{E}:22: no requirement has words of this line; accepted: an entry in {SAYS}",
        ],
    ),
    "no judge": (
        E,
        PAGE.replace("<!-- judge -->", ""),
        [f"{E}:1: does not show the judge between constraints and hints; accepted: <!-- judge -->, once"],
    ),
    "the judge elsewhere": (
        E,
        PAGE.replace("<!-- judge -->\n\n## H { #hints }", "## H { #hints }\n\n<!-- judge -->"),
        [f"{E}:1: does not show the judge between constraints and hints; accepted: <!-- judge -->, once"],
    ),
    "no solution": (
        E,
        PAGE.replace('--8<-- "problems/double/solution.py"', "pass"),
        [f'{E}:1: does not quote its solution; accepted: --8<-- "problems/double/solution.py"'],
    ),
}


def told(root: Path) -> list[str]:
    found = coding.problems(Path("docs"), Path("."), load(root / "articles"))
    said = [problem for problem in metadata.problems(Path("docs")) if not problem.path.endswith("index.md")]
    return sorted(map(str, {*found, *said}))


def test_a_whole_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, FILES))
    assert told(tmp_path) == []


@pytest.mark.parametrize(("name", "text", "expected"), CHANGED.values(), ids=CHANGED)
def test_what_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str | None, expected: list[str]
) -> None:
    monkeypatch.chdir(make(tmp_path, {**FILES, name: text}))
    assert told(tmp_path) == sorted(expected)
