"""Decode timelines with one fault each, and a reader that puts every microsecond of a step in one column."""

# --8<-- [start:code]
from typing import Any

import numpy as np

STEPS, BANDWIDTH, REACHED = 11, 3.35, 0.85  # MB per microsecond of an H100; the share that a good kernel reaches
MB = {"qkv": 50.3, "out": 33.6, "gate-up": 234.9, "down": 117.4, "head": 1050.7}  # of a rank: an 8B in BF16
OTHER = {"all-reduce": 6.0, "small": 2.0}  # microseconds of kernels that read no weights
COLUMNS = ("floor", "kernels", "all-reduce wait", "gaps in a step", "gaps between")
CASES: dict[str, dict[str, Any]] = {
    "graph, overlapped": {},
    "eager": {"small": 17, "launch": 10.0},  # small kernels after each half of a layer; microseconds of CPU for each
    "sync to sample": {"wait": "cudaStreamSynchronize"},  # a call that returns when the GPU is done
    "pageable copy": {"wait": "cudaMemcpyAsync"},
    "rank 1 slow": {"slow": 1.3},  # its kernels take as many times as long
    "fallback kernel": {"bad": "down"},  # reaches a fifth of the bandwidth
    "prefill in the batch": {"prefill": 4.0},  # in every fifth step products take as many times as long
}
Trace = tuple[list[str], np.ndarray, np.ndarray, list[tuple[str, float, float]]]  # a step's kernels; begin; end; CPU


def run(fault: dict[str, Any]) -> Trace:
    """One CPU and two ranks: kernels run in order, once launched; an all-reduce ends when both ranks are there."""
    rest = ["all-reduce", *["small"] * fault.get("small", 2)]
    names = ["qkv", "out", *rest, "gate-up", "down", *rest] * 32 + ["head"]
    begin, end = np.zeros((2, STEPS, len(names), 2))  # by step, kernel and rank
    slow, cpu, free, ends, calls = fault.get("slow", 1), 0.0, [0.0, 0.0], [0.0, 0.0], []
    for step in range(STEPS):
        back = max(cpu, ends[-1] if "wait" in fault else ends[-2])  # overlapped, the CPU plans one step ahead
        calls += [(fault.get("wait", "idle"), cpu, back), ("plan", back, back + 1800)]  # detokenize, schedule, inputs
        cpu = back + 1800 + (0 if "launch" in fault else 20)  # a graph is launched once
        for at, name in enumerate(names):
            took = OTHER.get(name) or MB[name] / BANDWIDTH / (0.2 if name == fault.get("bad") else REACHED)
            took *= fault.get("prefill", 1) if name in MB and step % 5 == 3 else 1
            cpu += fault.get("launch", 0)
            starts = [max(cpu, each + 1) for each in free]  # one microsecond between kernels, even in a graph
            free = [max(starts) + took] * 2 if name == "all-reduce" else [starts[0] + took, starts[1] + took * slow]
            begin[step, at], end[step, at] = starts, free
        ends.append(max(free))
    return names, begin, end, calls


def ledger(trace: Trace) -> np.ndarray:
    """Microseconds by column, step but the last, and rank; they add up to the time to the next step."""
    names, begin, end, _ = trace
    took = end - begin
    floor = np.array([MB.get(name, 0) / BANDWIDTH for name in names])[:, None] + 0 * took
    wait = (took - took.min(axis=2, keepdims=True)) * np.array([name == "all-reduce" for name in names])[:, None]
    inside, between = (begin[:, 1:] - end[:, :-1]).sum(axis=1), begin[1:, 0] - end[:-1, -1]
    return np.array([*(part.sum(axis=1)[:-1] for part in (floor, took - floor - wait, wait)), inside[:-1], between])


def verdict(trace: Trace) -> str:
    """What the largest column says, on the rank that waits most: what it waits for is not its own."""
    means, (names, begin, end, calls) = ledger(trace).mean(axis=1), trace
    rank = int(means[2].argmax())
    took = (end - begin)[:, :, rank]
    spans, idle = took.sum(axis=1), end[0, -1, rank]
    share, worst = min((MB[name] / BANDWIDTH / took[0, at], name) for at, name in enumerate(names) if name in MB)
    if spans.max() > 2 * np.median(spans):
        return f"one step is {spans.max() / np.median(spans):.1f} times the median"
    return (
        f"slowest product: {worst}, {share:.0%} of bandwidth",
        f"rank {1 - rank} is late",
        f"launch-bound: {len(names)} kernels",
        f"CPU was in {next((call for call, start, stop in calls if start <= idle <= stop), 'launches')}",
    )[int(means[1:, rank].argmax())]


print("ms of rank 0          step  " + "  ".join(COLUMNS))
for case, fault in CASES.items():
    trace = run(fault)
    parts = ledger(trace).mean(axis=1)[:, 0] / 1000
    row = "".join(f"{part:{len(name) + 2}.2f}" for name, part in zip(COLUMNS, parts, strict=True))
    print(f"{case:20}{parts.sum():6.2f}{row}  {verdict(trace)}")
# --8<-- [end:code]


def figure() -> str:
    """A step of each case, its milliseconds by column."""
    from miaotui.drawing.svg import GREY, RED, TEAL, Figure, label, picture, rect

    def swatch(at: int, x: float, y: float, width: float) -> str:
        shade = (1, 0.35, 0.6, 1, 0.4)[at]
        return rect(x, y, width, 14, fill=(TEAL, TEAL, GREY, RED, RED)[at], fill_opacity=shade, stroke="none")

    parts, cases = [], ("图，重叠", "逐个启动", "采样前同步", "分页拷贝", "rank 1 慢", "退回的 kernel", "夹着 prefill")
    for row, (zh, (en, fault)) in enumerate(zip(cases, CASES.items(), strict=True)):
        sizes = ledger(run(fault)).mean(axis=1)[:, 0] / 1000
        parts += [label(8, 18 + 44 * row, *(f"{name} {sizes.sum():.1f} ms" for name in (zh, en)))]
        parts += [swatch(at, 8 + 29 * sizes[:at].sum(), 24 + 44 * row, 29 * sizes[at]) for at in range(5)]
    for at, zh in enumerate(("下限", "kernel 超出", "等全归约", "步内的缝", "步间的空档")):
        parts += [swatch(at, x := 8 + 146 * (at % 3), 314 + 24 * (at // 3), 14)]
        parts += [label(x + 20, 326 + 24 * (at // 3), zh, COLUMNS[at])]
    return picture(Figure(362, tuple(parts)))
