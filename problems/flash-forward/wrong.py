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
        "averages_the_tiles",
        "equal_scores_in_two_tiles",
        "normalizes each tile by itself and averages the results",
        "self.total = 0.0",
        """self.total = 0.0
        self.tiles = 0""",
        "self.mixed = [old * shrink + _dot(weights, column) for old, column in zip(self.mixed, zip(*values))]",
        """share = sum(weights)
        self.tiles += 1
        self.mixed = [old + _dot(weights, column) / share for old, column in zip(self.mixed, zip(*values))]""",
        "total for x in self.",
        "tiles for x in self.",
    ),
    (
        "counts_rows",
        "chunk_at_the_end",
        "counts the rows that see nothing of a tile, not the tiles",
        "                skipped += 1",
        "                skipped += len(rows)",
    ),
    (
        "hides_itself",
        "causal_square",
        "< in place of <=: the position itself is hidden",
        "before + 1) if causal",
        "before) if causal",
    ),
    (
        "lse_without_maximum",
        "one_key",
        "log of the sum, which is relative to the maximum, without adding that",
        "row.largest + math.log",
        "math.log",
    ),
    (
        "masks_what_it_skips",
        "each_score_once",
        "counts the masked tiles, but computes their scores all the same",
        "                continue\n",
        "",
        """if seen > left:
                    row.add(k[left:seen], v[left:seen], scale)""",
        "row.add(k[left:right], v[left:right], seen - left, scale)",
        "float]], scale: float",
        "float]], seen: int, scale: float",
        "scores = [scale * _dot(self.query, key) for key in keys]",
        """scores = [scale * _dot(self.query, key) for key in keys]
        scores = [score if at < seen else -math.inf for at, score in enumerate(scores)]
        if seen <= 0:
            return""",
    ),
    (
        "maximum_from_zero",
        "very_negative_scores",
        "starts the running maximum at 0: scores far below it vanish",
        ".largest = -math.inf",
        ".largest = 0.0",
    ),
    (
        "maximum_of_the_tile",
        "smaller_scores_later",
        "weights relative to the tile's own maximum, not to the running one",
        """largest = max(self.largest, *scores)
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = math.exp(self.largest - largest)""",
        """largest = max(scores)
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = math.exp(min(self.largest - largest, 0.0))""",
    ),
    (
        "never_skips",
        "causal_by_ones",
        "masks all scores of a tile one by one instead of skipping it",
        """            # The last row of the tile sees the most keys.
            if causal and left > top + len(rows) - 1 + before:
                skipped += 1
                continue
""",
        "",
    ),
    ("not_scaled", "scaled_by_size", "None for 1.0: forgets the square root of D", " / math.sqrt(len(q[0]))", ""),
    (
        "output_not_rescaled",
        "larger_scores_later",
        "rescales the sum when the maximum moves, but not the output",
        "* shrink + _dot(weights",
        "+ _dot(weights",
    ),
    (
        "skips_by_the_first_row",
        "causal_within_a_tile",
        "skips a tile that its first row does not see, though later rows do",
        "len(rows) - 1 + before",
        "before",
    ),
    (
        "sum_not_rescaled",
        "larger_scores_later",
        "rescales the output when the maximum moves, but not the sum",
        "self.total * shrink ",
        "self.total ",
    ),
    (
        "two_passes",
        "each_score_once",
        "first all maxima and sums, then the output, with every score computed a second time",
        """rows = [_Row(query) for query in q[top : top + br]]
        for left in range(0, len(k), bc):
            right = min(left + bc, len(k))
            # The last row of the tile sees the most keys.
            if causal and left > top + len(rows) - 1 + before:
                skipped += 1
                continue
            for at, row in enumerate(rows):
                seen = min(right, top + at + before + 1) if causal else right
                # An upper row may see nothing of a tile that a lower one sees.
                if seen > left:
                    row.add(k[left:seen], v[left:seen], scale)
        out += [row.output() for row in rows]
        lse += [row.largest + math.log(row.total) for row in rows]""",
        """rows = range(top, min(top + br, len(q)))
        largest, total = [-math.inf for _ in rows], [0.0 for _ in rows]
        mixed = [[0.0] * len(q[0]) for _ in rows]
        for again in (False, True):
            for left in range(0, len(k), bc):
                right = min(left + bc, len(k))
                if causal and left > rows[-1] + before:
                    skipped += not again
                    continue
                for at, t in enumerate(rows):
                    seen = min(right, t + before + 1) if causal else right
                    scores = [scale * _dot(q[t], key) for key in k[left:seen]]
                    if again:
                        end = largest[at] + math.log(total[at])
                        weights = [math.exp(score - end) for score in scores]
                        parts = [_dot(weights, column) for column in zip(*v[left:seen])]
                        mixed[at] = [old + part for old, part in zip(mixed[at], parts)] if scores else mixed[at]
                    elif scores:
                        peak = max(largest[at], *scores)
                        total[at] *= math.exp(largest[at] - peak)
                        total[at] += sum(math.exp(score - peak) for score in scores)
                        largest[at] = peak
        out += mixed
        lse += [peak + math.log(sum_) for peak, sum_ in zip(largest, total)]""",
        """class _Row:
    \"\"\"A query and its accumulators over the keys seen so far, relative to the largest score.\"\"\"

    def __init__(self, query: list[float]) -> None:
        self.query = query
        self.largest = -math.inf
        self.total = 0.0
        self.mixed = [0.0] * len(query)

    def add(self, keys: list[list[float]], values: list[list[float]], scale: float) -> None:
        \"\"\"Accumulates the keys and values of one tile.\"\"\"
        scores = [scale * _dot(self.query, key) for key in keys]
        largest = max(self.largest, *scores)
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = math.exp(self.largest - largest)
        weights = [math.exp(score - largest) for score in scores]
        self.largest = largest
        self.total = self.total * shrink + sum(weights)
        self.mixed = [old * shrink + _dot(weights, column) for old, column in zip(self.mixed, zip(*values))]

    def output(self) -> list[float]:
        return [x / self.total for x in self.mixed]
""",
        "",
    ),
    (
        "unstable_softmax",
        "large_scores",
        "no running maximum: exp() of the bare score",
        ".largest = -math.inf",
        ".largest = 0.0",
        """largest = max(self.largest, *scores)
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = math.exp(self.largest - largest)""",
        """largest = 0.0
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = 1.0""",
    ),
    (
        "whole_matrix",
        "one_tile_at_a_time",
        "the matrix of scores and its softmax, as without FlashAttention; the tiles are only counted",
        """out, lse, skipped = [], [], 0
    for top in range(0, len(q), br):
        rows = [_Row(query) for query in q[top : top + br]]
        for left in range(0, len(k), bc):
            right = min(left + bc, len(k))
            # The last row of the tile sees the most keys.
            if causal and left > top + len(rows) - 1 + before:
                skipped += 1
                continue
            for at, row in enumerate(rows):
                seen = min(right, top + at + before + 1) if causal else right
                # An upper row may see nothing of a tile that a lower one sees.
                if seen > left:
                    row.add(k[left:seen], v[left:seen], scale)
        out += [row.output() for row in rows]
        lse += [row.largest + math.log(row.total) for row in rows]""",
        """seen = [t + before + 1 if causal else len(k) for t in range(len(q))]
    scores = [[scale * _dot(query, key) for key in k[:end]] for query, end in zip(q, seen)]
    out, lse = [], []
    for row in scores:
        largest = max(row)
        total = sum(math.exp(score - largest) for score in row)
        lse.append(largest + math.log(total))
        weights = [math.exp(score - largest) / total for score in row]
        out.append([_dot(weights, column) for column in zip(*v)])
    tops = range(0, len(q), br)
    skipped = sum(1 for top in tops for left in range(0, len(k), bc) if left >= seen[min(top + br, len(q)) - 1])""",
        """class _Row:
    \"\"\"A query and its accumulators over the keys seen so far, relative to the largest score.\"\"\"

    def __init__(self, query: list[float]) -> None:
        self.query = query
        self.largest = -math.inf
        self.total = 0.0
        self.mixed = [0.0] * len(query)

    def add(self, keys: list[list[float]], values: list[list[float]], scale: float) -> None:
        \"\"\"Accumulates the keys and values of one tile.\"\"\"
        scores = [scale * _dot(self.query, key) for key in keys]
        largest = max(self.largest, *scores)
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = math.exp(self.largest - largest)
        weights = [math.exp(score - largest) for score in scores]
        self.largest = largest
        self.total = self.total * shrink + sum(weights)
        self.mixed = [old * shrink + _dot(weights, column) for old, column in zip(self.mixed, zip(*values))]

    def output(self) -> list[float]:
        return [x / self.total for x in self.mixed]
""",
        "",
    ),
    (
        "whole_tiles_only",
        "equal_scores_in_two_tiles",
        "stops before the last tile if it is not full",
        "range(0, len(k), bc)",
        "range(0, len(k) - bc + 1, bc)",
    ),
    (
        "zero_scale_is_default",
        "given_scale",
        "`if not scale`: takes a scale of 0 for none given",
        "    if scale is None",
        "    if not scale",
    ),
    (
        "softmax_of_all_so_far",
        "each_value_once",
        "keeps every score of a row and takes the whole softmax anew after each tile",
        "        self.mixed = [0.0] * len(query)\n",
        """        self.mixed = [0.0] * len(query)
        self.scores, self.values = [], []
""",
        """        scores = [scale * _dot(self.query, key) for key in keys]
        largest = max(self.largest, *scores)
""",
        """        self.scores += [scale * _dot(self.query, key) for key in keys]
        self.values += values
        scores, values, self.total, self.mixed = self.scores, self.values, 0.0, [0.0] * len(self.query)
        largest = max(scores)
""",
    ),
    (
        "scales_in_place",
        "input_unchanged",
        "multiplies the caller's q by the scale",
        "    for top in range(0, len(q), br):\n",
        """    for query in q:
        query[:] = [scale * x for x in query]
    scale = 1.0
    for top in range(0, len(q), br):
""",
    ),
    (
        "lse_in_base_2",
        "one_key",
        "gives the lse in base 2, as kernels keep it",
        "lse += [row.largest + math.log(row.total) for row in rows]",
        "lse += [(row.largest + math.log(row.total)) / math.log(2.0) for row in rows]",
    ),
    (
        "no_check_of_the_values",
        "bad_shapes",
        "forgets to look at v",
        "for matrix in (q, k, v) for row in matrix):",
        "for matrix in (q, k) for row in matrix):",
    ),
    (
        "takes_tiles_of_nothing",
        "bad_tiles",
        "takes br = 0 for 1",
        "    if br < 1 or bc < 1:",
        """    br, bc = max(br, 1), max(bc, 1)
    if br < 1 or bc < 1:""",
        "    _check(q, k, v, br, bc, causal)",
        """    _check(q, k, v, br, bc, causal)
    br, bc = max(br, 1), max(bc, 1)""",
    ),
    (
        "causal_short_of_keys",
        "causal_without_keys",
        "aligns to the start where there are fewer keys than queries",
        "    before = len(k) - len(q)\n",
        "    before = max(len(k) - len(q), 0)\n",
        "    if causal and len(k) < len(q):",
        "    if causal and len(k) < 1:",
    ),
    (
        "causal_by_default",
        "settings_by_default",
        "masks unless told not to",
        "    causal: bool = False,",
        "    causal: bool = True,",
    ),
    (
        "one_maximum_for_all_rows",
        "rows_far_apart",
        "subtracts the maximum of the whole tile from each of its rows",
        "row.add(k[left:seen], v[left:seen], scale)",
        "row.add(k[left:seen], v[left:seen], scale, max(other.largest for other in rows))",
        "def add(self, keys: list[list[float]], values: list[list[float]], scale: float)",
        "def add(self, keys, values, scale, floor)",
        "largest = max(self.largest, *scores)",
        "largest = max(self.largest, floor, *scores)",
    ),
    (
        "maximum_before_the_scale",
        "a_tile_that_outweighs_all",
        "takes the maximum of the products and scales it, which is the minimum for a negative scale",
        "largest = max(self.largest, *scores)",
        "largest = max(self.largest, scale * max(_dot(self.query, key) for key in keys))",
    ),
]
