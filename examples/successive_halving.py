"""64 serving configurations, noisy runs, one budget: random search, a grid, and successive halving."""

# --8<-- [start:code]
import numpy as np

# An 8B model on H100s: parameters, KV bytes per token, tokens of context, HBM bytes/s, dense FLOP/s of FP8 and BF16.
PARAMS, KV, CONTEXT, BANDWIDTH, PEAK = 8.03e9, 131_072, 2048, 3.35e12, {1: 1979e12, 2: 989e12}
SLO, NOISE, BUDGET = 15e-3, 0.1, 192  # p95 of TPOT in s; relative error of a run; runs to spend
# Bytes per weight, GPUs that share the model, requests in the batch.
SPACE = [(b, t, s) for b in (2, 1) for t in (1, 2, 4, 8) for s in (4, 8, 16, 32, 64, 96, 128, 192)]


def truth(width: int, gpus: int, batch: int) -> tuple[float, float]:
    """Tokens/s of a GPU, and p95 of TPOT, taken to be 1.25 of a step; 64 all-reduces of 10 us where GPUs share."""
    linear = max(PARAMS * width / BANDWIDTH, 2 * PARAMS * batch / PEAK[width])
    step = (batch * CONTEXT * KV / BANDWIDTH + linear) / gpus + (64 * 10e-6 if gpus > 1 else 0)
    return batch / step / gpus, 1.25 * step


TRUTH = np.array([truth(*point) for point in SPACE])


class Bench:
    """Runs configurations with noise, adds up what each has shown, and counts the runs."""

    def __init__(self, seed: int, noise: float = NOISE) -> None:
        self.draw, self.noise = np.random.default_rng(seed), noise
        self.runs, self.sums = np.zeros(len(SPACE), int), np.zeros((len(SPACE), 2))

    def run(self, points: np.ndarray, times: int) -> None:
        error = self.draw.normal(0, self.noise / np.sqrt(times), (len(points), 2))
        self.sums[points] += times * TRUTH[points] * (1 + error)
        self.runs[points] += times

    def ranked(self, points: np.ndarray) -> np.ndarray:
        """Best first: within the SLO by tokens/s, then the others by how little they miss it."""
        rate, p95 = (self.sums[points] / self.runs[points, None]).T
        return points[np.argsort(np.where(p95 <= SLO, -rate, p95))]


def equally(bench: Bench, points: int) -> int:
    """This many, drawn at random, with the same number of runs for each."""
    some = bench.draw.permutation(len(SPACE))[:points]
    bench.run(some, BUDGET // points)
    return int(bench.ranked(some)[0])


def halving(bench: Bench, keep: int = 4) -> int:
    """Rungs of equal cost: all of them once, the best quarter 4 times, the best of those 16 times."""
    left, times = np.arange(len(SPACE)), 1
    while len(left) > 1:
        bench.run(left, times)
        left, times = bench.ranked(left)[: len(left) // keep], times * keep
    return int(left[0])


FASTEST = int(np.argmax(TRUTH[:, 0]))
BEST = int(np.argmax(np.where(TRUTH[:, 1] <= SLO, TRUTH[:, 0], 0)))
for title, at in (("no constraint", FASTEST), ("p95 <= 15 ms", BEST)):
    width, gpus, batch = SPACE[at]
    name = f"{'FP8' if width == 1 else 'BF16'}, {gpus} GPU{'s' * (gpus > 1)}, batch {batch}"
    print(f"{title:14} {name:24} {TRUTH[at, 0]:6,.0f} tokens/s a GPU, p95 {1e3 * TRUTH[at, 1]:.1f} ms")
print(f"{BUDGET} runs each,  finds the  misses  of the best's  measured")
print("500 seeds        best       SLO     tokens/s       above truth")
for title, points in (("16 at random", 16), ("all", 64), ("halving", 0)):
    found = [(equally(bench, points) if points else halving(bench), bench) for bench in map(Bench, range(500))]
    chosen = np.array([at for at, _ in found])
    shown = np.array([bench.sums[at, 0] / bench.runs[at] / TRUTH[at, 0] - 1 for at, bench in found])
    misses = TRUTH[chosen, 1] > SLO
    gained = np.where(misses, 0, TRUTH[chosen, 0] / TRUTH[BEST, 0])
    shares = (np.mean(chosen == BEST), misses.mean(), gained.mean(), shown.mean())
    print(f"{title:13}" + "".join(f"{share:11.1%}" for share in shares))
# --8<-- [end:code]


def figure() -> str:
    """Every configuration by p95 and tokens/s, and how far one successive halving took it."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    bench = Bench(0)
    halving(bench)
    looks = {1: (3.0, GREY, GREY), 5: (4.5, "none", TEAL), 21: (6.5, TEAL, TEAL)}
    x, y = 62 + 15400 * TRUTH[:, 1], 262 - 0.02 * TRUTH[:, 0]
    parts = [label(8, 20, "每张卡的 Token/s", "tokens/s per GPU", font_weight=600)]
    for at, rate in ((262, "0"), (162, "5,000"), (62, "10,000")):
        parts += [line(62, at, 428, at, stroke=LINE), label(56, at + 5, rate, text_anchor="end", fill=GREY)]
    parts += [label(62 + 15.4 * ms, 282, str(ms), text_anchor="middle", fill=GREY) for ms in (5, 10, 15, 20)]
    parts += [line(293, 262, 293, 34, stroke=GREY, stroke_dasharray="4 4"), label(299, 136, "SLO", fill=GREY)]
    dots = [(x[at], y[at], looks[runs]) for at, runs in enumerate(bench.runs)]
    dots += [(318, 166 + 22 * at, look) for at, look in enumerate(looks.values())]
    parts += [element("circle", cx=x, cy=y, r=r, fill=fill, stroke=stroke) for x, y, (r, fill, stroke) in dots]
    chosen = ((BEST, 14, "最好", "best", TEAL), (FASTEST, 24, "只看吞吐", "throughput alone", RED))
    for at, end, zh, en, paint in chosen:
        parts.append(element("circle", cx=x[at], cy=y[at], r=11, fill="none", stroke=paint))
        parts.append(label(x[at] + end, y[at] - 13, zh, en, text_anchor="end", fill=paint))
    for at, runs in enumerate(looks):
        parts.append(label(330, 171 + 22 * at, f"{runs} 次", f"{runs} run{'s' * (runs > 1)}"))
    parts.append(label(428, 304, "TPOT 的 p95（毫秒）", "p95 of TPOT (ms)", text_anchor="end"))
    return picture(Figure(312, tuple(parts)))
