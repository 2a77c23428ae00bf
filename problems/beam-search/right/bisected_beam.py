"""The beam is a list that bisect.insort keeps in order and cuts as it goes."""

from bisect import insort
from math import inf


def beam_search(step, beam, max_len, eos, alpha=0.0):
    for name, value, least in (("beam", beam, 1), ("max_len", max_len, 1), ("eos", eos, 0), ("alpha", alpha, 0)):
        if not value >= least:
            raise ValueError(f"{name} is {value}; at least {least}")
    kept = [(0.0, (), 0.0)]
    for length in range(1, max_len + 1):
        after = []

        def offer(tokens, total):
            insort(after, (-(total / len(tokens) ** alpha), tokens, total))
            if len(after) > beam:
                after.pop()

        for _, tokens, total in kept:
            if tokens[-1:] == (eos,):
                offer(tokens, total)
                continue
            row = step(tokens)
            if not eos < len(row):
                raise ValueError("eos is not in the vocabulary")
            for token, logp in enumerate(row):
                if logp != -inf:
                    offer(tokens + (token,), total + logp)
        kept = after
        if all(tokens[-1] == eos for _, tokens, _ in kept):
            break
    return [(tokens, total / len(tokens) ** alpha) for _, tokens, total in kept]
