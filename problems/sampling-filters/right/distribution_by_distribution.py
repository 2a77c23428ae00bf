"""Each step makes a new whole distribution."""

import math


def check(logits, temperature, top_k, top_p, min_p):
    if not logits or any(x != x or x == math.inf for x in logits) or max(logits) == -math.inf:
        raise ValueError("logits")
    if not (temperature >= 0 and top_k >= 0 and 0 < top_p <= 1 and 0 <= min_p <= 1):
        raise ValueError("settings")


def scaled(probs):
    whole = math.fsum(probs)
    return [p / whole for p in probs]


def filter_probs(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    check(logits, temperature, top_k, top_p, min_p)
    V, best = len(logits), max(logits)
    if temperature == 0:
        first = logits.index(best)
        return [float(i == first) for i in range(V)]
    probs = scaled([math.exp((x - best) / temperature) for x in logits])
    ranked = sorted(range(V), key=lambda i: (-logits[i], i))
    if top_k:
        keep = set(ranked[:top_k])
        probs = scaled([p if i in keep else 0.0 for i, p in enumerate(probs)])
    if top_p < 1:
        keep, mass = set(), 0.0
        for i in ranked:
            if mass >= top_p:
                break
            keep.add(i)
            mass += probs[i]
        probs = scaled([p if i in keep else 0.0 for i, p in enumerate(probs)])
    bound = min_p * max(probs)
    return scaled([p if p >= bound else 0.0 for p in probs])


def sample(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, rng):
    probs = filter_probs(logits, temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    if temperature == 0:
        return probs.index(1.0)
    u, mass, last = rng.random(), 0.0, None
    for token, p in enumerate(probs):
        if p > 0:
            last = token
            mass += p
            if mass > u:
                return token
    return last
