"""Recursion through the text of a token, and from states backwards; named tuples for moves."""

from collections import defaultdict
from typing import NamedTuple


class Move(NamedTuple):
    origin: object
    token: int
    target: object


def spell(transitions, state, text):
    if not text:
        return [state]
    step = transitions.get(state, {})
    return spell(transitions, step[text[0]], text[1:]) if text[0] in step else []


class Guide:
    def __init__(self, transitions, start, accepting, vocabulary, eos):
        if not -1 < eos < len(vocabulary):
            raise ValueError(eos)
        every = {start} | set(transitions) | {t for row in transitions.values() for t in row.values()} | accepting
        moves = [
            Move(state, token, target)
            for state in every
            for token, text in enumerate(vocabulary)
            if text and token != eos
            for target in spell(transitions, state, text)
        ]
        origins = defaultdict(set)
        for move in moves:
            origins[move.target].add(move.origin)
        good = set()

        def back(state):
            if state not in good:
                good.add(state)
                for origin in origins[state]:
                    back(origin)

        for state in accepting:
            back(state)
        if start not in good:
            raise ValueError("no way through")
        self.next = {(m.origin, m.token): m.target for m in moves if m.target in good}
        self.next.update(((state, eos), None) for state in accepting)
        self.vocabulary_size = len(vocabulary)

    def mask(self, state):
        flags = [(state, token) in self.next for token in range(self.vocabulary_size)]
        groups = [flags[at : at + 32] for at in range(0, len(flags), 32)]
        return [int("".join("01"[flag] for flag in reversed(group)), 2) for group in groups]

    def apply(self, logits, state):
        if self.vocabulary_size != len(logits):
            raise ValueError("one logit for each token")
        pairs = enumerate(logits)
        return [logit if (state, token) in self.next else -float("inf") for token, logit in pairs]

    def advance(self, state, token):
        try:
            return self.next[state, token]
        except KeyError:
            raise ValueError(f"{token} cannot follow {state}") from None
