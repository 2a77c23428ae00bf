"""The sum of four million values, a version of the listing after the other: what each asks of memory."""

from collections.abc import Iterator

import numpy as np

N, THREADS, FIXED = 1 << 22, 256, 132 * 8  # values; threads in a block; blocks that fill 132 SMs
SECTOR, BANKS, WARP = 32, 32, 32  # bytes; words of 4 bytes side by side; lanes
IDS = np.arange(THREADS)


def distinct(rows: np.ndarray) -> np.ndarray:
    """How many different values each row has."""
    return 1 + np.count_nonzero(np.diff(np.sort(rows, axis=1), axis=1), axis=1)


class Count:
    """What all blocks of a kernel ask for."""

    def __init__(self, name: str, blocks: int) -> None:
        self.name, self.blocks, self.values = name, blocks, 0
        self.requests = self.sectors = self.atomics = self.barriers = self.passes = 0

    def load(self, first: np.ndarray, width: int) -> None:
        """A load by every thread: where each begins, in bytes; a warp makes one request, served in whole sectors."""
        warps = first.reshape(-1, WARP)
        self.requests, self.sectors = self.requests + len(warps), self.sectors + int(distinct(warps // SECTOR).sum())
        self.values += first.size * width // 4

    def shared(self, threads: np.ndarray, words: np.ndarray) -> None:
        """A read or write of shared memory in every block: a warp takes as many passes as words meet in one bank."""
        for warp in np.unique(threads // WARP):
            meet = np.bincount(np.unique(words[threads // WARP == warp]) % BANKS)
            self.passes += self.blocks * int(meet.max())

    def tree(self) -> None:
        """The lower half adds the upper half, until one word is left; a barrier before each step."""
        self.shared(IDS, IDS)
        for gap in (128, 64, 32, 16, 8, 4, 2, 1):
            few = IDS[:gap]
            self.barriers += self.blocks
            for words in (few, few + gap, few):
                self.shared(few, words)
        self.shared(IDS[:1], IDS[:1])  # thread 0 reads the sum

    def shuffles(self) -> None:
        """Each warp leaves one word, a barrier, the first warp reads them; all else is in registers."""
        self.shared(IDS[::WARP], IDS[::WARP] // WARP)
        self.barriers += self.blocks
        self.shared(IDS[:8], IDS[:8])


def whole(first: int, width: int) -> np.ndarray:
    """Where the threads of a grid begin that covers all values at once, `width` bytes each."""
    return first + width * np.arange(N * 4 // width)


def versions() -> Iterator[Count]:
    """The versions in the order of the listing."""
    for name in ("atomic", "tree", "shuffle"):
        count = Count(name, N // THREADS)
        count.load(whole(0, 4), 4)
        if name != "atomic":
            (count.tree if name == "tree" else count.shuffles)()
        count.atomics = N if name == "atomic" else count.blocks
        yield count
    for name, width in (("stride", 4), ("vector", 16), ("fixed", 16)):
        count = Count(name, FIXED)
        addresses = whole(0, width)
        for turn in range(0, len(addresses), FIXED * THREADS):  # the grid strides over the values
            count.load(addresses[turn : turn + FIXED * THREADS], width)
        count.shuffles()
        count.atomics = FIXED if name != "fixed" else 0
        yield count


COUNTS = {count.name: count for count in versions()}
print(f"{N:,} FP32 values, {THREADS} threads a block")
print("         blocks  requests  sectors each  atomics  barriers  bank passes  values a thread")
for name, c in COUNTS.items():
    print(f"{name:8}{c.blocks:7}{c.requests:10}{c.sectors / c.requests:14g}{c.atomics:9}{c.barriers:10}", end="")
    print(f"{c.passes:13}{N / (c.blocks * THREADS):17.1f}")

shifted = Count("off by one value", 1)
shifted.load(whole(4, 4), 4)
print(f"\na load that begins one value late: {shifted.sectors / shifted.requests:g} sectors a request")
NEEDED = 3.35e12 * 600e-9 / 132
print(f"to be under way in an SM at 3.35 TB/s and 600 ns: {NEEDED:,.0f} B")
for name, width in (("stride", 4), ("vector", 16)):
    print(f"{name:8}{2048 * width:7} B from 2,048 threads with a load each; {NEEDED / width:5.0f} threads would do")
