"""Generators, fsum, and the two losses as functions that give value and slope."""

from itertools import chain
from math import exp, fsum, log


def normalized(row, t):
    top = max(row)
    whole = log(fsum(exp((x - top) / t) for x in row))
    return tuple((x - top) / t - whole for x in row)


def soft(student, teacher, t):
    a, b = normalized(student, t), normalized(teacher, t)
    value = t * t * fsum(exp(q) * (q - p) for p, q in zip(a, b))
    return value, [t * (exp(p) - exp(q)) for p, q in zip(a, b)]


def hard(student, label):
    a = normalized(student, 1.0)
    return -a[label], [exp(p) - float(at == label) for at, p in enumerate(a)]


def kd_loss(zs, zt, y, T, alpha):
    problems = [
        not T > 0,
        not 0.0 <= alpha <= 1.0,
        not zs or len(zs) != len(zt) or len(zs) != len(y),
        len(set(map(len, chain(zs, zt)))) != 1,
    ]
    if any(problems) or not zs[0] or set(y) - set(range(len(zs[0]))):
        raise ValueError("arguments")
    losses, slopes = [], []
    for s, t, label in zip(zs, zt, y):
        (v, g), (w, h) = soft(s, t, T), hard(s, label)
        losses.append(alpha * v + (1 - alpha) * w)
        slopes.append([(alpha * a + (1 - alpha) * b) / len(zs) for a, b in zip(g, h)])
    return fsum(losses) / len(zs), slopes
