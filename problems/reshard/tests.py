from harness import Random, equal, holds, raises


def owned(heads, kv_heads, head_dim, ranks):
    """Of each rank its rows, one by one: those of its query heads, then of the keys and values that these read."""
    sizes = [heads // ranks] * ranks
    for extra in range(heads % ranks):
        sizes[extra] += 1
    found, next_head = [], 0
    for size in sizes:
        queries = list(range(next_head, next_head + size))
        next_head += size
        read = sorted({head // (heads // kv_heads) for head in queries})
        blocks = queries + [heads + head for head in read] + [heads + kv_heads + head for head in read]
        found.append([block * head_dim + row for block in blocks for row in range(head_dim)])
    return found


def oracle(heads, kv_heads, head_dim, src, dst):
    """Row by row: where it comes from; then rows that follow one another on both sides are one copy."""
    sources = owned(heads, kv_heads, head_dim, src)
    copies = []
    for rank, rows in enumerate(owned(heads, kv_heads, head_dim, dst)):
        for at, row in enumerate(rows):
            holders = [source for source in range(src) if row in sources[source]]
            source = rank if rank in holders else min(holders)
            begin = sources[source].index(row)
            if copies:
                s, b, d, a, n = copies[-1]
                if (s, b + n, d, a + n) == (source, begin, rank, at):
                    copies[-1] = (s, b, d, a, n + 1)
                    continue
            copies.append((source, begin, rank, at, 1))
    return copies


def held(answer, heads, kv_heads, head_dim, ranks):
    got = answer.rows_of(heads, kv_heads, head_dim, ranks)
    expected = []
    for rows in owned(heads, kv_heads, head_dim, ranks):
        thirds = []
        for low, high in ((0, heads), (heads, heads + kv_heads), (heads + kv_heads, heads + 2 * kv_heads)):
            part = [row for row in rows if low * head_dim <= row < high * head_dim]
            thirds.append((part[0], part[-1] + 1))
        expected.append(thirds)
    equal(f"rows_of({heads}, {kv_heads}, {head_dim}, {ranks})", got, expected)


def resharded(answer, *numbers):
    """Carries the copies out first, and then compares the list."""
    heads, kv_heads, head_dim, src, dst = numbers
    given = f"reshard({', '.join(map(str, numbers))})"
    got = answer.reshard(*numbers)
    fits = isinstance(got, list) and all(isinstance(copy, tuple) and len(copy) == 5 for copy in got)
    form = "(src_rank, src_begin, dst_rank, dst_begin, rows)"
    holds(given, fits, (f"{form} 的列表", f"a list of {form}"), repr(got)[:150])
    sources = owned(heads, kv_heads, head_dim, src)
    targets = owned(heads, kv_heads, head_dim, dst)
    filled = [[None] * len(rows) for rows in targets]
    for copy in got:
        s, begin, d, at, rows = copy
        inside = 0 <= s < src and 0 <= d < dst and begin >= 0 and at >= 0 and rows > 0
        inside = inside and begin + rows <= len(sources[s]) and at + rows <= len(targets[d])
        holds(given, inside, ("复制的范围在两边的权重之内", "a copy within the weights of both ranks"), repr(copy))
        for row in range(rows):
            once = filled[d][at + row] is None
            words = f"rank {d} 的第 {at + row} 行只写一次", f"row {at + row} of rank {d} written once"
            holds(given, once, words, repr(got)[:150])
            filled[d][at + row] = sources[s][begin + row]
    for d in range(dst):
        for at, row in enumerate(filled[d]):
            words = (
                f"rank {d} 的第 {at} 行是整体的第 {targets[d][at]} 行",
                f"row {at} of rank {d}: row {targets[d][at]}",
            )
            holds(given, row == targets[d][at], words, repr(row))
    equal(given, got, oracle(*numbers))


def one_rank(answer):
    held(answer, 4, 2, 3, 1)


def heads_divide(answer):
    held(answer, 8, 4, 2, 2)
    held(answer, 8, 4, 2, 4)
    held(answer, 4, 4, 1, 4)


def kv_heads_are_copied(answer):
    held(answer, 8, 2, 2, 4)
    held(answer, 8, 2, 2, 8)
    held(answer, 6, 1, 4, 3)


def heads_do_not_divide(answer):
    held(answer, 5, 5, 2, 2)
    held(answer, 7, 7, 1, 3)
    held(answer, 8, 8, 1, 5)
    held(answer, 7, 1, 2, 4)


def a_group_is_cut(answer):
    held(answer, 6, 2, 2, 4)
    held(answer, 9, 3, 1, 2)
    held(answer, 12, 3, 1, 8)


def more_than_two_groups(answer):
    held(answer, 12, 6, 1, 4)
    held(answer, 10, 5, 2, 3)


def nothing_changes(answer):
    resharded(answer, 8, 4, 2, 4, 4)
    resharded(answer, 8, 2, 2, 4, 4)
    resharded(answer, 6, 2, 1, 1, 1)


def from_one_to_many(answer):
    resharded(answer, 4, 4, 1, 1, 2)
    resharded(answer, 8, 4, 3, 1, 4)


def from_many_to_one(answer):
    resharded(answer, 4, 4, 1, 2, 1)
    resharded(answer, 8, 4, 3, 4, 1)


def halved(answer):
    resharded(answer, 8, 4, 2, 4, 2)
    resharded(answer, 16, 8, 1, 8, 2)


def doubled(answer):
    resharded(answer, 8, 4, 2, 2, 4)
    resharded(answer, 16, 8, 1, 2, 8)


def to_copied_kv_heads(answer):
    resharded(answer, 8, 2, 2, 2, 4)
    resharded(answer, 8, 2, 2, 1, 8)
    resharded(answer, 8, 2, 2, 2, 8)


def from_copied_kv_heads(answer):
    resharded(answer, 8, 2, 2, 4, 2)
    resharded(answer, 8, 2, 2, 8, 1)
    resharded(answer, 8, 2, 2, 8, 2)


def its_own_copy_first(answer):
    resharded(answer, 8, 1, 2, 4, 8)
    resharded(answer, 8, 2, 1, 8, 4)
    resharded(answer, 12, 2, 1, 6, 4)


def the_lowest_rank_else(answer):
    resharded(answer, 12, 3, 1, 12, 2)
    resharded(answer, 12, 3, 2, 6, 12)


def uneven_layouts(answer):
    resharded(answer, 6, 2, 2, 4, 3)
    resharded(answer, 7, 7, 1, 3, 2)
    resharded(answer, 9, 3, 2, 2, 4)
    resharded(answer, 10, 5, 1, 4, 3)


def runs_are_joined(answer):
    # Queries, keys and values of a rank may follow one another on both sides.
    resharded(answer, 2, 1, 4, 1, 1)
    resharded(answer, 8, 1, 1, 8, 8)
    resharded(answer, 4, 1, 2, 2, 4)


def runs_are_not_joined(answer):
    # The rows follow one another at the target, but not at the source, or the other way round.
    resharded(answer, 4, 4, 2, 2, 1)
    resharded(answer, 4, 4, 2, 1, 2)
    resharded(answer, 4, 1, 1, 4, 2)


def bytes_counted(answer):
    copies = [(0, 0, 0, 0, 5), (1, 2, 0, 5, 3), (0, 4, 2, 0, 7), (2, 0, 2, 7, 100)]
    equal(f"bytes_moved({copies}, 8)", answer.bytes_moved(copies, 8), 80)
    equal("bytes_moved([], 8)", answer.bytes_moved([], 8), 0)
    equal("bytes_moved([(3, 0, 3, 0, 9)], 8)", answer.bytes_moved([(3, 0, 3, 0, 9)], 8), 0)


def numbers_below_one(answer):
    for numbers in ((0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0), (-2, 1, 1, 1), (2, -1, 1, 1)):
        raises(f"rows_of({', '.join(map(str, numbers))})", ValueError, answer.rows_of, *numbers)
    for numbers in ((1, 1, 1, 0, 1), (1, 1, 1, 1, 0), (4, 2, -1, 1, 1), (0, 1, 1, 1, 1)):
        raises(f"reshard({', '.join(map(str, numbers))})", ValueError, answer.reshard, *numbers)


def no_multiple(answer):
    raises("rows_of(6, 4, 1, 2)", ValueError, answer.rows_of, 6, 4, 1, 2)
    raises("rows_of(2, 4, 1, 2)", ValueError, answer.rows_of, 2, 4, 1, 2)
    raises("reshard(6, 4, 1, 2, 1)", ValueError, answer.reshard, 6, 4, 1, 2, 1)


def more_ranks_than_heads(answer):
    raises("rows_of(4, 2, 1, 5)", ValueError, answer.rows_of, 4, 2, 1, 5)
    raises("reshard(4, 2, 1, 5, 4)", ValueError, answer.reshard, 4, 2, 1, 5, 4)
    raises("reshard(4, 2, 1, 4, 5)", ValueError, answer.reshard, 4, 2, 1, 4, 5)


def random_layouts(answer):
    rng = Random(71)
    for _ in range(220):
        kv_heads = 1 + rng.below(4)
        heads = kv_heads * (1 + rng.below(4))
        src, dst = 1 + rng.below(min(heads, 6)), 1 + rng.below(min(heads, 6))
        numbers = heads, kv_heads, 1 + rng.below(2), src, dst
        held(answer, *numbers[:4])
        resharded(answer, *numbers)


CASES = [
    (one_rank, "一个 rank", "one rank"),
    (heads_divide, "头数整除", "heads that divide"),
    (kv_heads_are_copied, "KV 头要复制", "KV heads are copied"),
    (heads_do_not_divide, "头数不整除", "heads that do not divide"),
    (a_group_is_cut, "一组被切开", "a group that is cut"),
    (more_than_two_groups, "几组在一个 rank 上", "several groups on a rank"),
    (nothing_changes, "布局不变", "nothing changes"),
    (from_one_to_many, "一分为多", "from one to many"),
    (from_many_to_one, "合多为一", "from many to one"),
    (halved, "并行度减半", "half as many ranks"),
    (doubled, "并行度加倍", "twice as many ranks"),
    (to_copied_kv_heads, "变成要复制 KV 头", "to copied KV heads"),
    (from_copied_kv_heads, "从复制的 KV 头来", "from copied KV heads"),
    (its_own_copy_first, "自己有就用自己的", "a rank's own copy first"),
    (the_lowest_rank_else, "否则取编号最小的", "else the lowest rank"),
    (uneven_layouts, "不均匀的布局", "uneven layouts"),
    (runs_are_joined, "连着的合成一次", "what follows is one copy"),
    (runs_are_not_joined, "不连着的不能合", "what does not follow is not joined"),
    (bytes_counted, "跨 rank 的字节数", "the bytes that move"),
    (numbers_below_one, "小于 1 的数", "numbers below 1"),
    (no_multiple, "头数不是 KV 头数的倍数", "heads that are no multiple"),
    (more_ranks_than_heads, "rank 比头还多", "more ranks than heads"),
    (random_layouts, "220 组随机布局", "220 random layouts"),
]
