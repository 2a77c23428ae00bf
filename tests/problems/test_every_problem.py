"""Every problem in CPython: the starter fails, the solution passes, a wrong answer fails first where it says.

tests/site/test_judge_every.py holds the same in the browser's MicroPython.
"""

from __future__ import annotations

import pytest
from judging.folder import LEAST_WRONG, PARTS, PROBLEMS, Wrong, slugs, words, wrong
from judging.verdict import judge

SLUGS = slugs()
WRONG = [pytest.param(slug, answer, id=f"{slug}-{answer.path.stem}") for slug in SLUGS for answer in wrong(slug)]


def test_there_are_problems() -> None:
    assert SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_folder_is_complete(slug: str) -> None:
    assert [name for name in PARTS if not (PROBLEMS / slug / name).is_file()] == []
    assert len(wrong(slug)) >= LEAST_WRONG


@pytest.mark.parametrize("slug", SLUGS)
def test_the_starter_fails(slug: str) -> None:
    verdict = judge(slug, PROBLEMS / slug / "starter.py")
    assert not verdict.passed
    assert not verdict.wrong
    assert verdict.cases == len(verdict.results) > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_the_solution_passes(slug: str) -> None:
    verdict = judge(slug, PROBLEMS / slug / "solution.py")
    assert not [result for result in verdict.results if not result["ok"]]
    assert verdict.passed


@pytest.mark.parametrize(("slug", "answer"), WRONG)
def test_a_wrong_answer_fails_first_where_it_says(slug: str, answer: Wrong) -> None:
    verdict = judge(slug, answer.path)
    assert (verdict.fails, verdict.wrong) == (answer.case, None)


def test_both_languages_have_the_same_words() -> None:
    zh, en = words("zh"), words("en")
    assert zh.keys() == en.keys()
    assert zh["kinds"].keys() == en["kinds"].keys()
