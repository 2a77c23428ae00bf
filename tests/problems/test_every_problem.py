"""Every problem on the command line: the starter fails, the solution and right answers pass, wrong ones fail in time.

tests/site/test_judge_every.py holds the same in the page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.paths import PROBLEMS
from miaotui.base.words import words
from miaotui.judging.folder import PARTS, rights, slugs
from miaotui.judging.mutants import mutants
from miaotui.judging.verdict import judge, judge_text
from miaotui.judging.wrong import Wrong, wrong
from scripts.mutate import explanations

SLUGS = slugs()
NARROW = 72
"""The columns of a starter."""
WRONG = [pytest.param(slug, answer, id=f"{slug}-{answer.name}") for slug in SLUGS for answer in wrong(slug)]
RIGHT = [pytest.param(slug, path, id=f"{slug}-{path.stem}") for slug in SLUGS for path in rights(slug)]


def test_there_are_problems() -> None:
    assert SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_folder_is_complete(slug: str) -> None:
    assert [name for name in PARTS if not (PROBLEMS / slug / name).is_file()] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_starter_is_narrow(slug: str) -> None:
    """A phone scrolls sideways in it; a line that is twice as long cannot be read there."""
    lines = (PROBLEMS / slug / "starter.py").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > NARROW] == []


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


@pytest.mark.parametrize(("slug", "path"), RIGHT)
def test_a_right_answer_passes(slug: str, path: Path) -> None:
    verdict = judge(slug, path)
    assert not [result for result in verdict.results if not result["ok"]]
    assert verdict.passed


@pytest.mark.parametrize(("slug", "answer"), WRONG)
def test_a_wrong_answer_fails_first_where_it_says(slug: str, answer: Wrong) -> None:
    verdict = judge_text(slug, answer.text, to_the_end=False)
    assert (verdict.fails, verdict.wrong) == (answer.case, None)


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if (PROBLEMS / slug / "survivors.yml").exists()])
def test_an_explained_error_is_one_that_survives(slug: str) -> None:
    entries, problems = explanations(slug)
    assert not problems
    planted = list(mutants((PROBLEMS / slug / "solution.py").read_text(encoding="utf-8")))
    for entry in entries:
        mine = [mutant for mutant in planted if entry.about(mutant)]
        assert mine, entry
        assert all(judge_text(slug, mutant.text).passed for mutant in mine), entry


def test_both_languages_have_the_same_words() -> None:
    zh, en = words("zh").judge, words("en").judge
    assert zh.keys() == en.keys()
    assert zh["kinds"].keys() == en["kinds"].keys()
