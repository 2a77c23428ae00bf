"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "aligned_to_the_start",
        "decode_sees_all",
        "the mask of a square matrix: query t sees key 0 to t, even in decode",
        "before = len(k) - len(q)",
        "before = 0",
    ),
    (
        "forgets_the_mask",
        "first_sees_itself",
        "every query sees every key",
        """    # The queries are the last of the positions: the first of them already sees this many keys before its own.
    before = len(k) - len(q)
""",
        "",
        """for t, queries in enumerate(q):
        seen = before + t + 1 if causal else len(k)""",
        "for queries in q:",
        """scores = [scale * _dot(query, k[s][shared]) for s in range(seen)]
            heads.append(_mean(scores, [v[s][shared] for s in range(seen)]))""",
        """scores = [scale * _dot(query, k[s][shared]) for s in range(len(k))]
            heads.append(_mean(scores, [v[s][shared] for s in range(len(k))]))""",
    ),
    (
        "heads_in_turn",
        "neighbours_share",
        "h % K: deals the heads out in turn, where checkpoints group neighbours",
        "    group = len(q[0]) // len(k[0])\n",
        "",
        "            shared = h // group",
        "            shared = h % len(k[0])",
    ),
    (
        "hides_itself",
        "one_key",
        "< in place of <=: the position itself is hidden",
        "+ 1 if causal else len",
        "if causal else len",
    ),
    (
        "keys_only",
        "bytes_of_cache",
        "counts the keys and forgets the values",
        "    return 2 * tokens",
        "    return tokens",
    ),
    (
        "masks_with_zero",
        "first_sees_itself",
        "hides a key by a score of 0, which still has weight",
        """scores = [scale * _dot(query, k[s][shared]) for s in range(seen)]
            heads.append(_mean(scores, [v[s][shared] for s in range(seen)]))""",
        """scores = [scale * _dot(query, k[s][shared]) if s < seen else 0.0 for s in range(len(k))]
            heads.append(_mean(scores, [v[s][shared] for s in range(len(k))]))""",
    ),
    (
        "not_scaled",
        "scaled_by_head_size",
        "forgets to divide by the square root of D",
        " / math.sqrt(len(q[0][0]))",
        "",
    ),
    (
        "pools_in_turn",
        "pooled_neighbours",
        "averages heads h, h + K, ..., not neighbours",
        "head * group + member",
        "head + member * kv_heads",
    ),
    (
        "pools_interleaved_rows",
        "pooled_row_by_row",
        "takes neighbouring rows for neighbouring heads",
        "group + member) * size + at",
        "size + at) * group + member",
    ),
    (
        "scaled_by_size",
        "scaled_by_head_size",
        "divides by D instead of its root",
        "math.sqrt(len(q[0][0])",
        "len(q[0][0]",
    ),
    (
        "sums_the_heads",
        "pooled_pair",
        "adds up the heads of a group and does not divide",
        "/ group for column in",
        "for column in",
    ),
    (
        "unstable_softmax",
        "large_scores",
        "does not subtract the maximum before exp()",
        """largest = max(scores)
    weights = [math.exp(score - largest) for score in scores]""",
        "weights = [math.exp(score) for score in scores]",
    ),
    (
        "aliases_the_value",
        "output_is_the_callers",
        "hands out the row of v itself where one key is seen",
        "    largest = max(scores)\n",
        """    if len(values) == 1:
        return values[0]
    largest = max(scores)
""",
    ),
    (
        "bytes_as_float",
        "bytes_of_cache",
        "returns a float, where bytes are counted",
        "return 2 * tokens",
        "return 2.0 * tokens",
    ),
    (
        "repeats_keys_and_values",
        "nothing_repeated",
        "copies k and v for every query head, as repeat_interleave does",
        "    group = len(q[0]) // len(k[0])",
        """    times = len(q[0]) // len(k[0])
    k = [[list(row[h // times]) for h in range(len(q[0]))] for row in k]
    v = [[list(row[h // times]) for h in range(len(q[0]))] for row in v]
    group = 1""",
    ),
    (
        "shape_by_the_first_row",
        "ragged_values",
        "compares the first row of v with that of k",
        '    if _shape(v, "v") != (keys, kv_heads, key_size):',
        "    if len(v) != keys or (len(v[0]), len(v[0][0])) != (kv_heads, key_size):",
    ),
    (
        "scales_in_place",
        "input_unchanged",
        "multiplies the caller's q by the scale",
        "            scores = [scale * _dot(",
        """            query[:] = [scale * x for x in query]
            scores = [_dot(""",
    ),
    (
        "pools_any_number",
        "heads_do_not_divide",
        "lets a number of KV heads through that does not divide the heads",
        "len(w) % heads or heads % kv_heads:",
        "len(w) % heads:",
    ),
    (
        "first_key_for_all",
        "causal_without_keys",
        "lets queries that stand before all keys see the first one",
        "    if causal and keys < tokens:",
        "    if causal and keys < 1:",
        "seen = before + t + 1 if causal else len(k)",
        "seen = max(before + t + 1, 1) if causal else len(k)",
    ),
    (
        "head_count_unchecked",
        "heads_do_not_divide",
        "lets H be no multiple of K",
        "    if heads % kv_heads:",
        "    if heads < kv_heads:",
    ),
    (
        "lengths_unchecked",
        "bad_shapes",
        "looks at the first position only",
        "    if any(len(row) != heads or any(len(vector) != size for vector in row) for row in x):",
        "    if len(x[0]) != heads:",
    ),
    (
        "not_causal_by_default",
        "causal_by_default",
        "takes causal for off unless asked",
        "causal: bool = True\n",
        "causal: bool = False\n",
    ),
    (
        "maximum_of_hidden_keys_too",
        "hidden_keys_outweigh",
        "subtracts the maximum over all keys, before the mask",
        "            heads.append(_mean(scores, [v[s][shared] for s in range(seen)]))",
        """            largest = max(scale * _dot(query, keys[shared]) for keys in k)
            heads.append(_mean(scores, [v[s][shared] for s in range(seen)], largest))""",
        "def _mean(scores: list[float], values: list[list[float]])",
        "def _mean(scores, values, largest)",
        "    largest = max(scores)\n",
        "",
    ),
    (
        "repeats_by_index",
        "nothing_repeated",
        "repeats the values number by number for each query head",
        "    out = []\n    for t, queries",
        """    v = [[[row[h // group][d] for d in range(len(q[0][0]))] for h in range(len(q[0]))] for row in v]
    out = []
    for t, queries""",
        "[v[s][shared] for s in range(seen)]",
        "[v[s][h] for s in range(seen)]",
    ),
    (
        "no_kv_heads",
        "bad_shapes",
        "divides by the number of KV heads before it asks whether there are any",
        "    _check(q, k, v, causal)\n",
        """    if k and v and not k[0] and not v[0]:
        return [[] for _ in q]
    _check(q, k, v, causal)
""",
    ),
    (
        "pools_negative_numbers",
        "heads_do_not_divide",
        "refuses numbers of heads of 0 alone",
        "heads < 1 or kv_heads < 1 or len(w)",
        "heads == 0 or kv_heads == 0 or len(w)",
    ),
]
