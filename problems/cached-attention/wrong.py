"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "appends_too_late",
        "first_token",
        "caches a token after its attention: it never sees itself",
        """        # The token sees itself, and there is nothing after it yet: no mask is needed.
        self._keys.append(_heads(_times(self._wk, x_t), self._size))
        self._values.append(_heads(_times(self._wv, x_t), self._size))
""",
        "",
        "mixed += _attend(query, keys, [token[shared] for token in self._values])",
        """mixed += _attend(query, keys, [token[shared] for token in self._values])
        self._keys.append(_heads(_times(self._wk, x_t), self._size))
        self._values.append(_heads(_times(self._wv, x_t), self._size))""",
    ),
    (
        "bytes_of_query_heads",
        "bytes_grow",
        "counts a key and a value for every query head",
        "self._size * itemsize",
        "self._group * self._size * itemsize",
    ),
    (
        "cache_of_the_class",
        "two_layers",
        "the lists belong to the class, so that all layers share one cache",
        "    def __init__(",
        """    _keys, _values = [], []

    def __init__(""",
        """self._keys = []
        self._values = []""",
        """del self._keys[:]
        del self._values[:]""",
    ),
    (
        "caches_the_inputs",
        "inputs_are_the_callers",
        "keeps the caller's rows and projects all of them again at every step",
        "        self._values = []\n",
        "",
        """self._keys.append(_heads(_times(self._wk, x_t), self._size))
        self._values.append(_heads(_times(self._wv, x_t), self._size))""",
        "self._keys.append(x_t)",
        """keys = [token[shared] for token in self._keys]
            mixed += _attend(query, keys, [token[shared] for token in self._values])""",
        """keys = [_heads(_times(self._wk, token), self._size)[shared] for token in self._keys]
            values = [_heads(_times(self._wv, token), self._size)[shared] for token in self._keys]
            mixed += _attend(query, keys, values)""",
    ),
    (
        "checks_as_it_goes",
        "bad_tokens",
        "refuses a row only when it comes to it: the rows before are cached already",
        """        # All rows are checked before the first is cached: a refused call changes nothing.
        if any(len(row) != self._width for row in x):
            raise ValueError(f"a token has not the {self._width} numbers that are accepted")
""",
        "",
        "def _next(self, x_t: list[float]) -> list[float]:",
        """def _next(self, x_t: list[float]) -> list[float]:
        if len(x_t) != self._width:
            raise ValueError(f"a token has not the {self._width} numbers that are accepted")""",
    ),
    (
        "heads_in_turn",
        "shared_heads",
        "head % K: deals the query heads out in turn",
        " head // self._group",
        " head % self._kv_heads",
    ),
    (
        "keys_only",
        "bytes_grow",
        "counts the keys and forgets the values",
        "        return 2 * len",
        "        return len",
    ),
    ("not_scaled", "two_tokens", "forgets to divide by the square root of D", "/ math.sqrt(len(query)) ", ""),
    (
        "prefill_starts_anew",
        "two_chunks",
        "takes a prefill for the beginning, and drops the chunk before",
        'raise ValueError(f"a token has not the {self._width} numbers that are accepted")',
        """raise ValueError(f"a token has not the {self._width} numbers that are accepted")
        self.reset()""",
        "return self.prefill([x_t])[0]",
        """if len(x_t) != self._width:
            raise ValueError(f"a token has not the {self._width} numbers that are accepted")
        return self._next(x_t)""",
    ),
    (
        "prompt_without_mask",
        "two_tokens",
        "caches the whole prompt first, so that its tokens see those after them",
        'raise ValueError(f"a token has not the {self._width} numbers that are accepted")',
        """raise ValueError(f"a token has not the {self._width} numbers that are accepted")
        for row in x:
            self._keys.append(_heads(_times(self._wk, row), self._size))
            self._values.append(_heads(_times(self._wv, row), self._size))""",
        """        # The token sees itself, and there is nothing after it yet: no mask is needed.
        self._keys.append(_heads(_times(self._wk, x_t), self._size))
        self._values.append(_heads(_times(self._wv, x_t), self._size))
""",
        "",
    ),
    (
        "reset_keeps_values",
        "forgotten",
        "empties the keys only: new keys meet old values",
        "self._width = len(wo)",
        """self._width = len(wo)
        self._values = []""",
        "        self._values = []\n",
        "",
    ),
    (
        "unstable_softmax",
        "large_scores",
        "does not subtract the maximum before exp()",
        """largest = max(scores)
    weights = [math.exp(score - largest) for score in scores]""",
        "weights = [math.exp(score) for score in scores]",
    ),
    (
        "no_cache",
        "projects_no_token_again",
        "keeps copies of the inputs and projects all of them at every token: right, and no cache",
        """        self._keys.append(_heads(_times(self._wk, x_t), self._size))
        self._values.append(_heads(_times(self._wv, x_t), self._size))""",
        """        self._tokens.append(list(x_t))
        self._keys = [_heads(_times(self._wk, token), self._size) for token in self._tokens]
        self._values = [_heads(_times(self._wv, token), self._size) for token in self._tokens]""",
        "        self._values = []",
        """        self._values = []
        self._tokens = []""",
    ),
    (
        "first_rows_checked",
        "ragged_weights",
        "checks the first row of each matrix",
        "any(len(row) != width for matrix in (wq, wk, wv) for row in matrix)",
        "any(len(matrix[0]) != width for matrix in (wq, wk, wv))",
    ),
    (
        "counts_the_calls",
        "bytes_grow",
        "counts a prefill as one token",
        "        return 2 * len(self._keys) *",
        "        return 2 * self._calls *",
        "        self._keys = []",
        """        self._calls = 0
        self._keys = []""",
        "        return [self._next(row) for row in x]",
        """        self._calls += 1
        return [self._next(row) for row in x]""",
    ),
    (
        "empty_prefill_resets",
        "empty_prefill",
        "takes a prefill of nothing for a new start",
        "        return [self._next(row) for row in x]",
        """        if not x:
            self.reset()
        return [self._next(row) for row in x]""",
    ),
    (
        "reset_of_the_weights",
        "forgotten",
        "forgets the weights as well",
        """        self._keys = []
        self._values = []""",
        """        if hasattr(self, "_keys"):
            self._wv = [[0.0] * len(row) for row in self._wv]
        self._keys = []
        self._values = []""",
    ),
    (
        "heads_unchecked",
        "bad_weights",
        "takes any number of KV heads",
        "    if heads < 1 or kv_heads < 1 or heads % kv_heads:",
        "    if heads < 1 or kv_heads < 1:",
    ),
    (
        "negative_heads",
        "bad_weights",
        "refuses numbers of heads of 0 alone",
        "    if heads < 1 or kv_heads < 1 or heads % kv_heads:",
        "    if heads == 0 or kv_heads == 0 or heads % kv_heads:",
    ),
]
