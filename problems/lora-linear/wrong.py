"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "cut_off",
        "nearest",
        "cuts the lower bits off, as a shift does",
        "round(fraction * 256)",
        "int(fraction * 256)",
    ),
    (
        "half_upwards",
        "halves_to_even",
        "adds a half and cuts off",
        "round(fraction * 256)",
        "math.floor(fraction * 256 + 0.5)",
    ),
    (
        "seven_bits",
        "as_they_are",
        "forgets the leading 1, which BF16 does not store",
        "round(fraction * 256), exponent - 8",
        "round(fraction * 128), exponent - 7",
    ),
    (
        "small_is_nothing",
        "zero_and_far",
        "takes what is very small for 0",
        "    fraction, exponent = math.frexp(x)\n",
        "    fraction, exponent = math.frexp(x)\n    if exponent < -20:\n        return 0.0\n",
    ),
    (
        "alpha_alone",
        "scaled_by_rank",
        "scales by alpha, so that a higher rank is a stronger adapter",
        "self.scale = alpha / len(a)",
        "self.scale = alpha",
    ),
    (
        "root_of_the_rank",
        "scaled_by_rank",
        "scales by alpha over the root of the rank, which is rsLoRA",
        "self.scale = alpha / len(a)",
        "self.scale = alpha / math.sqrt(len(a))",
    ),
    (
        "scale_as_an_int",
        "scaled_by_rank",
        "divides alpha by the rank in whole numbers",
        "self.scale = alpha / len(a)",
        "self.scale = alpha // len(a)",
    ),
    (
        "rounded_on_the_way",
        "adapter_beside",
        "rounds the r numbers in between, too",
        "down = [_dot(row, x) for row in self.a]",
        "down = [bf16(_dot(row, x)) for row in self.a]",
    ),
    (
        "weights_as_given",
        "weights_are_rounded",
        "stores the weights as they come",
        "self.w = [[bf16(value) for value in row] for row in w]",
        "self.w = [row[:] for row in w]",
    ),
    (
        "adapter_twice",
        "merged_once",
        "adds the adapter beside weights that have it already",
        "        if self.merged:\n            return y\n",
        "",
    ),
    (
        "merged_exactly",
        "merging_rounds",
        "forgets that the sum is stored in BF16",
        "[bf16(v + sign * u) for v, u in zip(row, more)]",
        "[v + sign * u for v, u in zip(row, more)]",
    ),
    (
        "update_rounded_first",
        "sum_is_rounded_once",
        "rounds the update before it is added",
        "bf16(v + sign * u)",
        "bf16(v + sign * bf16(u))",
    ),
    (
        "rank_by_rank",
        "sum_is_rounded_once",
        "adds one rank after the other, each with a rounding of its own",
        "        update = _update(self.a, self.b, self.scale)\n        self.w = [[bf16(v + sign * u) for v, u in zip(row, more)] for row, more in zip(self.w, update)]\n",
        "        for k, down in enumerate(self.a):\n            update = _update([down], [[row[k]] for row in self.b], self.scale)\n            self.w = [[bf16(v + sign * u) for v, u in zip(row, more)] for row, more in zip(self.w, update)]\n",
    ),
    (
        "copy_kept",
        "back_and_not_the_same",
        "keeps the old weights and takes them back: exact, at twice the memory",
        "        self._add(1)\n",
        "        self.before = self.w\n        self._add(1)\n",
        "        self._add(-1)\n",
        "        self.w = self.before\n",
    ),
    (
        "unmerged_exactly",
        "unmerging_rounds",
        "rounds when merging and not when unmerging",
        "bf16(v + sign * u) for",
        "bf16(v + u) if sign > 0 else v - u for",
    ),
    (
        "merged_twice",
        "refused_when_merged",
        "merges again, which doubles the adapter",
        'raise RuntimeError("the adapter is merged already")',
        "pass",
    ),
    (
        "unmerged_twice",
        "refused_when_merged",
        "subtracts an adapter that is not there",
        'raise RuntimeError("the adapter is not merged")',
        "pass",
    ),
    (
        "old_scale",
        "swapped_beside",
        "keeps the scale of the first adapter",
        "        self.scale = alpha / len(a)",
        '        self.scale = getattr(self, "scale", alpha / len(a))',
    ),
    (
        "swapped_in_place",
        "swapped_when_merged",
        "replaces a and b, while the weights keep the old adapter",
        "        if merged:\n            self.unmerge()\n",
        "",
        "        if merged:\n            self.merge()\n",
        "",
    ),
    (
        "left_unmerged",
        "swapped_when_merged",
        "takes the old adapter out and leaves the new one beside",
        "        if merged:\n            self.merge()\n",
        "",
    ),
    (
        "one_rounding_for_two",
        "swapping_leaves_traces",
        "subtracts the old update and adds the new one, and rounds once",
        """        merged = self.merged
        if merged:
            self.unmerge()
        self._take(a, b, alpha)
        if merged:
            self.merge()
""",
        """        old = _update(self.a, self.b, self.scale)
        self._take(a, b, alpha)
        if self.merged:
            new = _update(self.a, self.b, self.scale)
            self.w = [[bf16(v - p + q) for v, p, q in zip(*rows)] for rows in zip(self.w, old, new)]
""",
    ),
    (
        "full_matrix",
        "low_rank_stays_low",
        "forms B A for every input: as much work as the layer itself, times the rank",
        "        down = [_dot(row, x) for row in self.a]\n        return [base + self.scale * _dot(row, down) for base, row in zip(y, self.b)]",
        "        return [base + _dot(row, x) for base, row in zip(y, _update(self.a, self.b, self.scale))]",
    ),
    (
        "full_matrix_kept",
        "low_rank_stays_low",
        "forms B A once and keeps it: as much memory as the layer itself",
        "        self.scale = alpha / len(a)",
        "        self.scale = alpha / len(a)\n        self.update = _update(self.a, self.b, self.scale)",
        "        down = [_dot(row, x) for row in self.a]\n        return [base + self.scale * _dot(row, down) for base, row in zip(y, self.b)]",
        "        return [base + _dot(row, x) for base, row in zip(y, self.update)]",
    ),
    (
        "over_the_weights",
        "all_lost",
        "divides by the norm of the weights, which makes everything look small",
        "size = math.hypot(*(u for row in update for u in row))",
        "size = math.hypot(*(u for row in before for u in row))",
    ),
    (
        "squares",
        "some_lost",
        "forgets the root",
        "    return math.hypot(*(v - exact for v, exact in wanted)) / size if size else 0.0",
        "    return (math.hypot(*(v - exact for v, exact in wanted)) / size) ** 2 if size else 0.0",
    ),
    (
        "from_weights_as_given",
        "from_rounded_weights",
        "counts the rounding of the weights themselves",
        "before, update = layer.weights(), _update",
        "before, update = w, _update",
    ),
    (
        "nothing_divides",
        "no_update",
        "divides by the norm of an adapter of zeros",
        " / size if size else 0.0",
        " / size",
    ),
    (
        "lists_of_the_caller",
        "lists_of_ones_own",
        "keeps a and b as they are passed in",
        "self.a, self.b = [row[:] for row in a], [row[:] for row in b]",
        "self.a, self.b = a, b",
    ),
    (
        "weights_handed_out",
        "lists_of_ones_own",
        "returns the stored rows themselves",
        "        return [row[:] for row in self.w]\n",
        "        return self.w\n",
    ),
    (
        "rows_unchecked",
        "bad_shapes",
        "looks at the first row of each",
        "any(len(row) != columns for row in a)",
        "len(a[0]) != columns",
        "any(len(row) != len(a) for row in b)",
        "len(b[0]) != len(a)",
    ),
    (
        "half_swapped",
        "bad_swaps",
        "takes the new a and b, and looks at their shapes afterwards",
        "        _check(len(self.w), len(self.w[0]), a, b)\n        self.a, self.b = [row[:] for row in a], [row[:] for row in b]\n",
        "        self.a, self.b = [row[:] for row in a], [row[:] for row in b]\n        _check(len(self.w), len(self.w[0]), a, b)\n",
        "        _check(len(self.w), len(self.w[0]), a, b)\n        merged = self.merged\n        if merged:\n",
        "        merged = self.merged\n        if merged:\n            _check(len(self.w), len(self.w[0]), a, b)\n",
    ),
    (
        "input_unchecked",
        "bad_inputs",
        "zip() takes what there is",
        "        if len(x) != len(self.w[0]):\n",
        "        if x is None:\n",
    ),
    (
        "out_before_in",
        "bad_swaps",
        "takes the old adapter out before it looks at the new one",
        "        _check(len(self.w), len(self.w[0]), a, b)\n        merged = self.merged\n",
        "        merged = self.merged\n",
    ),
    (
        "scales_the_callers_list",
        "lists_of_ones_own",
        "multiplies the scale into the caller's b",
        "        self.a, self.b = [row[:] for row in a], [row[:] for row in b]\n        self.scale = alpha / len(a)",
        """        self.scale = alpha / len(a)
        for row in b:
            row[:] = [self.scale * value for value in row]
        self.a, self.b = [row[:] for row in a], [[v / self.scale if self.scale else 0.0 for v in row] for row in b]""",
        "before, update = layer.weights(), _update(a, b, layer.scale)",
        "before, update = layer.weights(), _update(a, b, 1)",
    ),
    (
        "alpha_of_one_or_more",
        "base_alone",
        "refuses an alpha that is not positive, though 0 switches the adapter off",
        "        self.scale = alpha / len(a)",
        """        if alpha <= 0:
            raise ValueError("alpha")
        self.scale = alpha / len(a)""",
    ),
    (
        "small_update_is_none",
        "all_lost",
        "takes a small norm for 0, to divide by nothing small",
        "if size else 0.0",
        "if size > 1e-8 else 0.0",
    ),
    (
        "rounds_the_callers_list",
        "lists_of_ones_own",
        "rounds the weights where they stand, in the caller's rows",
        "        self.w = [[bf16(value) for value in row] for row in w]",
        """        for row in w:
            row[:] = [bf16(value) for value in row]
        self.w = [row[:] for row in w]""",
    ),
]
