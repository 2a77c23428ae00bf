from harness import Random, close, equal, holds, noted, raises


def oracle(a, b):
    """Row by column."""
    return [[sum([x * row[j] for x, row in zip(line, b)]) for j in range(len(b[0]))] for line in a]


def oracle_loads(shape, tile):
    """Counts for every block of C the rows of A and the columns of B that it needs."""
    m, n, k = shape
    count = 0
    for top in range(0, m, tile[0]):
        for left in range(0, n, tile[1]):
            rows = [i for i in range(top, top + tile[0]) if i < m]
            columns = [j for j in range(left, left + tile[1]) if j < n]
            count += k * len(rows) + k * len(columns)
    return count


def oracle_efficiency(shape, tile, sms):
    """Deals the blocks to the SMs, wave after wave."""
    m, n, _ = shape
    blocks = [(top, left) for top in range(0, m, tile[0]) for left in range(0, n, tile[1])]
    computed = 0
    while blocks:
        blocks = blocks[sms:]
        computed += sms * tile[0] * tile[1]
    return m * n / computed


class Memory:
    """A matrix in global memory: tells what is read outside of it, and counts what is read within."""

    def __init__(self, name, rows, given):
        self.name, self.rows, self.given = name, rows, given
        self.counts = [[0] * len(row) for row in rows]

    def read(self, i, j):
        inside = type(i) is int and type(j) is int and 0 <= i < len(self.rows) and 0 <= j < len(self.rows[0])
        size = f"{len(self.rows)} × {len(self.rows[0])}"
        words = f"只读 {size} 的 {self.name} 以内", f"reads within {self.name}, which is {size}"
        holds(self.given, inside, words, f"read_{self.name.lower()}({i}, {j})")
        self.counts[i][j] += 1
        return self.rows[i][j]


def numbers(rng, rows, columns):
    """None is 0, so that each leaves its trace."""
    return [[(1 + rng.below(9)) * (-1) ** rng.below(2) for _ in range(columns)] for _ in range(rows)]


def times(size, step):
    """How many tiles cover the size."""
    count = 0
    while count * step < size:
        count += 1
    return count


def product(answer, shape, tile, a, b, counted=False):
    given = f"tiled_matmul(read_a, read_b, {shape}, {tile})"
    memory_a, memory_b = Memory("A", a, given), Memory("B", b, given)
    got = answer.tiled_matmul(memory_a.read, memory_b.read, shape, tile)
    close(f"{given}, A = {a}, B = {b}", got, oracle(a, b))
    if counted:
        m, n, k = shape
        each = times(n, tile[1]), times(m, tile[0])
        equal(
            (f"{given}，A 的每个数读几次", f"{given}, reads of each number of A"), memory_a.counts, [[each[0]] * k] * m
        )
        equal(
            (f"{given}，B 的每个数读几次", f"{given}, reads of each number of B"), memory_b.counts, [[each[1]] * n] * k
        )


def drawn(answer, seed, shape, tile, counted=False):
    rng, (m, n, k) = Random(seed), shape
    product(answer, shape, tile, numbers(rng, m, k), numbers(rng, k, n), counted)


def one_number(answer):
    product(answer, (1, 1, 1), (1, 1, 1), [[3]], [[-4]])


def one_tile(answer):
    product(answer, (2, 2, 2), (2, 2, 2), [[1, 2], [3, 4]], [[5, 6], [7, 8]])


def rows_and_columns(answer):
    drawn(answer, 1, (4, 6, 2), (2, 3, 2))


def along_k(answer):
    drawn(answer, 2, (2, 2, 6), (2, 2, 2))


def whole_tiles(answer):
    drawn(answer, 3, (4, 6, 8), (2, 3, 4))


def ragged_rows(answer):
    drawn(answer, 4, (5, 4, 4), (2, 2, 2))


def ragged_columns(answer):
    drawn(answer, 5, (4, 5, 4), (2, 2, 2))


def ragged_steps(answer):
    drawn(answer, 6, (4, 4, 5), (2, 2, 2))


def tile_beyond_matrix(answer):
    drawn(answer, 7, (2, 3, 2), (8, 8, 8))


def fractions_too(answer):
    product(answer, (2, 1, 2), (1, 1, 1), [[0.5, 0.25], [2.0, -1.0]], [[4.0], [0.5]])


def reads_counted(answer):
    drawn(answer, 8, (4, 4, 4), (2, 2, 2), True)
    drawn(answer, 9, (4, 6, 2), (2, 2, 1), True)


def reads_at_the_edges(answer):
    drawn(answer, 10, (5, 7, 3), (2, 3, 2), True)
    drawn(answer, 11, (3, 2, 5), (4, 4, 4), True)


class Chip:
    """Global memory whose numbers tell when they are multiplied: what is read and still waits has to be on the chip."""

    def __init__(self, rows, partners):
        self.rows, self.partners = rows, partners
        self.waiting, self.others = {}, []
        self.most = self.reads = 0

    def read(self, i, j):
        number = noted(self.rows[i][j], self.note)
        self.reads += 1
        # The number itself is kept, so that its id stays its own.
        self.waiting[id(number)] = [number, self.partners]
        self.most = max(self.most, sum([len(chip.waiting) for chip in self.others]))
        return number

    def note(self, name, *both):
        if "mul" in name:
            for number in both:
                for chip in self.others:
                    entry = chip.waiting.get(id(number))
                    if entry is not None:
                        entry[1] -= 1
                        if entry[1] == 0:
                            del chip.waiting[id(number)]


def tiles_on_the_chip(answer):
    for seed, shape, tile in ((12, (4, 6, 8), (2, 3, 2)), (13, (6, 4, 6), (3, 2, 1)), (14, (4, 4, 8), (2, 2, 2))):
        rng, (m, n, k), (bm, bn, bk) = Random(seed), shape, tile
        a, b = Chip(numbers(rng, m, k), bn), Chip(numbers(rng, k, n), bm)
        a.others = b.others = [a, b]
        answer.tiled_matmul(a.read, b.read, shape, tile)
        room = bm * bk + bk * bn
        given = f"tiled_matmul(read_a, read_b, {shape}, {tile})"
        words = f"至多 {room} 个读来的数还没乘完", f"at most {room} numbers that are read and still to be multiplied"
        holds(given, a.most <= room, words, f"{a.most}")


def loads_of_whole_tiles(answer):
    for size, tile in ((8, 1), (8, 2), (8, 4), (64, 16)):
        given = f"loads(({size}, {size}, {size}), ({tile}, {tile}, {tile}))"
        equal(given, answer.loads((size, size, size), (tile, tile, tile)), 2 * size**3 // tile)


def check_loads(answer, shape, tile):
    equal(f"loads({shape}, {tile})", answer.loads(shape, tile), oracle_loads(shape, tile))


def loads_by_rectangles(answer):
    check_loads(answer, (8, 12, 5), (2, 6, 5))
    check_loads(answer, (8, 12, 5), (4, 3, 1))


def loads_at_the_edges(answer):
    check_loads(answer, (5, 7, 3), (2, 3, 2))
    check_loads(answer, (1, 129, 4), (128, 128, 8))


def loads_of_large(answer):
    given = "loads((8192, 28672, 8192), (128, 256, 64))"
    equal(given, answer.loads((8192, 28672, 8192), (128, 256, 64)), 8192 * 8192 * 112 + 8192 * 28672 * 64)


def check_share(answer, shape, tile, sms):
    given = f"efficiency({shape}, {tile}, {sms})"
    close(given, answer.efficiency(shape, tile, sms), oracle_efficiency(shape, tile, sms), 0.0, 1e-12)


def nothing_wasted(answer):
    check_share(answer, (4, 4, 9), (2, 2, 3), 2)


def blocks_at_the_edges(answer):
    check_share(answer, (5, 4, 1), (2, 2, 1), 1)
    check_share(answer, (1, 4096, 1), (128, 128, 1), 1)


def last_wave(answer):
    check_share(answer, (6, 2, 1), (2, 2, 1), 2)
    check_share(answer, (1792, 1792, 1), (128, 128, 1), 132)
    check_share(answer, (1, 1, 1), (1, 1, 1), 132)


def bad_sizes(answer):
    for shape, tile in (
        ((0, 1, 1), (1, 1, 1)),
        ((1, 0, 1), (1, 1, 1)),
        ((1, 1, 0), (1, 1, 1)),
        ((1, 1, 1), (1, -2, 1)),
    ):
        given = f"{shape}, {tile}"
        raises(f"tiled_matmul(read_a, read_b, {given})", ValueError, answer.tiled_matmul, zero, zero, shape, tile)
        raises(f"loads({given})", ValueError, answer.loads, shape, tile)
        raises(f"efficiency({given}, 1)", ValueError, answer.efficiency, shape, tile, 1)
    for tile in ((0, 1, 1), (1, 0, 1), (1, 1, 0)):
        raises(f"loads((1, 1, 1), {tile})", ValueError, answer.loads, (1, 1, 1), tile)
        raises(f"efficiency((1, 1, 1), {tile}, 1)", ValueError, answer.efficiency, (1, 1, 1), tile, 1)
        raises(f"tiled_matmul(…, {tile})", ValueError, answer.tiled_matmul, zero, zero, (1, 1, 1), tile)


def zero(*_):
    return 0


def bad_sms(answer):
    for sms in (0, -1):
        raises(f"efficiency((1, 1, 1), (1, 1, 1), {sms})", ValueError, answer.efficiency, (1, 1, 1), (1, 1, 1), sms)


def random_products(answer):
    rng = Random(64)
    for number in range(200):
        shape = 1 + rng.below(6), 1 + rng.below(6), 1 + rng.below(6)
        tile = 1 + rng.below(4), 1 + rng.below(4), 1 + rng.below(4)
        drawn(answer, 1000 + number, shape, tile, True)
        check_loads(answer, shape, tile)
        check_share(answer, shape, tile, 1 + rng.below(5))


CASES = [
    (one_number, "一个数", "a single number"),
    (one_tile, "一个分块", "one tile"),
    (rows_and_columns, "几行几列分块", "rows and columns of tiles"),
    (along_k, "沿 K 走几步", "several steps along K"),
    (whole_tiles, "三个方向都整除", "whole tiles in all three directions"),
    (ragged_rows, "M 不整除", "an M that tiles do not divide"),
    (ragged_columns, "N 不整除", "an N that tiles do not divide"),
    (ragged_steps, "K 不整除", "a K that tiles do not divide"),
    (tile_beyond_matrix, "分块比矩阵大", "a tile larger than the matrix"),
    (fractions_too, "不是整数", "numbers that are not whole"),
    (reads_counted, "每个数读几次", "how often each number is read"),
    (reads_at_the_edges, "边上不多读", "no reads too many at the edges"),
    (tiles_on_the_chip, "片上只放两个分块", "two tiles on the chip and no more"),
    (loads_of_whole_tiles, "2·n³ ÷ t", "2·n³ ÷ t"),
    (loads_by_rectangles, "长方形分块的读取数", "loads of rectangular tiles"),
    (loads_at_the_edges, "不整除时的读取数", "loads at the edges"),
    (loads_of_large, "大矩阵的读取数", "loads of large matrices"),
    (nothing_wasted, "没有浪费", "nothing wasted"),
    (blocks_at_the_edges, "边上的分块", "blocks at the edges"),
    (last_wave, "最后一波", "the last wave"),
    (bad_sizes, "拒绝小于 1 的大小", "sizes below 1 are refused"),
    (bad_sms, "拒绝没有 SM", "no SM at all is refused"),
    (random_products, "200 组随机大小", "200 random sizes"),
]
