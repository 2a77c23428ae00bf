"""A generator yields each step; slices of one sorted list are who runs and who waits."""

from operator import attrgetter
from types import SimpleNamespace


def check(reqs, limits):
    if min(limits) < 1:
        raise ValueError("limits")
    for arrival, n_in, n_out in reqs:
        if arrival < 0 or n_in < 1 or n_out < 1:
            raise ValueError((arrival, n_in, n_out))


def steps(order, budget, kv, seats):
    """Yields (tokens read, requests decoding, those that give a token), and is sent the time."""
    running = 0  # so many of the order's first are in
    now = 0.0
    while order:
        if running == 0 and order[0].arrival > now:
            now = order[0].arrival
        gives, at = [], 0
        while at < running:
            r = order[at]
            if r.have == r.need:
                while at < running and sum(x.slots for x in order) >= kv:
                    running -= 1
                    last = order[running]
                    last.slots = last.have = 0
                    last.need = last.n_in + len(last.times)
                    last.lost += 1
                if at < running:
                    r.slots += 1
                    gives.append(r)
            at += 1
        decoding, left = len(gives), budget - len(gives)
        at = 0
        while at < len(order):
            r = order[at]
            if at == running:
                full = running == seats or sum(x.slots for x in order) + r.need > kv
                if left == 0 or full or r.arrival > now:
                    break
                r.slots = r.need
                running += 1
            if r.have < r.need:
                chunk = min(r.need - r.have, left)
                r.have += chunk
                left -= chunk
                if r.have == r.need:
                    gives.append(r)
            at += 1
        now += yield budget - decoding - left, decoding
        for r in gives:
            r.times.append(now)
            if len(r.times) == r.n_out:
                r.slots = 0
                order.remove(r)
                running -= 1


def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    check(reqs, (token_budget, kv_tokens, max_seqs))
    everyone = [
        SimpleNamespace(arrival=a, n_in=i, n_out=o, need=i, have=0, slots=0, lost=0, times=[]) for a, i, o in reqs
    ]
    served = sorted((r for r in everyone if r.n_in + r.n_out - 1 <= kv_tokens), key=attrgetter("arrival"))
    machine = steps(list(served), token_budget, kv_tokens, max_seqs)
    try:
        step = next(machine)
        while True:
            step = machine.send(step_time(*step))
    except StopIteration:
        pass
    rows = []
    for r in everyone:
        if not r.times:
            rows.append(None)
            continue
        spread = r.times[-1] - r.times[0]
        rows.append(
            {
                "ttft": r.times[0] - r.arrival,
                "tpot": spread / (r.n_out - 1) if r.n_out > 1 else None,
                "e2e": r.times[-1] - r.arrival,
                "preemptions": r.lost,
            }
        )
    if not served:
        return {"requests": rows, "tokens_per_s": None}
    seconds = max(r.times[-1] for r in served) - min(r.arrival for r in served)
    return {"requests": rows, "tokens_per_s": sum(r.n_out for r in served) / seconds}
