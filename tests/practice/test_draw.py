"""practice/draw.js: which question comes next, when practising, in the last hour and in a mock interview."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.page_scripts import Scripts

PAGE = Scripts(["js/practice/draw.js"])
DAY = 86_400_000


def card(number: int, *, level: int = 2, weight: int = 1, topic: int = 0) -> dict[str, Any]:
    return {"number": number, "level": level, "weight": weight, "topic": topic}


CARDS = [card(number, level=1 + number % 3, weight=number, topic=number % 2) for number in range(1, 31)]
INTERVIEW = """(cards, plan, missed) => {
  const asked = []
  for (const each of missed) {
    const card = miaotuiDraw.next(cards, plan, asked)
    if (!card) break
    asked.push({ card, missed: each })
  }
  return asked.map(({ card }) => [card.number, card.level])
}"""


def interview(missed: list[int], seed: str = "a", level: int = 2, topics: list[int] | None = None) -> list[list[int]]:
    plan = {"seed": seed, "level": level, "minutes": 30, "topics": topics or []}
    found: list[list[int]] = PAGE.call(INTERVIEW, CARDS, plan, missed)
    return found


def test_the_same_seed_gives_the_same_interview_and_another_seed_another() -> None:
    missed = [1, 0, 2, 0, 1, 1]
    assert interview(missed) == interview(missed)
    assert len({str(interview(missed, f"seed{at}")) for at in range(20)}) > 15


def test_what_is_missed_stays_at_the_level_and_what_is_not_leads_to_the_next() -> None:
    levels = [level for _, level in interview([1, 0, 0, 0, 1], level=1)]
    assert levels == [1, 1, 2, 3, 3]
    assert [level for _, level in interview([0, 1, 1], level=1)] == [1, 2, 1]


def test_no_question_comes_twice_and_all_of_the_chosen_topics_come() -> None:
    numbers = [number for number, _ in interview([1] * 40, topics=[1])]
    assert len(numbers) == len(set(numbers)) == 15
    assert all(number % 2 for number in numbers)


def test_what_is_asked_more_often_comes_first_more_often() -> None:
    """Weight 31 against 1 is 32 to 2, since a question that nobody was seen to ask may come too."""
    cards = [card(1, weight=1), card(2, weight=31)]
    plans = [{"seed": f"s{at}", "level": 2, "minutes": 30, "topics": []} for at in range(2000)]
    script = "(cards, plans) => plans.map(plan => miaotuiDraw.next(cards, plan, []).number)"
    first = Counter(PAGE.call(script, cards, plans))
    assert 0.03 < first[1] / 2000 < 0.09


def test_an_hour_has_the_questions_asked_most_in_the_order_of_the_path() -> None:
    cards = [card(number, weight=number % 7) for number in range(1, 41)]
    numbers = [one["number"] for one in PAGE.call("(cards, minutes) => miaotuiDraw.hour(cards, minutes)", cards, 20)]
    assert numbers == sorted(numbers)
    assert len(numbers) == 10
    assert {number % 7 for number in numbers} == {5, 6}


def queue(due: dict[int, int], days: int | None, done: int = 0) -> Any:
    script = """(cards, due, now, days, done) => {
      const { due: again, fresh, left } = miaotuiDraw.queue(cards, new Map(due), now, days, done)
      return [again.map(card => card.number), fresh.map(card => card.number), left]
    }"""
    return PAGE.call(script, CARDS, list(due.items()), 10 * DAY, days, done)


def test_due_stands_by_its_day_and_new_ones_by_how_often_they_are_asked() -> None:
    again, fresh, left = queue({3: 9 * DAY, 4: 8 * DAY, 5: 11 * DAY, 6: 9 * DAY}, None)
    assert again == [4, 6, 3]
    assert fresh == [30, 29, 28, 27, 26]
    assert left == 26


def test_new_questions_are_spread_over_the_days_until_an_exam() -> None:
    assert len(queue({}, 10)[1]) == 3
    assert len(queue({}, 1)[1]) == 30
    # Three of the day's were done.
    assert len(queue({1: 99 * DAY, 2: 99 * DAY, 3: 99 * DAY}, 10, done=3)[1]) == 0
    assert len(queue({1: 99 * DAY}, None, done=2)[1]) == 3


def test_two_follow_ups_at_most_and_none_where_nothing_was_missed() -> None:
    script = "(count, missed) => miaotuiDraw.followUps(count, 'a', 19, missed)"
    assert PAGE.call(script, 5, 0) == []
    assert PAGE.call(script, 0, 3) == []
    assert len(set(PAGE.call(script, 5, 4))) == 2
    assert len(PAGE.call(script, 5, 1)) == 1


def test_the_mark_of_points() -> None:
    script = "(said, all) => miaotuiDraw.marked(said, all)"
    assert [PAGE.call(script, said, 5) for said in range(6)] == ["again", "again", "again", "hard", "hard", "good"]
