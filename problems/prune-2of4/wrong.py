"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "a_byte_a_place",
        "bytes_in_fp16",
        "counts a whole byte for every place: 75% of dense, not 56.25%",
        "_divided(slots * 2, 8)",
        "slots",
    ),
    (
        "count_in_bare_floats",
        "global_count_in_floats",
        "the floor of the product in floats: 0.29 * 100 gives 28",
        " * len(flat) + 1e-9)",
        " * len(flat))",
    ),
    (
        "drops_zeros",
        "packed_zeros_have_slots",
        "stores only what is not zero, and rows differ in length",
        "enumerate(marks) if mark",
        "enumerate(marks) if mark and row[column] != 0.0",
    ),
    (
        "each_row_by_itself",
        "global_not_by_row",
        "prunes every row to the sparsity instead of the matrix",
        """kept = _largest(flat, len(flat) - zeros)
    return [kept[begin : begin + columns] for begin in range(0, len(flat), columns)]""",
        "return [_largest(row, columns - zeros // len(w)) for row in w]",
    ),
    (
        "first_place_on_top",
        "packed_group",
        "the first place in the highest bits of a byte",
        "place << 2 * (at % 4",
        "place << 2 * (3 - at % 4",
    ),
    (
        "group_of_eight",
        "unpacked_by_hand",
        "unpacks into groups of eight: the slot over 4, not over 2",
        "            line[slot // 2",
        "            line[slot // 4",
    ),
    (
        "groups_down_columns",
        "one_group",
        "groups along the output axis, down the columns",
        """    _check_groups(w)
    mask = []
    for row in w:""",
        """    w = [list(column) for column in zip(*w)]
    _check_groups(w)
    mask = []
    for row in w:""",
        "    return mask",
        "    return [list(marks) for marks in zip(*mask)]",
    ),
    (
        "largest_not_magnitude",
        "global_magnitude",
        "sorts by the value, so that large negative weights go first",
        "abs(values[at]), at)",
        "values[at], at)",
    ),
    (
        "last_of_equals",
        "global_ties",
        "a stable ascending sort keeps the last of equal weights",
        "abs(values[at]), at)",
        "abs(values[at]), -at)",
    ),
    (
        "packs_the_largest",
        "packed_as_masked",
        "ignores the mask and packs the two largest",
        "marks in zip(w, mask",
        "marks in zip(w, prune_2of4(w)",
    ),
    (
        "rounds_the_count",
        "global_rounds_down",
        "round() in place of floor()",
        " * len(flat) + 1e-9)",
        " * len(flat) + 0.5)",
    ),
    (
        "rows_begin_a_byte",
        "packed_over_rows",
        "pads each row to whole bytes, which doubles the places of narrow rows",
        "places += [column % 4 for column in kept]",
        """places += [column % 4 for column in kept]
        places += [0] * (-len(places) % 4)""",
    ),
    (
        "threshold",
        "global_ties",
        "everything up to a threshold goes, so that ties prune too much",
        "kept = _largest(flat, len(flat) - zeros)",
        """edge = sorted([-1.0] + [abs(value) for value in flat])[zeros]
    kept = [1 if abs(value) > edge else 0 for value in flat]""",
    ),
    (
        "epsilon_too_large",
        "just_below_a_whole_number",
        "adds a thousandth before the floor",
        """+ 1e-9)
    kept""",
        """+ 1e-3)
    kept""",
    ),
    (
        "packs_nothing",
        "nothing_to_pack",
        "looks at the mask alone",
        """    _check_groups(w)
    _check_mask(w, mask)
    values""",
        """    if w and len(w[0]) % 4:
        raise ValueError
    if w:
        _check_mask(w, mask)
    values""",
    ),
    (
        "places_as_a_list",
        "places_are_bytes",
        "gives a list of ints where bytes are asked for",
        "    return values, bytes(packed)",
        "    return values, list(packed)",
    ),
    (
        "padding_in_front",
        "packed_group",
        "fills the last byte up in its lowest bits",
        "    return values, bytes(packed)",
        """    if len(places) % 4:
        packed[-1] <<= 2 * (4 - len(places) % 4)
    return values, bytes(packed)""",
    ),
    (
        "flat_values",
        "packed_group",
        "gives one flat list of values",
        "    return values, bytes(packed)",
        "    return [value for row in values for value in row], bytes(packed)",
    ),
    (
        "whole_bytes_of_values",
        "bytes_rounded_up",
        "rounds the sum of both up, not each",
        "    return _divided(slots * value_bits, 8) + _divided(slots * 2, 8)",
        "    return _divided(slots * (value_bits + 2), 8)",
    ),
    (
        "any_sparsity",
        "bad_matrices",
        "does not look at the sparsity",
        "    if not 0.0 <= sparsity <= 1.0:",
        "    if sparsity != sparsity:",
    ),
    ("any_columns", "not_in_fours", "takes a last group of two", "    if len(w[0]) % 4:", "    if len(w[0]) % 2:"),
    (
        "one_mark_a_group",
        "bad_masks",
        "asks for two of four on average",
        "            if sum(1 for mark in marks[begin : begin + 4] if mark) != 2:",
        "            if sum(1 for mark in marks if mark) * 2 != len(marks):",
    ),
    (
        "more_places",
        "bad_places",
        "takes more bytes than there are places",
        "    if width % 2 or len(places) != _divided(len(values) * width, 4):",
        "    if width % 2 or len(places) < _divided(len(values) * width, 4):",
    ),
    (
        "negative_sizes",
        "not_in_fours",
        "takes sizes of 0",
        "    if rows < 1 or columns < 1 or columns % 4 or value_bits < 1:",
        "    if rows < 0 or columns < 0 or columns % 4 or value_bits < 1:",
    ),
    (
        "zeroes_in_place",
        "input_unchanged",
        "writes the zeros into the caller's matrix",
        "        values.append([row[column] for column in kept])",
        """        values.append([row[column] for column in kept])
        row[:] = [value if mark else 0.0 for value, mark in zip(row, marks)]""",
    ),
    (
        "longer_masks",
        "masks_too_long",
        "asks only that the mask reaches over the matrix",
        "any(len(marks) != len(w[0]) for marks in mask)",
        "any(len(marks) < len(w[0]) for marks in mask)",
        "        kept = [column for column, mark in enumerate(marks) if mark]",
        "        kept = [column for column, mark in enumerate(marks) if mark and column < len(row)]",
    ),
    (
        "a_byte_to_spare",
        "bad_places",
        "always counts a last byte that is begun: four places may have two",
        "    if width % 2 or len(places) != _divided(len(values) * width, 4):",
        "    count = len(values) * width\n    if width % 2 or len(places) not in (_divided(count, 4), count // 4 + 1):",
    ),
    (
        "values_of_any_length",
        "ragged_values",
        "looks at the first row of the values",
        "    _check_matrix(values)\n    width",
        "    _check_matrix(values[:1])\n    width",
    ),
]
