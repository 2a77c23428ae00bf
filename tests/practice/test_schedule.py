"""schedule.js: the intervals of the page are those of the Python package fsrs, on histories by chance."""

from __future__ import annotations

import importlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.page_scripts import Scripts

FSRS: Any = importlib.import_module("fsrs")
PAGE = Scripts(["vendor/ts-fsrs/ts-fsrs.js", "js/schedule.js"])
MARKS = ("again", "hard", "good")
START = datetime(2026, 1, 1, 8, tzinfo=UTC)
REFERENCE = FSRS.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
DAY = 86_400_000
INTERVALS = """histories => histories.map(reviews => reviews.map((_, at) => {
  const before = reviews.slice(0, at)
  const { mark, time } = reviews[at]
  const told = miaotuiSchedule.after(before, mark, time, null)
  const known = miaotuiSchedule.memory(reviews.slice(0, at + 1))
  return [told, miaotuiSchedule.interval(known), known.state.stability]
}))"""


def milliseconds(time: datetime) -> int:
    return round(time.timestamp() * 1000)


def history(chance: random.Random) -> list[dict[str, Any]]:
    """Reviews on one day, after days and after months, too early and too late."""
    time, reviews = START, []
    for _ in range(chance.randint(1, 12)):
        mark = chance.choices(MARKS, weights=(2, 2, 5))[0]
        reviews.append({"question": 1, "time": milliseconds(time), "mark": mark, "ticks": []})
        hours = chance.choice([0.02, 3, 23, 25, 72, 24 * chance.randint(2, 40), 24 * chance.randint(30, 400)])
        time += timedelta(hours=hours)
    return reviews


def reference(reviews: list[dict[str, Any]]) -> list[tuple[int, float]]:
    """The interval and the stability after each review."""
    card, found = FSRS.Card(), []
    for review in reviews:
        time = START + timedelta(milliseconds=review["time"] - milliseconds(START))
        rating = FSRS.Rating(MARKS.index(review["mark"]) + 1)
        card, _ = REFERENCE.review_card(card, rating, time)
        found.append(((card.due - time).days, card.stability))
    return found


def test_the_intervals_of_1000_histories_are_the_reference_s() -> None:
    chance = random.Random(22)
    histories = [history(chance) for _ in range(1000)]
    found = PAGE.call(INTERVALS, histories)
    longest = 0
    for reviews, mine in zip(histories, found, strict=True):
        for (told, kept, stability), (days, theirs) in zip(mine, reference(reviews), strict=True):
            assert told == kept == days, reviews
            assert stability == pytest.approx(theirs, rel=1e-5)
            longest = max(longest, days)
    # Not all of them are the shortest there is.
    assert longest > 365


def due(reviews: list[tuple[int, str]], exam: str | None) -> int | None:
    """After how many days from its last review a question is due."""
    told = [
        {"question": 1, "time": milliseconds(START) + day * DAY, "mark": mark, "ticks": []} for day, mark in reviews
    ]
    script = """(reviews, exam) => {
      const found = miaotuiSchedule.due(reviews, exam)
      return found && miaotuiSchedule.daysBetween(reviews.at(-1).time, found)
    }"""
    found = PAGE.call(script, told, exam)
    assert found is None or isinstance(found, int)
    return found


KNOWN = [(0, "good"), (2, "good"), (13, "good"), (60, "good")]


def test_an_exam_halves_what_is_left() -> None:
    assert due(KNOWN, None) == reference_days(KNOWN) > 100
    assert due(KNOWN, "2026-04-01") == 15
    assert due(KNOWN, "2026-03-04") == 1
    # The day before, and on the day itself.
    assert due(KNOWN, "2026-03-03") == 1
    assert due(KNOWN, "2026-03-02") == due(KNOWN, None)


def reference_days(reviews: list[tuple[int, str]]) -> int:
    told = [{"time": milliseconds(START) + day * DAY, "mark": mark} for day, mark in reviews]
    return reference(told)[-1][0]


def test_a_short_interval_is_not_made_longer() -> None:
    assert due([(0, "again")], "2027-01-01") == due([(0, "again")], None) == 1


def test_what_was_never_marked_is_never_due() -> None:
    script = "reviews => miaotuiSchedule.due(reviews, null)"
    for review in (
        {"question": 1, "time": 5 * DAY, "mark": None, "ticks": ["848051ba"]},
        {"question": 1, "time": 0, "mark": "good", "ticks": []},
    ):
        assert PAGE.call(script, [review]) is None
    assert PAGE.call(script, []) is None
