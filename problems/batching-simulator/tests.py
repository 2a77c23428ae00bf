from harness import Random, close, entry, equal, holds, raises

# Times are sums of step times, added in the same order; a mean may be rounded otherwise.
ROUNDING = 1e-9


def by_size(prefill_tokens, decode_seqs):
    return 1.0 + 0.1 * prefill_tokens + 0.01 * decode_seqs


def by_thirds(prefill_tokens, decode_seqs):
    return (1 + prefill_tokens + decode_seqs) / 3


def one_second(prefill_tokens, decode_seqs):
    return 1.0


class Oracle:
    """The rules one after the other, over flat tables and token by token."""

    def __init__(self, reqs, budget, kv, seqs):
        self.reqs, self.budget, self.kv, self.seqs = reqs, budget, kv, seqs
        count = len(reqs)
        self.held, self.ready, self.goal = [0] * count, [0] * count, [0] * count
        self.inside, self.thrown_out = [False] * count, [0] * count
        self.out = [[] for _ in reqs]
        fits = [i for i in range(count) if sum(reqs[i][1:]) - 1 <= kv]
        self.order = sorted(fits, key=lambda i: (reqs[i][0], i))

    def decode(self, left):
        """Who gives a token by decoding."""
        gives = []
        for i in left:
            if len(gives) < self.budget and self.inside[i] and self.ready[i] >= self.goal[i]:
                while self.inside[i] and sum(self.held) + 1 > self.kv:
                    last = [j for j in left if self.inside[j]][-1]
                    self.inside[last], self.held[last], self.ready[last] = False, 0, 0
                    self.thrown_out[last] += 1
                if self.inside[i]:
                    self.held[i], self.ready[i] = self.held[i] + 1, self.ready[i] + 1
                    gives.append(i)
        return gives

    def may_join(self, i, left, now):
        self.goal[i] = self.reqs[i][1] + len(self.out[i])
        seat = sum(1 for j in left if self.inside[j]) < self.seqs
        return self.reqs[i][0] <= now and seat and sum(self.held) + self.goal[i] <= self.kv

    def prefill(self, left, tokens, now):
        """Who gives a token as its prompt is read, and how many tokens were read."""
        gives, before = [], tokens
        for i in left:
            if not self.inside[i]:
                if not tokens or not self.may_join(i, left, now):
                    break
                self.inside[i], self.held[i] = True, self.goal[i]
            while tokens and self.ready[i] < self.goal[i]:
                self.ready[i], tokens = self.ready[i] + 1, tokens - 1
                if self.ready[i] == self.goal[i]:
                    gives.append(i)
        return gives, before - tokens

    def run(self, step_time):
        """All steps, as (prefill_tokens, decode_seqs)."""
        steps, now, left = [], 0.0, self.order
        while left:
            if not any(self.inside[i] for i in left):
                now = max(now, self.reqs[left[0]][0])
            decoded = self.decode(left)
            read, tokens = self.prefill(left, self.budget - len(decoded), now)
            steps.append((tokens, len(decoded)))
            now += step_time(tokens, len(decoded))
            for i in decoded + read:
                self.out[i].append(now)
                if len(self.out[i]) == self.reqs[i][2]:
                    self.inside[i], self.held[i] = False, 0
            left = [i for i in self.order if len(self.out[i]) < self.reqs[i][2]]
        return steps

    def answer(self, i):
        if i not in self.order:
            return None
        times, gaps = self.out[i], self.reqs[i][2] - 1
        tpot = sum(times[k + 1] - times[k] for k in range(gaps)) / gaps if gaps else None
        latency = {"ttft": times[0] - self.reqs[i][0], "tpot": tpot, "e2e": times[-1] - self.reqs[i][0]}
        latency["preemptions"] = self.thrown_out[i]
        return latency


def oracle(reqs, budget, kv, seqs, step_time):
    tables = Oracle(reqs, budget, kv, seqs)
    steps = tables.run(step_time)
    rate = None
    if tables.order:
        window = max(tables.out[i][-1] for i in tables.order) - reqs[tables.order[0]][0]
        rate = sum(reqs[i][2] for i in tables.order) / window
    return steps, {"requests": [tables.answer(i) for i in range(len(reqs))], "tokens_per_s": rate}


def shown(reqs, budget, kv, seqs):
    listed = f"{reqs}" if len(reqs) < 6 else f"[{reqs[0]}, {reqs[1]}, … × {len(reqs)}]"
    return f"simulate({listed}, token_budget={budget}, kv_tokens={kv}, max_seqs={seqs})"


def called(answer, reqs, limits, step_time, most):
    """The answer, and the steps it took; none may be empty or over the budget, and there may not be many too many."""
    budget, kv, seqs = limits
    given = shown(reqs, budget, kv, seqs)
    steps = []

    def timed(prefill_tokens, decode_seqs):
        tokens = prefill_tokens + decode_seqs
        place, words = step(given, len(steps)), f"step_time({prefill_tokens}, {decode_seqs})"
        holds(place, 0 < tokens <= budget, (f"1 到 {budget} 个 Token", f"1 to {budget} tokens"), words)
        holds(place, len(steps) < most + 10, (f"{most} 步以后结束", f"an end after {most} steps"), words)
        steps.append((prefill_tokens, decode_seqs))
        return step_time(prefill_tokens, decode_seqs)

    got = answer.simulate(list(reqs), token_budget=budget, kv_tokens=kv, max_seqs=seqs, step_time=timed)
    return given, got, steps


def step(given, number):
    return f"{given}，第 {number} 步", f"{given}, step {number}"


def same_steps(given, got, expected):
    for number in range(max(len(got), len(expected))):
        mine = got[number] if number < len(got) else None
        wanted = expected[number] if number < len(expected) else None
        equal(step(given, number), mine, wanted)


def same_answer(given, got, expected):
    mine_all, rate = entry(given, got, "requests"), entry(given, got, "tokens_per_s")
    holds(f'{given}["requests"]', isinstance(mine_all, list), ("列表", "a list"), str(mine_all))
    equal(f'len({given}["requests"])', len(mine_all), len(expected["requests"]))
    for number in range(len(expected["requests"])):
        place = f'{given}["requests"][{number}]'
        mine, wanted = mine_all[number], expected["requests"][number]
        holds(place, (mine is None) == (wanted is None), str(wanted), str(mine))
        for key in ("ttft", "tpot", "e2e", "preemptions") if wanted else ():
            found = entry(place, mine, key)
            if wanted[key] is None or key == "preemptions":
                equal(f'{place}["{key}"]', found, wanted[key])
            else:
                close(f'{place}["{key}"]', found, wanted[key], ROUNDING, ROUNDING)
    if expected["tokens_per_s"] is None:
        equal(f'{given}["tokens_per_s"]', rate, None)
    else:
        close(f'{given}["tokens_per_s"]', rate, expected["tokens_per_s"], ROUNDING, ROUNDING)


def same(answer, reqs, budget, kv, seqs, step_time=by_size):
    expected_steps, expected = oracle(reqs, budget, kv, seqs, step_time)
    given, got, steps = called(answer, reqs, (budget, kv, seqs), step_time, len(expected_steps))
    same_steps(given, steps, expected_steps)
    same_answer(given, got, expected)


def by_hand(answer, reqs, limits, steps, times, preemptions=()):
    """Steps of one second each, and the seconds at which each request's tokens come."""
    given, got, taken = called(answer, reqs, limits, one_second, len(steps))
    same_steps(given, taken, steps)
    found = []
    for number in range(len(reqs)):
        arrival, moments = reqs[number][0], times[number]
        gaps = len(moments) - 1
        tpot = (moments[-1] - moments[0]) / gaps if gaps else None
        count = preemptions[number] if preemptions else 0
        found.append(
            {"ttft": moments[0] - arrival, "tpot": tpot, "e2e": moments[-1] - arrival, "preemptions": count},
        )
    window = max(moments[-1] for moments in times) - min(arrival for arrival, _, _ in reqs)
    rate = sum(len(moments) for moments in times) / window
    same_answer(given, got, {"requests": found, "tokens_per_s": rate})


def one_request(answer):
    reqs = [(0.0, 10, 4)]
    given, got, steps = called(answer, reqs, (4, 100, 1), by_size, 6)
    same_steps(given, steps, [(4, 0), (4, 0), (2, 0), (0, 1), (0, 1), (0, 1)])
    # 1.4 + 1.4 + 1.2 s to the first token, then three steps of 1.01 s.
    expected = {"ttft": 4.0, "tpot": 1.01, "e2e": 7.03, "preemptions": 0}
    same_answer(given, got, {"requests": [expected], "tokens_per_s": 4 / 7.03})


def one_output_token(answer):
    by_hand(answer, [(0.0, 3, 1)], (8, 100, 1), [(3, 0)], [[1.0]])


def late_arrivals(answer):
    # The machine waits for 5 s; what comes at 5.5 s waits for the step to end.
    reqs = [(5.0, 2, 3), (5.5, 2, 1)]
    by_hand(answer, reqs, (8, 100, 4), [(2, 0), (2, 1), (0, 1)], [[6.0, 7.0, 8.0], [7.0]])


def pause_between(answer):
    by_hand(answer, [(0.0, 2, 1), (9.0, 2, 1)], (8, 100, 4), [(2, 0), (2, 0)], [[1.0], [10.0]])


def on_the_step(answer):
    # Who arrives just when a step begins is in it.
    reqs = [(0.0, 2, 3), (1.0, 2, 1)]
    by_hand(answer, reqs, (8, 100, 4), [(2, 0), (2, 1), (0, 1)], [[1.0, 2.0, 3.0], [2.0]])


def first_come_first_served(answer):
    reqs = [(0.0, 4, 2), (0.0, 4, 1), (0.0, 1, 1)]
    by_hand(answer, reqs, (4, 100, 4), [(4, 0), (3, 1), (2, 0)], [[1.0, 2.0], [3.0], [3.0]])


def not_in_order(answer):
    reqs = [(2.0, 3, 2), (0.0, 3, 4), (1.0, 3, 3), (0.0, 2, 2)]
    same(answer, reqs, 4, 100, 4)


def decode_first(answer):
    # Two that decode leave 1 token a step for the prompt of 4.
    reqs = [(0.0, 1, 6), (0.0, 1, 6), (1.0, 4, 1)]
    steps = [(2, 0), (1, 2), (1, 2), (1, 2), (1, 2), (0, 2)]
    moments = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    by_hand(answer, reqs, (3, 100, 3), steps, [moments, moments, [5.0]])


def one_step_two_prompts(answer):
    reqs = [(0.0, 5, 1), (0.0, 5, 1)]
    by_hand(answer, reqs, (4, 100, 2), [(4, 0), (4, 0), (2, 0)], [[2.0], [3.0]])


def budget_all_decoding(answer):
    same(answer, [(0.0, 1, 5), (0.0, 1, 5), (0.0, 1, 5), (0.0, 3, 2)], 2, 100, 4)


def seats(answer):
    reqs = [(0.0, 1, 3), (0.0, 1, 1), (0.0, 1, 2)]
    by_hand(answer, reqs, (8, 100, 2), [(2, 0), (1, 1), (0, 2)], [[1.0, 2.0, 3.0], [1.0], [2.0, 3.0]])


def just_fits(answer):
    # 4 + 3 - 1 = 6: the last output token needs no slot.
    by_hand(answer, [(0.0, 4, 3)], (8, 6, 1), [(4, 0), (0, 1), (0, 1)], [[1.0, 2.0, 3.0]])


def never_fits(answer):
    same(answer, [(0.0, 4, 3), (0.0, 4, 4), (1.0, 2, 2), (0.0, 9, 1)], 8, 6, 2)


def head_of_the_line(answer):
    # The second needs 6 of 8 slots and waits; the third would fit, and waits behind it.
    reqs = [(0.0, 3, 3), (0.0, 6, 1), (0.0, 1, 1)]
    steps = [(3, 0), (0, 1), (0, 1), (7, 0)]
    by_hand(answer, reqs, (8, 8, 3), steps, [[1.0, 2.0, 3.0], [4.0], [4.0]])


def preempted(answer):
    # From 8 slots the first takes one more, so the second gives up its 4, and later reads 3 + 2 tokens again.
    reqs = [(0.0, 3, 4), (0.0, 3, 4)]
    steps = [(6, 0), (0, 2), (0, 1), (0, 1), (5, 0), (0, 1)]
    by_hand(answer, reqs, (8, 8, 2), steps, [[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 5.0, 6.0]], (0, 1))


def preempts_itself(answer):
    # The second is the last, so it is its own victim; the first has its slot already.
    reqs = [(0.0, 2, 5), (0.0, 2, 5)]
    steps = [(4, 0), (0, 2), (0, 1), (0, 1), (0, 1), (4, 0), (0, 1), (0, 1)]
    times = [[1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 2.0, 6.0, 7.0, 8.0]]
    by_hand(answer, reqs, (8, 7, 2), steps, times, (0, 1))


def back_before_later_ones(answer):
    same(answer, [(0.0, 3, 6), (0.0, 3, 6), (1.5, 2, 2), (1.6, 1, 1)], 8, 9, 3)


def preempted_while_reading(answer):
    same(answer, [(0.0, 2, 8), (0.5, 9, 2)], 3, 12, 2)


def two_victims(answer):
    same(answer, [(0.0, 2, 9), (0.0, 2, 9), (0.0, 2, 9), (0.0, 2, 9)], 16, 12, 4)


def read_again_in_chunks(answer):
    same(answer, [(0.0, 6, 6), (0.0, 6, 6), (0.0, 3, 4)], 4, 16, 3)


def no_requests(answer):
    given, got, steps = called(answer, [], (4, 10, 1), one_second, 0)
    equal(step(given, 0), steps, [])
    same_answer(given, got, {"requests": [], "tokens_per_s": None})
    given, got, steps = called(answer, [(0.0, 11, 1)], (4, 10, 1), one_second, 0)
    equal(step(given, 0), steps, [])
    same_answer(given, got, {"requests": [None], "tokens_per_s": None})


def static_batching(reqs, seqs, step_time):
    """Tokens a second when each batch runs until its longest output is done."""
    seconds = 0.0
    for begin in range(0, len(reqs), seqs):
        batch = reqs[begin : begin + seqs]
        seconds += step_time(sum(n_in for _, n_in, _ in batch), 0)
        for done in range(1, max(n_out for _, _, n_out in batch)):
            seconds += step_time(0, sum(1 for _, _, n_out in batch if n_out > done))
    return sum(n_out for _, _, n_out in reqs) / seconds


def faster_than_static(answer):
    # A step costs 5 s, a prefill token 0.01 s, a decoding request 0.05 s; KV never runs out.
    def step_time(prefill_tokens, decode_seqs):
        return 5.0 + 0.01 * prefill_tokens + 0.05 * decode_seqs

    reqs = [(0.0, 16, (2, 40, 5, 9, 30, 3)[i % 6]) for i in range(24)]
    steps, expected = oracle(reqs, 64, 10000, 4, step_time)
    given, got, _ = called(answer, reqs, (64, 10000, 4), step_time, len(steps))
    slow = static_batching(reqs, 4, step_time)
    same_answer(given, got, expected)
    words = f"超过静态批处理的 1.5 倍，{1.5 * slow}", f"over 1.5 times static batching, {1.5 * slow}"
    holds(f'{given}["tokens_per_s"]', got["tokens_per_s"] > 1.5 * slow, words, str(got["tokens_per_s"]))


def refused(answer):
    def run(reqs, budget, kv, seqs):
        return answer.simulate(reqs, token_budget=budget, kv_tokens=kv, max_seqs=seqs, step_time=one_second)

    good = [(0.0, 2, 2)]
    for reqs, budget, kv, seqs in (
        (good, 0, 8, 1),
        (good, 8, 0, 1),
        (good, 8, 8, 0),
        ([(-1.0, 2, 2)], 8, 8, 1),
        ([(0.0, 0, 2)], 8, 8, 1),
        ([(0.0, 2, 2), (0.0, 2, 0)], 8, 8, 1),
    ):
        raises(shown(reqs, budget, kv, seqs), ValueError, run, reqs, budget, kv, seqs)


def twice_the_same(answer):
    reqs = [(1.0, 5, 4), (0.0, 6, 3), (0.5, 4, 5)]
    before = list(reqs)
    results = []
    for _ in range(2):
        results.append(
            answer.simulate(reqs, token_budget=4, kv_tokens=13, max_seqs=3, step_time=by_size),
        )
    given = shown(before, 4, 13, 3)
    equal(f"{given}; reqs", reqs, before)
    holds(f"{given}; {given}", results[0] == results[1], str(results[0]), str(results[1]))


def random_traces(answer):
    rng = Random(41)
    for budget, kv, seqs in ((4, 14, 3), (7, 20, 5), (3, 60, 2)):
        reqs = [(rng.below(60) / 4, 1 + rng.below(8), 1 + rng.below(8)) for _ in range(16)]
        same(answer, reqs, budget, kv, seqs)
        # Thirds of a second have digits without end: nothing is rounded.
        same(answer, reqs, budget, kv, seqs, by_thirds)


def window_of_the_served(answer):
    # The one that is turned away came first; the other is served from 5 to 7 s.
    given, got, steps = called(answer, [(0.0, 99, 1), (5.0, 2, 2)], (8, 8, 1), one_second, 2)
    same_steps(given, steps, [(2, 0), (0, 1)])
    served = {"ttft": 1.0, "tpot": 1.0, "e2e": 2.0, "preemptions": 0}
    same_answer(given, got, {"requests": [None, served], "tokens_per_s": 1.0})


def refused_where_turned_away(answer):
    for bad in ((-1.0, 99, 1), (0.0, 99, 0), (0.0, 0, 99)):
        reqs = [(0.0, 2, 2), bad]
        given = shown(reqs, 8, 8, 1)
        raises(
            given,
            ValueError,
            lambda: answer.simulate(reqs, token_budget=8, kv_tokens=8, max_seqs=1, step_time=one_second),
        )


def many_random_traces(answer):
    rng = Random(42)
    for _ in range(200):
        reqs = [(rng.below(20) / 4, 1 + rng.below(6), 1 + rng.below(6)) for _ in range(1 + rng.below(6))]
        same(answer, reqs, 1 + rng.below(8), 2 + rng.below(24), 1 + rng.below(4))


CASES = [
    (one_request, "一个请求，分三块 prefill", "one request, prefilled in three chunks"),
    (one_output_token, "只输出一个 Token", "one output token"),
    (late_arrivals, "后到的请求", "requests that come late"),
    (pause_between, "中间没有请求", "a pause without requests"),
    (on_the_step, "恰在一步开始时到达", "an arrival just as a step begins"),
    (decode_first, "decode 先用预算", "decoding has the budget first"),
    (first_come_first_served, "同时到达，先来先服务", "arrivals at once, in order"),
    (not_in_order, "输入不按到达排序", "requests not sorted by arrival"),
    (one_step_two_prompts, "一步里读两条提示词", "two prompts in one step"),
    (budget_all_decoding, "decode 占满预算", "decoding takes the whole budget"),
    (seats, "max_seqs", "max_seqs"),
    (just_fits, "KV 恰好放得下", "KV that just fits"),
    (never_fits, "KV 放不下的请求被拒绝", "requests that never fit"),
    (head_of_the_line, "排头的等，后面的也等", "nobody overtakes the head of the line"),
    (preempted, "KV 用完，最晚的让出", "out of KV: the last one gives way"),
    (preempts_itself, "让出的正是自己", "the victim is the one that asks"),
    (back_before_later_ones, "被抢占的排在后来者之前", "the preempted come before later ones"),
    (preempted_while_reading, "prefill 中途被抢占", "preempted in the middle of its prefill"),
    (two_victims, "多次抢占", "preempted again and again"),
    (read_again_in_chunks, "重算也分块", "read again in chunks"),
    (no_requests, "没有请求可服务", "nobody to serve"),
    (faster_than_static, "比静态批处理快", "faster than static batching"),
    (refused, "不合法的输入", "refused input"),
    (twice_the_same, "两次结果相同，输入不变", "twice the same, inputs left alone"),
    (random_traces, "三组随机请求", "three random traces"),
    (window_of_the_served, "吞吐的窗口不含被拒绝的请求", "the window leaves out who is turned away"),
    (refused_where_turned_away, "会被拒绝的请求也要合法", "numbers of who is turned away are looked at"),
    (many_random_traces, "200 组随机请求", "200 random traces"),
]
