"""statistics.quantiles is not used: a bisected place; dict comprehensions and chain."""

from itertools import chain, pairwise
from math import floor

KEYS = {"ttft", "tpot", "e2e"}


def at(samples, q):
    x = (len(samples) - 1) * q
    low = floor(x)
    high = min(low + 1, len(samples) - 1)
    return samples[low] * (1 - (x - low)) + samples[high] * (x - low)


def spread(samples):
    samples = sorted(samples)
    return {"p50": at(samples, 0.5), "p99": at(samples, 0.99)} if samples else None


def summarize(reqs, slo):
    if set(slo) - KEYS:
        raise ValueError(sorted(set(slo) - KEYS))
    for r in reqs:
        if any(b < a for a, b in pairwise([r["arrival"], *r["token_times"]])):
            raise ValueError("time goes back")
        if r["ok"] and not r["token_times"]:
            raise ValueError("ok and silent")
    done = [r for r in reqs if r["ok"]]
    rows = []
    for r in done:
        t = r["token_times"]
        row = {"ttft": t[0] - r["arrival"], "e2e": t[-1] - r["arrival"]}
        if len(t) > 1:
            row["tpot"] = (t[-1] - t[0]) / (len(t) - 1)
        rows.append(row)
    good = sum(all(row.get(k, limit) <= limit for k, limit in slo.items()) for row in rows)
    result = {key: spread(row[key] for row in rows if key in row) for key in sorted(KEYS)}
    result["itl"] = spread(b - a for r in done for a, b in pairwise(r["token_times"]))
    window = 0
    if reqs:
        moments = list(chain.from_iterable([r["arrival"], *r["token_times"]] for r in reqs))
        window = max(moments) - min(moments)
    tokens = sum(len(r["token_times"]) for r in done)
    result["tokens_per_s"] = tokens / window if window else None
    result["goodput"] = good / window if window else None
    result["attainment"] = good / len(reqs) if reqs else None
    return result
