"""C = A B in FP32 by each version of the listing: global requests and bytes, bank passes, and what they allow."""

import numpy as np

SIZE, WARP, SECTOR, BANKS = 1024, 32, 32, 32  # M = N = K; lanes; bytes; words of 4 bytes
FMAS = SIZE**3 // WARP  # multiply-adds, of a whole warp each
REGISTERS, SM_THREADS, SM_SHARED, RESERVED = 65536, 2048, 228 * 1024, 1024  # of an SM of an H100
LANE = np.arange(WARP)


class Count:
    """What a version asks for, of a matrix product."""

    def __init__(self, threads: int, registers: int, shared: int) -> None:
        self.requests = self.sectors = self.shared_requests = self.passes = self.apart = 0
        slots = registers * WARP + 255 & ~255  # a warp has registers in units of 256
        by = (REGISTERS // (slots * threads // WARP), SM_THREADS // threads, SM_SHARED // (shared + RESERVED))
        self.resident = min(by) * threads

    def move(self, times: int, first: np.ndarray, width: int = 4) -> None:
        """A load or store of global memory that `times` warps make: where its lanes begin, in values."""
        touched = {(4 * start + byte) // SECTOR for start in first.tolist() for byte in range(0, width, 4)}
        self.requests, self.sectors = self.requests + times, self.sectors + times * len(touched)

    def share(self, times: int, first: np.ndarray, width: int = 4) -> None:
        """One of shared memory, in words: its passes if it is served whole, and if 128 bytes are served at a time."""
        words = first[:, None] + np.arange(width // 4)
        self.shared_requests, self.passes = self.shared_requests + times, self.passes + times * passes(words)
        self.apart += times * sum(passes(part) for part in np.split(words, width // 4))


def passes(words: np.ndarray) -> int:
    """The most different words in one bank; a word that many lanes read is broadcast."""
    return int(np.bincount(np.unique(words) % BANKS).max())


def straight(rows: bool) -> Count:
    """A thread per value of C; the lanes of a warp are neighbouring rows or neighbouring columns."""
    c, one = Count(256, 32, 0), np.zeros(WARP, int)
    down, across = SIZE * LANE, LANE
    for first in (down, one) if rows else (one, across):  # of A and of B, at each step along K
        c.move(FMAS, first)
    c.move(FMAS // SIZE, down if rows else across)
    return c


def tiled() -> Count:
    """Tiles of 32 x 32; nvcc reads four steps of A's row at once, which every lane of a warp wants."""
    c, steps = Count(1024, 31, 8192), FMAS // 32  # a warp's loads, 32 multiply-adds apart
    for _ in range(2):
        c.move(steps, LANE)
        c.share(steps, LANE)
    c.share(FMAS // 4, np.zeros(WARP, int), 16)
    c.share(FMAS, LANE)
    c.move(FMAS // SIZE, LANE)
    return c


def squares(spread: bool) -> Count:
    """8 x 8 sums a thread, of a tile of 128 x 128; a warp's lanes are 2 rows of 16."""
    c = Count(256, 94, 8 * (132 + 128) * 4 if spread else 8 * 256 * 4)
    tiles, inner = SIZE**3 // (128 * 128 * 8), FMAS // 64  # steps of 8 along K; warps' steps of 1, 64 sums each
    warps, t = 8 * tiles, LANE
    if spread:
        c.move(warps, t // 2 * SIZE + t % 2 * 4, 16)
        c.move(warps, 4 * t, 16)
        for at in range(4):  # A's four values go to four rows of its tile
            c.share(warps, (t % 2 * 4 + at) * 132 + t // 2)
        c.share(warps, 4 * t, 16)
    else:
        for _ in range(4):
            c.move(warps, t // 8 * SIZE + t % 8)
            c.move(warps, t)
            c.share(warps, t % 8 * 128 + t // 8)
            c.share(warps, t)
    left, right = (4, 4) if spread else (8, 8)  # from one lane's four values to the next one's
    for half in (0, 64 if spread else 4):
        c.share(inner, t // 16 * left + half, 16)
        c.share(inner, t % 16 * right + half, 16)
    for at in range(16 if spread else 64):
        row, column = at // (2 if spread else 8), at % (2 if spread else 8)
        first = t // 16 * left * SIZE + row * SIZE + t % 16 * right + column * (64 if spread else 1)
        c.move(SIZE**2 // (WARP * 64), first, 16 if spread else 4)
    return c


COUNTS = {"naive": straight(True), "coalesced": straight(False), "tiled": tiled()}
COUNTS |= {"squares": squares(False), "spread": squares(True)}
print(f"M = N = K = {SIZE:,}: GB asked of global memory in all; per 64 multiply-adds of a warp, which take 16 cycles,")
print(
    "requests, and passes of shared memory if a request is served whole or 128 bytes at a time, and the share of peak"
)
print("that they allow; threads resident in an SM")
print("              GB   requests  shared requests  whole           apart           threads")
for name, c in COUNTS.items():
    each = [64 * value / FMAS for value in (c.requests, c.shared_requests, c.passes, c.apart)]
    allowed = [f"{value:7.2f}{min(1, 16 / value):6.0%}" if value else f"{'0  -':>13}" for value in each[2:]]
    print(f"{name:10}{c.sectors * SECTOR / 1e9:6.2f}{each[0]:11.2f}{each[1]:17.2f}", end="")
    print(f"{allowed[0]}   {allowed[1]}{c.resident:10}")
