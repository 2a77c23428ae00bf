"""A MoE layer as a kernel runs it, sorted by expert, and how much a step reads and pads as the batch grows."""

# --8<-- [start:code]
import numpy as np

TOKENS, WIDTH, HIDDEN, EXPERTS, CHOSEN, TILE = 96, 32, 48, 16, 2, 8
draw = np.random.default_rng(0)
X = draw.standard_normal((TOKENS, WIDTH))
GATE = draw.standard_normal((WIDTH, EXPERTS))
UP, DOWN = draw.standard_normal((EXPERTS, WIDTH, HIDDEN)) / 6, draw.standard_normal((EXPERTS, HIDDEN, WIDTH)) / 6


def route(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The experts of each token and their weights, which sum to one."""
    logits = x @ GATE
    experts = np.argsort(-logits, axis=1, kind="stable")[:, :CHOSEN]
    picked = np.take_along_axis(logits, experts, axis=1)
    weights = np.exp(picked - picked.max(axis=1, keepdims=True))
    return experts, weights / weights.sum(axis=1, keepdims=True)


def layer(x: np.ndarray) -> tuple[np.ndarray, int]:
    """The layer's output, and the rows that the grouped products compute, each expert's padded to whole tiles."""
    experts, weights = route(x)
    order = np.argsort(experts.ravel(), kind="stable")  # all (token, choice) pairs, by expert
    counts = np.bincount(experts.ravel(), minlength=EXPERTS)
    ends = np.cumsum(counts)
    rows = x[order // CHOSEN]  # permuted: each expert's tokens stand together
    out = np.zeros_like(rows)
    for expert in range(EXPERTS):  # a grouped GEMM does all of these in one kernel
        mine = slice(ends[expert] - counts[expert], ends[expert])
        out[mine] = np.maximum(rows[mine] @ UP[expert], 0) @ DOWN[expert]
    back = np.zeros_like(x)
    np.add.at(back, order // CHOSEN, out * weights.ravel()[order, None])  # weighted, and back to where they came from
    return back, int((-(-counts // TILE) * TILE).sum())


def one_by_one(x: np.ndarray) -> np.ndarray:
    """Each token through each of its experts."""
    experts, weights = route(x)
    return np.array(
        [
            sum(w * (np.maximum(t @ UP[e], 0) @ DOWN[e]) for e, w in zip(mine, shares, strict=True))
            for t, mine, shares in zip(x, experts, weights, strict=True)
        ]
    )


out, padded = layer(X)
print(f"sorted and grouped as one by one: {np.allclose(out, one_by_one(X), atol=1e-12)}")
print(f"{TOKENS} tokens x {CHOSEN} = {TOKENS * CHOSEN} rows, {padded} with tiles of {TILE}\n")

# A MoE like DeepSeek-V3 in FP8: 58 layers of 256 experts, 8 chosen; bytes and FLOPs of one H100.
EXPERT, REST, MANY, PICKED, LAYERS = 44.04e6, 17.1e9, 256, 8, 58
WIDE, RATE = 3.35e12, 1979e12
print("batch  touched  GB read  GB a token  FLOP/B of experts   rows computed / needed, tiles of 64")
for batch in (1, 4, 16, 64, 256, 1024, 4096):
    picks = np.array([draw.permutation(MANY)[:PICKED] for _ in range(batch)]).ravel()
    counts = np.bincount(picks, minlength=MANY)
    touched = int((counts > 0).sum())
    read = REST + LAYERS * EXPERT * touched
    intensity = 2 * batch * PICKED / touched
    waste = (-(-counts // 64) * 64).sum() / (batch * PICKED)
    print(f"{batch:5}{touched:9}{read / 1e9:9.0f}{read / batch / 1e9:12.2f}{intensity:19.1f}{waste:24.1f}")
print(
    f"an expert turns compute-bound at {RATE / WIDE / 2:.0f} tokens, a batch of {RATE / WIDE / 2 * MANY / PICKED:,.0f}"
)
# --8<-- [end:code]


def figure() -> str:
    """What a step reads, with and without experts being shared, against the batch."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, element, label, line, picture

    def y(size: float) -> float:
        return 236 - 0.3 * size

    parts = [line(44, y(size), 430, y(size), stroke=LINE) for size in (0, 200, 400, 600)]
    parts += [label(36, y(size) + 5, f"{size}", text_anchor="end", fill=GREY) for size in (0, 200, 400, 600)]
    spots = []
    for at in range(51):
        touched = MANY * (1 - (1 - PICKED / MANY) ** (2 ** (at / 5)))
        spots.append((46 + 7.4 * at, y((REST + LAYERS * EXPERT * touched) / 1e9)))
    path = "M" + "L".join(f"{x:.1f} {height:.1f}" for x, height in spots)
    parts.append(element("path", d=path, fill="none", stroke=TEAL, stroke_width=2.5))
    parts += [label(46 + 37 * at, 256, f"{2**at}", text_anchor="middle", fill=GREY) for at in (0, 2, 4, 6, 8, 10)]
    parts += [label(8, 18, "一步读的权重，GB", "weights read in a step, GB", font_weight=600)]
    return picture(Figure(286, (*parts, label(430, 276, "Batch", "batch", text_anchor="end"))))
