import math

from harness import Random, equal, raises


def joined(a, b):
    """The two as the text of a sum; which comes first does not show, and a text of nothing adds nothing."""
    if not a or not b:
        return a or b
    return f"({min(a, b)}+{max(a, b)})"


def added(a, b):
    return a + b


def oracle_reduce(values, threads, op, zero):
    """All lanes, kept by thread and by lane, as the warps of a GPU would go on."""
    held = {t: zero for t in range(threads)}
    for at, value in enumerate(values):
        held[at % threads] = op(held[at % threads], value)
    shared = {}
    for warp in range(threads // 32):
        shared[warp] = oracle_warp([held[32 * warp + lane] for lane in range(32)], op)
    return oracle_warp([shared.get(lane, zero) for lane in range(32)], op)


def oracle_warp(lanes, op):
    for offset in (16, 8, 4, 2, 1):
        got = [lanes[lane + offset] if lane + offset < 32 else lanes[lane] for lane in range(32)]
        lanes = [op(lanes[lane], got[lane]) for lane in range(32)]
    return lanes[0]


def oracle_passes(words):
    """Serves one word of each bank in each pass, until every lane has had its own."""
    waiting = [word for word in words if word is not None]
    passes = 0
    while waiting:
        served = {}
        for word in waiting:
            served.setdefault(word % 32, word)
        waiting = [word for word in waiting if served[word % 32] != word]
        passes += 1
    return passes


def oracle_sectors(addresses, size):
    """Marks every byte's sector."""
    touched = {}
    for address in addresses:
        for byte in range(size if address is not None else 0):
            touched[(address + byte) // 32] = True
    return len(touched)


def works(way, t, step, n):
    """The words that thread t adds to and adds in a step from 0 on; None where it is idle."""
    s = 2**step
    if way == "modulo":
        into, other = t, t + s
        idle = t % (2 * s) != 0
    elif way == "strided":
        into, other = 2 * s * t, 2 * s * t + s
        idle = False
    else:
        left = n
        for _ in range(step):
            left = -(-left // 2)
        into, other, n = t, t - (-left // 2), left
        idle = False
    return None if idle or other >= n else (into, other)


def oracle_steps(threads, way):
    """Asks every thread in every step what it does."""
    steps = []
    while 2 ** len(steps) < threads:
        warps = divergent = passes = 0
        for first in range(0, threads, 32):
            mine = [works(way, t, len(steps), threads) for t in range(first, min(first + 32, threads))]
            busy = [pair for pair in mine if pair is not None]
            if busy:
                warps += 1
                divergent += 1 if len(busy) < len(mine) else 0
                for at in (0, 1, 0):
                    passes += oracle_passes([pair[at] for pair in busy])
        steps.append((warps, divergent, passes))
    return steps


def check_order(answer, count, threads):
    values = [str(at) for at in range(count)]
    given = f'block_reduce(["0", …, "{count - 1}"], {threads}, op, ""), op("a", "b") = "(a+b)"'
    equal(given, answer.block_reduce(values[:], threads, joined, ""), oracle_reduce(values, threads, joined, ""))


def check_passes(answer, words):
    equal(f"bank_passes({words})", answer.bank_passes(words[:]), oracle_passes(words))


def check_sectors(answer, addresses, size):
    equal(f"sectors({addresses}, {size})", answer.sectors(addresses[:], size), oracle_sectors(addresses, size))


def check_steps(answer, threads, way):
    equal(f'tree_steps({threads}, "{way}")', answer.tree_steps(threads, way), oracle_steps(threads, way))


def one_warp_adds(answer):
    values = list(range(1, 33))
    equal("block_reduce([1, …, 32], 32, a + b, 0)", answer.block_reduce(values, 32, added, 0), 528)


def shuffles_halve(answer):
    check_order(answer, 4, 32)
    check_order(answer, 32, 32)


def threads_stride(answer):
    check_order(answer, 70, 32)


def two_stages(answer):
    check_order(answer, 128, 64)
    check_order(answer, 96, 96)
    check_order(answer, 192, 192)


def fewer_values(answer):
    check_order(answer, 1, 32)
    check_order(answer, 40, 96)


def no_values(answer):
    equal('block_reduce([], 64, op, "")', answer.block_reduce([], 64, joined, ""), "")
    equal("block_reduce([], 32, max, -inf)", answer.block_reduce([], 32, max, -math.inf), -math.inf)


def largest(answer):
    values = [-5.0, -3.0, -8.0]
    equal(f"block_reduce({values}, 64, max, -inf)", answer.block_reduce(values, 64, max, -math.inf), -3.0)
    # 0 is a value like any other, in another lane and in the thread itself.
    for values in ([-5.0, 0.0, -8.0], [-5.0] * 32 + [0.0]):
        given = f"block_reduce({values}, 32, max, -inf)"
        equal(given, answer.block_reduce(values, 32, max, -math.inf), 0.0)


def last_digits(answer):
    # 1e16 + 1 is 1e16: only the order of the statement gives this sum.
    values = [1e16 if at == 16 else -1e16 if at == 48 else 1.0 for at in range(64)]
    given = "block_reduce(64 × 1.0, [16] = 1e16, [48] = -1e16, 32, a + b, 0.0)"
    equal(given, answer.block_reduce(values[:], 32, added, 0.0), oracle_reduce(values, 32, added, 0.0))


def whole_block(answer):
    check_order(answer, 1500, 1024)


def bad_blocks(answer):
    for threads in (0, -32, 16, 33, 48, 1056):
        raises(f"block_reduce([1], {threads}, a + b, 0)", ValueError, answer.block_reduce, [1], threads, added, 0)
    raises("block_reduce([], 33, a + b, 0)", ValueError, answer.block_reduce, [], 33, added, 0)


def values_unchanged(answer):
    values = list(range(70))
    answer.block_reduce(values, 32, added, 0)
    equal("block_reduce(values, 32, a + b, 0); values", values, list(range(70)))


def neighbouring_words(answer):
    check_passes(answer, list(range(32)))
    check_passes(answer, list(range(7, 39)))


def strides_meet(answer):
    for stride in (2, 3, 8, 32, 33):
        check_passes(answer, [stride * lane for lane in range(32)])


def one_word_for_all(answer):
    check_passes(answer, [5] * 32)
    check_passes(answer, [64 * (lane % 2) for lane in range(32)])


def inactive_lanes(answer):
    check_passes(answer, [32 if lane == 3 else None for lane in range(32)])
    check_passes(answer, [2 * lane if lane % 4 else None for lane in range(32)])
    check_passes(answer, [0, 32, None, 64])


def no_lane(answer):
    check_passes(answer, [None] * 32)
    check_passes(answer, [])


def coalesced(answer):
    for size in (1, 2, 4, 8, 16):
        check_sectors(answer, [size * lane for lane in range(32)], size)


def across_the_edge(answer):
    check_sectors(answer, [16 + 4 * lane for lane in range(32)], 4)


def strided_reads(answer):
    for stride in (8, 20, 32, 256):
        check_sectors(answer, [stride * lane for lane in range(32)], 4)


def any_order_and_twice(answer):
    check_sectors(answer, [4 * (31 - lane) for lane in range(32)], 4)
    check_sectors(answer, [64] * 32, 16)


def inactive_reads(answer):
    check_sectors(answer, [None, 32, None, 96], 4)
    check_sectors(answer, [None] * 32, 4)
    check_sectors(answer, [], 8)


def too_many_lanes(answer):
    raises("bank_passes([0] * 33)", ValueError, answer.bank_passes, [0] * 33)
    raises("bank_passes([None] * 33)", ValueError, answer.bank_passes, [None] * 33)
    raises("sectors([0] * 33, 4)", ValueError, answer.sectors, [0] * 33, 4)
    raises("sectors([None] * 33, 4)", ValueError, answer.sectors, [None] * 33, 4)


def below_zero(answer):
    raises("bank_passes([None, -1])", ValueError, answer.bank_passes, [None, -1])
    raises("sectors([0, -4], 4)", ValueError, answer.sectors, [0, -4], 4)


def bad_sizes(answer):
    for size in (0, 3, 32, -4):
        raises(f"sectors([0], {size})", ValueError, answer.sectors, [0], size)
        raises(f"sectors([], {size})", ValueError, answer.sectors, [], size)


def unaligned(answer):
    raises("sectors([0, 6], 4)", ValueError, answer.sectors, [0, 6], 4)
    raises("sectors([None, 24], 16)", ValueError, answer.sectors, [None, 24], 16)


def modulo_tree(answer):
    for threads in (64, 256):
        check_steps(answer, threads, "modulo")


def strided_tree(answer):
    for threads in (64, 256):
        check_steps(answer, threads, "strided")


def sequential_tree(answer):
    for threads in (64, 256):
        check_steps(answer, threads, "sequential")


def odd_sizes(answer):
    for threads in (2, 3, 5, 33, 100):
        for way in ("modulo", "strided", "sequential"):
            check_steps(answer, threads, way)


def one_thread(answer):
    for way in ("modulo", "strided", "sequential"):
        check_steps(answer, 1, way)


def largest_tree(answer):
    for way in ("modulo", "strided", "sequential"):
        check_steps(answer, 1024, way)


def bad_trees(answer):
    for threads in (0, -1, 1025):
        raises(f'tree_steps({threads}, "modulo")', ValueError, answer.tree_steps, threads, "modulo")
    raises('tree_steps(64, "shuffle")', ValueError, answer.tree_steps, 64, "shuffle")
    raises('tree_steps(1, "Modulo")', ValueError, answer.tree_steps, 1, "Modulo")


def random_accesses(answer):
    rng = Random(63)
    for _ in range(200):
        lanes, reach, size = rng.below(33), 1 + rng.below(300), 2 ** rng.below(5)
        words = [rng.below(reach) if rng.below(8) else None for _ in range(lanes)]
        check_passes(answer, words)
        check_sectors(answer, [None if word is None else word * size for word in words], size)


def random_blocks(answer):
    rng = Random(64)
    for _ in range(200):
        check_order(answer, 1 + rng.below(150), 32 * (1 + rng.below(4)))
        check_steps(answer, 1 + rng.below(140), ("modulo", "strided", "sequential")[rng.below(3)])


CASES = [
    (one_warp_adds, "一个 warp 求和", "one warp adds"),
    (shuffles_halve, "偏移从 16 减半到 1", "offsets halve from 16 to 1"),
    (threads_stride, "值比线程多，跨步读", "more values than threads, read at a stride"),
    (two_stages, "两级：warp 内，再一个 warp", "two stages: within warps, then in one"),
    (fewer_values, "值比线程少", "fewer values than threads"),
    (largest, "求最大值，零元是 −inf", "the largest, with −inf as zero"),
    (no_values, "没有值", "no values"),
    (last_digits, "浮点数的次序", "the order of floats"),
    (whole_block, "1,024 个线程", "1,024 threads"),
    (bad_blocks, "拒绝不合的线程数", "thread counts that do not fit are refused"),
    (values_unchanged, "不改动输入", "the input is left alone"),
    (neighbouring_words, "相邻的字：一趟", "neighbouring words: one pass"),
    (strides_meet, "跨步的字在一个 bank 里相遇", "strided words meet in a bank"),
    (one_word_for_all, "同一个字：广播", "one word for all: a broadcast"),
    (inactive_lanes, "有的 lane 不访问", "inactive lanes"),
    (no_lane, "没有 lane 访问", "no lane at all"),
    (coalesced, "合并访存", "coalesced reads"),
    (across_the_edge, "起点不在扇区边界", "a start within a sector"),
    (strided_reads, "跨步读", "strided reads"),
    (any_order_and_twice, "次序不限，重复只算一次", "any order, each sector once"),
    (inactive_reads, "有的 lane 不读", "lanes that read nothing"),
    (too_many_lanes, "拒绝多于 32 个 lane", "more than 32 lanes are refused"),
    (below_zero, "拒绝负数", "negative entries are refused"),
    (bad_sizes, "拒绝别的大小", "other sizes are refused"),
    (unaligned, "拒绝未对齐的地址", "unaligned addresses are refused"),
    (modulo_tree, "取模的树", "the tree by modulo"),
    (strided_tree, "跨步的树", "the strided tree"),
    (sequential_tree, "连续的树", "the sequential tree"),
    (odd_sizes, "不是 2 的幂", "sizes that are not powers of two"),
    (one_thread, "一个线程：没有步", "one thread: no step"),
    (largest_tree, "1,024 个线程的树", "trees of 1,024 threads"),
    (bad_trees, "拒绝不合的树", "trees that do not fit are refused"),
    (random_accesses, "200 次随机访问", "200 random accesses"),
    (random_blocks, "200 个随机的块和树", "200 random blocks and trees"),
]
