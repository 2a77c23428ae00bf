"""A dataclass for a row's state; the query is scaled once, in a copy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice


@dataclass
class State:
    query: list
    top: float
    total: float
    acc: list

    def see(self, key, value):
        score = sum(a * b for a, b in zip(self.query, key))
        if score > self.top:
            factor = math.exp(self.top - score)
            self.total *= factor
            self.acc = [a * factor for a in self.acc]
            self.top = score
        weight = math.exp(score - self.top)
        self.total += weight
        for d, x in enumerate(value):
            self.acc[d] += weight * x

    def result(self):
        return [a / self.total for a in self.acc], self.top + math.log(self.total)


def flash_forward(q, k, v, *, br, bc, causal=False, scale=None):
    T, S = len(q), len(k)
    if T == 0 or S == 0 or len(q[0]) == 0 or len(v) != S or br < 1 or bc < 1 or (causal and S < T):
        raise ValueError("shapes or tiles")
    D = len(q[0])
    if not all(len(row) == D for rows in (q, k, v) for row in rows):
        raise ValueError("rows")
    if scale is None:
        scale = D**-0.5
    states = [State([scale * x for x in row], -math.inf, 0.0, [0.0] * D) for row in q]
    hidden = 0
    for top in range(0, T, br):
        rows = list(islice(enumerate(states), top, top + br))
        last = rows[-1][0] + S - T if causal else S
        for left in range(0, S, bc):
            if left > last:
                hidden += 1
                continue
            for t, state in rows:
                for s in range(left, min(S, left + bc)):
                    if not causal or s <= t + S - T:
                        state.see(k[s], v[s])
    out, lse = map(list, zip(*(state.result() for state in states)))
    return out, lse, hidden
