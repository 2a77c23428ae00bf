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
]
