"""Masks packed through int.from_bytes; sets of tokens by target; a dataclass of rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import pack, unpack


@dataclass
class Row:
    targets: dict[int, object] = field(default_factory=dict)
    may_end: bool = False

    def live(self, good):
        return {token: target for token, target in self.targets.items() if target in good}


class Guide:
    def __init__(self, transitions, start, accepting, vocabulary, eos):
        if eos < 0 or len(vocabulary) <= eos:
            raise ValueError("the end must be a token")
        self.size, self.eos = len(vocabulary), eos
        rows: dict[object, Row] = {}

        def explore(state):
            row = rows[state] = Row(may_end=state in accepting)
            for token in set(range(len(vocabulary))) - {eos}:
                here, rest = state, vocabulary[token]
                if rest == "":
                    continue
                while rest and here in transitions and rest[0] in transitions[here]:
                    here, rest = transitions[here][rest[0]], rest[1:]
                if not rest:
                    row.targets[token] = here
            return [target for target in row.targets.values() if target not in rows]

        queue = [start]
        while queue:
            state = queue.pop(0)
            if state not in rows:
                queue += explore(state)
        good = {state for state, row in rows.items() if row.may_end}
        for _ in rows:
            good |= {state for state, row in rows.items() if row.live(good)}
        if start not in good:
            raise ValueError("empty")
        self.rows = {state: Row(rows[state].live(good), rows[state].may_end) for state in good}
        self.rows[None] = Row()

    def tokens(self, state):
        row = self.rows[state]
        return set(row.targets) | ({self.eos} if row.may_end else set())

    def mask(self, state):
        words = -(-self.size // 32)
        packed = bytearray(4 * words)
        for token in self.tokens(state):
            packed[token >> 3] |= 1 << (token & 7)
        return list(unpack(f"<{words}I", pack(f"{4 * words}B", *packed)))

    def apply(self, logits, state):
        if not len(logits) == self.size:
            raise ValueError("size")
        out, allowed = list(logits), self.tokens(state)
        for token in range(self.size):
            if token not in allowed:
                out[token] = float("-inf")
        return out

    def advance(self, state, token):
        if token not in self.tokens(state):
            raise ValueError(token)
        return self.rows[state].targets.get(token) if token != self.eos else None
