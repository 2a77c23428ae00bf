import math

from harness import Random, close, equal, raises

# Sums of a few dozen products of numbers near 1, in another order.
TOLERANCE = 1e-12
NAN = math.nan


def oracle(q, k_cache, v_cache, tables, lengths, starts):
    """Each request's tokens, position by position, in a list of their own; then attention as in a textbook."""
    size = len(k_cache[0])
    out = []
    for r in range(len(tables)):
        keys, values = [], []
        for position in range(lengths[r]):
            block, offset = tables[r][position // size], position % size
            keys.append(k_cache[block][offset])
            values.append(v_cache[block][offset])
        count = starts[r + 1] - starts[r]
        for i in range(count):
            query, seen = q[starts[r] + i], lengths[r] - count + i + 1
            scores = []
            for s in range(seen):
                scores.append(math.fsum([a * b for a, b in zip(query, keys[s])]) / len(query) ** 0.5)
            top = max(scores)
            whole = math.fsum([math.exp(score - top) for score in scores])
            row = [
                math.fsum([math.exp(scores[s] - top) / whole * values[s][d] for s in range(seen)])
                for d in range(len(query))
            ]
            out.append(row)
    return out


def rounded(rng, size=1.0):
    """A number of two digits, which is short to show."""
    return round(size * rng.normal(), 2)


def vectors(rng, count, size):
    return [[rounded(rng) for _ in range(size)] for _ in range(count)]


def cache(blocks, block_size, size, filled=NAN):
    return [[[filled] * size for _ in range(block_size)] for _ in range(blocks)]


def copied(cache):
    return [[list(row) for row in block] for block in cache]


def attends(answer, q, k_cache, v_cache, tables, lengths, starts):
    given = f"q={q}, k_cache={k_cache}, v_cache={v_cache}, tables={tables}, lengths={lengths}, starts={starts}"
    expected = oracle(q, k_cache, v_cache, tables, lengths, starts)
    mine = [list(row) for row in q], copied(k_cache), copied(v_cache), [list(table) for table in tables]
    got = answer.paged_attention(*mine, list(lengths), list(starts))
    close(f"paged_attention({given})", got, expected, TOLERANCE, TOLERANCE)


def scene(rng, requests, block_size, size, spare=1):
    """Caches of NaN in which only the tokens of the requests (tokens, queries) stand, in blocks of any order."""
    counts = [-(-tokens // block_size) for tokens, _ in requests]
    numbers = list(range(sum(counts) + spare))
    for at in range(len(numbers) - 1, 0, -1):
        other = rng.below(at + 1)
        numbers[at], numbers[other] = numbers[other], numbers[at]
    k_cache, v_cache = cache(len(numbers), block_size, size), cache(len(numbers), block_size, size)
    tables, starts = [], [0]
    for (tokens, queries), count in zip(requests, counts):
        table = [numbers.pop() for _ in range(count)]
        for position in range(tokens):
            k_cache[table[position // block_size]][position % block_size] = vectors(rng, 1, size)[0]
            v_cache[table[position // block_size]][position % block_size] = vectors(rng, 1, size)[0]
        tables.append(table)
        starts.append(starts[-1] + queries)
    q = vectors(rng, starts[-1], size)
    return q, k_cache, v_cache, tables, [tokens for tokens, _ in requests], starts


def slots_of(answer, table, start, end, block_size, expected):
    given = f"slot_mapping({table}, {start}, {end}, {block_size})"
    equal(given, answer.slot_mapping(list(table), start, end, block_size), expected)


def slots_of_a_block(answer):
    slots_of(answer, [0], 0, 3, 4, [0, 1, 2])
    slots_of(answer, [3], 0, 4, 4, [12, 13, 14, 15])


def slots_across_blocks(answer):
    slots_of(answer, [7, 2], 3, 6, 4, [31, 8, 9])
    slots_of(answer, [5, 0, 9], 0, 3, 1, [5, 0, 9])


def slots_of_a_chunk(answer):
    slots_of(answer, [4, 1, 6], 5, 8, 3, [5, 18, 19])
    slots_of(answer, [4, 1], 2, 2, 3, [])
    slots_of(answer, [], 0, 0, 3, [])


def slots_beside_padding(answer):
    slots_of(answer, [4, 1, -1, -1], 0, 6, 3, [12, 13, 14, 3, 4, 5])
    slots_of(answer, [-1, 1], 3, 5, 3, [3, 4])
    slots_of(answer, [-1, 1], 0, 0, 3, [])


def slots_refused(answer):
    for table, start, end, size in (
        ([0, 1], 0, 9, 4),
        ([], 0, 1, 4),
        ([0, 1], -1, 2, 4),
        ([0, 1], 3, 2, 4),
        ([0, 1], 0, 2, 0),
        ([0, -1], 0, 5, 4),
        ([0, -2], 0, 5, 4),
    ):
        given = f"slot_mapping({table}, {start}, {end}, {size})"
        raises(given, ValueError, answer.slot_mapping, table, start, end, size)


def writes(answer, blocks, block_size, k, v, slots):
    k_cache, v_cache = cache(blocks, block_size, len(k[0]), 0.0), cache(blocks, block_size, len(k[0]), 0.0)
    expected_k, expected_v = copied(k_cache), copied(v_cache)
    for key, value, slot in zip(k, v, slots):
        if slot != -1:
            expected_k[slot // block_size][slot % block_size] = key
            expected_v[slot // block_size][slot % block_size] = value
    answer.write(k_cache, v_cache, [list(row) for row in k], [list(row) for row in v], list(slots))
    given = f"write(k_cache, v_cache, {k}, {v}, {slots}), {blocks} × {block_size}"
    equal(f"{given}; k_cache", k_cache, expected_k)
    equal(f"{given}; v_cache", v_cache, expected_v)


def written_in_place(answer):
    writes(answer, 2, 2, [[1.0], [2.0]], [[3.0], [4.0]], [2, 1])


def padding_not_written(answer):
    writes(answer, 2, 2, [[1.0], [2.0], [5.0]], [[3.0], [4.0], [6.0]], [0, -1, -1])
    writes(answer, 1, 2, [[1.0]], [[3.0]], [-1])
    writes(answer, 2, 2, [[1.0], [2.0], [5.0]], [[3.0], [4.0], [6.0]], [-1, 3, 1])


def written_as_copies(answer):
    k_cache, v_cache = cache(1, 2, 1, 0.0), cache(1, 2, 1, 0.0)
    k, v = [[1.0]], [[2.0]]
    answer.write(k_cache, v_cache, k, v, [0])
    k[0][0] = v[0][0] = 99.0
    given = "write(k_cache, v_cache, k, v, [0]); k[0][0] = v[0][0] = 99.0; k_cache, v_cache"
    equal(given, [k_cache, v_cache], [[[[1.0], [0.0]]], [[[2.0], [0.0]]]])


def write_refused(answer):
    one, two = [[1.0]], [[1.0], [2.0]]
    for k, v, slots in (
        (two, one, [0, 1]),
        (two, one, [0]),
        (one, two, [0]),
        (one, two, [0, 1]),
        (two, two, [0]),
        (two, two, [0, 4]),
        (two, two, [0, -2]),
    ):
        k_cache, v_cache = cache(2, 2, 1, 0.0), cache(2, 2, 1, 0.0)
        given = f"write(k_cache, v_cache, {k}, {v}, {slots}), 2 × 2"
        raises(given, ValueError, answer.write, k_cache, v_cache, k, v, slots)
        equal(f"{given}; k_cache, v_cache", [k_cache, v_cache], [cache(2, 2, 1, 0.0), cache(2, 2, 1, 0.0)])


def one_token(answer):
    attends(answer, [[1.0]], [[[2.0]]], [[[5.0]]], [[0]], [1], [0, 1])


def one_block(answer):
    attends(answer, [[1.0]], [[[0.0], [1.0]]], [[[10.0], [20.0]]], [[0]], [2], [0, 1])


def table_in_any_order(answer):
    k = [[[NAN]], [[1.0]], [[NAN]], [[0.0]]]
    v = [[[NAN]], [[10.0]], [[NAN]], [[20.0]]]
    attends(answer, [[1.0]], k, v, [[3, 1]], [2], [0, 1])


def order_of_positions(answer):
    # Two queries: the first does not see the last position, which stands in the lower block.
    k, v = [[[1.0]], [[2.0]], [[0.5]]], [[[10.0]], [[20.0]], [[40.0]]]
    attends(answer, [[1.0], [1.0]], k, v, [[2, 1, 0]], [3], [0, 2])


def scaled_by_head_size(answer):
    k, v = [[[0.5] * 4, [0.0] * 4]], [[[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 4.0]]]
    attends(answer, [[1.0] * 4], k, v, [[0]], [2], [0, 1])


def last_block_in_part(answer):
    k = [[[1.0], [0.5]], [[2.0], [0.0]]]
    v = [[[10.0], [20.0]], [[40.0], [80.0]]]
    attends(answer, [[1.0]], k, v, [[1, 0]], [3], [0, 1])


def nan_behind_the_end(answer):
    k = [[[1.0], [NAN]], [[2.0], [0.0]]]
    v = [[[10.0], [NAN]], [[40.0], [80.0]]]
    attends(answer, [[1.0]], k, v, [[1, 0]], [3], [0, 1])


def decode_of_a_batch(answer):
    attends(answer, *scene(Random(1), [(3, 1), (1, 1), (5, 1)], 2, 1))


def prefill_is_causal(answer):
    attends(answer, *scene(Random(2), [(4, 4)], 2, 1))


def chunk_at_the_end(answer):
    attends(answer, *scene(Random(3), [(5, 2)], 2, 2))


def prefill_beside_decode(answer):
    attends(answer, *scene(Random(4), [(4, 1), (3, 3), (5, 2)], 2, 1))


def request_without_queries(answer):
    attends(answer, *scene(Random(5), [(3, 0), (2, 1), (0, 0)], 2, 1))
    attends(answer, *scene(Random(6), [(0, 0)], 2, 1))
    attends(answer, [], cache(1, 2, 1), cache(1, 2, 1), [], [], [0])


def shared_prefix(answer):
    k, v = [[[1.0], [0.5]], [[2.0], [NAN]], [[0.0], [3.0]]], [[[10.0], [20.0]], [[40.0], [NAN]], [[80.0], [5.0]]]
    attends(answer, [[1.0], [1.0]], k, v, [[0, 1], [0, 2]], [3, 4], [0, 1, 2])


def longer_tables(answer):
    q, k, v, tables, lengths, starts = scene(Random(7), [(3, 1), (2, 1)], 2, 1)
    attends(answer, q, k, v, [[*table, -1, -1] for table in tables], lengths, starts)
    attends(answer, q, k, v, [[*table, 99] for table in tables], lengths, starts)
    attends(answer, q, k, v, [[*tables[0], *tables[1]], tables[1]], lengths, starts)


def large_scores(answer):
    k, v = [[[1000.0], [999.0]], [[-1000.0], [NAN]]], [[[1.0], [2.0]], [[3.0], [NAN]]]
    attends(answer, [[5.0]], k, v, [[0, 1]], [3], [0, 1])
    attends(answer, [[-5.0]], k, v, [[0]], [2], [0, 1])
    # The second position has by far the largest score, and the first query does not see it.
    attends(answer, [[5.0], [5.0]], [[[-1000.0], [1000.0]]], [[[1.0], [2.0]]], [[0]], [2], [0, 2])


def written_then_read(answer):
    """A prompt of three tokens, then three decode steps, token by token through the cache."""
    rng = Random(8)
    k, v, q = vectors(rng, 6, 2), vectors(rng, 6, 2), vectors(rng, 6, 2)
    k_cache, v_cache, table = cache(4, 2, 2), cache(4, 2, 2), [3, 0, 2]
    expected = oracle(q, [k], [v], [[0]], [6], [0, 6])
    got = []
    for start, end in ((0, 3), (3, 4), (4, 5), (5, 6)):
        answer.write(k_cache, v_cache, k[start:end], v[start:end], answer.slot_mapping(table, start, end, 2))
        got += answer.paged_attention(q[start:end], k_cache, v_cache, [table], [end], [0, end - start])
    given = ("写入、再算：prefill 3 个 Token，decode 3 步", "write, then attend: prefill of 3 tokens, 3 decode steps")
    close(given, got, expected, TOLERANCE, TOLERANCE)


def bad_starts(answer):
    k = [[[1.0], [2.0]]]
    q = [[1.0], [1.0]]
    for tables, lengths, starts in (
        ([[0]], [2], [0, 1]),
        ([[0]], [2], [0, 3]),
        ([[0]], [2], [1, 2]),
        ([[0], [0]], [2, 2], [0, 2]),
        ([[0]], [2, 2], [0, 2]),
        ([[0]], [2], [0, 1, 2]),
        ([[0]], [2], []),
        ([[0]] * 3, [2] * 3, [0, 2, 1, 2]),
        ([[0]] * 2, [2] * 2, [0, -1, 2]),
        ([], [], [0]),
        ([], [], [0, 2]),
        ([], [2], [0, 2]),
    ):
        given = f"paged_attention({q}, {k}, {k}, {tables}, {lengths}, {starts})"
        raises(given, ValueError, answer.paged_attention, q, k, k, tables, lengths, starts)
    raises(f"paged_attention([], {k}, {k}, [], [], [])", ValueError, answer.paged_attention, [], k, k, [], [], [])


def bad_lengths(answer):
    k = [[[1.0], [2.0]]]
    for q, length in (([[1.0], [1.0]], 1), ([[1.0]], 0), ([], -1)):
        given = f"paged_attention({q}, {k}, {k}, [[0]], [{length}], [0, {len(q)}])"
        raises(given, ValueError, answer.paged_attention, q, k, k, [[0]], [length], [0, len(q)])


def bad_tables(answer):
    k = [[[1.0], [2.0]], [[3.0], [4.0]]]
    for table, length in (([0], 3), ([], 1), ([0, -1], 3), ([0, 2], 3), ([-2], 1)):
        given = f"paged_attention([[1.0]], {k}, {k}, [{table}], [{length}], [0, 1])"
        raises(given, ValueError, answer.paged_attention, [[1.0]], k, k, [table], [length], [0, 1])


def idle_request_with_a_bad_table(answer):
    k = [[[1.0], [2.0]]]
    for table in ([0], [-1, 0], [0, 5]):
        given = f"paged_attention([], {k}, {k}, [{table}], [3], [0, 0])"
        raises(given, ValueError, answer.paged_attention, [], k, k, [table], [3], [0, 0])


def input_unchanged(answer):
    # Four numbers: by the root of one nothing would change.
    def made():
        k = [[[float(n + 10 * b)] * 4 for n in range(2)] for b in range(3)]
        return [[1.0] * 4, [2.0] * 4], k, copied(k), [[2, 0, -1], [1, -1]], [3, 1], [0, 1, 2]

    mine = made()
    answer.paged_attention(*mine)
    given = (
        "paged_attention(q, k_cache, v_cache, tables, lengths, starts); [q, k_cache, v_cache, tables, lengths, starts]"
    )
    equal(given, list(mine), list(made()))
    table = [1, 0]
    k, v, slots = [[1.0], [2.0]], [[3.0], [4.0]], [0, -1]
    answer.write(cache(1, 2, 1), cache(1, 2, 1), k, v, slots)
    answer.slot_mapping(table, 0, 3, 2)
    equal(
        "write(…); slot_mapping(…); k, v, slots, table",
        [k, v, slots, table],
        [[[1.0], [2.0]], [[3.0], [4.0]], [0, -1], [1, 0]],
    )


def output_is_the_callers(answer):
    v_cache = [[[5.0]]]
    answer.paged_attention([[1.0]], [[[2.0]]], v_cache, [[0]], [1], [0, 1])[0][0] = 99.0
    equal("paged_attention(…)[0][0] = 99.0; v_cache", v_cache, [[[5.0]]])


def random_batches(answer):
    rng = Random(9)
    for _ in range(200):
        requests = []
        for _ in range(1 + rng.below(3)):
            tokens = rng.below(7)
            requests.append((tokens, (0, min(tokens, 1), rng.below(tokens + 1), tokens)[rng.below(4)]))
        attends(answer, *scene(rng, requests, 1 + rng.below(4), 1 + rng.below(2), rng.below(3) or 1))


CASES = [
    (slots_of_a_block, "一块之内的位置", "slots in one block"),
    (slots_across_blocks, "跨块的位置", "slots across blocks"),
    (slots_of_a_chunk, "从中间开始的一段", "slots of a chunk"),
    (slots_beside_padding, "块表里有用不到的填充", "padding in the table that is not needed"),
    (slots_refused, "拒绝不成立的位置", "impossible positions are refused"),
    (written_in_place, "写进缓存", "written in place"),
    (padding_not_written, "填充的行不写", "padding is not written"),
    (written_as_copies, "写入的是副本", "written as copies"),
    (write_refused, "拒绝时什么都不写", "a refusal writes nothing"),
    (one_token, "只有一个 Token", "a single token"),
    (one_block, "只有一块", "a single block"),
    (table_in_any_order, "块的编号任意", "blocks in any order"),
    (order_of_positions, "次序按位置，不按块号", "positions in the order of the table"),
    (scaled_by_head_size, "除以 √D", "divided by √D"),
    (last_block_in_part, "最后一块没满", "a last block in part"),
    (nan_behind_the_end, "末尾之后是 NaN", "NaN behind the end"),
    (decode_of_a_batch, "长短不一的一批 decode", "a ragged batch in decode"),
    (prefill_is_causal, "prefill 有因果掩码", "prefill is causal"),
    (chunk_at_the_end, "分块 prefill 对齐到末尾", "a chunk is aligned to the end"),
    (prefill_beside_decode, "prefill 与 decode 同批", "prefill beside decode"),
    (request_without_queries, "没有查询的请求", "a request without queries"),
    (shared_prefix, "两个请求共用一块", "a shared block"),
    (longer_tables, "块表比需要的长", "tables longer than needed"),
    (large_scores, "很大的分数", "large scores"),
    (written_then_read, "先写再读", "written, then read"),
    (bad_starts, "拒绝不符的 starts", "starts that disagree are refused"),
    (bad_lengths, "拒绝不符的 lengths", "lengths that disagree are refused"),
    (bad_tables, "拒绝不成立的块表", "impossible tables are refused"),
    (idle_request_with_a_bad_table, "没有查询也要检查块表", "tables of idle requests are checked too"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (output_is_the_callers, "结果与缓存不共用列表", "the result shares no list with the cache"),
    (random_batches, "200 组随机的批", "200 random batches"),
]
