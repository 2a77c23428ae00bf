"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "no_tiles",
        "reads_counted",
        "three loops over global memory: each product reads both its numbers anew",
        """import itertools


def tiled_matmul(read_a, read_b, shape, tile):
    if min(shape) < 1 or min(tile) < 1:
        raise ValueError("sizes below 1")
    m, n, k = shape
    c = [[0] * n for _ in range(m)]
    for i, j, step in itertools.product(range(m), range(n), range(k)):
        c[i][j] += read_a(i, step) * read_b(step, j)
    return c


def loads(shape, tile):
    if min(shape) < 1 or min(tile) < 1:
        raise ValueError("sizes below 1")
    m, n, k = shape
    return m * k * -(-n // tile[1]) + k * n * -(-m // tile[0])


def efficiency(shape, tile, sms):
    if min(shape) < 1 or min(tile) < 1 or sms < 1:
        raise ValueError("sizes below 1")
    across, down = -(-shape[0] // tile[0]), -(-shape[1] // tile[1])
    return shape[0] * shape[1] / (-(-across * down // sms) * sms * tile[0] * tile[1])
""",
    ),
    (
        "all_on_the_chip",
        "reads_counted",
        "copies both matrices first: fewer reads, but no chip has the room",
        "    c = [[0] * n for _ in range(m)]\n",
        "    c = [[0] * n for _ in range(m)]\n    all_a, all_b = [[read_a(i, x) for x in range(k)] for i in range(m)], None\n",
        "read_a(i, step) for step",
        "all_a[i][step] for step",
    ),
    (
        "strips_on_the_chip",
        "tiles_on_the_chip",
        "reads all of K for a block at once: as many reads, but the strips grow with K",
        "range(0, k, bk)",
        "range(0, k, k)",
        "range(start, min(start + bk, k))",
        "range(k)",
    ),
    (
        "a_tile_per_column",
        "reads_counted",
        "reads the number of A again for every column of the tile",
        "tile_a = [[read_a(i, step) for step in steps] for i in rows]",
        "tile_a = [[read_a(i, step) for step in steps] for i in rows for _ in columns][:: len(columns)]",
    ),
    (
        "clamped_reads",
        "reads_at_the_edges",
        "a thread beyond the edge reads the last row once more",
        "[[read_a(i, step) for step in steps] for i in rows]",
        "[[read_a(min(i, m - 1), step) for step in steps] for i in range(top, top + bm)][: len(rows)]",
    ),
    (
        "reads_beyond",
        "ragged_columns",
        "reads full tiles, beyond the edge of B",
        "[[read_b(step, j) for j in columns] for step in steps]",
        "[[read_b(step, j) for j in range(left, left + bn)][: len(columns)] for step in steps]",
    ),
    (
        "whole_tiles_only",
        "ragged_rows",
        "forgets the rows that fill no tile",
        "range(0, m, bm)",
        "range(0, m - bm + 1, bm)",
    ),
    (
        "whole_steps_only",
        "ragged_steps",
        "forgets the end of K",
        "range(0, k, bk)",
        "range(0, k - bk + 1, bk)",
    ),
    (
        "last_step_alone",
        "along_k",
        "begins the sums anew in each step along K",
        "                _multiply(c, tile_a, tile_b, top, left)",
        """                for i in rows:
                    for j in columns:
                        c[i][j] = 0
                _multiply(c, tile_a, tile_b, top, left)""",
    ),
    (
        "sums_as_ints",
        "fractions_too",
        "keeps the sums as whole numbers",
        "c[i][j] += number * other",
        "c[i][j] += int(number * other)",
    ),
    (
        "prefetches_the_next",
        "tiles_on_the_chip",
        "reads the next tiles before it multiplies these: double buffering, which takes twice the room",
        """            for start in range(0, k, bk):
                steps""",
        """            before = None
            for start in range(0, k, bk):
                steps""",
        """                _multiply(c, tile_a, tile_b, top, left)
""",
        """                if before:
                    _multiply(c, *before, top, left)
                before = tile_a, tile_b
            _multiply(c, *before, top, left)
""",
    ),
    (
        "b_by_rows_of_c",
        "rows_and_columns",
        "steps through columns by the height of a tile",
        "range(left, min(left + bn, n))",
        "range(left, min(left + bm, n))",
    ),
    (
        "square_tiles",
        "loads_by_rectangles",
        "divides both by the height of the tile",
        "m * k * _ceil(n, bn)",
        "m * k * _ceil(n, bm)",
    ),
    (
        "each_divided_by_its_own",
        "loads_by_rectangles",
        "A over its own height: it is the width of the tile that saves reads of A",
        "m * k * _ceil(n, bn) + k * n * _ceil(m, bm)",
        "m * k * _ceil(n, bm) + k * n * _ceil(m, bn)",
    ),
    (
        "loads_without_edges",
        "loads_at_the_edges",
        "2MNK over t as a real number, rounded down",
        "m * k * _ceil(n, bn) + k * n * _ceil(m, bm)",
        "m * k * n // bn + k * n * m // bm",
    ),
    (
        "loads_of_full_tiles",
        "loads_at_the_edges",
        "counts the tiles at the edges as full ones",
        "return m * k * _ceil(n, bn) + k * n * _ceil(m, bm)",
        "return _ceil(m, bm) * _ceil(n, bn) * k * (bm + bn)",
    ),
    (
        "loads_by_float",
        "loads_of_whole_tiles",
        "takes 2MNK over t for a real number",
        "return m * k * _ceil(n, bn) + k * n * _ceil(m, bm)",
        "return m * k * n / bn + k * n * m / bm",
    ),
    (
        "edges_are_free",
        "blocks_at_the_edges",
        "counts blocks, and takes one at the edge for a full one",
        "return m * n / (waves * sms * bm * bn)",
        "return _ceil(m, bm) * _ceil(n, bn) / (waves * sms)",
    ),
    (
        "parts_of_a_wave",
        "last_wave",
        "takes the last wave for as short as it has blocks",
        "waves = _ceil(_ceil(m, bm) * _ceil(n, bn), sms)",
        "waves = _ceil(m, bm) * _ceil(n, bn) / sms",
    ),
    (
        "sizes_unchecked",
        "bad_sizes",
        "looks at the shape and not at its numbers",
        "if len(sizes) != 3 or min(sizes) < 1:",
        "if len(sizes) != 3:",
    ),
    (
        "sms_unchecked",
        "bad_sms",
        "takes any number of SMs, and divides by it",
        "    if sms < 1:\n",
        "    if sms is None:\n",
    ),
]
