"""Computed when asked and remembered: functools.lru_cache, generators, a forward search for each question."""

from functools import lru_cache
from itertools import count
from math import inf


class Guide:
    def __init__(self, transitions, start, accepting, vocabulary, eos):
        if eos < 0 or eos >= len(vocabulary):
            raise ValueError(f"eos {eos}")

        def after(state, text):
            for c in text:
                try:
                    state = transitions[state][c]
                except KeyError:
                    return None
            return state

        def steps(state):
            for i, text in enumerate(vocabulary):
                if i != eos and text != "":
                    end = after(state, text)
                    if end is not None:
                        yield i, end

        @lru_cache(maxsize=None)
        def completes(state):
            seen, front = {state}, {state}
            while front:
                if front & set(accepting):
                    return True
                front = {end for here in front for _, end in steps(here)} - seen
                seen |= front
            return False

        @lru_cache(maxsize=None)
        def row(state):
            if state is None:
                return {}
            found = {i: end for i, end in steps(state) if completes(end)}
            if state in accepting:
                found[eos] = None
            return found

        if not completes(start):
            raise ValueError("nothing to generate")
        self._row, self._size = row, len(vocabulary)

    def mask(self, state):
        row = self._row(state)
        words = []
        for first in count(0, 32):
            if first >= self._size:
                return words
            words.append(sum((first + bit in row) << bit for bit in range(32)))

    def apply(self, logits, state):
        if len(logits) != self._size:
            raise ValueError("length")
        row = self._row(state)
        return [logit if i in row else -inf for i, logit in enumerate(logits)]

    def advance(self, state, token):
        row = self._row(state)
        if token not in row:
            raise ValueError(f"{token} may not follow")
        return row[token]
