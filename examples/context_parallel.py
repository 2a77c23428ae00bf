"""A long context over eight ranks: the work of each, what is sent, and decode with the KV cache sharded by position."""

# --8<-- [start:code]
import numpy as np

RANKS, T, HEADS, KV_HEADS, D = 8, 512, 8, 2, 16
GROUP = HEADS // KV_HEADS
draw = np.random.default_rng(0)
Q = draw.standard_normal((HEADS, T, D))
K, V = draw.standard_normal((2, KV_HEADS, T, D))
Part = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Largest score, sum of exponentials and output not yet divided, for each head and query."""


def contiguous(rank: int) -> np.ndarray:
    """The positions of a rank: the prompt split into as many pieces as there are ranks."""
    return np.arange(T // RANKS * rank, T // RANKS * (rank + 1))


def zigzag(rank: int) -> np.ndarray:
    """Twice as many pieces, of which a rank has one from the front and its mirror image from the back."""
    piece = T // RANKS // 2
    last = 2 * RANKS - 1 - rank
    return np.concatenate([np.arange(piece * at, piece * (at + 1)) for at in (rank, last)])


def attend(q: np.ndarray, at: np.ndarray, keys: np.ndarray) -> Part:
    """Queries at these positions over the keys at those, each seeing none after itself."""
    scores = q @ np.repeat(K[:, keys], GROUP, axis=0).swapaxes(1, 2) / D**0.5
    scores = np.where(keys <= at[:, None], scores, -np.inf)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e30)  # no key seen: a number all the same
    weights = np.exp(scores - top)
    return top, weights.sum(axis=-1, keepdims=True), weights @ np.repeat(V[:, keys], GROUP, axis=0)


def merged(parts: list[Part]) -> np.ndarray:
    """The output over all keys from those over parts of them."""
    top = np.maximum.reduce([part[0] for part in parts])
    total = sum(np.exp(m - top) * ell for m, ell, _ in parts)
    return sum(np.exp(m - top) * out for m, _, out in parts) / total


FULL = merged([attend(Q, np.arange(T), np.arange(T))])
print("split        most work / mean   numbers a rank sends   same result")
for split in (contiguous, zigzag):
    mine = [split(rank) for rank in range(RANKS)]
    work = [sum(int((keys <= at[:, None]).sum()) for keys in mine) for at in mine]
    same = all(
        np.allclose(merged([attend(Q[:, at], at, keys) for keys in mine]), FULL[:, at], atol=1e-12) for at in mine
    )
    ring = (RANKS - 1) * 2 * KV_HEADS * T // RANKS * D  # K and V, passed on by every rank but once round
    print(f"ring, {split.__name__:11}{max(work) / np.mean(work):8.2f}{ring:23,}{same!s:>14}")
held = [contiguous(rank) for rank in range(RANKS)]
ulysses, columns = 0, []
for rank in range(RANKS):  # all-to-all: each gets all tokens of one query head, and of the KV head that it reads
    pieces = [(Q[rank, at], K[rank // GROUP, at], V[rank // GROUP, at]) for at in held]
    q, k, v = (np.concatenate(piece) for piece in zip(*pieces, strict=True))
    scores = np.where(np.tri(T, dtype=bool), q @ k.T / D**0.5, -np.inf)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    columns.append(weights / weights.sum(axis=1, keepdims=True) @ v)
    if rank:  # what rank 0 sends this one, and its own result for the tokens of this one
        ulysses += sum(piece.size for piece in pieces[0]) + columns[0][held[rank]].size
same = np.allclose(columns, FULL, atol=1e-12)
print(f"all-to-all of heads     1.00{ulysses:23,}{same!s:>14}   (at most {HEADS} ranks)")

now = np.array([T - 1])
parts = [attend(Q[:, now], now, keys) for keys in held]  # each rank has all heads of the query, and its own keys
same = np.allclose(merged(parts), FULL[:, now], atol=1e-12)
sent = HEADS * D + HEADS * (D + 2)  # its share of the gathered queries, and a part of each head's result
print(f"\ndecode, by position: each rank keeps {T // RANKS * 2 * KV_HEADS * D:,} numbers of KV, same result: {same}")
copies = RANKS // KV_HEADS
print(f"decode, by head: {T * 2 * D:,}, since {KV_HEADS} KV heads on {RANKS} ranks are stored {copies} times")
print(f"by position a rank sends at most {sent} numbers a layer and token, whatever the context")
# --8<-- [end:code]


def figure() -> str:
    """The causal work of each of eight ranks, contiguous and in a zigzag."""
    from miaotui.drawing.svg import BARE, GREY, SOLID, Figure, key, label, line, picture, rect

    drawn = [label(8, 18, "每个 rank 的工作量 ÷ 平均", "work of each rank ÷ mean", font_weight=600)]
    for row, (split, look) in enumerate(((contiguous, BARE), (zigzag, SOLID))):
        for rank in range(RANKS):
            tall = 60 * float((split(rank) + 1).sum()) / ((T + 1) * T / 2 / RANKS)
            drawn.append(rect(20 + 52 * rank + 21 * row, 164 - tall, 19, tall, **look))
    drawn += [line(14, 104, 434, 104, stroke="currentColor", stroke_dasharray="4 4")]
    drawn += [label(40 + 52 * rank, 182, f"{rank}", text_anchor="middle", fill=GREY) for rank in range(RANKS)]
    drawn += [key(20, 60, ("连续切分", "contiguous"), BARE), key(150, 60, ("首尾搭配", "zigzag"), SOLID)]
    return picture(Figure(192, tuple(drawn)))
