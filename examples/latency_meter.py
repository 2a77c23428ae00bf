"""One server, Poisson arrivals, fixed service time: what the mean, p99 and goodput say as load rises."""

# --8<-- [start:code]
import numpy as np

REQUESTS, WARM_UP = 500_000, 10_000
SLO = 5.0  # in service times: a request that never queues takes 1
LOADS = (0.5, 0.7, 0.8, 0.9, 0.95)


def latencies(load: float, requests: int = REQUESTS, seed: int = 0) -> np.ndarray:
    """Wait plus service of each request; arrivals do not wait for replies (open loop)."""
    gaps = np.random.default_rng(seed).exponential(1 / load, requests)
    # Lindley: a request waits max(0, the wait before it + 1 - gap); as running sums.
    backlog = np.cumsum(1 - gaps)
    return backlog - np.minimum.accumulate(np.minimum(backlog, 0)) + 1


def mean_by_theory(load: float) -> float:
    """Pollaczek-Khinchine for a fixed service time of 1 (M/D/1)."""
    return 1 + load / (2 * (1 - load))


print(f"load   mean  theory    p50    p99  within SLO of {SLO:g}  goodput")
for load in LOADS:
    took = latencies(load)[WARM_UP:]
    p50, p99 = np.percentile(took, [50, 99])
    good = np.mean(took <= SLO)
    print(
        f"{load:4.2f} {took.mean():6.2f} {mean_by_theory(load):7.2f} {p50:6.2f}"
        f" {p99:6.2f} {good:15.1%} {load * good:8.2f}"
    )
steps = np.arange(0.5, 0.62, 0.02)
tails = [np.percentile(latencies(load)[WARM_UP:], 99) for load in steps]
kept = [load for load, p99 in zip(steps, tails, strict=True) if p99 <= SLO]
print(f"highest load with p99 within the SLO: {max(kept, default=0):.2f}")
# --8<-- [end:code]


def figure() -> str:
    """Mean and p99 against load, and below them the goodput within the throughput."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, element, label, line, picture

    loads = np.append(np.append(np.arange(0.05, 0.7, 0.05), np.arange(0.7, 0.95, 0.025)), 0.95)
    sampled = [latencies(load)[WARM_UP:] for load in loads]

    def x(load: float) -> float:
        return 46 + 384 * float(load)

    def curve(heights: list[float], colour: str, **attributes: str | float) -> str:
        points = "L".join(f"{x(load):.1f} {height:.1f}" for load, height in zip(loads, heights, strict=True))
        return element("path", d="M" + points, fill="none", stroke=colour, stroke_width=2.5, **attributes)

    def time(value: float) -> float:
        return 210 - 3.8 * float(value)

    def rate(value: float) -> float:
        return 400 - 130 * float(value)

    good = [load * float(np.mean(took <= SLO)) for load, took in zip(loads, sampled, strict=True)]
    best = int(np.argmax(good))
    parts = [
        label(8, 18, "延迟 ÷ 服务时间", "latency ÷ service time", font_weight=600),
        *(line(46, time(value), 430, time(value), stroke=LINE) for value in (0, 10, 20, 30, 40)),
        *(label(38, time(value) + 5, str(value), text_anchor="end", fill=GREY) for value in (0, 10, 20, 30, 40)),
        line(46, time(SLO), 430, time(SLO), stroke=GREY, stroke_dasharray="4 4"),
        label(52, time(SLO) - 7, f"SLO = {SLO:g}", fill=GREY),
        curve([time(float(np.percentile(took, 99))) for took in sampled], TEAL),
        curve([time(float(took.mean())) for took in sampled], "currentColor"),
        label(x(0.85), 82, "p99", text_anchor="end", fill=TEAL),
        label(430, time(13), "平均", "mean", text_anchor="end"),
        label(8, 252, "每个服务时间完成的请求", "requests per service time", font_weight=600),
        *(line(46, rate(value), 430, rate(value), stroke=LINE) for value in (0, 0.5, 1)),
        *(label(38, rate(value) + 5, f"{value:g}", text_anchor="end", fill=GREY) for value in (0, 0.5, 1)),
        element("path", d=f"M{x(0)} {rate(0)}L{x(0.95):.1f} {rate(0.95):.1f}", stroke=GREY, stroke_dasharray="4 4"),
        curve([rate(value) for value in good], TEAL),
        label(x(0.74), rate(0.82), "吞吐", "throughput", text_anchor="end", fill=GREY),
        label(x(0.72), rate(0.42), "有效吞吐", "goodput", text_anchor="end", fill=TEAL),
        line(x(loads[best]), rate(good[best]), x(loads[best]), rate(0), stroke=GREY, stroke_dasharray="4 4"),
        *(label(x(load), 420, f"{load:g}", text_anchor="middle", fill=GREY) for load in (0, 0.25, 0.5, 0.75, 1)),
        label(430, 442, "负载 ρ", "load ρ", text_anchor="end"),
    ]
    return picture(Figure(452, tuple(parts)))
