"""Trained by one worker or by four: the same weights, the same forward pass. How it is served is another choice."""

# --8<-- [start:code]
import numpy as np

ROWS, D, HIDDEN, STEPS, WORKERS = 64, 12, 32, 200, 4
draw = np.random.default_rng(0)
X = draw.standard_normal((ROWS, D))
Y = np.tanh(X @ draw.standard_normal((D, 1)))
START = np.concatenate([draw.standard_normal(D * HIDDEN) / 4, draw.standard_normal(HIDDEN) / 6])


def matrices(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return flat[: D * HIDDEN].reshape(D, HIDDEN), flat[D * HIDDEN :].reshape(HIDDEN, 1)


def gradient(flat: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Of the mean squared error over these rows."""
    up, down = matrices(flat)
    hidden = np.maximum(x @ up, 0)
    error = 2 * (hidden @ down - y) / len(x)
    return np.concatenate([(x.T @ (error @ down.T * (hidden > 0))).ravel(), (hidden.T @ error).ravel()])


def all_reduce(terms: list[np.ndarray]) -> tuple[list[np.ndarray], int]:
    """A ring over chunks: the sum on every worker, and how many bytes one of them sent."""
    n, sent = len(terms), 0
    chunks = [np.array_split(term, n) for term in terms]
    for step in range(2 * (n - 1)):  # n - 1 steps that add, n - 1 that pass on
        moved = [(at, (at - step) % n, chunks[at][(at - step) % n]) for at in range(n)]
        for at, piece, values in moved:
            there = chunks[(at + 1) % n]
            there[piece] = there[piece] + values if step < n - 1 else values
        sent += moved[0][2].nbytes
    return [np.concatenate(own) for own in chunks], sent


def trained(workers: int) -> tuple[np.ndarray, int]:
    """The weights after all steps, every worker on its share of the same batch, and what one sent."""
    copies, sent = [START.copy() for _ in range(workers)], 0
    shares = list(zip(np.array_split(X, workers), np.array_split(Y, workers), strict=True))
    for _ in range(STEPS):
        own = [gradient(flat, x, y) / workers for flat, (x, y) in zip(copies, shares, strict=True)]
        sums, bytes_ = all_reduce(own)
        copies = [flat - 0.05 * summed for flat, summed in zip(copies, sums, strict=True)]
        sent += bytes_
    return copies[0], sent


def forward(up: np.ndarray, down: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, int]:
    """The output for one row, and the FLOPs of it."""
    return np.maximum(x @ up, 0) @ down, 2 * (up.size + down.size)


(alone, none), (shared, sent) = trained(1), trained(WORKERS)
print(f"trained on 1 worker   sent {none:9,} bytes")
print(f"trained on 4 workers  sent {sent:9,} bytes each")
print(f"weights agree within 1e-12: {np.abs(alone - shared).max() < 1e-12}")
saved = np.array_split(shared, WORKERS)  # four files, as sharded training leaves them
up, down = matrices(np.concatenate(saved))
halves = (slice(0, HIDDEN // 2), slice(HIDDEN // 2, HIDDEN))
(whole, flops), parts = forward(up, down, X[0]), [forward(up[:, half], down[half], X[0]) for half in halves]
sums, reduced = all_reduce([term for term, _ in parts])
print(f"\none row served by    FLOPs a rank  weights a rank  sent a rank\n1 rank{flops:26,}{shared.nbytes:16,}{0:13,}")
print(f"tensor parallel, 2{parts[0][1]:14,}{(up[:, halves[0]].size + down[halves[0]].size) * 8:16,}{reduced:13,}")
print(f"ZeRO-3 over 4{flops:19,}{saved[0].nbytes:16,}{sum(part.nbytes for part in saved[:-1]):13,}")
print(f"tensor parallel gives the same: {np.allclose(sums, whole, rtol=0, atol=1e-12)}")
# --8<-- [end:code]


def figure() -> str:
    """A decode step of an 8B on eight GPUs against all requests in flight: eight replicas, and one sharded."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, dot, label, line, picture

    def at(requests: float, split: bool) -> tuple[float, float]:
        kv, linear = requests * 2048 * 131_072 / 26.8e9, requests * 2 * 8.03e9 / 7912e9
        sent = 64 * (1.75 * requests * 8192 / 450e6 + 14e-3)
        ms = kv + (max(16.06 / 26.8, linear) + sent if split else max(16.06 / 3.35, linear))
        return 48 + requests * 372 / 1600, 262 - ms * 10

    parts = [
        label(8, 20, "一步，毫秒", "step time, ms", font_weight=600),
        *(line(48, 262 - ms * 10, 420, 262 - ms * 10, stroke=LINE) for ms in (0, 10, 20)),
        *(label(42, 267 - ms * 10, str(ms), text_anchor="end", fill=GREY) for ms in (0, 10, 20)),
        *(label(at(n, True)[0], 284, f"{n:,}", text_anchor="middle", fill=GREY) for n in (0, 500, 958)),
        label(420, 284, "请求总数", "requests", text_anchor="end"),
        *(line(*at(a, True), *at(b, True), stroke=TEAL, stroke_width=2.5) for a, b in ((0, 295), (295, 1600))),
        line(*at(0, False), *at(1600, False), stroke_dasharray="6 4", stroke_width=2),
        line(at(958, True)[0], 262, *at(958, True), stroke=GREY, stroke_dasharray="2 4"),
        dot(*at(958, True)),
        label(140, 120, "DP：8 个副本", "DP: 8 replicas"),
        label(136, 240, "TP 8：一份切 8 块", "TP 8: one, sharded", fill=TEAL),
    ]
    return picture(Figure(296, tuple(parts)))
