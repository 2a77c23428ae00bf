"""heapq.nlargest for the choice, Counter and defaultdict for the queues."""

import heapq
import math
from collections import Counter, defaultdict
from itertools import count


def check(x, Wr, experts, k, cf):
    E = len(experts)
    if E == 0 or k < 1 or k > E or not cf > 0:
        raise ValueError("k, cf or no expert")
    if any(len(row) != E for row in Wr) or any(len(row) != len(Wr) for row in x):
        raise ValueError("shapes")


def route(row, Wr, k, renorm):
    logits = [math.fsum(map(lambda a, w: a * w, row, column)) for column in zip(*Wr)]
    top = max(logits)
    weights = [math.exp(z - top) for z in logits]
    chosen = heapq.nlargest(k, range(len(logits)), key=lambda e: (weights[e], -e))
    whole = math.fsum(weights[e] for e in chosen) if renorm else math.fsum(weights)
    return [(e, weights[e] / whole) for e in chosen]


def moe(x, Wr, experts, k, cf, renorm=True):
    check(x, Wr, experts, k, cf)
    capacity = math.ceil(len(x) * k * cf / len(experts) - 1e-9)
    sent, load = defaultdict(list), Counter()
    for token, row in zip(count(), x):
        for expert, weight in route(row, Wr, k, renorm):
            if load[expert] < capacity:
                load[expert] += 1
                sent[expert].append((token, weight))
    y = [[0.0 for _ in row] for row in x]
    for expert in sorted(sent):
        tokens, weights = zip(*sent[expert])
        for token, weight, output in zip(tokens, weights, experts[expert]([x[t] for t in tokens])):
            y[token] = [old + weight * new for old, new in zip(y[token], output)]
    dropped = len(x) * k - sum(load.values())
    return y, {
        "capacity": capacity,
        "load": [load[e] for e in range(len(experts))],
        "dropped": dropped,
        "drop_rate": dropped / (len(x) * k) if len(x) else 0.0,
    }
