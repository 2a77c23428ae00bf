"""One head of attention four ways: the same result, HBM traffic counted, and how often the output is rescaled."""

# --8<-- [start:code]
import numpy as np

T, D, SRAM = 1024, 64, 32_768  # tokens, head dimension, and numbers that fit on the chip
BC = SRAM // (4 * D)  # columns of a tile as the first paper has it: Q, K, V and O share the chip
BR = min(BC, D)
draw = np.random.default_rng(0)
Q, K, V = (draw.standard_normal((T, D)) for _ in range(3))


class Memory:
    """Counts the numbers that go to or from HBM, and the output values that are scaled again."""

    def __init__(self) -> None:
        self.moved = self.rescaled = 0

    def move(self, *arrays: np.ndarray) -> None:
        self.moved += sum(array.size for array in arrays)


def naive(hbm: Memory) -> np.ndarray:
    """Three kernels: scores, softmax, product; the scores cross four times."""
    scores = Q @ K.T / D**0.5
    hbm.move(Q, K, scores)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    hbm.move(scores, weights)
    hbm.move(weights, V, Q)  # the output has the size of Q
    return weights @ V


def version_1(hbm: Memory) -> np.ndarray:
    """Columns outside: each tile of rows reads its output, sum and maximum back, and writes them again."""
    out, total, top = np.zeros((T, D)), np.zeros((T, 1)), np.full((T, 1), -np.inf)
    for column in range(0, T, BC):
        k, v = K[column : column + BC], V[column : column + BC]
        hbm.move(k, v)
        for row in range(0, T, BR):
            at = slice(row, row + BR)
            hbm.move(Q[at], out[at], total[at], top[at])
            scores = Q[at] @ k.T / D**0.5
            new = np.maximum(top[at], scores.max(axis=1, keepdims=True))
            weights, old = np.exp(scores - new), np.exp(top[at] - new) * total[at]
            total[at] = old + weights.sum(axis=1, keepdims=True)
            out[at] = (old * out[at] + weights @ v) / total[at]  # always normalized
            hbm.rescaled += 2 * out[at].size  # one factor before, one division after
            top[at] = new
            hbm.move(out[at], total[at], top[at])
    return out


def rows_outside(hbm: Memory, slack: float) -> np.ndarray:
    """Rows outside: an output stays on the chip until it is done, and is divided once.

    The maximum is replaced only when it rises by more than `slack`: an older one is as good, as long as nothing
    overflows, since it cancels in the division.
    """
    result = []
    for row in range(0, T, BR):
        q = Q[row : row + BR]
        out, total, top = np.zeros((BR, D)), np.zeros((BR, 1)), np.full((BR, 1), -np.inf)
        for column in range(0, T, BC):
            k, v = K[column : column + BC], V[column : column + BC]
            hbm.move(k, v)
            scores = q @ k.T / D**0.5
            new = np.maximum(top, scores.max(axis=1, keepdims=True))
            if (new > top + slack).any():  # one decision for the tile
                out, total = out * np.exp(top - new), total * np.exp(top - new)
                hbm.rescaled += out.size if column else 0
                top = new
            weights = np.exp(scores - top)
            total, out = total + weights.sum(axis=1, keepdims=True), out + weights @ v
        hbm.move(q, out, total)
        result.append(out / total)
        hbm.rescaled += out.size
    return np.concatenate(result)


WAYS = {
    "naive": naive,
    "version 1": version_1,
    "version 2": lambda hbm: rows_outside(hbm, 0.0),
    "rescaled when needed": lambda hbm: rows_outside(hbm, 8 * np.log(2)),
}
print(f"{T} tokens, tiles of {BR} x {BC}")
print("                      same result   numbers moved   outputs rescaled")
for name, way in WAYS.items():
    memory = Memory()
    same = np.allclose(way(memory), naive(Memory()), rtol=1e-12, atol=1e-12)
    print(f"{name:22}{same!s:>11}{memory.moved:16,}{memory.rescaled:19,}")
# --8<-- [end:code]
