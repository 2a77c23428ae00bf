"""What a token costs at a given throughput, and how many calls per task amplify the tail."""

# --8<-- [start:code]
import numpy as np

PRICE = 2.50  # dollars per GPU-hour, an example
RATES = (250, 2500, 5000)  # output tokens per second of the whole machine
CALLS, WITHIN = (1, 5, 20, 100), 0.99  # in sequence; the share within the SLO
TASKS = 20_000


def dollars_per_million(rate: float, busy: float = 1.0) -> float:
    """Hourly price divided by hourly tokens; an idle hour costs as much as a busy one."""
    return PRICE / (3600 * rate * busy) * 1e6


def finished(calls: int, together: float, seed: int = 0) -> float:
    """The share of tasks all of whose calls are within the SLO, simulated.

    Slow calls are 1 - WITHIN of all; the part `together` of them comes as whole tasks
    that meet a slow server.
    """
    draw = np.random.default_rng(seed)
    slow_task = (1 - WITHIN) * together
    slow_call = (1 - WITHIN - slow_task) / (1 - slow_task)
    bad = draw.random(TASKS) < slow_task
    missed = draw.random((TASKS, calls)) < slow_call
    return float(np.mean(~bad & ~missed.any(axis=1)))


print("tokens/s   $ per million, always busy   busy 40% of the time")
for rate in RATES:
    always, part = dollars_per_million(rate), dollars_per_million(rate, 0.4)
    print(f"{rate:8} {always:20.3f} {part:25.3f}")
print("\ncalls   0.99^n   independent   half together   all together")
for calls in CALLS:
    alone, half, whole = (finished(calls, together) for together in (0, 0.5, 1))
    print(f"{calls:5} {WITHIN**calls:8.3f} {alone:13.3f} {half:15.3f} {whole:14.3f}")
needed = 0.99 ** (1 / 20)
print(f"for 99% of tasks of 20 independent calls, each needs {needed:.2%}")
# --8<-- [end:code]


def figure() -> str:
    """The share of tasks within the SLO against their calls, for three ways in which slow calls come."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    def x(calls: float) -> float:
        return 54 + 3.64 * calls

    def y(share: float) -> float:
        return 250 - 210 * share

    def curve(together: float, **look: str | float) -> str:
        slow_task = (1 - WITHIN) * together
        kept = [(1 - slow_task) * (WITHIN / (1 - slow_task)) ** calls for calls in range(1, 101)]
        points = " ".join(f"{x(calls):.1f},{y(share):.1f}" for calls, share in enumerate(kept, 1))
        return element("polyline", points=points, fill="none", stroke_width=2.5, **look)

    parts = [
        label(8, 20, "全部调用都达标的任务", "tasks with every call within the SLO", font_weight=600),
        *(line(54, y(share), 418, y(share), stroke=LINE) for share in (0, 0.25, 0.5, 0.75, 1)),
        *(label(49, y(share) + 5, f"{share:.0%}", text_anchor="end", fill=GREY) for share in (0, 0.5, 1)),
        line(x(20), y(0), x(20), y(WITHIN**20), stroke=GREY, stroke_dasharray="2 4"),
        curve(0, stroke=RED),
        curve(0.5, stroke="currentColor", stroke_dasharray="7 4"),
        curve(1, stroke=TEAL),
        label(x(60), y(0.33), "相互独立", "independent", text_anchor="end", fill=RED),
        label(x(60), y(0.8), "一半扎堆", "half together"),
        label(x(60), y(0.92), "全部扎堆", "all together", fill=TEAL),
        label(x(20) + 6, y(0.04), f"{WITHIN**20:.1%}", fill=GREY),
        *(label(x(calls), 272, str(calls), text_anchor="middle", fill=GREY) for calls in (1, 20, 50, 100)),
        label(418, 296, "每个任务的调用次数", "calls per task", text_anchor="end"),
    ]
    return picture(Figure(306, tuple(parts)))
