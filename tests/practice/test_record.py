"""record.js and merge.js: what a browser keeps, read, taken over from older versions and merged, without a browser."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.page_scripts import Scripts

PAGE = Scripts(["js/record.js", "js/merge.js"])
KEYS = ["848051ba", "426ef8fc", "a1966ad5", "0a21e971"]
PARSED = "text => miaotuiRecord.parsed(text)"
MERGED = "(...records) => miaotuiRecord.merged(...records)"
HOUR = 3_600_000


def parsed(text: object) -> Any:
    return PAGE.call(PARSED, text if isinstance(text, str) else json.dumps(text))


def by_chance(chance: random.Random) -> dict[str, Any]:
    """A record of few questions and times, so that two of them meet at many."""
    reviews: list[dict[str, Any]] = []
    for _ in range(chance.randrange(8)):
        time = chance.choice([0, 1000, 2000, 3000])
        # Of older versions a place, which only stands in a review of time 0.
        ticks: list[Any] = chance.sample(KEYS + ([0, 2] if not time else []), chance.randrange(4))
        review = {
            "question": chance.randint(1, 3),
            "time": time,
            "mark": chance.choice([None, "again", "hard", "good"]),
        }
        reviews.append({**review, "ticks": ticks, **chance.choice([{}, {"edit": 1}, {"edit": 2}])})
    problems = {slug: {"solved": True} for slug in chance.sample(["gptq", "kv-cache", "lru"], chance.randrange(3))}
    exam = {"date": chance.choice([None, "2026-12-20", "2027-01-05"]), "set": chance.randrange(3)}
    return {"version": 3, "reviews": reviews, "problems": problems, **chance.choice([{}, {"exam": exam}])}


def test_1000_pairs_merge_to_the_same_in_either_order_and_however_often() -> None:
    chance = random.Random(22)
    script = """triples => triples.map(([a, b, c]) => {
      const { merged } = miaotuiRecord
      const one = merged(a, b)
      return [one, merged(b, a), merged(one, c), merged(a, merged(b, c)), merged(one, one), merged(one, b), merged(a)]
        .map(record => JSON.stringify(record))
    })"""
    triples = [[by_chance(chance) for _ in range(3)] for _ in range(1000)]
    for triple, (ab, ba, ab_c, a_bc, twice, again, alone) in zip(triples, PAGE.call(script, triples), strict=True):
        assert ab == ba, triple
        assert ab_c == a_bc, triple
        assert ab == twice == again, triple
        # Nothing of either is lost: each review is there, by its question and its time.
        names = {(one["question"], one["time"]) for record in triple[:2] for one in record["reviews"]}
        assert {(one["question"], one["time"]) for one in json.loads(ab)["reviews"]} == names
        assert parsed(alone) == json.loads(alone), "what is written is read"


def test_what_was_put_right_is_what_is_kept() -> None:
    first = {"question": 1, "time": HOUR, "mark": "good", "ticks": [KEYS[0]]}
    right = {"question": 1, "time": HOUR, "mark": "again", "ticks": [], "edit": 1}
    one, other = ({"version": 3, "reviews": [review], "problems": {}} for review in (first, right))
    assert PAGE.call(MERGED, one, other)["reviews"] == [right]


def test_of_old_records_all_is_kept() -> None:
    one = parsed({"version": 2, "questions": {"12": {"known": False, "ticks": [KEYS[0]]}}})
    other = parsed({"version": 2, "questions": {"12": {"known": True, "ticks": [KEYS[1]]}}})
    (both,) = PAGE.call(MERGED, one, other)["reviews"]
    assert both == {"question": 12, "time": 0, "mark": "good", "ticks": sorted(KEYS[:2])}


def test_version_2_is_taken_over() -> None:
    old = {
        "version": 2,
        "questions": {
            "12": {"known": True, "ticks": [KEYS[1]]},
            "5": {"known": False, "ticks": []},
            "7": {"known": False, "ticks": [KEYS[0]]},
        },
        "problems": {"gptq": {"solved": True}},
    }
    assert parsed(old) == {
        "version": 3,
        "reviews": [
            {"question": 7, "time": 0, "mark": None, "ticks": [KEYS[0]]},
            {"question": 12, "time": 0, "mark": "good", "ticks": [KEYS[1]]},
        ],
        "problems": {"gptq": {"solved": True}},
    }


def test_places_of_version_1_become_keys_once_a_page_knows_them() -> None:
    old = parsed(
        {"version": 1, "questions": {"12": {"known": False, "ticks": [0, 2]}, "99": {"known": False, "ticks": [3]}}}
    )
    found = PAGE.call("(record, points) => miaotuiRecord.placed(record, points)", old, {"12": KEYS})
    assert {one["question"]: one["ticks"] for one in found["reviews"]} == {12: sorted([KEYS[0], KEYS[2]]), 99: [3]}


REVIEW = {"question": 12, "time": 5, "mark": "good", "ticks": []}
REFUSED = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "a newer version": {"version": 4, "reviews": []},
    "no reviews": {"version": 3},
    "reviews that are none": {"version": 3, "reviews": {}},
    "a mark that is none": {"version": 3, "reviews": [{**REVIEW, "mark": "easy"}]},
    "no mark": {"version": 3, "reviews": [{"question": 12, "time": 5, "ticks": []}]},
    "a question that is none": {"version": 3, "reviews": [{**REVIEW, "question": 0}]},
    "a question by name": {"version": 3, "reviews": [{**REVIEW, "question": "12"}]},
    "a time that is none": {"version": 3, "reviews": [{**REVIEW, "time": 1e300}]},
    "a time before time": {"version": 3, "reviews": [{**REVIEW, "time": -1}]},
    "a tick that is none": {"version": 3, "reviews": [{**REVIEW, "ticks": ["x"]}]},
    "a place of a point": {"version": 3, "reviews": [{**REVIEW, "ticks": [0]}]},
    "half an edit": {"version": 3, "reviews": [{**REVIEW, "edit": 0.5}]},
    "a review that is none": {"version": 3, "reviews": [None]},
    "an exam that is none": {"version": 3, "reviews": [], "exam": {"date": "soon", "set": 1}},
    "problems that are none": {"version": 3, "reviews": [], "problems": {"gptq": {"solved": 1}}},
    "version 2 with a list": {"version": 2, "questions": []},
    "version 1 by name": {"version": 1, "questions": {"x": {"known": True, "ticks": []}}},
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_record_is_refused(case: str) -> None:
    assert parsed(REFUSED[case]) is None


def test_the_review_that_the_refused_ones_are_made_of_is_taken() -> None:
    record = {"version": 3, "reviews": [REVIEW], "problems": {}}
    assert parsed(record) == record


def said(reviews: list[dict[str, Any]], said: dict[str, Any], time: int) -> Any:
    return PAGE.call("(reviews, said, time) => miaotuiRecord.told(reviews, 12, said, time)", reviews, said, time)


def test_within_an_hour_a_mark_is_put_right_and_later_it_is_a_new_one() -> None:
    first = said([], {"mark": "good"}, HOUR)
    assert first == {"question": 12, "time": HOUR, "mark": "good", "ticks": []}
    right = said([first], {"mark": "hard"}, HOUR + 1)
    assert right == {**first, "mark": "hard", "edit": 1}
    assert said([right], {"mark": "hard"}, HOUR + 2) == {**first, "mark": None, "edit": 2}
    ticked = said([right], {"ticks": [KEYS[0]]}, HOUR + 3)
    assert ticked == {**first, "mark": "hard", "ticks": [KEYS[0]], "edit": 2}
    later = said([ticked], {"mark": "good"}, 3 * HOUR)
    assert later == {"question": 12, "time": 3 * HOUR, "mark": "good", "ticks": [KEYS[0]]}


def test_ticks_alone_leave_the_mark_that_stands() -> None:
    first = said([], {"mark": "good"}, HOUR)
    ticked = said([first], {"ticks": [KEYS[0]]}, 3 * HOUR)
    assert ticked["mark"] is None
    state = PAGE.call("reviews => miaotuiRecord.state(reviews)", [first, ticked])
    assert state == {"mark": "good", "ticks": [KEYS[0]]}
