"""sorted() by probability alone, which is stable; dataclass for the stats."""

import math
from dataclasses import asdict, dataclass


def check(x, Wr, experts, k, cf):
    E = len(experts)
    if E == 0 or k < 1 or k > E or not cf > 0:
        raise ValueError("k, cf or no expert")
    if any(len(row) != E for row in Wr) or any(len(row) != len(Wr) for row in x):
        raise ValueError("shapes")


@dataclass
class Stats:
    capacity: int
    load: list
    dropped: int = 0
    drop_rate: float = 0.0


def moe(x, Wr, experts, k, cf, renorm=True):
    check(x, Wr, experts, k, cf)
    E, T = len(experts), len(x)
    stats = Stats(math.ceil(cf * T * k / E - 1e-9), [0] * E)
    inbox = {e: [] for e in range(E)}
    for t, row in enumerate(x):
        logits = [sum(a * w[e] for a, w in zip(row, Wr)) for e in range(E)]
        top = max(logits)
        p = [math.exp(z - top) for z in logits]
        z = sum(p)
        p = [a / z for a in p]
        chosen = sorted(range(E), key=lambda e: -p[e])[:k]
        z = sum(p[e] for e in chosen) if renorm else 1
        for e in chosen:
            if stats.load[e] == stats.capacity:
                stats.dropped += 1
            else:
                stats.load[e] += 1
                inbox[e].append((t, p[e] / z))
    y = [[0.0] * len(row) for row in x]
    for e, items in inbox.items():
        if not items:
            continue
        for (t, w), out in zip(items, experts[e]([x[t] for t, _ in items])):
            for j, value in enumerate(out):
                y[t][j] += w * value
    if T:
        stats.drop_rate = stats.dropped / (T * k)
    return y, asdict(stats)
