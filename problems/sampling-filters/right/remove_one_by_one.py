"""A list of [token, weight] that each filter shortens; while loops and early returns."""

import math


def check(logits, temperature, top_k, top_p, min_p):
    if not logits or any(x != x or x == math.inf for x in logits) or max(logits) == -math.inf:
        raise ValueError("logits")
    if not (temperature >= 0 and top_k >= 0 and 0 < top_p <= 1 and 0 <= min_p <= 1):
        raise ValueError("settings")


def kept(logits, temperature, top_k, top_p, min_p):
    check(logits, temperature, top_k, top_p, min_p)
    peak = max(logits)
    pairs = [[-x, i, 0.0] for i, x in enumerate(logits)]
    pairs.sort()
    if temperature == 0.0:
        return [(pairs[0][1], 1.0)]
    for pair in pairs:
        pair[2] = math.exp((-pair[0] - peak) / temperature)
    if top_k > 0:
        while len(pairs) > top_k:
            pairs.pop()
    if top_p < 1.0:
        whole = sum(pair[2] for pair in pairs)
        while len(pairs) > 1 and sum(pair[2] for pair in pairs[:-1]) >= top_p * whole:
            pairs.pop()
    while pairs[-1][2] < min_p:
        pairs.pop()
    whole = sum(pair[2] for pair in pairs)
    return sorted((i, weight / whole) for _, i, weight in pairs)


def filter_probs(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    probs = [0.0 for _ in logits]
    for token, p in kept(logits, temperature, top_k, top_p, min_p):
        probs[token] = p
    return probs


def sample(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, rng):
    left = kept(logits, temperature, top_k, top_p, min_p)
    if temperature == 0.0:
        return left[0][0]
    u = rng.random()
    total = 0.0
    left = [pair for pair in left if pair[1] > 0.0]
    for token, p in left:
        total += p
        if u < total:
            return token
    return left[-1][0]
