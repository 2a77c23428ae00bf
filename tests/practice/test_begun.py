"""practice/begun.js: a mock interview as a browser keeps it, read without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.page_scripts import Scripts

PAGE = Scripts(["js/practice/begun.js"])
SAID = {"question": 19, "ticks": ["848051ba"], "follow": [[2, True], [0, False]]}
BEGUN = {
    "version": 1,
    "search": "?mode=mock&level=2&minutes=30&topic=1&topic=3&seed=abc",
    "left": 1_234_567,
    "over": False,
    "said": [SAID, {"question": 4, "ticks": [""], "follow": []}],
    "open": None,
}
NONE: dict[str, dict[str, Any]] = {
    "a newer version": {"version": 2},
    "an older version": {"version": 0},
    "another's address": {"search": "https://example.org/?mode=mock&seed=abc"},
    "markup in the address": {"search": '?mode=mock&level=2"><b>&seed=abc'},
    "an address without a seed": {"search": "?mode=mock&level=2&minutes=30"},
    "a time that is none": {"left": "12"},
    "a negative time": {"left": -1},
    "no list": {"said": {"0": SAID}},
    "a question that is none": {"said": [{**SAID, "question": "19"}]},
    "a tick that is no key": {"said": [{**SAID, "ticks": ["<b>"]}]},
    "a follow-up that is no place": {"said": [{**SAID, "follow": [["2", True]]}]},
    "half a follow-up": {"said": [{**SAID, "follow": [[2]]}]},
    "an open question that is none": {"open": [1]},
}


def parsed(text: str) -> Any:
    return PAGE.call("text => miaotuiBegun.parsed(text)", text)


@pytest.mark.parametrize("changed", [{}, {"over": True}, {"open": []}, {"open": ["848051ba", ""]}, {"said": []}])
def test_what_was_written_is_read(changed: dict[str, Any]) -> None:
    assert parsed(json.dumps({**BEGUN, **changed})) == {**BEGUN, **changed}


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_interview_of_this_version_is_not_read(case: str) -> None:
    assert parsed(json.dumps({**BEGUN, **NONE[case]})) is None


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional={key: VALUE | st.just(value) for key, value in BEGUN.items()}))
def test_whatever_is_read_has_the_form_that_it_is_used_by(record: dict[str, Any]) -> None:
    if found := parsed(json.dumps(record)):
        assert found["search"].startswith("?mode=mock&")
        assert all(isinstance(one["question"], int) and isinstance(one["ticks"], list) for one in found["said"])


@given(st.text() | VALUE.map(json.dumps))
def test_any_text_may_be_asked(text: str) -> None:
    assert parsed(text) is None
