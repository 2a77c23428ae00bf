"""heapq.nlargest for the ranking, a generator for the nucleus."""

import heapq
import math


def check(logits, temperature, top_k, top_p, min_p):
    if not logits or any(x != x or x == math.inf for x in logits) or max(logits) == -math.inf:
        raise ValueError("logits")
    if not (temperature >= 0 and top_k >= 0 and 0 < top_p <= 1 and 0 <= min_p <= 1):
        raise ValueError("settings")


def nucleus(ranked, weights, share):
    whole = sum(weights[i] for i in ranked)
    mass = 0.0
    for i in ranked:
        yield i
        mass += weights[i]
        if mass >= share * whole:
            return


def filter_probs(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    check(logits, temperature, top_k, top_p, min_p)
    peak = max(logits)
    out = [0.0] * len(logits)
    if temperature == 0.0:
        out[logits.index(peak)] = 1.0
        return out
    weights = [math.exp(x / temperature - peak / temperature) for x in logits]
    ranked = heapq.nlargest(top_k or len(logits), range(len(logits)), key=lambda i: (logits[i], -i))
    if top_p != 1.0:
        ranked = list(nucleus(ranked, weights, top_p))
    ranked = [i for i in ranked if weights[i] >= min_p * weights[ranked[0]]]
    whole = math.fsum(weights[i] for i in ranked)
    for i in ranked:
        out[i] = weights[i] / whole
    return out


def sample(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, rng):
    probs = filter_probs(logits, temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    if temperature == 0.0:
        return max(range(len(probs)), key=probs.__getitem__)
    u = rng.random()
    running, answer = 0.0, 0
    for token in range(len(probs)):
        if probs[token] == 0.0:
            continue
        running += probs[token]
        answer = token
        if running > u:
            break
    return answer
