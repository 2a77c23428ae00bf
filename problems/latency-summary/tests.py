from harness import Random, close, entry, equal, holds, raises

# Times are subtracted, divided and interpolated in another order than here.
ROUNDING = 1e-9
LATENCIES = ("ttft", "tpot", "itl", "e2e")


def request(arrival, *token_times, ok=True):
    return {"arrival": arrival, "token_times": list(token_times), "ok": ok}


def rank(values, q, scale):
    """The percentile, with whole numbers for the place, and no sorting."""
    below, part = divmod((len(values) - 1) * q, scale)
    return value_at(values, below) * (scale - part) / scale + (
        value_at(values, below + 1) * part / scale if part else 0
    )


def value_at(values, place):
    """What stands at that place once sorted: the value that so many others are below."""
    for value in values:
        less = sum(1 for other in values if other < value)
        if less <= place < less + sum(1 for other in values if other == value):
            return value


def oracle(reqs, slo):
    fine = [r for r in reqs if r["ok"]]
    found = {name: [] for name in LATENCIES}
    good = 0
    for r in fine:
        times = r["token_times"]
        gaps = [times[i + 1] - times[i] for i in range(len(times) - 1)]
        mine = {"ttft": times[0] - r["arrival"], "e2e": times[-1] - r["arrival"]}
        if gaps:
            mine["tpot"] = sum(gaps) / len(gaps)
        for name, seconds in mine.items():
            found[name].append(seconds)
        found["itl"] += gaps
        good += not [name for name in slo if name in mine and mine[name] > slo[name]]
    answer = {}
    for name in LATENCIES:
        values = found[name]
        answer[name] = {"p50": rank(values, 1, 2), "p99": rank(values, 99, 100)} if values else None
    moments = []
    for r in reqs:
        moments += [r["arrival"]] + r["token_times"]
    window = max(moments) - min(moments) if moments else 0
    answer["tokens_per_s"] = sum(len(r["token_times"]) for r in fine) / window if window else None
    answer["goodput"] = good / window if window else None
    answer["attainment"] = good / len(reqs) if reqs else None
    return answer


def shown(reqs, slo=None):
    """The call, a request as its arrival, its tokens and, where it failed, that it did; of many the first."""
    parts = [f"{r['arrival']} → {r['token_times']}{'' if r['ok'] else ' ok=False'}" for r in reqs[:6]]
    more = f"; … × {len(reqs)}" if len(reqs) > 6 else ""
    return f"summarize([{'; '.join(parts)}{more}], {'{}' if slo is None else slo})"


def expect(given, got, expected, names):
    for name in names:
        mine = entry(given, got, name)
        if isinstance(expected[name], dict):
            for percentile in ("p50", "p99"):
                place = f'{given}["{name}"]["{percentile}"]'
                close(
                    place, entry(f'{given}["{name}"]', mine, percentile), expected[name][percentile], ROUNDING, ROUNDING
                )
        elif expected[name] is None:
            equal(f'{given}["{name}"]', mine, None)
        else:
            close(f'{given}["{name}"]', mine, expected[name], ROUNDING, ROUNDING)


def same(answer, reqs, slo):
    expected = oracle(reqs, slo)
    expect(shown(reqs, slo), answer.summarize(reqs, slo), expected, sorted(expected))


def one_request(answer):
    reqs = [request(1.0, 1.5, 1.7, 1.9, 2.5)]
    expected = {
        "ttft": {"p50": 0.5, "p99": 0.5},
        "tpot": {"p50": 1 / 3, "p99": 1 / 3},
        "itl": {"p50": 0.2, "p99": 0.2 + 0.98 * 0.4},
        "e2e": {"p50": 1.5, "p99": 1.5},
        "tokens_per_s": 4 / 1.5,
        "goodput": 1 / 1.5,
        "attainment": 1.0,
    }
    expect(shown(reqs), answer.summarize(reqs, {}), expected, sorted(expected))


def interpolated(answer):
    # TTFT of 1, 2, 4 and 8 s: p50 is halfway from 2 to 4, p99 is 0.97 of the way from 4 to 8.
    reqs = [request(0.0, 4.0), request(0.0, 1.0), request(0.0, 8.0), request(0.0, 2.0)]
    expected = {"ttft": {"p50": 3.0, "p99": 7.88}, "e2e": {"p50": 3.0, "p99": 7.88}}
    expect(shown(reqs), answer.summarize(reqs, {}), expected, ("ttft", "e2e"))


def hundred_and_one(answer):
    # p99 of 0, 1, …, 100 is 99, p50 is 50: nothing to interpolate.
    order = [37 * i % 101 for i in range(101)]
    reqs = [request(0.0, float(seconds)) for seconds in order]
    expected = {"ttft": {"p50": 50.0, "p99": 99.0}}
    expect(shown(reqs), answer.summarize(reqs, {}), expected, ("ttft",))


def one_token(answer):
    reqs = [request(0.0, 1.0), request(0.0, 1.0, 1.2, 1.4)]
    expected = {"tpot": {"p50": 0.2, "p99": 0.2}, "itl": {"p50": 0.2, "p99": 0.2}, "attainment": 1.0}
    expect(shown(reqs, {"tpot": 0.3}), answer.summarize(reqs, {"tpot": 0.3}), expected, ("tpot", "itl", "attainment"))


def only_one_token(answer):
    same(answer, [request(0.0, 1.0)], {"tpot": 0.1})


def bursts(answer):
    # Four tokens a burst, as with speculative decoding: most gaps are nothing, some are long.
    times = [0.5 + 0.4 * (i // 4) for i in range(12)]
    reqs = [request(0.0, *times)]
    expected = {"tpot": {"p50": 0.8 / 11, "p99": 0.8 / 11}, "itl": {"p50": 0.0, "p99": 0.4}}
    expect(shown(reqs), answer.summarize(reqs, {}), expected, ("tpot", "itl"))


def pooled_gaps(answer):
    # ITL takes every gap of every request alike; TPOT takes each request once.
    reqs = [request(0.0, *[1.0 + 0.1 * i for i in range(10)]), request(0.0, 1.0, 3.0)]
    expected = {"itl": {"p50": 0.1, "p99": 0.1 + 0.91 * 1.9}, "tpot": {"p50": 1.05, "p99": 0.1 + 0.99 * 1.9}}
    expect(shown(reqs), answer.summarize(reqs, {}), expected, ("itl", "tpot"))


def window(answer):
    # From the first arrival, 2 s, to the last token, 7 s, in whatever order requests stand.
    reqs = [request(4.0, 5.0, 5.5), request(2.0, 6.0, 7.0), request(3.0, 3.5)]
    expected = {"tokens_per_s": 1.0, "goodput": 0.6}
    expect(shown(reqs), answer.summarize(reqs, {}), expected, ("tokens_per_s", "goodput"))


def window_of_failures(answer):
    # The failed ones came first, sent the last token and arrived last.
    same(answer, [request(0.0, 8.0, ok=False), request(1.0, 2.0, 3.0)], {})
    same(answer, [request(1.0, 2.0, 3.0), request(9.0, ok=False)], {})


def limits(answer):
    reqs = [request(0.0, 1.0, 1.1), request(0.0, 3.0, 3.1), request(0.0, 1.0, 2.0), request(0.0, 1.5, 1.75)]
    for slo, good in (
        ({}, 4),
        ({"ttft": 2.0}, 3),
        ({"tpot": 0.5}, 3),
        ({"ttft": 2.0, "tpot": 0.5}, 2),
        ({"e2e": 1.9}, 2),
        # A limit is met when reached exactly, and missed by however little.
        ({"ttft": 1.5, "tpot": 0.25}, 2),
        ({"ttft": 1.5 - 1e-7}, 2),
    ):
        got = answer.summarize(reqs, slo)
        expect(shown(reqs, slo), got, {"goodput": good / 3.1, "attainment": good / 4}, ("goodput", "attainment"))


def failures(answer):
    reqs = [request(0.0, 1.0, 1.5), request(0.0, ok=False), request(0.0, 0.1, 0.2, ok=False), request(0.0, 2.0, 4.0)]
    expected = {
        "ttft": {"p50": 1.5, "p99": 1.99},
        "itl": {"p50": 1.25, "p99": 0.5 + 0.99 * 1.5},
        "tokens_per_s": 1.0,
        "goodput": 0.5,
        "attainment": 0.5,
    }
    expect(shown(reqs, {"ttft": 5.0}), answer.summarize(reqs, {"ttft": 5.0}), expected, sorted(expected))


def all_failed(answer):
    same(answer, [request(0.0, ok=False), request(4.0, 5.0, ok=False)], {"ttft": 1.0})


def nothing(answer):
    same(answer, [], {"ttft": 1.0})


def no_time(answer):
    # All at one moment: latencies are 0, and no rate can be told.
    same(answer, [request(3.0, 3.0, 3.0)], {})
    # A short window is a window.
    same(answer, [request(0.0, 1e-7)], {})


def out_of_order(answer):
    for reqs in (
        [request(0.0, 1.0, 3.0, 2.0)],
        [request(2.0, 1.0, 3.0)],
        [request(0.0, 1.0), request(0.0, 2.0, 1.5, ok=False)],
    ):
        raises(shown(reqs), ValueError, answer.summarize, reqs, {})


def ok_without_token(answer):
    reqs = [request(0.0, 1.0), request(0.0)]
    raises(shown(reqs), ValueError, answer.summarize, reqs, {})


def unknown_limit(answer):
    reqs = [request(0.0, 1.0)]
    raises(shown(reqs, {"itl": 0.1}), ValueError, answer.summarize, reqs, {"itl": 0.1})
    raises(shown([], {"itl": 0.1}), ValueError, answer.summarize, [], {"itl": 0.1})


def left_as_they_are(answer):
    reqs = [request(5.0, 6.0, 7.0), request(1.0, 2.0, 4.0), request(3.0, ok=False)]
    before = [request(5.0, 6.0, 7.0), request(1.0, 2.0, 4.0), request(3.0, ok=False)]
    slo = {"ttft": 1.0}
    answer.summarize(reqs, slo)
    words = "reqs 和 slo 不变", "reqs and slo left alone"
    holds(shown(before, {"ttft": 1.0}), reqs == before and slo == {"ttft": 1.0}, words, shown(reqs, slo))
    slo = {}
    answer.summarize(reqs, slo)
    holds(shown(before, {}), reqs == before and slo == {}, words, shown(reqs, slo))


def random_trace(answer):
    rng = Random(17)
    reqs = []
    for number in range(40):
        moment = arrival = rng.random() * 20
        times = []
        for _ in range(1 + rng.below(8)):
            moment += rng.random() ** 3
            times.append(moment)
        reqs.append(request(arrival, *times, ok=number % 7 != 0))
    same(answer, reqs, {"ttft": 0.4, "tpot": 0.3, "e2e": 1.5})


def same_moment(answer):
    # Two tokens at once are two tokens; a first token at the arrival is no error either.
    same(answer, [request(1.0, 1.0, 1.0, 2.0, 2.0), request(1.0, 3.0, 3.0, ok=False)], {"tpot": 0.5})


def limits_alone(answer):
    reqs = [request(0.0, 1.0, 2.0), request(0.0, 2.0, 2.5), request(0.0, 4.0)]
    for slo in ({"ttft": 2.0}, {"tpot": 0.5}, {"e2e": 2.5}, {"ttft": 1.0, "e2e": 2.0}, {"tpot": 0.0}):
        same(answer, reqs, slo)


def wrong_in_the_failed(answer):
    for times in ([1.0, 0.5], [-1.0]):
        reqs = [request(0.0, 1.0), request(0.0, *times, ok=False)]
        raises(shown(reqs), ValueError, answer.summarize, reqs, {})
    # A failed request may have no token.
    same(answer, [request(0.0, 1.0), request(0.5, ok=False)], {})


def random_traces(answer):
    rng = Random(27)
    for _ in range(200):
        reqs = []
        for _ in range(rng.below(7)):
            moment = arrival = rng.below(40) / 4
            times = []
            for _ in range(rng.below(5)):
                moment += rng.below(5) / 8
                times.append(moment)
            reqs.append(request(arrival, *times, ok=bool(times) and rng.below(4) > 0))
        slo = {}
        for name in ("ttft", "tpot", "e2e"):
            if rng.below(2):
                slo[name] = rng.below(12) / 8
        same(answer, reqs, slo)


CASES = [
    (one_request, "一个请求，四个 Token", "one request of four tokens"),
    (interpolated, "四个样本，分位数要插值", "four samples: percentiles in between"),
    (hundred_and_one, "101 个样本，不用插值", "101 samples: percentiles on a sample"),
    (one_token, "只有一个 Token 的请求没有 TPOT", "a request of one token has no TPOT"),
    (only_one_token, "全都只有一个 Token", "no request has a second token"),
    (bursts, "一次到四个 Token：ITL 不是 TPOT", "four tokens at a time: ITL is not TPOT"),
    (pooled_gaps, "ITL 按间隔算，TPOT 按请求算", "ITL by gaps, TPOT by requests"),
    (window, "吞吐的窗口", "the window of throughput"),
    (limits, "SLO 的几种组合", "limits of the SLO, one by one and together"),
    (failures, "失败的请求", "failed requests"),
    (window_of_failures, "失败的请求也占窗口", "failed requests count in the window"),
    (all_failed, "全部失败", "all failed"),
    (nothing, "没有请求", "no requests"),
    (no_time, "窗口长度为 0", "a window of no length"),
    (out_of_order, "时间倒流", "times that go back"),
    (ok_without_token, "成功却没有 Token", "ok without a token"),
    (unknown_limit, "不认识的 SLO", "an unknown limit"),
    (left_as_they_are, "输入不变", "arguments left alone"),
    (random_trace, "40 个随机请求", "40 random requests"),
    (same_moment, "同一时刻的 Token", "tokens at one moment"),
    (limits_alone, "各种 SLO", "limits of all kinds"),
    (wrong_in_the_failed, "失败的请求也查时间", "the failed are looked at, too"),
    (random_traces, "200 组随机请求", "200 random traces"),
]
