"""A causal attention layer with a KV cache."""

import math


class CachedAttention:
    """One layer: each call continues where the last one ended."""

    def __init__(
        self,
        wq: list[list[float]],
        wk: list[list[float]],
        wv: list[list[float]],
        wo: list[list[float]],
        heads: int,
        kv_heads: int,
    ) -> None:
        _check_weights(wq, wk, wv, wo, heads, kv_heads)
        self._wq, self._wk, self._wv, self._wo = wq, wk, wv, wo
        self._kv_heads = kv_heads
        self._group = heads // kv_heads
        self._size = len(wq) // heads
        self._width = len(wo)
        self.reset()

    def reset(self) -> None:
        """Forgets all tokens."""
        # Of each token seen, its keys and its values: [tokens][K][D].
        self._keys = []
        self._values = []

    def prefill(self, x: list[list[float]]) -> list[list[float]]:
        """The outputs [T][Dm] of the next T tokens x [T][Dm]."""
        # All rows are checked before the first is cached: a refused call changes nothing.
        if any(len(row) != self._width for row in x):
            raise ValueError(f"a token has not the {self._width} numbers that are accepted")
        return [self._next(row) for row in x]

    def step(self, x_t: list[float]) -> list[float]:
        """The output [Dm] of the next token x_t [Dm]."""
        return self.prefill([x_t])[0]

    def kv_bytes(self, itemsize: int = 2) -> int:
        """The bytes of what is cached, at itemsize bytes per number."""
        return 2 * len(self._keys) * self._kv_heads * self._size * itemsize

    def _next(self, x_t: list[float]) -> list[float]:
        # The token sees itself, and there is nothing after it yet: no mask is needed.
        self._keys.append(_heads(_times(self._wk, x_t), self._size))
        self._values.append(_heads(_times(self._wv, x_t), self._size))
        mixed = []
        for head, query in enumerate(_heads(_times(self._wq, x_t), self._size)):
            shared = head // self._group
            keys = [token[shared] for token in self._keys]
            mixed += _attend(query, keys, [token[shared] for token in self._values])
        return _times(self._wo, mixed)


def _attend(query: list[float], keys: list[list[float]], values: list[list[float]]) -> list[float]:
    """The mean of the values, weighted by the softmax of the scaled scores."""
    scores = [_dot(query, key) / math.sqrt(len(query)) for key in keys]
    largest = max(scores)
    weights = [math.exp(score - largest) for score in scores]
    total = sum(weights)
    return [sum(weight * x for weight, x in zip(weights, column)) / total for column in zip(*values)]


def _dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


def _times(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [_dot(row, vector) for row in matrix]


def _heads(vector: list[float], size: int) -> list[list[float]]:
    return [vector[begin : begin + size] for begin in range(0, len(vector), size)]


def _check_weights(
    wq: list[list[float]],
    wk: list[list[float]],
    wv: list[list[float]],
    wo: list[list[float]],
    heads: int,
    kv_heads: int,
) -> None:
    if heads < 1 or kv_heads < 1 or heads % kv_heads:
        raise ValueError(f"{heads} query heads, {kv_heads} KV heads; a multiple of the KV heads is accepted")
    if not wq or len(wq) % heads:
        raise ValueError(f"wq has {len(wq)} rows; a multiple of the {heads} heads is accepted")
    narrow = len(wq) // heads * kv_heads
    if len(wk) != narrow or len(wv) != narrow:
        raise ValueError(f"wk has {len(wk)} rows, wv {len(wv)}; {narrow} are accepted")
    width = len(wo)
    if not wo or any(len(row) != width for matrix in (wq, wk, wv) for row in matrix):
        raise ValueError(f"rows of wq, wk and wv must have the {width} numbers of a token")
    if any(len(row) != len(wq) for row in wo):
        raise ValueError(f"rows of wo must have the {len(wq)} numbers of all heads")
