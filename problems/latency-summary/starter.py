def summarize(reqs, slo):
    """Latency, throughput and goodput, from the timestamps of requests.

    reqs: list of {"arrival": s, "token_times": [s, ...], "ok": bool},
    all times on one clock; slo: {"ttft": s, "tpot": s, "e2e": s}, each
    key may be left out.
    Returns {"ttft", "tpot", "itl", "e2e": {"p50": s, "p99": s} or None,
    "tokens_per_s": token/s or None, "goodput": request/s or None,
    "attainment": 0.0 to 1.0 or None}.
    ValueError: times that go back, a request that is ok without a
    token, an unknown key in slo.
    """
    raise NotImplementedError
