"""tests/samples.py: of a costly test some cases are drawn, and of another none is left."""

from __future__ import annotations

from tests.samples import COSTLY, left

CASES = ("zh-360", "zh-1440", "en-360", "en-1440")


def test_as_many_are_left_as_are_not_drawn() -> None:
    for name, most in COSTLY.items():
        ids = [f"tests/site/test_a.py::{name}[{case}]" for case in CASES]
        other = [f"tests/site/test_a.py::test_other[{case}]" for case in CASES]
        found = left([*ids, *other])
        assert len(found) == len(CASES) - most
        assert found < set(ids)
        assert left(reversed([*ids, *other])) <= set(ids)


def test_what_is_asked_for_by_itself_is_run() -> None:
    assert left([f"tests/site/test_a.py::{name}[zh-360]" for name in COSTLY]) == set()
