"""Problem lru-lfu: any calls against a log of all uses, from which the victim is worked out anew each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.problem import load

SOLUTION = load("lru-lfu")
CALLS = st.lists(
    st.tuples(st.just("get"), st.integers(0, 6))
    | st.tuples(st.just("put"), st.integers(0, 6))
    | st.tuples(st.just("resize"), st.integers(0, 4)),
    max_size=60,
)


class Log:
    """Which keys are stored, and every use since they were."""

    def __init__(self, victim: Callable[[list[int]], int], capacity: int) -> None:
        self.victim, self.capacity = victim, capacity
        self.uses: list[int] = []

    def evict(self, most: int) -> list[int]:
        gone = []
        while len(set(self.uses)) > most:
            gone.append(self.victim(self.uses))
            self.uses = [key for key in self.uses if key != gone[-1]]
        return gone

    def get(self, key: int) -> int | None:
        if key not in self.uses:
            return None
        self.uses.append(key)
        return key

    def put(self, key: int) -> int | None:
        if self.capacity == 0:
            return None
        gone = [] if key in self.uses else self.evict(self.capacity - 1)
        self.uses.append(key)
        return gone[0] if gone else None

    def resize(self, capacity: int) -> list[int]:
        self.capacity = capacity
        return self.evict(capacity)


def _oldest(uses: list[int]) -> int:
    return min(set(uses), key=lambda key: -uses[::-1].index(key))


def _fewest(uses: list[int]) -> int:
    counts = Counter(uses)
    return min(counts, key=lambda key: (counts[key], -uses[::-1].index(key)))


@pytest.mark.parametrize(("kind", "victim"), [("LRUCache", _oldest), ("LFUCache", _fewest)])
@given(capacity=st.integers(0, 4), calls=CALLS)
def test_it_returns_what_the_log_of_uses_says(
    kind: str, victim: Callable[[list[int]], int], capacity: int, calls: list[tuple[str, int]]
) -> None:
    cache: Any = getattr(SOLUTION, kind)(capacity)
    log = Log(victim, capacity)
    for name, number in calls:
        arguments = (number, number) if name == "put" else (number,)
        assert getattr(cache, name)(*arguments) == getattr(log, name)(number)
        assert len(cache) == len(set(log.uses))
