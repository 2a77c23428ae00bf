"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "neighbours_alone",
        "group_scattered",
        "groups rows that happen to stand together, as itertools.groupby does",
        """    order: list[int] = []
    segments = []
    for adapter, numbers in rows.items():
""",
        """    order: list[int] = []
    segments = []
    runs: list[tuple[Hashable, list[int]]] = []
    for number, adapter in enumerate(ids):
        if adapter is not None and runs and ids[number - 1] == adapter:
            runs[-1][1].append(number)
        elif adapter is not None:
            runs.append((adapter, [number]))
    for adapter, numbers in runs:
""",
    ),
    (
        "sorted_by_name",
        "group_by_first_row",
        "sorts the adapters",
        """    for adapter, numbers in rows.items():
""",
        """    for adapter, numbers in sorted(rows.items()):
""",
    ),
    (
        "none_is_an_adapter",
        "group_without_adapter",
        "makes a segment of the rows that have no adapter",
        """        if adapter is not None:
            rows""",
        """        if True:
            rows""",
        """    order += [number for number, adapter in enumerate(ids) if adapter is None]
""",
        "",
    ),
    (
        "none_left_out",
        "group_without_adapter",
        "leaves rows without an adapter out of the order",
        """    order += [number for number, adapter in enumerate(ids) if adapter is None]
""",
        "",
    ),
    (
        "false_is_none",
        "group_of_any_ids",
        "takes an id of 0 or of no letters for none",
        """        if adapter is not None:
            rows""",
        """        if adapter:
            rows""",
        "if adapter is None]",
        "if not adapter]",
    ),
    (
        "lengths_for_ends",
        "group_scattered",
        "gives the length of a segment, where its end is asked for",
        "len(order) + len(numbers)))",
        "len(numbers)))",
    ),
    (
        "not_scaled",
        "scaled_by_alpha",
        "forgets the factor",
        """    scale = alpha / rank
""",
        """    scale = 1.0
""",
    ),
    (
        "alpha_alone",
        "divided_by_rank",
        "forgets to divide by the rank",
        """    scale = alpha / rank
""",
        """    scale = alpha
""",
    ),
    (
        "root_of_the_rank",
        "divided_by_rank",
        "divides by the root of the rank, which is rsLoRA",
        """    scale = alpha / rank
""",
        """    scale = alpha / rank**0.5
""",
    ),
    (
        "scaled_twice",
        "scaled_by_alpha",
        "scales on the way down and once more on the way up",
        """    return [[scale * y for y in _times(b, _times(a, x))] for x in rows]
""",
        """    return [[scale * y for y in _times(b, [scale * h for h in _times(a, x)])] for x in rows]
""",
    ),
    (
        "first_row_for_all",
        "several_rows",
        "computes one row of the segment and hands it to all",
        """    return [[scale * y for y in _times(b, _times(a, x))] for x in rows]
""",
        """    return [[scale * y for y in _times(b, _times(a, rows[0]))] for x in rows]
""",
    ),
    (
        "base_left_out",
        "one_adapter",
        "puts what the adapter adds in the place of the base",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = row
""",
    ),
    (
        "adapter_for_all",
        "beside_rows_without",
        "adds the last segment's adapter to the rows behind it too",
        """        numbers = order[start:end]
""",
        """        numbers = order[start : len(order) if end == segments[-1][2] else end]
""",
    ),
    (
        "one_adapter_a_batch",
        "two_adapters",
        "takes the first adapter for the whole batch",
        "*adapters[adapter])",
        "*adapters[segments[0][0]])",
    ),
    (
        "order_not_undone",
        "beside_rows_without",
        "returns the rows in the order of the segments",
        """    return y


def _times""",
        """    return [y[number] for number in order]


def _times""",
    ),
    (
        "place_for_number",
        "beside_rows_without",
        "adds to the rows at the segment's places in place of the row numbers",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(range(start, end), added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
    ),
    (
        "ranks_padded",
        "ranks_that_differ",
        "pads all adapters to the largest rank and divides by that",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *padded[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
        """    order, segments = group(ids)
""",
        """    order, segments = group(ids)
    largest = max([len(adapters[adapter][0]) for adapter, _, _ in segments], default=1)
    padded = {}
    for adapter, _, _ in segments:
        a, b, alpha = adapters[adapter]
        zeros = largest - len(a)
        padded[adapter] = [*a, *[[0.0] * len(w[0])] * zeros], [[*row, *[0.0] * zeros] for row in b], alpha
""",
    ),
    (
        "false_not_used",
        "ids_that_are_false",
        "skips adapters whose id is false",
        """        numbers = order[start:end]
""",
        """        if not adapter:
            continue
        numbers = order[start:end]
""",
    ),
    (
        "all_adapters_checked",
        "unused_adapters",
        "checks every adapter that is loaded",
        """    for adapter in ids:
        if adapter is None:
""",
        """    for adapter in [*ids, *adapters]:
        if adapter is None:
""",
    ),
    (
        "row_by_row",
        "one_call_an_adapter",
        "calls lora for each row, and reads the adapter as often",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
        """    for number, adapter in enumerate(ids):
        if adapter is not None:
            added = lora([x[number]], *adapters[adapter])[0]
            y[number] = [value + more for value, more in zip(y[number], added)]
""",
    ),
    (
        "all_loaded",
        "unused_adapters",
        "calls lora for every adapter that is loaded",
        """    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
        """    for adapter in adapters:
        lora([], *adapters[adapter])
    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
""",
    ),
    (
        "merged_weights",
        "product_not_formed",
        "merges each adapter into a matrix of Dout × Din first",
        """    return [[scale * y for y in _times(b, _times(a, x))] for x in rows]
""",
        """    merged = [[sum(b[i][k] * a[k][j] for k in range(rank)) for j in range(len(a[0]))] for i in range(len(b))]
    return [[scale * y for y in _times(merged, x)] for x in rows]
""",
    ),
    (
        "ranks_unchecked",
        "bad_lora",
        "leaves the rank to zip(), which cuts rows short",
        "    if rank == 0 or any(len(row) != rank for row in b):",
        "    if rank == 0:",
    ),
    (
        "rank_of_zero",
        "bad_lora",
        "divides by a rank of 0",
        "    if rank == 0 or any(",
        "    if any(",
    ),
    (
        "inputs_unchecked",
        "bad_lora",
        "leaves the input's width to zip()",
        "    if any(len(row) != len(a[0]) for row in [*a, *rows]):",
        "    if False:",
    ),
    (
        "unknown_is_none",
        "unknown_adapter",
        "computes the base alone where an adapter is not loaded",
        """            raise ValueError(f"adapter {adapter} is not loaded")
""",
        """            continue
""",
        """        numbers = order[start:end]
""",
        """        if adapter not in adapters:
            continue
        numbers = order[start:end]
""",
    ),
    (
        "unknown_is_a_key",
        "unknown_adapter",
        "leaves an unknown adapter to a KeyError",
        """        if adapter not in adapters:
            raise ValueError(f"adapter {adapter} is not loaded")
""",
        "",
    ),
    (
        "ids_not_counted",
        "bad_batch",
        "does not compare the ids with the rows",
        "    if len(ids) != len(x):",
        "    if False:",
    ),
    (
        "rows_unchecked",
        "bad_batch",
        "leaves the width of x and w to zip()",
        " or any(len(row) != len(w[0]) for row in [*w, *x]):",
        ":",
    ),
    (
        "outputs_unchecked",
        "adapter_of_another_shape",
        "does not compare B with w; zip() cuts the longer one",
        "        if len(b) != len(w) or (a and",
        "        if (a and",
    ),
    (
        "base_again",
        "base_once",
        "computes the base for the whole batch, and again for the rows of each segment",
        "            y[number] = [value + more for value, more in zip(y[number], row)]",
        "            y[number] = [value + more for value, more in zip(_times(w, x[number]), row)]",
    ),
    (
        "lora_for_the_batch",
        "one_call_an_adapter",
        "gives each adapter the whole batch and keeps the rows that are its own",
        "        added = lora([x[number] for number in numbers], *adapters[adapter])",
        "        whole = lora(x, *adapters[adapter])\n        added = [whole[number] for number in numbers]",
    ),
    (
        "none_is_a_key",
        "unused_adapters",
        "adds what stands under None in the dict to the rows that have no adapter",
        "    order, segments = group(ids)\n",
        "    order, segments = group(ids)\n"
        "    if None in ids and None in adapters:\n"
        "        segments.append((None, len(ids) - ids.count(None), len(ids)))\n",
    ),
    (
        "no_rows_for_lora",
        "bad_lora",
        "returns for no rows before it looks at the adapter",
        "    rank = len(a)\n",
        "    if not rows:\n        return []\n    rank = len(a)\n",
    ),
    (
        "no_rows_at_once",
        "bad_batch",
        "returns for no rows before it looks at w and at the ids",
        "    _check(x, w, adapters, ids)\n    y",
        "    if not x:\n        return []\n    _check(x, w, adapters, ids)\n    y",
    ),
    (
        "same_object",
        "group_of_any_ids",
        "tells adapters apart by the object, where equal ids are one adapter",
        "            rows.setdefault(adapter, []).append(number)",
        "            rows.setdefault(id(adapter), []).append(number)",
        "        segments.append((adapter, len(order), len(order) + len(numbers)))",
        "        segments.append((ids[numbers[0]], len(order), len(order) + len(numbers)))",
    ),
    (
        "adds_in_place",
        "input_unchanged",
        "scales the adapter's B in place, so that the next call scales it again",
        """    return [[scale * y for y in _times(b, _times(a, x))] for x in rows]
""",
        """    for row in b:
        row[:] = [scale * value for value in row]
    return [_times(b, _times(a, x)) for x in rows]
""",
    ),
]
