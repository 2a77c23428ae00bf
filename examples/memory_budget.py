"""Where the memory of a card goes: what fits, what paging saves, and what smaller chunks do not."""

# --8<-- [start:code]
import numpy as np

CARD, USED, WORKSPACE, CONTEXT = 80e9, 0.9, 2e9, 8192


def kv_tokens(params: float, bits: int, layers: int, kv_bytes: int, gpus: int) -> int:
    """How many tokens of KV cache fit beside the weights; 8 KV heads of 128 dimensions, split among the GPUs."""
    room = gpus * (USED * CARD - WORKSPACE) - params * bits / 8
    return int(max(room, 0) // (2 * layers * 8 * 128 * kv_bytes))


print("requests of 8,192 tokens   BF16  weights FP8  KV FP8  both")
for name, params, layers, gpus in (("8B", 8.03e9, 32, 1), ("70B", 70.6e9, 80, 2), ("70B", 70.6e9, 80, 4)):
    fit = [kv_tokens(params, bits, layers, kv, gpus) // CONTEXT for bits, kv in ((16, 2), (8, 2), (16, 1), (8, 1))]
    print(f"{name:3} on {gpus} GPU{'s' * (gpus > 1):15} {fit[0]:6} {fit[1]:12} {fit[2]:7} {fit[3]:5}")


def admitted(lengths: np.ndarray, room: int, unit: int) -> tuple[int, float]:
    """How many requests fit when each holds whole units, and the share of what they hold that is used."""
    held = np.cumsum(-(-lengths // unit) * unit)
    count = int(np.searchsorted(held, room, side="right"))
    return count, float(lengths[:count].sum() / held[count - 1])


# Most requests are much shorter than the maximum: log-normal, half of them below 1,200 tokens.
lengths = np.minimum(np.random.default_rng(0).lognormal(np.log(1200), 0.8, 2000).astype(int) + 1, CONTEXT)
room = kv_tokens(8.03e9, 16, 32, 2, 1)
print(f"\n8B, {room} tokens of KV; requests of {lengths[:200].mean():.0f} tokens on average, at most {CONTEXT}")
print("tokens held at a time  requests  of that used")
for unit in (CONTEXT, 1024, 256, 16, 1):
    count, used = admitted(lengths, room, unit)
    print(f"{unit:21} {count:9} {used:13.1%}")

X = np.random.default_rng(1).standard_normal((2048, 512), dtype=np.float32)
UP = np.random.default_rng(2).standard_normal((512, 2048), dtype=np.float32) / 32
DOWN = np.random.default_rng(3).standard_normal((2048, 512), dtype=np.float32) / 32


def mlp(x: np.ndarray, rows: int) -> tuple[np.ndarray, int]:
    """Two linear layers with a ReLU between, `rows` at a time; the result and the bytes of the largest buffer."""
    result, largest = np.empty_like(x), 0
    for top in range(0, len(x), rows):
        hidden = x[top : top + rows] @ UP
        np.maximum(hidden, 0, out=hidden)
        largest = max(largest, hidden.nbytes)
        result[top : top + rows] = hidden @ DOWN
    return result, largest


print("\nMB           weights  input and output  hidden   all")
whole, _ = mlp(X, len(X))
for rows in (2048, 128):
    result, hidden = mlp(X, rows)
    fixed, ends = UP.nbytes + DOWN.nbytes, X.nbytes + result.nbytes
    print(
        f"{rows:4} rows {fixed / 1e6:11.1f} {ends / 1e6:17.1f} {hidden / 1e6:7.1f} {(fixed + ends + hidden) / 1e6:5.1f}"
    )
print("same result:", bool(np.allclose(whole, result, rtol=0, atol=1e-4)))
# --8<-- [end:code]
