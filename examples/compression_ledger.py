"""One matrix, seven ways to store it: the file, what a product with a vector reads, what it multiplies."""

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
    """The fewest bits per symbol that a code of independent symbols can reach."""
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
print(f"{left / WEIGHTS:.2%} of the integers are not zero; their entropy is {least:.3f} bits per weight")
# --8<-- [end:code]


def figure() -> str:
    """What each way leaves of the file, of the reads and of the multiply-adds."""
    from miaotui.drawing.bars import grouped

    shown = {
        "FP16, 90% set to zero": ("FP16，九成置零", "FP16, 90% set to zero"),
        "INT4, dense": ("INT4，稠密", "INT4, dense"),
        "INT4, mask and non-zeros": ("INT4，掩码加非零值", "INT4, mask and non-zeros"),
        "coded, expanded to INT4": ("熵编码，展开成 INT4 再算", "entropy-coded, expanded to INT4"),
        "coded, decoded in kernel": ("熵编码，在 kernel 里解码", "entropy-coded, decoded in the kernel"),
    }
    groups = []
    for key, name in shown.items():
        file, read, work = ledger[key]
        bars = (
            (("文件", "file"), file / full),
            (("读取", "read"), read / full),
            (("乘加", "multiply-adds"), work / WEIGHTS),
        )
        groups.append((name, bars))
    return grouped(("占 FP16 稠密的百分比", "Share of dense FP16"), groups, 1, lambda share: f"{share:.0%}")
