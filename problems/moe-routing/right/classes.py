"""An object for each expert that keeps its own queue; exact fractions for the capacity."""

import math
from fractions import Fraction


def check(x, Wr, experts, k, cf):
    E = len(experts)
    if E == 0 or k < 1 or k > E or not cf > 0:
        raise ValueError("k, cf or no expert")
    if any(len(row) != E for row in Wr) or any(len(row) != len(Wr) for row in x):
        raise ValueError("shapes")


class Slot:
    def __init__(self, function, room):
        self.function, self.room, self.queue = function, room, []

    def take(self, token, row, weight):
        if len(self.queue) == self.room:
            return False
        self.queue.append((token, row, weight))
        return True

    def answers(self):
        if not self.queue:
            return
        outputs = self.function([row for _, row, _ in self.queue])
        for (token, _, weight), output in zip(self.queue, outputs):
            yield token, [weight * value for value in output]


def moe(x, Wr, experts, k, cf, renorm=True):
    check(x, Wr, experts, k, cf)
    exact = Fraction(cf) * len(x) * k / len(experts) - Fraction(1, 10**9)
    slots = [Slot(function, math.ceil(exact)) for function in experts]
    refused = 0
    for token, row in enumerate(x):
        logits = [sum(a * b for a, b in zip(row, column)) for column in zip(*Wr)] or [0.0] * len(experts)
        top = max(logits)
        p = [math.exp(z - top) for z in logits]
        p = [a / sum(p) for a in p]
        picked, rest = [], set(range(len(p)))
        while len(picked) < k:
            e = max(sorted(rest), key=p.__getitem__)
            rest.discard(e)
            picked.append(e)
        share = sum(p[e] for e in picked) if renorm else 1.0
        refused += sum(not slots[e].take(token, row, p[e] / share) for e in picked)
    y = [[0.0] * len(row) for row in x]
    for slot in slots:
        for token, output in slot.answers():
            for j, value in enumerate(output):
                y[token][j] += value
    return y, {
        "capacity": slots[0].room,
        "load": [len(slot.queue) for slot in slots],
        "dropped": refused,
        "drop_rate": refused / (len(x) * k) if x else 0.0,
    }
