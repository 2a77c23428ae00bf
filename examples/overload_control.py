"""One engine past its capacity: no control, impatient clients, a limit on requests or on tokens; then two tenants."""

# --8<-- [start:code]
import heapq
from collections import deque

import numpy as np

REQUESTS, SLO, LOADS = 6000, 20.0, (0.7, 0.9, 1.1, 1.5)  # the unit of time is the mean work of a request
draw = np.random.default_rng(0)
GAPS = draw.exponential(1, REQUESTS)
WORK = draw.lognormal(-0.72, 1.2, REQUESTS)  # long-tailed: tokens of a request over the tokens per unit of time
POLICIES = ("no control", "no control, 2 retries", "at most 20 requests", "at most 20 units of tokens")


def serve(policy: str, load: float) -> tuple[float, float]:
    """Goodput, the work begun within the SLO per unit of time, and the share of attempts that are rejected."""
    arrive = np.cumsum(GAPS) / load
    coming = [(float(came), index, 0) for index, came in enumerate(arrive)]
    free, good, turned, attempts = 0.0, 0.0, 0, 0  # `free` is when all work accepted so far is done
    ends: deque[float] = deque()
    while coming:
        now, index, attempt = heapq.heappop(coming)
        attempts += 1
        while ends and ends[0] <= now:
            ends.popleft()
        backlog = max(0.0, free - now)  # work in front of this request: its wait
        full = len(ends) >= SLO if policy == "at most 20 requests" else backlog > SLO
        if policy.startswith("at most") and full:
            turned += 1
            continue
        free = max(free, now) + WORK[index]
        ends.append(free)
        if backlog <= SLO:
            good += WORK[index]
        elif policy.endswith("retries") and attempt < 2:
            heapq.heappush(coming, (now + SLO, index, attempt + 1))  # the client gives up; the server does not know
    return good / float(arrive[-1]), turned / attempts


def tenants(fair: bool) -> tuple[float, float]:
    """Mean wait of a greedy tenant (load 0.9) and a modest one (0.2), first come first served or fair by tokens."""
    requests = REQUESTS // 2
    streams = [list(np.cumsum(GAPS[t::2]) / load) for t, load in enumerate((0.9, 0.2))]
    work = [WORK[t::2] for t in (0, 1)]
    nexts, served, waits = [0, 0], [0.0, 0.0], ([], [])  # type: ignore[var-annotated]
    now, was_idle = 0.0, [True, True]
    while nexts[1] < requests // 4:  # while both send
        queued = [t for t in (0, 1) if nexts[t] < requests and streams[t][nexts[t]] <= now]
        for t in queued:  # who comes back from idle has saved nothing up
            if was_idle[t] and len(queued) == 2:
                served[t] = max(served[t], served[1 - t])
        was_idle = [t not in queued for t in (0, 1)]
        if not queued:
            now = min(stream[at] for stream, at in zip(streams, nexts, strict=True))
            continue
        chosen = min(queued, key=lambda t: served[t] if fair else streams[t][nexts[t]])
        at = nexts[chosen]
        waits[chosen].append(now - streams[chosen][at])
        served[chosen] += work[chosen][at]
        now, nexts[chosen] = now + work[chosen][at], at + 1
    return float(np.mean(waits[0])), float(np.mean(waits[1]))


print("goodput (turned away) at load" + "".join(f"{load:14g}" for load in LOADS))
for policy in POLICIES:
    told = (f"{good:.2f} ({turned:4.0%})" for good, turned in (serve(policy, load) for load in LOADS))
    print(f"{policy:29}" + "".join(f"{word:>14}" for word in told))
print("\nmean wait        greedy  modest")
for name, fair in (("first come", False), ("fair by tokens", True)):
    print(f"{name:15}" + "".join(f"{wait:8.1f}" for wait in tenants(fair)))
# --8<-- [end:code]


def figure() -> str:
    """Goodput against load, for three of the policies."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    loads = np.arange(0.3, 1.85, 0.1)
    parts = [line(40, 240 - 180 * y, 430, 240 - 180 * y, stroke=LINE) for y in (0, 0.5, 1)]
    parts += [label(32, 245 - 180 * y, f"{y:g}", text_anchor="end", fill=GREY) for y in (0, 0.5, 1)]
    for policy, colour, dash in zip(
        (POLICIES[3], *POLICIES[:2]), (TEAL, "currentColor", RED), ("", "", "5 4"), strict=True
    ):
        ends = "L".join(f"{40 + 215 * load:.1f} {240 - 180 * serve(policy, load)[0]:.1f}" for load in loads)
        parts.append(element("path", d="M" + ends, fill="none", stroke=colour, stroke_width=2.5, stroke_dasharray=dash))
    parts += [label(40 + 215 * x, 262, f"{x:g}", text_anchor="middle", fill=GREY) for x in (0.5, 1, 1.5)]
    parts += [
        label(8, 20, "有效吞吐（占能力的比例）", "goodput, as a share of capacity", font_weight=600),
        label(430, 52, "按 Token 准入", "admission by tokens", text_anchor="end", fill=TEAL),
        label(258, 150, "不控制", "no control"),
        label(430, 208, "不控制，客户端重试", "no control, clients retry", text_anchor="end", fill=RED),
        label(430, 282, "到达的负载 ÷ 能力", "offered load ÷ capacity", text_anchor="end"),
    ]
    return picture(Figure(292, tuple(parts)))
