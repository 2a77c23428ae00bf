"""A block's reduction in four ways, a softmax merged from parts, a radix select: what each one touches."""

# --8<-- [start:code]
import numpy as np

THREADS, WARP, BANKS = 256, 32, 32
IDS = np.arange(THREADS)
draw = np.random.default_rng(0)
VALUES = draw.integers(-99, 100, THREADS)


class Block:
    """A block's shared memory, which counts additions issued by warps, passes of the banks, and barriers."""

    def __init__(self) -> None:
        self.shared = VALUES.copy()
        self.issued = self.passes = self.barriers = 0
        self.active: list[list[int]] = []  # lanes at work in each warp, step by step

    def touch(self, threads: np.ndarray, words: np.ndarray) -> None:
        """A read or a write: each warp takes as many passes as different words meet in one bank."""
        for warp in np.unique(threads // WARP):
            self.passes += int(np.bincount(np.unique(words[threads // WARP == warp]) % BANKS).max())

    def add(self, threads: np.ndarray, into: np.ndarray, other: np.ndarray) -> None:
        """One step of a tree: two reads, an addition, a write, a barrier."""
        for words in (into, other, into):
            self.touch(threads, words)
        self.shared[into] += self.shared[other]
        self.active.append(np.bincount(threads // WARP, minlength=THREADS // WARP).tolist())
        self.issued, self.barriers = self.issued + len(np.unique(threads // WARP)), self.barriers + 1


def reduced(way: str) -> Block:
    """A block that has added up its values, one for each thread, in word 0."""
    block = Block()
    if way == "shuffle":  # five in each warp, in registers; a word per warp through shared memory; five in the first
        block.shared[0] = sum(int(lanes.sum()) for lanes in block.shared.reshape(-1, WARP))
        block.issued, block.passes, block.barriers = 5 * (THREADS // WARP + 1), THREADS // WARP + 1, 1
        return block
    block.touch(IDS, IDS)  # each thread stores what it has loaded
    for step in range(8):
        few, every = IDS[: THREADS >> (step + 1)], IDS[:: 2 << step]
        threads, into, gap = {
            "modulo": (every, every, 1 << step),  # thread i works if 2 × gap divides i, on word i
            "strided": (few, every, 1 << step),  # the first threads work on those words
            "sequential": (few, few, len(few)),  # the first threads add the upper half to the lower
        }[way]
        block.add(threads, into, into + gap)
    return block


WAYS = {way: reduced(way) for way in ("modulo", "strided", "sequential", "shuffle")}
print("way         additions  bank passes  barriers  right")
for way, block in WAYS.items():
    print(f"{way:10}{block.issued:11}{block.passes:13}{block.barriers:10}  {block.shared[0] == VALUES.sum()}")

ROW = draw.standard_normal(8192) * 20
m, weight = -np.inf, 0.0
for part in ROW.reshape(64, -1):  # each part gives its maximum and its sum, in any order; merging keeps two numbers
    top = max(m, part.max())
    m, weight = top, weight * np.exp(m - top) + np.exp(part - part.max()).sum() * np.exp(part.max() - top)
exact = np.exp(ROW - np.logaddexp.reduce(ROW))
print(f"\nsoftmax of 8,192 merged from 64 parts: {np.allclose(np.exp(ROW - m) / weight, exact, rtol=1e-9)}")


def threshold(x: np.ndarray, k: int) -> tuple[np.uint32, list[int]]:
    """The key of the k-th largest, by digits from the top, and how many values are in play at each digit."""
    bits, key = x.view(np.uint32), np.uint32(0)
    looked: list[int] = []
    left = np.where(bits >> 31, ~bits, bits | np.uint32(1 << 31))  # as integers they order as the floats do
    for shift, width in ((21, 11), (10, 11), (0, 10)):
        digits = left >> shift & (1 << width) - 1
        above = np.cumsum(np.bincount(digits, minlength=1 << width)[::-1])[::-1]  # so many have this digit or more
        digit = np.flatnonzero(above >= k)[-1]
        looked, k = [*looked, len(left)], k - int((digits > digit).sum())
        left, key = left[digits == digit], key | np.uint32(digit << shift)
    return key, looked


LOGITS = (draw.standard_normal(128_256) * 3).astype(np.float32)
key, looked = threshold(LOGITS, 50)
value = (key ^ np.uint32(1 << 31)).view(np.float32)  # of a positive one
print(f"the 50th of 128,256: {value == np.sort(LOGITS)[-50]}, values still in play: {looked}")
# --8<-- [end:code]


def figure() -> str:
    """The lanes at work in each of the eight warps, step by step, in two ways."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, label, picture, rect

    parts = [label(432, 268, "8 步 →", "8 steps →", text_anchor="end", fill=GREY)]
    for left, way, zh in ((8, "modulo", "取模"), (232, "sequential", "连续")):
        parts.append(label(left, 22, zh, way, font_weight=600))
        for at, lanes in enumerate(count for step in zip(*WAYS[way].active, strict=True) for count in step):
            x, y = left + at % 8 * 25, 36 + at // 8 * 26
            parts.append(rect(x, y, 25, 26, stroke=LINE, fill=TEAL, fill_opacity=0.6 * lanes / WARP))
            parts += [label(x + 12.5, y + 18, f"{lanes}", text_anchor="middle")] if lanes else []
    return picture(Figure(278, tuple(parts)))
