"""A dataclass for one example, a property for each term."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property


@dataclass
class Example:
    student: list
    teacher: list
    label: int
    T: float
    alpha: float

    @staticmethod
    def logs(row, t):
        shifted = [(x - max(row)) / t for x in row]
        whole = math.log(sum(map(math.exp, shifted)))
        return [x - whole for x in shifted]

    @cached_property
    def soft(self):
        return list(zip(self.logs(self.student, self.T), self.logs(self.teacher, self.T)))

    @cached_property
    def hard(self):
        return self.logs(self.student, 1.0)

    @property
    def loss(self):
        kl = sum(math.exp(t) * (t - s) for s, t in self.soft)
        return self.alpha * self.T**2 * kl - (1 - self.alpha) * self.hard[self.label]

    def slope(self, scale):
        for at, ((s, t), h) in enumerate(zip(self.soft, self.hard)):
            soft = self.alpha * self.T * (math.exp(s) - math.exp(t))
            yield (soft + (1 - self.alpha) * (math.exp(h) - (at == self.label))) * scale


def kd_loss(zs, zt, y, T, alpha):
    if math.isnan(T) or T <= 0 or math.isnan(alpha) or alpha < 0 or alpha > 1:
        raise ValueError("T, alpha")
    B = len(zs)
    if not B or len(zt) != B or len(y) != B or not zs[0]:
        raise ValueError("empty, or of different lengths")
    if any(len(row) != len(zs[0]) for rows in (zs, zt) for row in rows):
        raise ValueError("ragged")
    if not all(0 <= label < len(zs[0]) for label in y):
        raise ValueError("labels")
    batch = [Example(*each, T, alpha) for each in zip(zs, zt, y)]
    return sum(example.loss for example in batch) / B, [list(example.slope(1 / B)) for example in batch]
