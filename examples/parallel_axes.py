"""Five ways to serve on four ranks: the same output, what each rank holds, and what it sends."""

import numpy as np

RANKS, LAYERS, TOKENS, D, F, EXPERTS, TOP = 4, 4, 32, 64, 256, 16, 4
draw = np.random.default_rng(0)
UP, DOWN = (draw.standard_normal((LAYERS, *shape)) / 16 for shape in ((D, F), (F, D)))
EXPERT, ROUTER = draw.standard_normal((EXPERTS, D, D)) / 8, draw.standard_normal((D, EXPERTS))
X = draw.standard_normal((TOKENS, D))
CHOSEN = np.argsort(-(X @ ROUTER), axis=1)[:, :TOP]
log: list[list[int]] = []


def send(parcels: list) -> None:
    """One step: all (from, to, values) at once, as bytes of BF16 per rank; what stays on its rank is free."""
    log.append([sum(2 * v.size for a, b, v in parcels if a == rank != b) for rank in range(RANKS)])


def ffn(x: np.ndarray, layer: int, part: int = 0, of: int = 1) -> np.ndarray:
    units = slice(part * F // of, (part + 1) * F // of)  # up by columns, down by rows: one term of a sum
    return np.maximum(x @ UP[layer][:, units], 0) @ DOWN[layer][units]


def reduce_scatter(terms: list) -> list:
    """A ring: after N - 1 steps each rank has the sum of its own chunk of tokens."""
    chunks = [np.array_split(term, RANKS) for term in terms]
    for step in range(RANKS - 1):
        passed = [(rank, (rank + 1) % RANKS, (rank - step - 1) % RANKS) for rank in range(RANKS)]
        send([(rank, to, chunks[rank][at]) for rank, to, at in passed])
        for rank, to, at in passed:
            chunks[to][at] = chunks[to][at] + chunks[rank][at]
    return [chunks[rank][rank] for rank in range(RANKS)]


def all_gather(pieces: list) -> np.ndarray:
    for step in range(RANKS - 1):
        send([(rank, (rank + 1) % RANKS, pieces[(rank - step) % RANKS]) for rank in range(RANKS)])
    return np.concatenate(pieces)


def one_rank(x: np.ndarray) -> np.ndarray:
    for layer in range(LAYERS):
        x = x + ffn(x, layer)
    return x


def data(x: np.ndarray) -> np.ndarray:
    return np.concatenate([one_rank(own) for own in np.array_split(x, RANKS)])


def pipeline(x: np.ndarray) -> np.ndarray:
    for rank in range(RANKS):
        x = x + ffn(x, rank)
        if rank + 1 < RANKS:
            send([(rank, rank + 1, x)])
    return x


def tensor(x: np.ndarray) -> np.ndarray:
    for layer in range(LAYERS):
        x = x + all_gather(reduce_scatter([ffn(x, layer, rank, RANKS) for rank in range(RANKS)]))  # an all-reduce
    return x


def sequence(x: np.ndarray) -> np.ndarray:
    own = np.array_split(x, RANKS)  # between the products a rank keeps its own tokens only
    for layer in range(LAYERS):
        whole = all_gather(own)
        terms = [ffn(whole, layer, rank, RANKS) for rank in range(RANKS)]
        own = [mine + new for mine, new in zip(own, reduce_scatter(terms), strict=True)]
    return np.concatenate(own)


def expert(x: np.ndarray, once: bool = False) -> np.ndarray:
    """One layer of experts: a token goes to each of its experts, or `once` to each of their ranks, and back."""
    out, there, back = x.copy(), [], []
    for token, own in enumerate(CHOSEN):
        home, ranks = token * RANKS // TOKENS, own * RANKS // EXPERTS
        for trip in [own[ranks == rank] for rank in np.unique(ranks)] if once else own[:, None]:
            value = sum(x[token] @ EXPERT[trip]) / TOP
            there.append((home, trip[0] * RANKS // EXPERTS, x[token]))
            back.append((trip[0] * RANKS // EXPERTS, home, value))
            out[token] += value
    send(there)
    send(back)
    return out


ALONE, FFN, MOE = one_rank(X), 2 * (UP.size + DOWN.size), 2 * EXPERT.size // RANKS
ROUTED = X + np.array([sum(row @ EXPERT[own]) for row, own in zip(X, CHOSEN, strict=True)]) / TOP
WAYS = {"data": (data, ALONE, FFN), "pipeline": (pipeline, ALONE, FFN // RANKS),
        "tensor": (tensor, ALONE, FFN // RANKS), "tensor and sequence": (sequence, ALONE, FFN // RANKS),
        "experts": (expert, ROUTED, MOE), "experts, 1 per rank": (lambda x: expert(x, True), ROUTED, MOE)}  # fmt: skip
print(f"{'32 tokens on 4 ranks':25}{'weights/rank':>14}{'sent/rank':>13}{'sent by all':>13}  steps  same")
for name, (way, alone, held) in WAYS.items():
    log.clear()
    same = np.allclose(way(X), alone, rtol=0, atol=1e-12)
    sent = [sum(step[rank] for step in log) for rank in range(RANKS)]
    print(f"{name:25}{held:14,}{max(sent):13,}{sum(sent):13,}{len(log):7}  {same}")
