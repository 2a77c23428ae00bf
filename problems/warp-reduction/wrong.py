"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "neighbours_first",
        "shuffles_halve",
        "shuffles by 1, 2, 4, 8, 16: the same sum in exact numbers, another order in floats",
        """    for offset in (16, 8, 4, 2, 1):
        lanes = [op(lanes[lane], lanes[lane + offset]) for lane in range(offset)]
""",
        """    while len(lanes) > 1:
        lanes = [op(lanes[lane], lanes[lane + 1]) for lane in range(0, len(lanes), 2)]
""",
    ),
    (
        "contiguous_chunks",
        "threads_stride",
        "gives each thread a run of neighbouring values, so that the reads of a warp do not coalesce",
        """    for thread in range(threads):
        mine = zero
        for value in values[thread::threads]:""",
        """    share = -(-len(values) // threads)
    for thread in range(threads):
        mine = zero
        for value in values[thread * share : (thread + 1) * share]:""",
    ),
    (
        "one_value_each",
        "threads_stride",
        "reads one value per thread and drops the rest",
        "values[thread::threads]",
        "values[thread : thread + 1]",
    ),
    (
        "warps_one_by_one",
        "two_stages",
        "thread 0 adds up the sums of the warps in a loop",
        "    return _shuffled(of_warps + [zero] * (WARP - len(of_warps)), op)",
        """    total = zero
    for of_warp in of_warps:
        total = op(total, of_warp)
    return total""",
    ),
    (
        "first_warp_only",
        "two_stages",
        "returns what the first warp has, without the second stage",
        "    return _shuffled(of_warps + [zero] * (WARP - len(of_warps)), op)",
        "    return of_warps[0]",
    ),
    (
        "pads_with_zero",
        "largest",
        "fills idle lanes with the number 0, whatever the operation",
        "        mine = zero\n",
        "        mine = zero if thread < len(values) else 0\n",
    ),
    (
        "starts_from_the_first",
        "no_values",
        "begins with the thread's first value, of which there may be none",
        """        mine = zero
        for value in values[thread::threads]:
            mine = op(mine, value)
""",
        """        mine, *rest = values[thread::threads] if thread < len(values) or not values else [zero]
        for value in rest:
            mine = op(mine, value)
""",
    ),
    (
        "any_block",
        "bad_blocks",
        "takes any number of threads up to 1,024",
        "    if threads not in range(WARP, 1025, WARP):",
        "    if threads > 1024:",
        "    lanes = []\n",
        "    lanes, threads = [], max(WARP, (threads + 31) // 32 * 32)\n",
    ),
    (
        "uses_up_the_values",
        "values_unchanged",
        "takes the values off the caller's list",
        "    of_warps = [",
        "    values.clear()\n    of_warps = [",
    ),
    (
        "broadcast_conflicts",
        "one_word_for_all",
        "counts the lanes in a bank, though lanes that want one word share a pass",
        "setdefault(word % BANKS, set()).add(word)",
        "setdefault(word % BANKS, []).append(word)",
    ),
    (
        "words_as_bytes",
        "neighbouring_words",
        "takes the numbers of words for byte addresses",
        "word % BANKS",
        "word // 4 % BANKS",
    ),
    (
        "inactive_as_word_zero",
        "inactive_lanes",
        "lets a lane without an access read word 0",
        "    for word in _active(words):",
        "    _active(words)\n    for word in [word or 0 for word in words]:",
    ),
    (
        "no_pass_is_one",
        "no_lane",
        "counts an access that no lane makes as one pass",
        "default=0",
        "default=1",
    ),
    (
        "counts_in_lines",
        "coalesced",
        "counts cache lines of 128 bytes",
        "address // SECTOR",
        "address // 128",
    ),
    (
        "bytes_over_32",
        "across_the_edge",
        "divides the bytes by 32: right only for a start at the edge of a sector, without gaps",
        "    return len({address // SECTOR for address in active})",
        "    return -(-len(active) * size // SECTOR)",
    ),
    (
        "lanes_uncounted",
        "too_many_lanes",
        "takes any number of lanes",
        "    if len(lanes) > WARP or any(",
        "    if any(",
    ),
    (
        "negatives_pass",
        "below_zero",
        "never looks at the sign",
        " or any(entry < 0 for entry in active)",
        "",
    ),
    (
        "any_size",
        "bad_sizes",
        "takes any size above 0",
        "size not in (1, 2, 4, 8, 16)",
        "size < 1",
    ),
    (
        "alignment_unchecked",
        "unaligned",
        "takes unaligned addresses",
        "    if any(address % size for address in active):\n        raise ValueError(",
        "    if not size:\n        raise ValueError(",
    ),
    (
        "reads_only",
        "modulo_tree",
        "counts the two reads and forgets the write",
        "2 * bank_passes(into) +",
        "bank_passes(into) +",
    ),
    (
        "every_warp_issues",
        "modulo_tree",
        "counts all warps in each step",
        "    return warps, divergent",
        "    return -(-threads // WARP), divergent",
    ),
    (
        "works_by_word",
        "strided_tree",
        "lets the thread of the word do the work, which is the way of modulo",
        '(word if way == "modulo" else t, word, word + gap) for t, word in enumerate(into)',
        "(word, word, word + gap) for word in into",
    ),
    (
        "passes_of_the_slowest",
        "modulo_tree",
        "takes the warp with the most passes, where all warps share the one memory",
        "            passes += 2 * bank_passes(into) + bank_passes(other)",
        "            passes = max(passes, 2 * bank_passes(into) + bank_passes(other))",
    ),
    (
        "divergent_by_block",
        "strided_tree",
        "calls every working warp divergent in a step in which some thread of the block is idle",
        "divergent += len(mine) < WARP",
        "divergent += 1",
    ),
    (
        "half_rounded_down",
        "odd_sizes",
        "halves an odd number downwards, and loses the last word",
        "        half = (left + 1) // 2\n",
        "        half = left // 2\n",
        "range(left - half)",
        "range(half)",
    ),
    (
        "partner_unchecked",
        "odd_sizes",
        "lets a thread work whose partner lies behind the end",
        "range(0, threads - gap, 2 * gap)",
        "range(0, threads, 2 * gap)",
    ),
    (
        "one_step_at_least",
        "one_thread",
        "does a step even where there is nothing to add",
        "    while left > 1:\n",
        "    while left > 1 or not steps:\n",
        "        steps.append(_step(pairs, threads))",
        "        steps.append(_step(pairs, threads) if pairs else (0, 0, 0))",
    ),
    (
        "trees_unchecked",
        "bad_trees",
        "takes any other word for sequential",
        """    if way not in ("modulo", "strided", "sequential"):
        raise ValueError(f"the way {way!r}; accepted: modulo, strided, sequential")
""",
        "",
    ),
    (
        "tree_size_unchecked",
        "bad_trees",
        "takes any number of threads, and does nothing for one that is not positive",
        """    if not 1 <= threads <= 1024:
        raise ValueError(f"{threads} threads; accepted: 1 to 1,024")
""",
        "",
    ),
    (
        "idle_lanes_uncounted",
        "too_many_lanes",
        "looks at the active lanes alone, so that a longer list passes if some of its lanes are idle",
        """    active = _active(addresses)
    if any(""",
        """    active = _active([address for address in addresses if address is not None])
    if any(""",
    ),
    (
        "zero_adds_nothing",
        "largest",
        "leaves out what is false in Python: 0, which need not be the zero of the operation",
        "        lanes = [op(lanes[lane], lanes[lane + offset]) for lane in range(offset)]",
        "        lanes = [op(lanes[lane], lanes[lane + offset]) if lanes[lane + offset] else lanes[lane] "
        "for lane in range(offset)]",
    ),
    (
        "no_values_first",
        "bad_blocks",
        "returns zero for no values before it looks at the threads",
        "    if threads not in range(WARP, 1025, WARP):",
        "    if not values:\n        return zero\n    if threads not in range(WARP, 1025, WARP):",
    ),
]
