"""A service for 1,000 requests per second: its replicas by arithmetic, what moves their number, and three bad days."""

from collections import deque
from math import ceil
from typing import NamedTuple

RATE, TTFT, ZONES, PARAMS = 1000.0, 1.0, 3, 70.6e9  # requests per second, seconds, a dense 70B in FP8
READS, FLOPS = 3.35e12 * 0.6, 1979e12 * 0.5  # what an H100 reaches of its peaks in FP8, assumed
TICK, WATCHED = 0.1, 120.0  # seconds: a step of the simulation, and how long before and after the event
EVENTS = ("calm", "zone lost", "cold caches", "burst of 1.4")


class Design(NamedTuple):
    """Tokens in and out, share of the input cached, seconds per token, bytes of KV per token and per weight, GPUs."""

    prompt: float = 2000
    hit: float = 0.6
    output: float = 300
    tpot: float = 0.025
    kv: float = 327_680
    weight: float = 1
    gpus: int = 4


def capacity(d: Design) -> float:
    """Requests per second of a replica: the largest batch that keeps TPOT and fits memory, with prefill in between."""
    weights, each, reads = PARAMS * d.weight, (d.prompt + d.output / 2) * d.kv, d.gpus * READS
    prefill = d.prompt * (1 - d.hit) * 2 * PARAMS / (d.gpus * FLOPS / d.weight)  # seconds of a request
    most = (d.gpus * (80e9 * 0.9 - 2e9) - weights) / each  # requests that fit
    slow = (d.tpot * reads - weights) / (d.output * d.tpot * each + d.tpot * reads * prefill)  # TPOT is just kept
    full = most * reads / (d.output * (weights + most * each) + most * reads * prefill)  # memory is just full
    return min(slow, full)


def fleet(one: float) -> int:
    """Replicas that carry the load with any one zone lost."""
    return ZONES * ceil(RATE / one / (ZONES - 1))


def started(queue: deque[list[float]], budget: float) -> list[tuple[float, float, float, float]]:
    """What `budget` tokens of prefill start, in order: arrived, requests, outputs left, whether new."""
    begun = []
    while queue and budget > 1e-6:
        arrived, many, tokens, left, new = queue.popleft()
        taken = min(many, budget / tokens)
        begun.append((arrived, taken, left, new))
        budget -= taken * tokens
        if many - taken > 1e-9:
            queue.appendleft([arrived, many - taken, tokens, left, new])
    return begun


def day(replicas: float, event: str, admit: bool, d: Design) -> tuple[float, float]:
    """Share of requests after the event with a first token in time, and the longest gap in a stream that lost its KV.

    The scheduler protects TPOT, so what is too much waits before prefill; all replicas are equally loaded.
    """
    queue: deque[list[float]] = deque()  # arrived, requests, tokens to prefill of each, outputs left, whether new
    running: list[list[float]] = []  # when they end, requests; the clock counts decode steps
    clock = came = good = gap = 0.0
    for tick in range(round((2 * WATCHED + 60) / TICK)):
        now = tick * TICK - WATCHED
        if event == "zone lost" and tick == round(WATCHED / TICK):
            replicas *= 1 - 1 / ZONES
            for group in running:  # a third lose their KV: prompt and emitted tokens are prefilled elsewhere, uncached
                left, lost, group[1] = group[0] - clock, group[1] / ZONES, group[1] * (1 - 1 / ZONES)
                queue.append([now, lost, d.prompt + d.output - left, left, 0])
        hit = d.hit * min(1.0, now / 60) if event == "cold caches" and now >= 0 else d.hit  # warm after a minute
        many = RATE * TICK * (1.4 if event == "burst of 1.4" and 0 <= now < 60 else 1)
        came += many if 0 <= now < WATCHED else 0
        batch = sum(group[1] for group in running) / replicas
        decode = (PARAMS + batch * (d.prompt + d.output / 2) * d.kv) / (d.gpus * READS)
        speed = replicas * d.gpus * FLOPS / (2 * PARAMS)  # prefill tokens per second if nothing else ran
        spare = speed * max(0.0, 1 - decode / d.tpot)  # what TPOT leaves of it
        if not (admit and sum(group[1] * group[2] for group in queue) > 0.8 * TTFT * spare):  # otherwise 503 at once
            queue.append([now, many, d.prompt * (1 - hit), d.output, 1])
        used = min(spare * TICK, sum(group[1] * group[2] for group in queue))
        for arrived, taken, left, new in started(queue, used):
            running.append([clock + left, taken])
            good += taken if new and 0 <= arrived < WATCHED and now + TICK - arrived <= TTFT else 0
            gap = gap if new else max(gap, now + TICK - arrived)
        clock += TICK / decode * (1 - used / (speed * TICK))
        running = [group for group in running if group[0] > clock]
    return good / came, gap


one = capacity(BASE := Design())
print(f"a replica: {one:.2f} requests/s, {one * BASE.output * BASE.tpot:.0f} in flight; {RATE / one:.1f} replicas")
print(f"at the SLO {RATE * (0.5 + BASE.output * BASE.tpot):,.0f} in flight; zone to spare: {fleet(one)} replicas\n")
CHANGES = {"as assumed": BASE, "no prefix hits": Design(hit=0), "80% hits": Design(hit=0.8)}
CHANGES |= {"TPOT 15 ms": Design(tpot=0.015), "TPOT 100 ms": Design(tpot=0.1), "600 tokens out": Design(output=600)}
CHANGES |= {"8,000 tokens in": Design(prompt=8000), "KV in FP8": Design(kv=163_840), "replicas of 8": Design(gpus=8)}
for name, design in (CHANGES | {"BF16, of 8": Design(gpus=8, weight=2)}).items():
    print(f"{name:16}{(rate := capacity(design)):6.2f} requests/s{design.gpus * fleet(rate):6} GPUs")
print(f"\nin time (longest gap)   {''.join(f'{event:>16}' for event in EVENTS)}")
for count, admit in [(count, admit) for count in (85, 121, fleet(one)) for admit in (False, True)]:
    days = [day(count, event, admit, BASE) for event in EVENTS]
    cells = "".join(f"{f'{good:.0%}' + (f' {gap:.1f} s' if gap else ''):>16}" for good, gap in days)
    print(f"{count} replicas{', admission' if admit else '':12}{cells}")
