from harness import Random, close, equal, holds, raises

# The order of the additions is the ring's, not sum()'s: a few roundings of numbers near 1.
ROUNDING = 1e-12
BYTES = 8


def summed(xs):
    return [sum(vector[i] for vector in xs) for i in range(len(xs[0]))]


def sizes(length, ranks):
    """How many of the elements dealt out one by one fall to each chunk."""
    chunks = [0] * ranks
    for element in range(length):
        chunks[element % ranks] += 1
    return chunks


def bytes_sent(length, ranks):
    """Each rank sends every chunk but one to be summed, and every chunk but one once it is."""
    if ranks == 1:
        return [0]
    chunks = sizes(length, ranks)
    sent = []
    for rank in range(ranks):
        summing = sum(chunks) - chunks[(rank + 1) % ranks]
        passing = sum(chunks) - chunks[(rank + 2) % ranks]
        sent.append((summing + passing) * BYTES)
    return sent


def shown(xs):
    text = f"ring_allreduce({xs})"
    return text if len(text) < 90 else f"ring_allreduce(xs), N = {len(xs)}, n = {len(xs[0])}"


def called(answer, xs):
    """The three parts of the answer, once they are known to be that."""
    got = answer.ring_allreduce([list(vector) for vector in xs])
    holds(shown(xs), isinstance(got, tuple) and len(got) == 3, "(results, sent, steps)", str(got))
    results, sent, steps = got
    lists = isinstance(results, list) and all(isinstance(vector, list) for vector in results)
    holds(f"{shown(xs)}[0]", lists, ("列表的列表", "a list of lists"), str(results))
    holds(f"{shown(xs)}[1]", isinstance(sent, list), ("整数的列表", "a list of ints"), str(sent))
    return results, sent, steps


def same(answer, xs):
    ranks, length = len(xs), len(xs[0])
    results, sent, steps = called(answer, xs)
    close(f"{shown(xs)}[0]", results, [summed(xs) for _ in range(ranks)], ROUNDING, ROUNDING)
    equal(f"{shown(xs)}[1]", sent, bytes_sent(length, ranks))
    equal(f"{shown(xs)}[2]", steps, 2 * (ranks - 1))


def vectors(seed, ranks, length):
    rng = Random(seed)
    return [[rng.random() * 2 - 1 for _ in range(length)] for _ in range(ranks)]


def two_ranks(answer):
    xs = [[1.0, 2.0], [10.0, 20.0]]
    results, sent, steps = called(answer, xs)
    close(f"{shown(xs)}[0]", results, [[11.0, 22.0], [11.0, 22.0]])
    # One chunk of one float each way, twice.
    equal(f"{shown(xs)}[1]", sent, [16, 16])
    equal(f"{shown(xs)}[2]", steps, 2)


def three_ranks(answer):
    same(answer, [[1.0, 2.0, 3.0], [10.0, 20.0, 30.0], [100.0, 200.0, 300.0]])


def four_ranks_of_eight(answer):
    xs = vectors(1, 4, 8)
    results, sent, steps = called(answer, xs)
    close(f"{shown(xs)}[0]", results, [summed(xs)] * 4, ROUNDING, ROUNDING)
    # 2 (N - 1) / N of the vector's 64 bytes.
    equal(f"{shown(xs)}[1]", sent, [96] * 4)
    equal(f"{shown(xs)}[2]", steps, 6)


def one_rank(answer):
    xs = [[1.0, 2.0, 3.0]]
    results, sent, steps = answer.ring_allreduce(xs)
    close(f"{shown(xs)}[0]", results, [[1.0, 2.0, 3.0]])
    equal(f"{shown(xs)}[1]", sent, [0])
    equal(f"{shown(xs)}[2]", steps, 0)
    results[0][0] = 9.0
    equal("ring_allreduce(xs); results[0][0] = 9.0; xs[0][0]", xs[0][0], 1.0)


def five_over_three(answer):
    # Chunks of 2, 2 and 1: the ranks do not send the same.
    xs = [[1.0, 2.0, 3.0, 4.0, 5.0], [0.5] * 5, [0.25, 0.0, 0.25, 0.0, 0.25]]
    results, sent, steps = called(answer, xs)
    close(f"{shown(xs)}[0]", results, [summed(xs)] * 3, ROUNDING, ROUNDING)
    equal(f"{shown(xs)}[1]", sent, [56, 56, 48])
    equal(f"{shown(xs)}[2]", steps, 4)


def not_divisible(answer):
    for ranks, length in ((2, 7), (3, 4), (4, 10), (5, 13), (6, 17)):
        same(answer, vectors(ranks, ranks, length))


def fewer_values_than_ranks(answer):
    same(answer, [[1.0], [2.0], [4.0], [8.0]])
    same(answer, vectors(9, 7, 3))


def no_values(answer):
    same(answer, [[], [], []])


def same_bits_everywhere(answer):
    # 1e16 + 1 is 1e16: ranks that add in different orders end up with different sums.
    for xs in ([[1e16], [1.0], [-1e16]], [[1.0, 1e16, -1e16, 0.1]] * 2 + [[-1e16, 1.0, 1e16, 0.3]] * 2):
        results, _, _ = called(answer, xs)
        for rank in range(len(xs)):
            equal(f"{shown(xs)}[0][{rank}] == [0][0]", results[rank], results[0])


def left_as_they_are(answer):
    xs = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    answer.ring_allreduce(xs)
    equal("ring_allreduce(xs); xs", xs, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def own_memory(answer):
    results, _, _ = called(answer, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    results[0][0] = -1.0
    equal("ring_allreduce(xs); results[0][0] = -1.0; results[1]", results[1], [9.0, 12.0])
    equal("ring_allreduce(xs); results[0][0] = -1.0; results[2]", results[2], [9.0, 12.0])


def refused(answer):
    raises("ring_allreduce([])", ValueError, answer.ring_allreduce, [])
    for xs in ([[1.0], [1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0], [1.0]]):
        raises(shown(xs), ValueError, answer.ring_allreduce, xs)


def eight_ranks(answer):
    same(answer, vectors(5, 8, 201))


def travelled(xs):
    """The sums as a chunk makes them: begun by the rank of its own number, each next one adding its part."""
    ranks, found, begin = len(xs), [], 0
    for chunk, size in enumerate(sizes(len(xs[0]), ranks)):
        for element in range(begin, begin + size):
            total = xs[chunk][element]
            for hop in range(1, ranks):
                total = xs[(chunk + hop) % ranks][element] + total
            found.append(total)
        begin += size
    return found


def added_on_the_way(answer):
    for xs in (
        [[1e16, 1.0, 1.0], [1.0, 1e16, 1.0], [-1e16, -1e16, 0.0]],
        [[1.0, 1e16, -1e16, 3.0], [1e16, 1.0, 1.0, 1e16], [-1e16, 1.0, 1e16, 1.0], [2.0, -1e16, 5.0, -1e16]],
    ):
        results, _, _ = called(answer, xs)
        close(f"{shown(xs)}[0]", results, [travelled(xs)] * len(xs), ROUNDING, ROUNDING)


def own_memory_of_one(answer):
    xs = [[1.0], [2.0]]
    results, sent, _ = called(answer, xs)
    holds(
        shown(xs),
        len(results) == len(sent) == 2,
        ("两张卡各一项", "an entry for each of two ranks"),
        str((results, sent)),
    )
    kinds = [type(each) for each in sent]
    words = ("整数的字节数", "bytes as ints")
    holds(f"{shown(xs)}[1]", kinds == [int, int], words, str(sent))


def random_vectors(answer):
    rng = Random(25)
    for number in range(200):
        ranks, length = 1 + rng.below(8), rng.below(16)
        size = (1.0, 1e6)[number % 2]
        xs = [[size * (2 * rng.random() - 1) for _ in range(length)] for _ in range(ranks)]
        results, sent, steps = called(answer, xs)
        close(f"{shown(xs)}[0]", results, [travelled(xs)] * ranks, ROUNDING, ROUNDING)
        for rank in range(ranks):
            equal(f"{shown(xs)}[0][{rank}] == [0][0]", results[rank], results[0])
        equal(f"{shown(xs)}[1]", sent, bytes_sent(length, ranks))
        equal(f"{shown(xs)}[2]", steps, 2 * (ranks - 1))


CASES = [
    (two_ranks, "两张卡，两个数", "two ranks, two values"),
    (three_ranks, "三张卡，三个数", "three ranks, three values"),
    (four_ranks_of_eight, "四张卡，八个数：字节与步数", "four ranks, eight values: bytes and steps"),
    (one_rank, "一张卡：不发送，也不共用内存", "one rank: nothing sent, nothing shared"),
    (five_over_three, "五个数分给三张卡", "five values over three ranks"),
    (not_divisible, "除不尽的长度", "lengths that do not divide"),
    (fewer_values_than_ranks, "数比卡少", "fewer values than ranks"),
    (no_values, "空向量", "no values"),
    (same_bits_everywhere, "各卡逐位相同", "the same bits on every rank"),
    (left_as_they_are, "输入不变", "inputs left alone"),
    (own_memory, "各卡的结果互不相干", "each rank has its own result"),
    (refused, "没有卡，或长度不等", "no rank, or lengths that differ"),
    (eight_ranks, "八张卡，201 个数", "eight ranks, 201 values"),
    (added_on_the_way, "按块的行进次序相加", "added in the order of the ring"),
    (own_memory_of_one, "每张卡一项，字节是整数", "an entry a rank, bytes as ints"),
    (random_vectors, "200 组随机向量", "200 random sets of vectors"),
]
