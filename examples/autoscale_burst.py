"""Whether new replicas come in time: what utilization says, what must stand ready, and a burst and a ramp simulated."""

# --8<-- [start:code]
from math import ceil, exp

import numpy as np

PEAK, AIM, PATIENCE, TICK = 5, 0.7, 1.0, 15  # requests/s of a replica, load aimed at, s of wait, s between decisions
HOUR, STARTS = 3600, (140, 13, 5)  # s from an order until it serves: cold, prepared, asleep
WEIGHTS, READS, CHIPS = 141.2e9, 4 * 3.35e12 * 0.6, 4 * 989e12 * 0.5  # a 70B in BF16 on four H100s
PROMPT, OUTPUT, KV = 800, 300, 2150 * 327_680  # uncached tokens, tokens of the answer, bytes of KV a request


def in_flight(rate: float) -> float:
    """Requests that a replica decodes at once: Little's law, with a step that grows with them."""
    prefill = rate * PROMPT * WEIGHTS / CHIPS  # share of time: 2 FLOPs a parameter and token, as many as it has bytes
    tokens = rate * OUTPUT / (1 - prefill)  # a second of what prefill leaves
    return tokens * WEIGHTS / (READS - tokens * KV)


def standing(start: float, wait: float) -> float:
    """The share of a burst that must be served at once: what piles up in `start` must be gone within `wait`."""
    return start / (start + wait)


def arrivals(kind: str) -> list[int]:
    """Requests in each second, evenly: 20, three times as many for a minute, or rising to that in ten and staying."""
    second = np.arange(HOUR)
    burst = np.where((second >= 600) & (second < 660), 60, 20)
    rate = burst if kind == "burst" else np.interp(second, (600, 1200), (20, 60))
    return np.diff(np.floor(np.cumsum(rate)), prepend=0).astype(int).tolist()


def serve(come: list[int], start: int | None, spare: int = 1, shed: bool = False) -> tuple[float, list, float, int]:
    """Share begun within PATIENCE, waits by second, mean replicas paid for and their most; no `start`: none added."""
    now = ceil(20 / PEAK / AIM) + spare
    coming: list[int] = []  # when each replica on order will serve
    queue, good, paid, most, waits = 0, 0, 0, now, []
    wanted = [now] * 20  # the last 20 decisions: it shrinks only to the highest of five minutes
    for second, new in enumerate(come):
        now += sum(at <= second for at in coming)
        coming = [at for at in coming if at > second]
        waits.append(queue / (now * PEAK))
        taken = min(new, int((1 + PATIENCE) * now * PEAK) - queue) if shed else new  # so that none waits longer
        good += taken if waits[-1] <= PATIENCE else 0
        queue = max(0, queue + taken - now * PEAK)
        if start is not None and second % TICK == TICK - 1:
            load = sum(come[second + 1 - TICK : second + 1]) / TICK + queue / 60  # and the queue within a minute
            wanted = [*wanted[1:], ceil(load / (PEAK * AIM)) + spare]
            coming += [second + start] * (wanted[-1] - now - len(coming))
            now -= 0 if coming else max(0, now - max(wanted))
        paid, most = paid + now + len(coming), max(most, now + len(coming))
    return good / sum(come), waits, paid / len(come), most


print("load of a replica   in flight   TPOT, ms   GPU utilization: the share of time in which something runs")
for share in (0.01, 0.1, 0.5, 1):
    many = in_flight(share * PEAK)  # Poisson, so nothing runs with probability exp(-many)
    print(f"{share:17.0%}{many:12.1f}{1000 * many / (share * PEAK * OUTPUT):11.1f}{1 - exp(-many):14.1%}")
least = next(at / 1000 for at in range(1, 1000) if 1 - exp(-in_flight(at / 1000 * PEAK)) >= AIM)
print(f"a loop that aims at {AIM:.0%} of utilization adds replicas down to a load of {least:.1%}")
print("\nstart, s   share of a burst that must stand ready, waiting 1 s, 10 s or 600 s")
for start in STARTS:
    print(f"{start:8}" + "".join(f"{standing(start, wait):9.1%}" for wait in (1, 10, 600)))
for kind in ("burst", "ramp"):
    come = arrivals(kind)
    print(f"\n{kind:20} within 1 s  longest wait, s  replicas paid, mean  most")
    for name, (good, waits, paid, most) in (
        ("7, fixed", serve(come, None)),
        *((f"7, start {start} s", serve(come, start)) for start in STARTS),
        ("7, 140 s, shedding", serve(come, 140, shed=True)),
        ("13, start 140 s", serve(come, 140, spare=7)),
    ):
        print(f"{name:20}{good:11.1%}{max(waits):17.1f}{paid:21.2f}{most:6}")
# --8<-- [end:code]


def figure() -> str:
    """How long who arrives waits, in the burst and after it, by how long a start takes."""
    from miaotui.drawing.svg import GREY, LINE, QUIET, RED, TEAL, Figure, element, label, line, picture, rect

    come = arrivals("burst")
    parts = [rect(40 + 1.95 * 20, 36, 1.95 * 60, 204, stroke="", fill=QUIET)]
    parts += [line(40, 240 - 4.5 * y, 430, 240 - 4.5 * y, stroke=LINE) for y in (0, 10, 20, 30, 40)]
    parts += [label(32, 245 - 4.5 * y, f"{y}", text_anchor="end", fill=GREY) for y in (0, 10, 20, 30, 40)]
    for start, colour in ((140, RED), (13, "currentColor"), (5, TEAL)):
        waits = serve(come, start)[1][580:780]
        path = "M" + "L".join(f"{40 + 1.95 * x:.1f} {240 - 4.5 * wait:.1f}" for x, wait in enumerate(waits))
        parts.append(element("path", d=path, fill="none", stroke=colour, stroke_width=2))
    parts += [label(79 + 1.95 * x, 262, f"{x}", text_anchor="middle", fill=GREY) for x in (0, 30, 60, 90, 120, 150)]
    parts += [
        label(8, 20, "等待，s", "wait, s", font_weight=600),
        label(84, 54, "突发", "burst", fill=GREY),
        label(232, 72, "140 s：和不扩容一样", "140 s: as if none added", fill=RED),
        label(146, 178, "13 s"),
        label(114, 234, "5 s", text_anchor="end", fill=TEAL),
        label(430, 282, "突发开始后的秒数", "seconds after the burst begins", text_anchor="end"),
    ]
    return picture(Figure(292, tuple(parts)))
