"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "not_scaled",
        "scaled_by_head_size",
        "forgets to divide by the square root of D",
        " / math.sqrt(len(q))",
        "",
    ),
    (
        "masks_with_a_large_number",
        "all_masked",
        "gives masked keys a score of -1e9: where all are masked, all have the same weight",
        """    seen = [s for s in range(len(k)) if mask is None or mask[s]]
    scores = [_dot(q, k[s]) / math.sqrt(len(q)) for s in seen]""",
        """    seen = range(len(k))
    scores = [_dot(q, k[s]) / math.sqrt(len(q)) if mask is None or mask[s] else -1e9 for s in seen]""",
    ),
    (
        "masks_with_zero",
        "masked_key",
        "hides a key by a score of 0, which still has weight",
        """    seen = [s for s in range(len(k)) if mask is None or mask[s]]
    scores = [_dot(q, k[s]) / math.sqrt(len(q)) for s in seen]""",
        """    seen = range(len(k))
    scores = [_dot(q, k[s]) / math.sqrt(len(q)) if mask is None or mask[s] else 0.0 for s in seen]""",
    ),
    (
        "masked_weight_of_zero",
        "masked_slot_of_nan",
        "gives a masked key the weight 0, and 0 times NaN is NaN",
        """    seen = [s for s in range(len(k)) if mask is None or mask[s]]
    scores = [_dot(q, k[s]) / math.sqrt(len(q)) for s in seen]
    return _mean([v[s] for s in seen], scores, len(q))""",
        """    scores = [_dot(q, k[s]) / math.sqrt(len(q)) if mask is None or mask[s] else -math.inf for s in range(len(k))]
    if not scores or max(scores) == -math.inf:
        return [0.0] * len(q), -math.inf
    return _mean(v, scores, len(q))""",
    ),
    (
        "empty_raises",
        "all_masked",
        "refuses a range in which nothing is visible; a long cache has such ranges",
        "        return [0.0] * size, -math.inf",
        '        raise ValueError("no key is visible")',
    ),
    (
        "unstable_softmax",
        "large_scores",
        "does not subtract the maximum before exp()",
        "    largest = max(scores)\n",
        "    largest = 0.0\n",
    ),
    (
        "rounded_up_ranges",
        "cut_evenly",
        "makes every range as long as the longest, and the last one takes what is left",
        """    size, longer = divmod(length, n)
    # Before range i stand i ranges, and the longer ones are the first of them.
    starts = [i * size + min(i, longer) for i in range(n + 1)]""",
        """    size = -(-length // n)
    starts = [min(i * size, length) for i in range(n + 1)]""",
    ),
    (
        "rest_in_the_last",
        "cut_with_a_rest",
        "the last range takes the whole rest",
        "    starts = [i * size + min(i, longer) for i in range(n + 1)]",
        "    starts = [i * size for i in range(n)] + [length]",
    ),
    (
        "longer_ones_last",
        "cut_with_a_rest",
        "i * length // n: as even, in another order",
        "    starts = [i * size + min(i, longer) for i in range(n + 1)]",
        "    starts = [i * length // n for i in range(n + 1)]",
    ),
    (
        "no_empty_ranges",
        "more_ranges_than_keys",
        "returns fewer ranges where there are fewer keys",
        "    size, longer = divmod(length, n)",
        "    n = max(1, min(n, length))\n    size, longer = divmod(length, n)",
    ),
    (
        "mean_of_the_parts",
        "merge_two",
        "weights all parts alike",
        "    return _mean([out for out, _ in seen], [lse for _, lse in seen], size)",
        """    out, _ = _mean([out for out, _ in seen], [0.0 for _ in seen], size)
    return out, _mean([out for out, _ in seen], [lse for _, lse in seen], size)[1]""",
    ),
    (
        "largest_lse",
        "merge_two",
        "returns the largest lse in place of the log-sum-exp of all",
        "    return _mean([out for out, _ in seen], [lse for _, lse in seen], size)",
        """    out, _ = _mean([out for out, _ in seen], [lse for _, lse in seen], size)
    return out, max([lse for _, lse in seen] + [-math.inf])""",
    ),
    (
        "empty_parts_of_nan",
        "merge_what_was_never_written",
        "an empty part has the weight 0, and 0 times NaN is NaN",
        "for out, lse in parts if lse > -math.inf]",
        "for out, lse in parts]\n    if max(lse for _, lse in parts) == -math.inf:\n        return [0.0] * size, -math.inf",
    ),
    (
        "all_empty_is_nan",
        "merge_empty_parts",
        "-inf - -inf is NaN where all parts are empty",
        "for out, lse in parts if lse > -math.inf]",
        "for out, lse in parts]",
    ),
    (
        "hands_out_a_single_part",
        "output_is_the_callers",
        "returns the list of a single part itself",
        "    size = len(parts[0][0])\n",
        "    if len(parts) == 1 and parts[0][1] > -math.inf:\n        return parts[0]\n    size = len(parts[0][0])\n",
    ),
    (
        "hands_out_the_value",
        "output_is_the_callers",
        "returns the row of v itself where one key is visible",
        "    scores = [_dot(q, k[s]) / math",
        """    if len(seen) == 1:
        return v[seen[0]], _dot(q, k[seen[0]]) / math.sqrt(len(q))
    scores = [_dot(q, k[s]) / math""",
    ),
    (
        "mask_from_the_start",
        "split_with_a_mask",
        "gives every range the beginning of the mask",
        "mask[start:end]",
        "mask[: end - start]",
    ),
    (
        "drops_the_last_key",
        "split_in_two",
        "takes the end of a range for its last key",
        "attend(q, k[start:end], v[start:end], visible)",
        "attend(q, k[start : end - 1], v[start : end - 1], None if visible is None else visible[:-1])",
    ),
    (
        "leaves_out_empty_ranges",
        "split_in_more_than_keys",
        "passes over empty ranges, and has nothing to merge where the cache is empty",
        "    for start, end in cut(len(k), n):\n",
        """    for start, end in cut(len(k), n):
        if start == end:
            continue
""",
    ),
    (
        "not_split",
        "one_call_a_range",
        "attends to the whole cache at once",
        "    for start, end in cut(len(k), n):",
        "    for start, end in cut(len(k), n)[:0] + [(0, len(k))]:",
    ),
    (
        "ranges_of_its_own",
        "one_call_a_range",
        "cuts into ranges of equal length, where cut() makes them even",
        "    for start, end in cut(len(k), n):\n",
        """    size = max(1, -(-len(k) // max(n, 1)))
    for start in range(0, max(1, len(k)), size):
        end = min(start + size, len(k))
""",
        "    # The slices below would hide that lengths disagree.\n",
        "    cut(len(k), n)\n",
    ),
    (
        "masks_the_other_ranges",
        "each_key_once",
        "hides the other ranges by the mask, after it has computed all their scores",
        """    scores = [_dot(q, k[s]) / math.sqrt(len(q)) for s in seen]
""",
        """    scores = [_dot(q, row) / math.sqrt(len(q)) for row in k]
    scores = [scores[s] for s in seen]
""",
        """        visible = None if mask is None else mask[start:end]
        parts.append(attend(q, k[start:end], v[start:end], visible))""",
        """        visible = [start <= s < end and (mask is None or mask[s]) for s in range(len(k))]
        parts.append(attend(q, k, v, visible))""",
    ),
    (
        "merges_by_hand",
        "one_call_a_range",
        "adds the parts up without merge()",
        "    return merge(parts)",
        """    seen = [(out, lse) for out, lse in parts if lse > -math.inf]
    return _mean([out for out, _ in seen], [lse for _, lse in seen], len(q))""",
    ),
    (
        "only_the_ranges_checked",
        "lengths_that_slices_hide",
        "leaves the checks to attend(), which sees slices of equal length",
        """    # The slices below would hide that lengths disagree.
    _check(q, k, v, mask)
""",
        "",
    ),
    (
        "rows_unchecked",
        "bad_shapes",
        "compares the number of keys and values alone; zip() cuts rows short",
        "    if any(len(row) != len(q) for row in k + v):",
        "    if False:",
    ),
    (
        "parts_unchecked",
        "bad_parts",
        "takes outputs of different lengths",
        "    if any(len(out) != size for out, _ in parts):",
        "    if False:",
    ),
    (
        "ranges_unchecked",
        "bad_ranges",
        "takes a negative length",
        "    if length < 0 or n < 1:",
        "    if n < 1:",
    ),
    (
        "empty_cache_at_once",
        "bad_ranges",
        "returns for an empty cache before it looks at the number of ranges",
        "    _check(q, k, v, mask)\n    parts = []\n",
        "    _check(q, k, v, mask)\n    if not k:\n        return [0.0] * len(q), -math.inf\n    parts = []\n",
    ),
    (
        "masked_keys_unchecked",
        "bad_shapes",
        "compares the keys that are visible alone with the query; a masked one may be of any length",
        "    if any(len(row) != len(q) for row in k + v):",
        "    shown = [key for s, key in enumerate(k) if mask is None or mask[s]]\n"
        "    if any(len(row) != len(q) for row in shown + v):",
    ),
    (
        "scales_in_place",
        "input_unchanged",
        "multiplies the caller's query by the scale",
        "    scores = [_dot(q, k[s]) / math.sqrt(len(q)) for s in seen]",
        """    root = math.sqrt(len(q))
    q[:] = [x / root for x in q]
    scores = [_dot(q, k[s]) for s in seen]""",
        "attend(q, k[start:end]",
        "attend(list(q), k[start:end]",
    ),
]
