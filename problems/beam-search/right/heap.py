"""heapq.nsmallest over all candidates; sums kept as lists and added with fsum."""

import heapq
import math


def beam_search(step, beam, max_len, eos, alpha=0.0):
    if beam < 1 or max_len < 1 or eos < 0 or not alpha >= 0:
        raise ValueError("arguments")

    def key(item):
        tokens, logs = item
        return -math.fsum(logs) / len(tokens) ** alpha, tokens

    live = [((), [])]
    for _ in range(max_len):
        pool = []
        for tokens, logs in live:
            if tokens and tokens[-1] == eos:
                pool.append((tokens, logs))
                continue
            row = step(tokens)
            if eos >= len(row):
                raise ValueError("eos")
            pool.extend((tokens + (i,), logs + [x]) for i, x in enumerate(row) if not math.isinf(x))
        live = heapq.nsmallest(beam, pool, key=key)
        if not any(tokens[-1] != eos for tokens, _ in live):
            break
    return [(tokens, -key((tokens, logs))[0]) for tokens, logs in live]
