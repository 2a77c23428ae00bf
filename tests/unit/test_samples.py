"""tests/samples.py: of what a test does for each reader a part is drawn, and of what it looks at all is."""

from __future__ import annotations

from tests.samples import COSTLY, EACH, left

CASES = ("zh-360", "zh-1440", "en-360", "en-1440")


def test_of_a_costly_test_as_many_are_left_as_are_not_drawn() -> None:
    for name, most in COSTLY.items():
        ids = [f"tests/site/test_a.py::{name}[{case}]" for case in CASES]
        found = left(ids)
        assert len(found) == len(CASES) - most
        assert found < set(ids)


def test_of_cases_that_differ_by_who_reads_half_are_left() -> None:
    for page in ("q/12/", "calc/"):
        ids = [f"tests/site/test_a.py::test_b[{page}-{folder}-360]" for folder in ("", "en/")]
        others = [f"tests/site/test_a.py::test_b[{other}-en/-360]" for other in ("a", "b")]
        found = left([*ids, *others])
        assert len(found) == 1
        assert found < set(ids)


def test_what_differs_by_language_is_looked_at_in_each() -> None:
    for file in EACH:
        assert left(f"tests/site/{file}::test_a[{case}]" for case in CASES) == set()


def test_what_is_asked_for_by_itself_is_run() -> None:
    assert left([f"tests/site/test_a.py::{name}[zh-360]" for name in COSTLY]) == set()
