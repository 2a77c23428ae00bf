"""The transpose of a tile, a version of the listing after the other: sectors, bank passes, and who fits into an SM."""

import numpy as np

SECTOR, BANKS, WARP = 32, 32, 32  # bytes; words of 4 bytes side by side; lanes
ROWS = COLUMNS = 1024  # of the matrix, FP32
SM_SHARED, SM_THREADS, SM_BLOCKS, RESERVED = 228 * 1024, 2048, 32, 1024  # of an H100; bytes reserved for each block
TILE = np.arange(32 * 32).reshape(32, 32)


class Tile:
    """What a block of 32 x 8 threads asks for to move its tile of 32 x 32 values."""

    def __init__(self) -> None:
        self.reads: list[int] = []  # sectors of each request
        self.writes: list[int] = []
        self.passes_in = self.passes_out = 0
        self.shared = np.full(32 * 33, -1)
        self.moved = np.full((32, 32), -1)  # the transposed tile


def sectors(first: np.ndarray, width: int) -> int:
    """The sectors of one request, whose lanes begin at these bytes."""
    return len({(start + byte) // SECTOR for start in first.tolist() for byte in range(width)})


def passes(words: np.ndarray) -> int:
    """The most different words in one bank."""
    return int(np.bincount(np.unique(words) % BANKS, minlength=BANKS).max())


def place(way: str, row: int, column: np.ndarray) -> np.ndarray:
    """Where a version keeps a value of its tile, in words."""
    return {"tile": 32 * row + column, "padded": 33 * row + column, "swizzled": 32 * row + (column ^ row)}[way]


def run(way: str, width: int = 4) -> Tile:
    """A block's tile by one of the versions, for values of `width` bytes."""
    tile, lanes = Tile(), np.arange(WARP)
    for j in range(32):  # four turns of eight warps
        tile.reads.append(sectors((j * COLUMNS + lanes) * width, width))
        if way == "naive":  # straight from registers, down a column of the output
            tile.writes.append(sectors((lanes * ROWS + j) * width, width))
            tile.moved[lanes, j] = TILE[j]
        else:
            words = place(way, j, lanes)
            tile.passes_in += passes(words)
            tile.shared[words] = TILE[j]
    for j in range(32 if way != "naive" else 0):
        words = np.array([place(way, lane, lanes)[j] for lane in range(WARP)])  # lane by lane down column j
        tile.passes_out += passes(words)
        tile.moved[j] = tile.shared[words]
        tile.writes.append(sectors((j * ROWS + lanes) * width, width))
    return tile


WAYS = {way: run(way) for way in ("naive", "tile", "padded", "swizzled")}
BYTES = {"naive": 0, "tile": 32 * 32 * 4, "padded": 32 * 33 * 4, "swizzled": 32 * 32 * 4}
print(f"a tile of 32 x 32 FP32 values of a matrix of {ROWS} x {COLUMNS}")
print("          sectors a read  a write  bytes per value  passes in  passes out  shared bytes  right")
for way, tile in WAYS.items():
    asked = SECTOR * (sum(tile.reads) + sum(tile.writes)) / TILE.size
    print(f"{way:10}{max(tile.reads):14}{max(tile.writes):9}{asked:17g}{tile.passes_in:11}{tile.passes_out:12}", end="")
    print(f"{BYTES[way]:14}  {np.array_equal(tile.moved, TILE.T)}")

print("\nvalues of   a read  useful   naive write  useful")
for width in (1, 2, 4, 8):
    tile = run("naive", width)
    read, write = max(tile.reads), max(tile.writes)
    print(f"{width} bytes{read:11}{WARP * width / read / SECTOR:8.0%}{write:14}{WARP * width / write / SECTOR:8.1%}")

print("\npadded tile   bytes  blocks in an SM  threads in an SM, 256 a block")
for side in (32, 64, 128):
    shared = side * (side + 1) * 4
    blocks = min(SM_SHARED // (shared + RESERVED), SM_THREADS // 256, SM_BLOCKS)
    print(f"{side:3} x {side:<6}{shared:7}{blocks:17}{256 * blocks:18}")
