"""LoRA merged and unmerged: the same output, what each costs, several in one batch, and the error from rounding."""

# --8<-- [start:code]
import numpy as np

D, RANK, ALPHA, ADAPTERS, TOKENS = 512, 8, 16, 3, 12
draw = np.random.default_rng(0)
W = (draw.standard_normal((D, D)) / np.sqrt(D)).astype(np.float32)
A = draw.standard_normal((ADAPTERS, RANK, D)).astype(np.float32) / np.float32(np.sqrt(D))
B = draw.standard_normal((ADAPTERS, D, RANK)).astype(np.float32) * np.float32(0.0035)
x = draw.standard_normal((TOKENS, D)).astype(np.float32)
OWN = draw.integers(0, ADAPTERS, TOKENS)  # whose token each is


def update(adapter: int) -> np.ndarray:
    return ALPHA / RANK * B[adapter] @ A[adapter]


def unmerged(adapter: int) -> np.ndarray:
    """Base and adapter side by side, the adapter from the right: first down to RANK numbers, then up."""
    return x @ W.T + ALPHA / RANK * (x @ A[adapter].T) @ B[adapter].T


def batched(own: np.ndarray) -> np.ndarray:
    """One product with the base for all tokens; each token gathers its own A and B."""
    down = np.einsum("tri,ti->tr", A[own], x)
    return x @ W.T + ALPHA / RANK * np.einsum("tor,tr->to", B[own], down)


def flops(d_in: int, d_out: int, rank: int) -> dict[str, int]:
    """FLOPs of one token through one matrix."""
    base, low = 2 * d_in * d_out, 2 * rank * (d_in + d_out)
    return {"base": base, "merged": base, "unmerged": base + low, "BA formed anew": 2 * base + 2 * rank * d_in * d_out}


def bf16(w: np.ndarray) -> np.ndarray:
    """Rounded to BF16, to nearest even, and back."""
    bits = w.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32)


def integers(w: np.ndarray, bits: int) -> np.ndarray:
    """Rounded to integers in groups of 64, and back."""
    groups, top = w.reshape(-1, 64), 2 ** (bits - 1) - 1
    scale = np.abs(groups).max(axis=1, keepdims=True) / top
    return (np.round(groups / scale) * scale).reshape(w.shape)


def stored(w: np.ndarray, bits: int) -> np.ndarray:
    return bf16(w) if bits == 16 else integers(w, bits)


merged = [x @ (W + update(adapter)).T for adapter in range(ADAPTERS)]
apart = max(np.abs(unmerged(adapter) - merged[adapter]).max() for adapter in range(ADAPTERS))
mixed = np.abs(batched(OWN) - np.array([merged[own][token] for token, own in enumerate(OWN)])).max()
print(f"outputs up to {np.abs(merged).max():.1f}; they differ by less than 1e-5:")
print(f"  unmerged and merged: {apart < 1e-5}, three adapters in a batch and one by one: {mixed < 1e-5}")
print("\nFLOPs of a token, 4096 × 4096, rank 16")
for name, count in flops(4096, 4096, 16).items():
    print(f"  {name:15}{count:12,}  {count / flops(4096, 4096, 16)['base'] - 1:+9.2%}")
print(f"  parameters{16 * (4096 + 4096):17,}  {16 * (4096 + 4096) / 4096**2:9.2%}")
share = np.linalg.norm(update(0)) / np.linalg.norm(W)
print(f"\nthe update is {share:.1%} of the weights; its error once merged and stored in")
for name, bits in (("BF16", 16), ("INT8", 8), ("INT4", 4)):
    base = stored(W, bits)
    lost = stored(base + update(0), bits) - base - update(0)
    print(f"  {name}{np.linalg.norm(lost) / np.linalg.norm(update(0)):10.0%}")
# --8<-- [end:code]


def figure() -> str:
    """A round of 64 requests, one decode step each, by how many customers they belong to: two straight lines."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, label, line, picture

    weights, cache, adapter = 16.06e9 / 3.35e9, 64 * 2048 * 131072 / 3.35e9, 83.9e6 / 3.35e9
    merged, apart = (cache + weights, cache + 64 * weights), (weights + cache + adapter, weights + cache + 64 * adapter)

    def y(milliseconds: float) -> float:
        return 260 - 0.68 * milliseconds

    parts = (
        label(8, 20, "64 个请求各走一步的时间，ms", "Time for 64 requests, one step each, ms", font_weight=600),
        *(line(56, y(at), 392, y(at), stroke=LINE) for at in (0, 100, 200, 300)),
        *(label(48, y(at) + 5, str(at), text_anchor="end", fill=GREY) for at in (0, 100, 200, 300)),
        line(61, y(merged[0]), 389, y(merged[1]), stroke=RED, stroke_width=2.5, stroke_dasharray="7 4"),
        line(61, y(apart[0]), 389, y(apart[1]), stroke=TEAL, stroke_width=2.5),
        label(330, 50, f"{merged[1]:.1f}", text_anchor="end", fill=RED),
        label(200, 112, "合并，依次算", "merged, one by one", text_anchor="end", fill=RED),
        label(392, 240, f"{apart[1]:.1f}", text_anchor="end", fill=TEAL),
        label(230, 240, "不合并", "unmerged", text_anchor="end", fill=TEAL),
        *(label(56 + 5.2 * at, 282, str(at), text_anchor="middle", fill=GREY) for at in (1, 16, 32, 64)),
        label(224, 304, "客户数", "customers", text_anchor="middle"),
    )
    return picture(Figure(310, parts))
