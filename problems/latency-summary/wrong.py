"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "any_limit",
        "limits",
        "asks for one limit to be met, not all",
        "all(latency[name] is",
        "not slo or any(latency[name] is",
    ),
    (
        "failures_counted",
        "failures",
        "takes the latency of failed requests that sent some tokens",
        'if not request["ok"]',
        'if not request["ok"] and not times',
    ),
    (
        "failures_forgotten",
        "failures",
        "divides by the requests that came back, so that failing helps",
        "    tokens = good = ",
        "    tokens = good = served = ",
        'raise ValueError(f"request {number} is ok, but has no token; accepted: one token or more")',
        """raise ValueError(f"request {number} is ok, but has no token; accepted: one token or more")
        served += 1""",
        "len(reqs) if reqs else",
        "served if served else",
    ),
    (
        "itl_of_requests",
        "one_request",
        "takes each request's mean gap for its ITL, which smooths the stalls away",
        "times[i] - times[i - 1] for i in range(1, len(times))",
        '[latency["tpot"]] if latency["tpot"] is not None else []',
    ),
    (
        "limit_is_out",
        "limits",
        "counts a latency that equals its limit as missed",
        "latency[name] <= slo",
        "latency[name] < slo",
    ),
    (
        "nearest_rank",
        "one_request",
        "takes the sample above, as many tools do, where a straight line is asked for",
        "below] + (ordered[above] - ordered[below]) * (place - below)",
        "above] if place > below else ordered[below]",
    ),
    (
        "one_place_off",
        "one_request",
        "takes the place among n samples, where n samples have n - 1 steps between them",
        "(len(ordered) - 1) * q / 100",
        "min(len(ordered) * q / 100, len(ordered) - 1)",
    ),
    (
        "sorts_the_times",
        "out_of_order",
        "sorts times that go back, and hides that a clock was wrong",
        """arrival, times = request["arrival"], request["token_times"]
        check_order(number, arrival, times)""",
        """arrival, times = request["arrival"], sorted(request["token_times"])
        if times:
            check_order(number, arrival, times)""",
    ),
    (
        "tokens_not_gaps",
        "one_request",
        "divides by the tokens after the arrival, not by the gaps between them",
        "gaps if gaps else None",
        "len(times) if gaps else None",
    ),
    (
        "tpot_from_arrival",
        "one_request",
        "spreads the whole latency over the tokens, so that TTFT is counted in",
        "times[0]) / gaps if ",
        "arrival) / gaps if ",
    ),
    (
        "unsorted",
        "interpolated",
        "takes percentiles of samples in the order in which they came",
        "    ordered = sorted",
        "    ordered = list",
    ),
    (
        "window_from_first_token",
        "one_request",
        "starts the clock at the first token, as if the queue and the prefill were free",
        "begin = arrival if begin is None else min(begin, arrival)",
        """first = times[0] if times else arrival
        begin = first if begin is None else min(begin, first)""",
    ),
    (
        "window_of_successes",
        "window_of_failures",
        "leaves failed requests out of the window, though they held the machine",
        "last = times[-1] if times else arrival",
        """last = times[-1] if times else arrival
        if not request["ok"]:
            continue""",
        """        if not request["ok"]:
            continue
""",
        "",
        "begin if reqs else 0",
        "begin if end is not None else 0",
    ),
    (
        "zero_tpot",
        "one_token",
        "gives a request of one token a TPOT of 0, which makes the median look better",
        "gaps if gaps else None",
        "gaps if gaps else 0.0",
    ),
]
