"""How many replicas a load takes, what each token costs, and how many requests are in flight in the worst case."""

# --8<-- [start:code]
from itertools import count
from math import exp

import numpy as np

RATE, PROMPT, HIT, OUTPUT, TPOT = 20.0, 2000, 0.6, 300, 0.030  # requests a second, tokens, share cached, tokens, s
GPUS, PRICE = 4, 2.0  # of a replica (TP4), dollars a GPU and hour
PARAMS, KV = 70.6e9, 327_680  # a 70B in FP8, bytes of KV a token in BF16
READS, FLOPS = GPUS * 3.35e12 * 0.6, GPUS * 1979e12 * 0.5  # what H100s reach of their peaks, assumed
ROOM = (GPUS * (80e9 * 0.9 - 2e9) - PARAMS) / KV  # tokens of KV that fit
HELD = PROMPT + OUTPUT / 2  # tokens that a request holds on average


def step(batch: float) -> float:
    """Seconds of a decode step: the weights once, and everybody's KV cache."""
    return (PARAMS + batch * HELD * KV) / READS


def steady(replicas: float) -> tuple[float, float, float] | None:
    """Share of time in prefill, requests in flight in a replica, and TPOT; None if it cannot keep up.

    Little's law both ways: more in flight make a longer step, and a longer step keeps more in flight.
    """
    rate = RATE / replicas
    prefill = rate * PROMPT * (1 - HIT) * 2 * PARAMS / FLOPS
    batch = 0.0
    for _ in range(1000):
        tpot = step(batch) / (1 - prefill) if prefill < 1 else float("inf")
        if (new := rate * OUTPUT * tpot) > ROOM / HELD:
            return None
        if abs(new - batch) < 1e-9:
            break
        batch = new
    return prefill, batch, tpot


def worst(mean: float, beyond: float = 1e-3) -> int:
    """The number in flight that is exceeded with this probability: Poisson, whatever the durations are."""
    chance = total = exp(-mean)
    for number in count():
        if 1 - total < beyond:
            return number
        chance *= mean / (number + 1)
        total += chance
    raise AssertionError


print(f"a replica holds {ROOM:,.0f} tokens of KV, {ROOM / HELD:.0f} requests")
print("replicas  prefill share  in flight  1 in 1000  TPOT ms  within SLO  $ per M: computed input  output")
for replicas in range(1, 6):
    told = steady(replicas)
    if told is None:
        print(f"{replicas:8}   cannot keep up")
        continue
    prefill, batch, tpot = told
    most = worst(batch)
    fits = tpot <= TPOT and most <= ROOM / HELD
    second = replicas * GPUS * PRICE / 3600
    shares = (prefill * second / (RATE * PROMPT * (1 - HIT)), (1 - prefill) * second / (RATE * OUTPUT))
    cost = "".join(f"{1e6 * share:12.2f}" for share in shares)
    print(f"{replicas:8}{prefill:15.0%}{batch:11.1f}{most:11}{1000 * tpot:9.1f}{'yes' if fits else 'no':>12}{cost}")

# The same two replicas simulated: Poisson arrivals, exponential output lengths, all durations independent.
draw = np.random.default_rng(0)
_, batch, tpot = steady(2) or (0, 0, 0)
come = np.cumsum(draw.exponential(2 / RATE, 40_000))
leave = come + draw.exponential(OUTPUT, 40_000) * tpot
seen = np.arange(40_000) - np.searchsorted(np.sort(leave), come)  # in flight at each arrival
print(f"\nsimulated: {seen[1000:].mean():.1f} in flight, 1 in 1000 above {np.quantile(seen[1000:], 0.999):.0f}")
# --8<-- [end:code]


def figure() -> str:
    """TPOT of a replica against the requests per second that it gets, until it cannot keep up."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    spots = []
    for at in range(1, 300):
        if told := steady(RATE / (at / 12)):  # so many replicas that each gets at / 12 requests a second
            spots.append((40 + at / 12 * 22, 236 - 4 * 1000 * told[2]))
    parts = [line(40, 236 - 4 * y, 430, 236 - 4 * y, stroke=RED if y == 30 else LINE) for y in (0, 10, 20, 30, 40, 50)]
    parts += [label(32, 241 - 4 * y, f"{y}", text_anchor="end", fill=GREY) for y in (0, 10, 20, 30, 40, 50)]
    parts += [label(40 + 22 * x, 256, f"{x}", text_anchor="middle", fill=GREY) for x in (0, 5, 10, 15)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots if y >= 36)
    parts.append(element("path", d=path, fill="none", stroke=TEAL, stroke_width=2.5))
    parts += [label(8, 18, "TPOT，ms", "TPOT, ms"), label(46, 110, "SLO", fill=RED)]
    return picture(Figure(286, (*parts, label(430, 276, "每秒请求", "requests per second", text_anchor="end"))))
