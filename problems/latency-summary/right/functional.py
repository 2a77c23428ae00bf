"""Small lambdas and filters; operator.itemgetter; None filtered out."""

from operator import itemgetter

LATENCY = {
    "ttft": lambda a, t: t[0] - a,
    "tpot": lambda a, t: (t[-1] - t[0]) / (len(t) - 1) if len(t) != 1 else None,
    "e2e": lambda a, t: t[-1] - a,
}


def valid(r):
    moments = [r["arrival"]] + list(r["token_times"])
    return moments == sorted(moments) and bool(not r["ok"] or r["token_times"])


def interpolate(values, q):
    position = q * (len(values) - 1)
    weight = position % 1
    pair = values[int(position) : int(position) + 2]
    return pair[0] if len(pair) == 1 else pair[0] + weight * (pair[1] - pair[0])


def describe(values):
    values = sorted(value for value in values if value is not None)
    return {name: interpolate(values, q) for name, q in (("p50", 0.5), ("p99", 0.99))} if values else None


def summarize(reqs, slo):
    if not set(slo) <= set(LATENCY) or not all(map(valid, reqs)):
        raise ValueError("requests or limits")
    served = list(filter(itemgetter("ok"), reqs))
    table = [{name: f(r["arrival"], r["token_times"]) for name, f in LATENCY.items()} for r in served]

    def within(row):
        return all(row[name] is None or row[name] <= limit for name, limit in slo.items())

    good = len([row for row in table if within(row)])
    begin = min(map(itemgetter("arrival"), reqs), default=0)
    end = max((max([r["arrival"], *r["token_times"]]) for r in reqs), default=0)
    window = end - begin
    gaps = [b - a for r in served for a, b in zip(r["token_times"], r["token_times"][1:])]
    return {
        **{name: describe(row[name] for row in table) for name in LATENCY},
        "itl": describe(gaps),
        "tokens_per_s": sum(len(r["token_times"]) for r in served) / window if window > 0 else None,
        "goodput": good / window if window > 0 else None,
        "attainment": good / len(reqs) if reqs else None,
    }
