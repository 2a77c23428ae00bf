"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "position_for_slot",
        "slots_of_a_block",
        "takes the number of the block in the table for its number in the cache",
        "return [block * block_size + position % block_size for block, position in zip(blocks, range(start, end))]",
        "return list(range(start, end))",
    ),
    (
        "offset_from_the_start",
        "slots_across_blocks",
        "counts the offset from the first position asked for",
        "position % block_size for block",
        "(position - start) % block_size for block",
    ),
    (
        "checks_the_padding",
        "slots_beside_padding",
        "refuses a table for entries that no position needs",
        "if any(block < 0 for block in blocks):",
        "if any(block < 0 for block in table):",
    ),
    (
        "negative_block",
        "slots_refused",
        "does not look whether an entry is padding",
        "    if any(block < 0 for block in blocks):",
        "    if False:",
    ),
    (
        "short_table",
        "slots_refused",
        "leaves a table that is too short to an IndexError",
        "    if end > len(table) * block_size:",
        "    if False:",
    ),
    (
        "new_cache",
        "written_in_place",
        "changes a copy of the cache",
        "    for key, value, slot in zip(k, v, slots):\n",
        """    k_cache = [list(block) for block in k_cache]
    v_cache = [list(block) for block in v_cache]
    for key, value, slot in zip(k, v, slots):
""",
    ),
    (
        "padding_written",
        "padding_not_written",
        "cache[-1] is the last block in Python: padding overwrites another request's tokens",
        "        if slot >= 0:\n",
        "        if True:\n",
    ),
    (
        "drops_slot_zero",
        "padding_not_written",
        "drops slot 0 with the padding, as if it were false",
        "        if slot >= 0:\n",
        "        if slot > 0:\n",
    ),
    (
        "stops_at_padding",
        "padding_not_written",
        "takes the first padding row for the end of the batch",
        "        if slot >= 0:\n",
        "        if slot < 0:\n            break\n        if True:\n",
    ),
    (
        "values_not_counted",
        "write_refused",
        "compares the rows of v alone with the slots; zip() drops the keys that are too many",
        "    if not len(k) == len(v) == len(slots):",
        "    if len(v) != len(slots):",
    ),
    (
        "padding_is_minus_one",
        "slots_refused",
        "refuses −1 alone in a table; any negative number is no block",
        "    if any(block < 0 for block in blocks):",
        "    if any(block == -1 for block in blocks):",
    ),
    (
        "largest_of_all_tokens",
        "large_scores",
        "takes the largest score over all tokens of the request: a later one leaves exp() nothing but 0",
        "            out.append(_attend(q[at], keys, values))",
        "            out.append(_attend(q[at], keys, values, [k_cache[s // size][s % size] for s in slots]))",
        "def _attend(query: list[float], keys: list[list[float]], values: list[list[float]]) -> list[float]:",
        "def _attend(query, keys, values, every):",
        "    largest = max(scores)\n",
        "    largest = max(_dot(query, key) / math.sqrt(len(query)) for key in every)\n",
    ),
    (
        "no_requests_at_once",
        "bad_starts",
        "returns for no requests before it looks at the starts",
        "    if not len(tables) == len(lengths) == len(starts) - 1:",
        "    if not tables:\n        return []\n    if not len(tables) == len(lengths) == len(starts) - 1:",
    ),
    (
        "rows_not_copied",
        "written_as_copies",
        "stores the caller's rows themselves",
        "= list(key)",
        "= key",
        "= list(value)",
        "= value",
    ),
    (
        "written_before_checked",
        "write_refused",
        "finds a bad slot when the rows before it are written already",
        """    count = len(k_cache) * size
    if any(not -1 <= slot < count for slot in slots):
        raise ValueError(f"slots {slots} in a cache of {count}; -1 and those below it are accepted")
    for key, value, slot in zip(k, v, slots):
""",
        """    for key, value, slot in zip(k, v, slots):
        if not -1 <= slot < len(k_cache) * size:
            raise ValueError(f"slot {slot} lies outside the cache")
""",
    ),
    (
        "rows_not_counted",
        "write_refused",
        "zip() drops what has no slot",
        "    if not len(k) == len(v) == len(slots):",
        "    if False:",
    ),
    (
        "cache_in_order",
        "table_in_any_order",
        "reads the cache from its first block on, without the table",
        "        for at in range(first, end):\n",
        "        slots = list(range(length))\n        for at in range(first, end):\n",
    ),
    (
        "sorted_blocks",
        "order_of_positions",
        "reads the blocks by their numbers",
        "        slots = slot_mapping(table, 0, length, size)\n",
        "        slots = sorted(slot_mapping(table, 0, length, size))\n",
    ),
    (
        "not_scaled",
        "scaled_by_head_size",
        "forgets to divide by the square root of D",
        " / math.sqrt(len(query))",
        "",
    ),
    (
        "whole_last_block",
        "last_block_in_part",
        "attends to all slots of the last block",
        "            seen = slots[: length - (end - 1 - at)]\n",
        """            whole = slot_mapping(table, 0, -(-length // size) * size, size)
            seen = whole if at == end - 1 else slots[: length - (end - 1 - at)]
""",
    ),
    (
        "weight_of_zero",
        "nan_behind_the_end",
        "gives the slots behind the end the weight 0, and 0 times NaN is NaN",
        "            seen = slots[: length - (end - 1 - at)]\n",
        """            seen = slot_mapping(table, 0, -(-length // size) * size, size)
            visible = length - (end - 1 - at)
""",
        "_attend(q[at], keys, values)",
        "_attend(q[at], keys, values, visible)",
        "def _attend(query: list[float], keys: list[list[float]], values: list[list[float]]) -> list[float]:",
        "def _attend(query, keys, values, visible):",
        "    largest = max(scores)\n",
        """    scores = [score if s < visible else -math.inf for s, score in enumerate(scores)]
    largest = max(scores)
""",
    ),
    (
        "no_mask",
        "order_of_positions",
        "every query sees all tokens of its request",
        "            seen = slots[: length - (end - 1 - at)]\n",
        "            seen = slots\n",
    ),
    (
        "aligned_to_the_start",
        "one_block",
        "query i of a request sees its first i + 1 tokens, even in decode",
        "slots[: length - (end - 1 - at)]",
        "slots[: at - first + 1]",
    ),
    (
        "one_query_a_request",
        "order_of_positions",
        "takes every request for a decode step",
        "        for at in range(first, end):\n",
        "        for at in range(first, min(end, first + 1)):\n",
    ),
    (
        "longest_for_all",
        "decode_of_a_batch",
        "takes the longest length of the batch for every request, as a padded batch does",
        "        for at in range(first, end):\n",
        "        length = min(max(lengths), len(table) * size)\n"
        "        slots = slot_mapping(table, 0, length, size)\n"
        "        for at in range(first, end):\n",
    ),
    (
        "idle_request_refused",
        "request_without_queries",
        "asks for at least one query per request",
        "        if not 0 <= end - first <= length:",
        "        if not 0 < end - first <= length:",
    ),
    (
        "all_entries_checked",
        "longer_tables",
        "refuses a table for numbers behind what is needed",
        "        if any(slot >= len(k_cache) * size for slot in slots):",
        "        if any(block >= len(k_cache) for block in table):",
    ),
    (
        "unstable_softmax",
        "large_scores",
        "does not subtract the maximum before exp()",
        "    largest = max(scores)\n",
        "    largest = 0.0\n",
    ),
    (
        "end_unchecked",
        "bad_starts",
        "leaves out queries that no request has",
        "    if starts[0] != 0 or starts[-1] != len(q):",
        "    if starts[0] != 0 or starts[-1] > len(q):",
    ),
    (
        "falling_starts",
        "bad_starts",
        "takes starts that fall for requests without queries",
        "        if not 0 <= end - first <= length:",
        "        if end - first > length:",
    ),
    (
        "more_queries_than_tokens",
        "bad_lengths",
        "does not compare the queries with the tokens",
        "        if not 0 <= end - first <= length:",
        "        if end < first or (end > first and length < 1):",
        "            seen = slots[: length - (end - 1 - at)]\n",
        "            seen = slots[: max(1, length - (end - 1 - at))]\n",
    ),
    (
        "block_number_unchecked",
        "bad_tables",
        "leaves a block number that is too large to an IndexError",
        "        if any(slot >= len(k_cache) * size for slot in slots):",
        "        if False:",
    ),
    (
        "idle_request_unchecked",
        "idle_request_with_a_bad_table",
        "passes over requests without queries before it looks at their tables",
        "        slots = slot_mapping(table, 0, length, size)\n",
        "        if end == first:\n            continue\n        slots = slot_mapping(table, 0, length, size)\n",
    ),
    (
        "scales_in_place",
        "input_unchanged",
        "multiplies the caller's queries by the scale",
        """    scores = [_dot(query, key) / math.sqrt(len(query)) for key in keys]
""",
        """    root = math.sqrt(len(query))
    query[:] = [x / root for x in query]
    scores = [_dot(query, key) for key in keys]
""",
    ),
    (
        "hands_out_the_cache",
        "output_is_the_callers",
        "returns the cached row itself where one token is seen",
        "    largest = max(scores)\n",
        "    if len(values) == 1:\n        return values[0]\n    largest = max(scores)\n",
    ),
]
