"""Generators for the candidates; a dict from tokens to sums; min taken again and again."""

import math


def candidates(kept, step, eos):
    for tokens, total in kept.items():
        if tokens and tokens[-1] == eos:
            yield tokens, total
        else:
            row = step(tokens)
            if not 0 <= eos < len(row):
                raise ValueError("eos")
            for token, logp in enumerate(row):
                if logp > -math.inf:
                    yield tokens + (token,), total + logp


def best_of(pool, count, alpha):
    chosen = {}
    while pool and len(chosen) < count:
        tokens = min(pool, key=lambda t: (-pool[t] / len(t) ** alpha, t))
        chosen[tokens] = pool.pop(tokens)
    return chosen


def beam_search(step, beam, max_len, eos, alpha=0.0):
    if min(beam, max_len) < 1 or alpha < 0:
        raise ValueError("beam, max_len or alpha")
    kept, rounds = {(): 0.0}, 0
    while rounds < max_len and (rounds == 0 or any(t[-1] != eos for t in kept)):
        kept = best_of(dict(candidates(kept, step, eos)), beam, alpha)
        rounds += 1
    return [(tokens, total / len(tokens) ** alpha) for tokens, total in kept.items()]
