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
    (
        "same_moment_refused",
        "bursts",
        "refuses two tokens at one moment",
        "        if not time >= before:",
        "        if not (time > before or time == before == arrival):",
    ),
    (
        "failed_unchecked",
        "out_of_order",
        "looks at the times of successes alone",
        "        check_order(number, arrival, times)\n",
        """        if request["ok"]:
            check_order(number, arrival, times)
""",
    ),
    (
        "ok_without_token_skipped",
        "ok_without_token",
        "leaves a successful request without a token out",
        '            raise ValueError(f"request {number} is ok, but has no token; accepted: one token or more")',
        "            continue",
    ),
    (
        "unknown_limit_ignored",
        "unknown_limit",
        "does nothing with a limit that it does not know",
        "            raise ValueError(f\"slo has the key '{name}'; accepted: ttft, tpot, e2e\")",
        "            slo = {key: slo[key] for key in slo if key in LIMITS}",
    ),
    (
        "zero_where_nothing",
        "only_one_token",
        "gives 0 where there is no sample",
        """    if not values:
        return None""",
        """    if not values:
        return {"p50": 0.0, "p99": 0.0}""",
    ),
    (
        "zero_rate",
        "no_time",
        "gives a rate of 0 where no time has passed",
        "tokens / window if window > 0 else None",
        "tokens / window if window > 0 else (0.0 if reqs else None)",
    ),
    (
        "attainment_of_nothing",
        "nothing",
        "gives an attainment of 1 without requests",
        "good / len(reqs) if reqs else None",
        "good / len(reqs) if reqs else 1.0",
    ),
    (
        "sorts_the_requests",
        "left_as_they_are",
        "sorts the caller's requests by arrival",
        "    begin = end = None\n",
        """    begin = end = None
    reqs.sort(key=lambda request: request["arrival"])
""",
    ),
    (
        "window_to_the_last_token",
        "window_of_failures",
        "ends the window at the last token",
        "        last = times[-1] if times else arrival\n",
        "        last = times[-1] if times else (end or arrival)\n",
    ),
    (
        "all_limits_needed",
        "one_request",
        "asks for all three limits",
        """for name in slo)
        for name""",
        """for name in LIMITS)
        for name""",
        "latency[name] <= slo[name]",
        "latency[name] <= slo.get(name, 0.0)",
    ),
    (
        "a_key_less",
        "one_request",
        "leaves out the goodput",
        '        "goodput": good / window if window > 0 else None,\n',
        "",
    ),
    (
        "short_window_for_none",
        "no_time",
        "takes a window of less than a microsecond for none",
        "tokens / window if window > 0",
        "tokens / window if window > 1e-6",
        "good / window if window > 0",
        "good / window if window > 1e-6",
    ),
    (
        "limits_of_requests_only",
        "unknown_limit",
        "looks at the limits only where there are requests",
        "    for name in slo:\n        if name",
        "    for name in slo if reqs else ():\n        if name",
    ),
    (
        "fills_in_the_limits",
        "left_as_they_are",
        "adds the limits that were left out to the caller's slo",
        "    samples = {",
        """    for name in LIMITS:
        slo.setdefault(name, float("inf"))
    samples = {""",
    ),
    (
        "limit_with_a_margin",
        "limits",
        "lets a limit be exceeded by a microsecond",
        "latency[name] <= slo[name]",
        "latency[name] <= slo[name] + 1e-6",
    ),
]
