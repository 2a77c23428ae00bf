"""The slow way: flags in flat tables, tokens read one by one."""


def check(reqs, limits):
    if min(limits) < 1:
        raise ValueError("limits")
    for arrival, n_in, n_out in reqs:
        if arrival < 0 or n_in < 1 or n_out < 1:
            raise ValueError((arrival, n_in, n_out))


def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    check(reqs, (token_budget, kv_tokens, max_seqs))
    N = range(len(reqs))
    served = sorted((i for i in N if reqs[i][1] + reqs[i][2] <= kv_tokens + 1), key=lambda i: (reqs[i][0], i))
    inside, need, have, held = {}, {i: reqs[i][1] for i in N}, dict.fromkeys(N, 0), dict.fromkeys(N, 0)
    stamps, lost, clock = {i: [] for i in N}, dict.fromkeys(N, 0), 0.0

    def left():
        return [i for i in served if len(stamps[i]) < reqs[i][2]]

    while left():
        if not inside:
            clock = max(clock, reqs[left()[0]][0])
        talkers = []
        for i in left():
            if i in inside and have[i] == need[i]:
                while i in inside and sum(held.values()) >= kv_tokens:
                    victim = max(inside, key=lambda j: (reqs[j][0], j))
                    del inside[victim]
                    held[victim] = have[victim] = 0
                    need[victim] = reqs[victim][1] + len(stamps[victim])
                    lost[victim] += 1
                if i in inside:
                    held[i] += 1
                    talkers.append(i)
        budget, finished = token_budget - len(talkers), []
        read = 0
        for i in left():
            if i not in inside:
                room = sum(held.values()) + need[i] <= kv_tokens and len(inside) < max_seqs
                if read == budget or reqs[i][0] > clock or not room:
                    break
                inside[i] = True
                held[i] = need[i]
            while have[i] < need[i] and read < budget:
                have[i] += 1
                read += 1
                if have[i] == need[i]:
                    finished.append(i)
        clock += step_time(read, len(talkers))
        for i in talkers + finished:
            stamps[i].append(clock)
            if len(stamps[i]) == reqs[i][2]:
                del inside[i]
                held[i] = 0

    def row(i):
        if i not in served:
            return None
        t, (arrival, _, n_out) = stamps[i], reqs[i]
        tpot = (t[-1] - t[0]) / (n_out - 1) if n_out > 1 else None
        return {"ttft": t[0] - arrival, "tpot": tpot, "e2e": t[-1] - arrival, "preemptions": lost[i]}

    total = sum(reqs[i][2] for i in served)
    rate = total / (max(stamps[i][-1] for i in served) - reqs[served[0]][0]) if served else None
    return {"requests": [row(i) for i in N], "tokens_per_s": rate}
