"""Filters as functions from (tokens, weights) to tokens, run in order by a loop; functools.partial."""

from functools import partial
from math import exp, inf, isnan


def top_k_filter(k, tokens, weights):
    return tokens[:k] if k else tokens


def top_p_filter(p, tokens, weights):
    if p == 1.0:
        return tokens
    whole, mass = sum(weights[t] for t in tokens), 0.0
    for count, token in enumerate(tokens, 1):
        mass += weights[token]
        if mass >= p * whole:
            return tokens[:count]
    return tokens


def min_p_filter(p, tokens, weights):
    return [t for t in tokens if weights[t] >= p * weights[tokens[0]]]


def validated(logits, **settings):
    if not logits or any(isnan(x) for x in logits) or inf in logits or set(logits) == {-inf}:
        raise ValueError("logits")
    bounds = {"temperature": (0, inf), "top_k": (0, inf), "top_p": (0, 1), "min_p": (0, 1)}
    for name, (low, high) in bounds.items():
        if not low <= settings[name] <= high or (name == "top_p" and settings[name] == 0):
            raise ValueError(name)


def filter_probs(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    validated(logits, temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    tokens = sorted(range(len(logits)), key=lambda t: -logits[t])
    best = logits[tokens[0]]
    if temperature == 0:
        return [1.0 if t == tokens[0] else 0.0 for t in range(len(logits))]
    weights = [exp((x - best) / temperature) for x in logits]
    for step in (partial(top_k_filter, top_k), partial(top_p_filter, top_p), partial(min_p_filter, min_p)):
        tokens = step(tokens, weights)
    whole = sum(weights[t] for t in tokens)
    return [weights[t] / whole if t in tokens else 0.0 for t in range(len(logits))]


def sample(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, rng):
    probs = filter_probs(logits, temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    positive = [t for t, p in enumerate(probs) if p]
    if temperature == 0:
        (token,) = positive
        return token
    u = rng.random()
    mass = 0.0
    for token in positive:
        mass += probs[token]
        if mass > u:
            return token
    return positive.pop()
