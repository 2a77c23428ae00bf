"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "kv_heads_divided",
        "kv_heads_are_copied",
        "divides the KV heads among the ranks like the query heads, and leaves some ranks without",
        "first, last = begin // group, (end - 1) // group + 1",
        "first, last = rank * kv_heads // ranks, (rank + 1) * kv_heads // ranks",
    ),
    (
        "kv_heads_in_turn",
        "kv_heads_are_copied",
        "copies KV heads in turn: rank r has head r modulo K",
        "first, last = begin // group, (end - 1) // group + 1",
        """if ranks > kv_heads:
            first, last = rank % kv_heads, rank % kv_heads + 1
        else:
            first, last = begin // group, (end - 1) // group + 1""",
    ),
    (
        "all_kv_heads",
        "heads_divide",
        "gives all KV heads to every rank",
        "first, last = begin // group, (end - 1) // group + 1",
        "first, last = 0, kv_heads",
    ),
    (
        "one_kv_head",
        "one_rank",
        "gives a rank the KV head of its first query head alone",
        "(end - 1) // group + 1",
        "begin // group + 1",
    ),
    (
        "cut_group_on_one_side",
        "kv_heads_are_copied",
        "gives a group that is cut to the rank that ends it",
        "(end - 1) // group + 1",
        "max(end // group, begin // group)",
    ),
    (
        "a_group_too_many",
        "one_rank",
        "takes the end for a head of the rank",
        "(end - 1) // group + 1",
        "end // group + 1",
    ),
    (
        "rest_on_the_last",
        "heads_do_not_divide",
        "leaves the rest of the heads to the last rank",
        "end = begin + share + (rank < rest)",
        "end = begin + share if rank < ranks - 1 else heads",
    ),
    (
        "last_ranks_take_more",
        "heads_do_not_divide",
        "gives the extra heads to the last ranks",
        "(rank < rest)",
        "(rank >= ranks - rest)",
    ),
    (
        "rounded_up",
        "heads_do_not_divide",
        "gives ceil(H / t) heads to each rank as long as there are some",
        "end = begin + share + (rank < rest)",
        "end = min(begin - (-heads // ranks), heads)",
    ),
    (
        "values_beside_keys",
        "heads_divide",
        "lets the values begin where the rank's own keys end",
        "keys, values = heads, heads + kv_heads",
        "keys, values = heads, heads + last",
    ),
    (
        "heads_for_rows",
        "one_rank",
        "counts in heads",
        "[(begin * head_dim, end * head_dim) for begin, end in ranges]",
        "[(begin, end) for begin, end in ranges]",
    ),
    (
        "end_included",
        "one_rank",
        "returns the last row in place of the end",
        "[(begin * head_dim, end * head_dim) for begin, end in ranges]",
        "[(begin * head_dim, end * head_dim - 1) for begin, end in ranges]",
    ),
    (
        "lists_of_ranges",
        "one_rank",
        "returns one flat list of ranges",
        "    return [[(begin * head_dim, end * head_dim) for begin, end in ranges] for ranges in layout]",
        "    return [(begin * head_dim, end * head_dim) for ranges in layout for begin, end in ranges]",
    ),
    (
        "begins_of_the_whole",
        "nothing_changes",
        "gives the source rows as rows of the whole weight",
        "places.append({head: place for place, head in enumerate(held)})",
        "places.append({head: head for head in held})",
    ),
    (
        "copies_in_heads",
        "nothing_changes",
        "counts rows in heads",
        "(s, begin * head_dim, d, at * head_dim, count * head_dim)",
        "(s, begin, d, at, count)",
    ),
    (
        "head_by_head",
        "nothing_changes",
        "makes a copy for each head",
        "            if runs and (source",
        "            if False and (source",
    ),
    (
        "part_by_part",
        "nothing_changes",
        "makes a copy for each of queries, keys and values",
        "            if runs and (source",
        "            if head not in (ranges[1][0], ranges[2][0]) and runs and (source",
    ),
    (
        "joined_by_the_source_rank",
        "from_one_to_many",
        "joins what comes from one rank, though rows are missing in between",
        "if runs and (source, start, rank) == (runs[-1][0], runs[-1][1] + runs[-1][4], runs[-1][2]):",
        "if runs and (source, rank) == (runs[-1][0], runs[-1][2]):",
    ),
    (
        "joined_over_ranks",
        "from_many_to_one",
        "joins what follows, though it comes from another rank",
        "if runs and (source, start, rank) == (runs[-1][0], runs[-1][1] + runs[-1][4], runs[-1][2]):",
        "if runs and rank == runs[-1][2] and start in (0, runs[-1][1] + runs[-1][4]):",
    ),
    (
        "from_every_copy",
        "from_copied_kv_heads",
        "copies a row from each rank that holds it",
        """            source = rank if rank in holders else holders[0]
            start = places[source][head]
""",
        """            source = rank if rank in holders else holders[0]
            start = places[source][head]
            runs += [[other, places[other][head], rank, place, 1] for other in holders if other > source and rank not in holders]
""",
    ),
    (
        "always_the_lowest",
        "nothing_changes",
        "always takes the lowest rank, and moves what is there already",
        "source = rank if rank in holders else holders[0]",
        "source = holders[0]",
    ),
    (
        "the_highest_rank",
        "from_copied_kv_heads",
        "takes the highest rank that holds it",
        "source = rank if rank in holders else holders[0]",
        "source = rank if rank in holders else holders[-1]",
    ),
    (
        "the_nearest_rank",
        "its_own_copy_first",
        "takes the rank with the nearest number",
        "source = rank if rank in holders else holders[0]",
        "source = min(holders, key=lambda holder: (abs(holder - rank), holder))",
    ),
    (
        "by_source",
        "from_one_to_many",
        "lists the copies by their source",
        "count * head_dim) for s, begin, d, at, count in runs]",
        "count * head_dim) for s, begin, d, at, count in sorted(runs)]",
    ),
    (
        "counts_what_stays",
        "bytes_counted",
        "counts the copies within a rank too",
        " if source != target)",
        ")",
    ),
    (
        "counts_rows",
        "bytes_counted",
        "returns rows in place of bytes",
        "rows * row_bytes for",
        "rows for",
    ),
    (
        "counts_copies",
        "bytes_counted",
        "counts copies in place of rows",
        "rows * row_bytes for",
        "row_bytes for",
    ),
    (
        "no_head_dim",
        "numbers_below_one",
        "lets a head size of 0 through",
        "min(heads, kv_heads, head_dim, ranks) < 1",
        "min(heads, kv_heads, ranks) < 1",
    ),
    (
        "target_unchecked",
        "numbers_below_one",
        "checks the source's layout alone",
        "    check(heads, kv_heads, head_dim, dst)\n",
        "    if dst < 1:\n        return []\n",
    ),
    (
        "any_kv_heads",
        "no_multiple",
        "rounds the size of a group",
        """    if heads % kv_heads:
        raise ValueError(f"{heads} heads, {kv_heads} KV heads; accepted: a multiple of the KV heads")
""",
        "",
        "    group = heads // kv_heads\n",
        "    group = max(heads // kv_heads, 1)\n",
    ),
    (
        "empty_ranks",
        "more_ranks_than_heads",
        "leaves ranks without heads",
        """    if ranks > heads:
        raise ValueError(f"{ranks} ranks, {heads} heads; accepted: no more ranks than heads")
""",
        "",
    ),
]
