"""The softmax of rows by each version of the listing: sectors, exponentials, barriers, and whether it is right."""

import numpy as np

ROWS, N, THREADS, WARP, SECTOR = 32, 1024, 256, 32, 32
LANES, X = np.arange(WARP), np.random.default_rng(0).standard_normal((ROWS, N)) * 4


class Count:
    """What a version asks for, for all rows; of requests and their sectors the reads first, then the writes."""

    def __init__(self) -> None:
        self.requests, self.sectors = [0, 0], [0, 0]
        self.exponentials = self.barriers = self.passes = 0

    def move(self, first: np.ndarray, *writes: bool) -> None:
        """Loads and stores, a row for each request of a warp: the bytes at which its lanes begin."""
        for write in writes:
            self.requests[write] += len(first)
            self.sectors[write] += sum(len(set(row)) for row in (first // SECTOR).tolist())

    def exp(self, x: np.ndarray) -> np.ndarray:
        self.exponentials += x.size
        return np.exp(x)

    def gather(self) -> None:
        """Each warp leaves a word in shared memory, and after a barrier each reads all eight: a pass for each."""
        self.passes, self.barriers = self.passes + 2 * THREADS // WARP, self.barriers + 1


def across(width: int) -> np.ndarray:
    """Requests for one row by neighbouring lanes, `width` bytes each."""
    return width * np.arange(N * 4 // width).reshape(-1, WARP)


def safe(c: Count, x: np.ndarray, times: int = 2) -> np.ndarray:
    """Exponentials to add up, and again to write where the row is not kept."""
    for _ in range(times):
        e = c.exp(x - x.max())
    return e / e.sum()


def by_rows(c: Count, x: np.ndarray, reads: int, width: int = 4, gathers: int = 2) -> np.ndarray:
    """A row for a block or a warp, read once where it stays in registers."""
    c.move(across(width), *[False] * reads, True)
    for _ in range(gathers):
        c.gather()
    return safe(c, x, min(reads, 2))


def merge(c: Count, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Two parts (maxima, and sums relative to them) as one; a part at the larger maximum takes no exponential."""
    top = np.maximum(a[0], b[0])
    c.exponentials += sum(int((m != top).sum()) for m in (a[0], b[0]))
    scales = [np.exp(np.where(m == top, 0.0, m) - np.where(m == top, 0.0, top)) for m in (a[0], b[0])]
    return np.array((top, a[1] * scales[0] + b[1] * scales[1]))


def butterfly(c: Count, part: np.ndarray) -> np.ndarray:
    """Five merges, after which every lane has its warp's part."""
    for gap in (16, 8, 4, 2, 1):
        part = merge(c, part, part[:, :, LANES ^ gap])
    return part


def online(c: Count, x: np.ndarray) -> np.ndarray:
    """A block per row; maximum and sum in one read."""
    c.move(across(4), False, False, True)
    part, again = np.zeros((2, 2, THREADS // WARP, WARP))
    part[0] = again[0] = -np.inf
    for values in x.reshape(-1, *part[0].shape):
        part = merge(c, part, np.array((values, np.ones(values.shape))))
    again[:, :, :8] = butterfly(c, part)[:, None, :, 0]
    c.gather()
    top, total = butterfly(c, again)
    return c.exp(x - top[0, 0]) / total[0, 0]


RULES = {
    "thread": safe,
    "block": lambda c, x: by_rows(c, x, 3),
    "online": online,
    "registers": lambda c, x: by_rows(c, x, 1),
    "warp": lambda c, x: by_rows(c, x, 1, 16, 0),
}
COUNTS = {name: Count() for name in RULES}
GIVEN = {name: np.array([rule(COUNTS[name], x) for x in X]) for name, rule in RULES.items()}
# A thread per row: in every request the 32 lanes are in 32 rows.
COUNTS["thread"].move(4 * (N * LANES + np.arange(N)[:, None]), False, False, False, True)
RIGHT = np.exp(X - np.logaddexp.reduce(X, axis=1)[:, None])
print(f"{ROWS} rows of {N:,} FP32 values; all but the third column per row")
print("           reads  sectors each  writes  bytes a value  exponentials  barriers  passes  right  blocks for 4,096")
for name, c in COUNTS.items():
    (reads, writes), asked = c.requests, SECTOR * sum(c.sectors) / X.size
    print(f"{name:10}{reads / ROWS:6g}{c.sectors[0] / reads:14g}{writes / ROWS:8g}{asked:15g}", end="")
    print(f"{c.exponentials / ROWS:14.0f}{c.barriers / ROWS:10g}{c.passes / ROWS:8g}", end="")
    print(f"  {np.allclose(GIVEN[name], RIGHT)}{4096 // {'thread': THREADS, 'warp': THREADS // WARP}.get(name, 1):18}")
