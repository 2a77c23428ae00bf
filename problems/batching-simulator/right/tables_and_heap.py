"""Parallel lists by number, a heap of who waits, and sets."""

import heapq


def check(reqs, limits):
    if min(limits) < 1:
        raise ValueError("limits")
    for arrival, n_in, n_out in reqs:
        if arrival < 0 or n_in < 1 or n_out < 1:
            raise ValueError((arrival, n_in, n_out))


def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    check(reqs, (token_budget, kv_tokens, max_seqs))
    n = len(reqs)
    out = [[] for _ in range(n)]
    goal, read, slots, lost = [r[1] for r in reqs], [0] * n, [0] * n, [0] * n
    served = [i for i in range(n) if reqs[i][1] + reqs[i][2] - 1 <= kv_tokens]
    waiting = [(reqs[i][0], i) for i in served]
    heapq.heapify(waiting)
    running = []
    now = 0.0
    while running or waiting:
        if not running and waiting[0][0] > now:
            now = waiting[0][0]
        decoding = []
        for key in tuple(running):
            i = key[1]
            if key not in running or read[i] < goal[i]:
                continue
            while key in running and sum(slots) == kv_tokens:
                last = running.pop()
                j = last[1]
                slots[j], read[j] = 0, 0
                goal[j] = reqs[j][1] + len(out[j])
                lost[j] += 1
                heapq.heappush(waiting, last)
            if key in running:
                slots[i] += 1
                decoding.append(i)
        budget = token_budget - len(decoding)
        tokens, done = 0, list(decoding)

        def feed(i, amount):
            used = min(goal[i] - read[i], amount)
            read[i] += used
            if read[i] == goal[i]:
                done.append(i)
            return used

        for _, i in running:
            if read[i] < goal[i] and budget > tokens:
                tokens += feed(i, budget - tokens)
        while tokens < budget and waiting and len(running) < max_seqs:
            arrival, i = waiting[0]
            if arrival > now or sum(slots) + goal[i] > kv_tokens:
                break
            running.append(heapq.heappop(waiting))
            slots[i] = goal[i]
            tokens += feed(i, budget - tokens)
        now += step_time(tokens, len(decoding))
        for i in done:
            out[i].append(now)
            if len(out[i]) == reqs[i][2]:
                slots[i] = 0
                running.remove((reqs[i][0], i))
    results = []
    for i in range(n):
        if i not in served:
            results.append(None)
            continue
        first, last, gaps = out[i][0], out[i][-1], len(out[i]) - 1
        results.append(
            {
                "ttft": first - reqs[i][0],
                "tpot": (last - first) / gaps if gaps > 0 else None,
                "e2e": last - reqs[i][0],
                "preemptions": lost[i],
            }
        )
    if not served:
        return {"requests": results, "tokens_per_s": None}
    start, stop = min(reqs[i][0] for i in served), max(out[i][-1] for i in served)
    return {"requests": results, "tokens_per_s": sum(len(out[i]) for i in served) / (stop - start)}
