"""One matrix, seven ways to keep it: the file, what a product with a vector reads, what it multiplies."""

# --8<-- [start:code]
import numpy as np

ROWS = COLUMNS = 500
WEIGHTS = ROWS * COLUMNS
KEPT = WEIGHTS // 10
RANK = 50
BITS, GROUP = 4, 100  # 4-bit integers, one FP16 scale for 100 weights


def pruned(weights: np.ndarray) -> np.ndarray:
    """The tenth of largest magnitude, zero elsewhere."""
    least = np.sort(np.abs(weights), axis=None)[-KEPT]
    return np.where(np.abs(weights) >= least, weights, 0.0)


def levels(weights: np.ndarray) -> np.ndarray:
    """Symmetric integers, a scale for each group."""
    groups = weights.reshape(-1, GROUP)
    scale = np.abs(groups).max(axis=1, keepdims=True) / (2 ** (BITS - 1) - 1)
    return np.round(groups / scale).astype(int).reshape(weights.shape)


def entropy(symbols: np.ndarray) -> float:
    """The fewest bits a symbol that a code of independent symbols can reach."""
    share = np.unique(symbols, return_counts=True)[1] / symbols.size
    return float(-(share * np.log2(share)).sum())


integers = levels(pruned(np.random.default_rng(0).standard_normal((ROWS, COLUMNS))))
left, least = int(np.count_nonzero(integers)), entropy(integers)
full, scales, thin = WEIGHTS * 16, WEIGHTS // GROUP * 16, RANK * (ROWS + COLUMNS)
dense, masked, coded = WEIGHTS * BITS + scales, WEIGHTS + left * BITS + scales, WEIGHTS * least + scales
# Bits in the file, bits read for a product with a vector, its multiply-adds.
ledger: dict[str, tuple[float, float, int]] = {
    "FP16": (full, full, WEIGHTS),
    "FP16, 90% set to zero": (full, full, WEIGHTS),
    "FP16, rank 50": (thin * 16, thin * 16, thin),
    "INT4, dense": (dense, dense, WEIGHTS),
    "INT4, mask and non-zeros": (masked, masked, left),
    "coded, expanded to INT4": (coded, dense, WEIGHTS),
    "coded, decoded in kernel": (coded, coded, WEIGHTS),
}
print(f"{'':25}{'file, kB':>9}{'smaller':>9}{'read, kB':>10}{'less':>7}{'multiply-adds':>15}")
for name, (file, read, work) in ledger.items():
    print(f"{name:25}{file / 8e3:9.1f}{full / file:8.1f}x{read / 8e3:10.1f}{full / read:6.1f}x{work:15,}")
print(f"{left / WEIGHTS:.2%} of the integers are not zero; their entropy is {least:.3f} bits a weight")
# --8<-- [end:code]
