LIMITS = ("ttft", "tpot", "e2e")


def summarize(reqs, slo):
    """Percentiles of TTFT, TPOT, ITL and E2E, tokens and good requests per second."""
    for name in slo:
        if name not in LIMITS:
            raise ValueError(f"slo has the key '{name}'; accepted: ttft, tpot, e2e")

    samples = {"ttft": [], "tpot": [], "itl": [], "e2e": []}
    tokens = good = 0
    begin = end = None
    for number, request in enumerate(reqs):
        arrival, times = request["arrival"], request["token_times"]
        check_order(number, arrival, times)
        last = times[-1] if times else arrival
        # A failed request holds the machine too, so it counts in the window.
        begin = arrival if begin is None else min(begin, arrival)
        end = last if end is None else max(end, last)
        if not request["ok"]:
            continue
        if not times:
            raise ValueError(f"request {number} is ok, but has no token; accepted: one token or more")

        tokens += len(times)
        latency = latencies(arrival, times)
        good += all(latency[name] is None or latency[name] <= slo[name] for name in slo)
        for name in LIMITS:
            if latency[name] is not None:
                samples[name].append(latency[name])
        samples["itl"].extend(times[i] - times[i - 1] for i in range(1, len(times)))

    window = end - begin if reqs else 0
    return {
        "ttft": percentiles(samples["ttft"]),
        "tpot": percentiles(samples["tpot"]),
        "itl": percentiles(samples["itl"]),
        "e2e": percentiles(samples["e2e"]),
        "tokens_per_s": tokens / window if window > 0 else None,
        "goodput": good / window if window > 0 else None,
        "attainment": good / len(reqs) if reqs else None,
    }


def check_order(number, arrival, times):
    before = arrival
    for time in times:
        if not time >= before:
            raise ValueError(f"request {number} has a token at {time} after {before}; accepted: times in order")
        before = time


def latencies(arrival, times):
    """TTFT, TPOT and E2E of one request; no TPOT where no token follows the first."""
    gaps = len(times) - 1
    tpot = (times[-1] - times[0]) / gaps if gaps else None
    return {"ttft": times[0] - arrival, "tpot": tpot, "e2e": times[-1] - arrival}


def percentiles(values):
    if not values:
        return None
    ordered = sorted(values)
    return {"p50": percentile(ordered, 50), "p99": percentile(ordered, 99)}


def percentile(ordered, q):
    """The q-th percentile of the values, interpolated linearly."""
    place = (len(ordered) - 1) * q / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
