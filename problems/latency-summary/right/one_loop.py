"""One loop with plain lists and flags, as in C."""


def quantile(values, percent):
    i = (len(values) - 1) * percent // 100
    rest = (len(values) - 1) * percent - i * 100
    if rest == 0:
        return values[i]
    return (values[i] * (100 - rest) + values[i + 1] * rest) / 100


def both(values):
    if len(values) == 0:
        return None
    values.sort()
    return {"p50": quantile(values, 50), "p99": quantile(values, 99)}


def summarize(reqs, slo):
    for name in slo:
        if name != "ttft" and name != "tpot" and name != "e2e":
            raise ValueError(name)
    ttft, tpot, itl, e2e = [], [], [], []
    tokens, good = 0, 0
    start, stop = None, None
    for r in reqs:
        t = r["token_times"]
        if start is None or r["arrival"] < start:
            start = r["arrival"]
        if stop is None or r["arrival"] > stop:
            stop = r["arrival"]
        previous = r["arrival"]
        for i in range(len(t)):
            if t[i] < previous:
                raise ValueError("order")
            previous = t[i]
            if t[i] > stop:
                stop = t[i]
        if r["ok"]:
            if len(t) == 0:
                raise ValueError("tokens")
            ok = True
            tokens += len(t)
            first, whole = t[0] - r["arrival"], t[-1] - r["arrival"]
            ttft.append(first)
            e2e.append(whole)
            if "ttft" in slo and first > slo["ttft"]:
                ok = False
            if "e2e" in slo and whole > slo["e2e"]:
                ok = False
            if len(t) > 1:
                mean = (t[-1] - t[0]) / (len(t) - 1)
                tpot.append(mean)
                if "tpot" in slo and mean > slo["tpot"]:
                    ok = False
                for i in range(1, len(t)):
                    itl.append(t[i] - t[i - 1])
            if ok:
                good += 1
    result = {"ttft": both(ttft), "tpot": both(tpot), "itl": both(itl), "e2e": both(e2e)}
    result["tokens_per_s"] = result["goodput"] = result["attainment"] = None
    if len(reqs) > 0:
        result["attainment"] = good / len(reqs)
        if stop > start:
            result["tokens_per_s"] = tokens / (stop - start)
            result["goodput"] = good / (stop - start)
    return result
