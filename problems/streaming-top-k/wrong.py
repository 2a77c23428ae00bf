"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "bits_as_they_are",
        "keys_of_negative_numbers",
        "takes the bits for the key: a set sign makes the largest numbers",
        "return bits ^ HIGHEST if negative else bits | 1 << KEY_BITS - 1",
        "return bits",
        "    negative = bits >> KEY_BITS - 1\n",
        "",
    ),
    (
        "sign_alone_flipped",
        "keys_of_negative_numbers",
        "flips the sign of negative numbers too, and leaves them in the order of their magnitudes",
        "bits ^ HIGHEST if negative",
        "bits ^ 1 << KEY_BITS - 1 if negative",
    ),
    (
        "signed_key",
        "keys_of_negative_numbers",
        "makes keys that are below 0",
        "bits ^ HIGHEST if negative else bits | 1 << KEY_BITS - 1",
        "-(bits & HIGHEST >> 1) if negative else bits",
    ),
    (
        "two_zeros",
        "keys_of_zeros",
        "puts -0.0 below 0.0",
        """struct.pack("<f", x + 0.0)""",
        """struct.pack("<f", x)""",
    ),
    (
        "nan_by_its_bits",
        "keys_of_nans",
        "lets a NaN stand where its sign and its bits put it",
        "    if x != x:\n        return HIGHEST\n",
        "",
    ),
    (
        "nan_lowest",
        "keys_of_nans",
        "puts NaN below all",
        "        return HIGHEST\n",
        "        return 0\n",
    ),
    (
        "key_of_half_the_bits",
        "keys_of_positive_numbers",
        "rounds to BF16, and so takes neighbours for equals",
        "    # Of negative numbers the",
        "    bits &= 0xFFFF0000\n    # Of negative numbers the",
    ),
    (
        "smallest_kept",
        "a_stream",
        "keeps the smallest: the heap the wrong way round",
        "entry > self.heap[0]",
        "entry < self.heap[0]",
    ),
    (
        "smallest_first",
        "a_stream",
        "returns the smallest first",
        "sorted(self.heap, reverse=True)",
        "sorted(self.heap)",
    ),
    (
        "values_alone",
        "a_stream",
        "returns values without their indices",
        "[(value, -negated) for",
        "[value for",
    ),
    (
        "raises_if_few",
        "fewer_than_k",
        "wants k values",
        "        return [(value",
        '        if len(self.heap) < self.k:\n            raise ValueError("too few values")\n        return [(value',
    ),
    (
        "indices_from_1",
        "a_stream",
        "counts the values from 1",
        """        entry = order_key(value), -self.count, value
        self.count += 1
""",
        """        self.count += 1
        entry = order_key(value), -self.count, value
""",
    ),
    (
        "latest_of_equals",
        "ties_by_index",
        "keeps the later of equals, as a heap of (value, index) does",
        "entry = order_key(value), -self.count, value",
        "entry = order_key(value), self.count, value",
        "[(value, -negated) for",
        "[(value, negated) for",
    ),
    (
        "equals_as_they_fall",
        "ties_by_index",
        "keeps the right ones and shows equals the latest first",
        "sorted(self.heap, reverse=True)",
        "sorted(self.heap, key=lambda entry: (-entry[0], entry[1]))",
    ),
    (
        "values_compared",
        "nans_first",
        "compares the values themselves, and a NaN is never larger",
        "entry = order_key(value), -self.count, value",
        "entry = value, -self.count, value",
    ),
    (
        "nans_dropped",
        "nans_first",
        "leaves NaNs out of the stream",
        "        if len(self.heap) < self.k:\n",
        "        if value != value:\n            return\n        if len(self.heap) < self.k:\n",
    ),
    (
        "top_of_nothing",
        "none_wanted",
        "looks at the top of an empty heap where k is 0",
        "elif self.heap and entry > self.heap[0]:",
        "elif entry > self.heap[0]:",
    ),
    (
        "emptied_by_a_look",
        "asked_on_the_way",
        "takes the entries off the heap to show them",
        "        return [(value, -negated) for _, negated, value in sorted(self.heap, reverse=True)]",
        """        taken = [heapq.heappop(self.heap) for _ in range(len(self.heap))]
        return [(value, -negated) for _, negated, value in taken[::-1]]""",
    ),
    (
        "keeps_the_stream",
        "keeps_few",
        "keeps all values, and sorts them when it is asked",
        "        if len(self.heap) < self.k:\n            heapq.heappush(self.heap, entry)\n        elif self.heap and entry > self.heap[0]:\n            heapq.heapreplace(self.heap, entry)\n",
        "        self.heap.append(entry)\n",
        "sorted(self.heap, reverse=True)]",
        "sorted(self.heap, reverse=True)[: self.k]]",
    ),
    (
        "kth_smallest",
        "select_small",
        "takes buckets from below",
        "        digit = largest\n",
        "        digit = 0\n",
        "            digit -= 1\n",
        "            digit += 1\n",
    ),
    (
        "k_not_lowered",
        "select_small",
        "looks for k keys in one bucket, and forgets those taken above",
        "            k -= counts[digit]\n",
        "",
    ),
    (
        "all_keys_counted",
        "select_by_every_digit",
        "counts all keys in every pass, those too that a higher digit has decided",
        "        keys = [key for key in keys if key >> shift & largest == digit]\n",
        "",
    ),
    (
        "ties_as_they_are",
        "select_ties",
        "counts all keys equal to the threshold",
        "    return threshold, k\n",
        "    return threshold, len(keys)\n",
    ),
    (
        "keys_of_31_bits",
        "select_extremes",
        "takes the keys for signed",
        "counts[key >> shift & largest] += 1",
        "counts[(key & HIGHEST >> 1) >> shift & largest] += 1",
    ),
    (
        "bytes_only",
        "select_any_digits",
        "has digits of 8 bits built in",
        "    largest = (1 << bits) - 1\n",
        "    largest = 255\n",
    ),
    (
        "k_unchecked",
        "select_refuses",
        "runs below the lowest bucket where k is above n",
        "    if not 1 <= k <= len(keys):",
        "    if k < 1:",
    ),
    (
        "any_digits",
        "select_refuses",
        "takes digits that do not divide the key",
        "    if bits not in (1, 2, 4, 8, 16):",
        "    if bits < 1:",
    ),
    (
        "sorts",
        "select_compares_nothing",
        "sorts the keys and looks",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted(keys, reverse=True)
    return ranked[k - 1], ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "ranked_indices",
        "top_k_chosen",
        "returns the indices by rank, not in ascending order",
        "    return chosen\n",
        "    return sorted(chosen, key=lambda index: -keys[index])\n",
    ),
    (
        "all_of_equals",
        "top_k_ties",
        "takes everything that is not below the threshold, more than k",
        "(key == threshold and ties >= 0)",
        "key == threshold",
    ),
    (
        "only_above",
        "top_k_chosen",
        "takes what is above the threshold, fewer than k",
        "        if key > threshold or (key == threshold and ties >= 0):",
        "        if key > threshold:",
    ),
    (
        "last_of_equals",
        "top_k_ties",
        "takes the last of equals",
        "    for index, key in enumerate(keys):\n",
        "    for index, key in reversed(list(enumerate(keys))):\n",
        "    return chosen\n",
        "    return chosen[::-1]\n",
    ),
    (
        "k_above_n",
        "top_k_of_fewer",
        "hands a k above n on, which is refused",
        "    if k == 0 or k >= len(values):\n        return list(range(min(k, len(values))))\n",
        "    if k == 0:\n        return []\n",
    ),
    (
        "negative_means_none",
        "negative_k",
        "takes a negative k for 0",
        """        if k < 0:
            raise ValueError(f"k is {k}; accepted: 0 or more")
        self.k = k""",
        "        self.k = max(k, 0)",
    ),
    (
        "keys_in_place",
        "lists_are_left",
        "writes the keys where the values were",
        "    keys = [order_key(value) for value in values]\n",
        """    for index, value in enumerate(values):
        values[index] = order_key(value)
    keys = values
""",
    ),
    (
        "empties_the_keys",
        "lists_are_left",
        "empties the caller's list when it has done with it",
        "        keys = [key for key in keys if key >> shift & largest == digit]\n",
        """        if shift == KEY_BITS - bits:
            caller, keys = keys, list(keys)
        keys = [key for key in keys if key >> shift & largest == digit]
        if not shift:
            del caller[:]
""",
        "threshold, ties = radix_select(keys, k, bits)",
        "threshold, ties = radix_select(list(keys), k, bits)",
    ),
    (
        "zeros_made_one",
        "zeros_tie",
        "keeps the value of the key in place of the one pushed, so that −0.0 comes back as 0.0",
        "entry = order_key(value), -self.count, value",
        "entry = order_key(value), -self.count, value + 0.0",
    ),
    (
        "keeps_the_latest_too",
        "keeps_few",
        "keeps the latest k + 1 values besides the k best",
        "        self.count += 1\n",
        "        self.count += 1\n        self.latest = [*getattr(self, 'latest', []), value][-self.k - 1 :]\n",
    ),
    (
        "sorts_negated",
        "select_compares_nothing",
        "sorts the negated keys",
        "    largest = (1 << bits) - 1\n",
        """    ranked = [-key for key in sorted(-key for key in keys)]
    return ranked[k - 1], ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "sorts_ints",
        "select_converts_nothing",
        "sorts int() of the keys",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted((int(key) for key in keys), reverse=True)
    threshold = ranked[k - 1]
    return threshold, ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "sorts_floats",
        "select_converts_nothing",
        "sorts the keys as floats, which hold 32 bits exactly",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted(map(float, keys), reverse=True)
    threshold = int(ranked[k - 1])
    return threshold, ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "sorts_hex",
        "select_converts_nothing",
        "sorts the keys as eight hexadecimal digits",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted((hex(key)[2:].zfill(8) for key in keys), reverse=True)
    threshold = int(ranked[k - 1], 16)
    return threshold, ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "sorts_bytes",
        "select_converts_nothing",
        "sorts the keys as bytes, the highest first",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted((key.to_bytes(4, "big") for key in keys), reverse=True)
    threshold = int.from_bytes(ranked[k - 1], "big")
    return threshold, ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "sorts_masked",
        "select_compares_nothing",
        "sorts copies of the keys, made by a mask that keeps all bits",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted((key & HIGHEST for key in keys), reverse=True)
    threshold = ranked[k - 1] + 0
    return threshold, ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "sorts_lower_bits",
        "select_compares_nothing",
        "sorts by the upper digit, and within it by the 24 lower bits",
        "    largest = (1 << bits) - 1\n",
        """    ranked = sorted(((key >> 24, key & HIGHEST >> 8) for key in keys), reverse=True)
    threshold = ranked[k - 1][0] << 24 | ranked[k - 1][1]
    return threshold, ranked[:k].count(ranked[k - 1])
    largest = (1 << bits) - 1
""",
    ),
    (
        "one_zero_in_place",
        "lists_are_left",
        "makes one zero of two in the caller's list",
        "    keys = [order_key(value) for value in values]\n",
        "    values[:] = [value + 0.0 for value in values]\n    keys = [order_key(value) for value in values]\n",
    ),
]
