"""The starter mended; fork copies the whole decoder by copy.deepcopy, weights and all."""

import copy
import math


class Decoder:
    """A causal transformer that continues where it stopped.

    embedding: [V][Dm]; positions: [P][Dm]
    layers: a list of (wq, wk, wv, wo), each [Dm][Dm]
    heads: H, which divides Dm
    """

    def __init__(self, embedding, positions, layers, heads):
        self._embedding = embedding
        self._positions = positions
        self._layers = layers
        self._heads = heads
        self._length = 0
        # Of each layer, the keys and the values of all tokens.
        self._cache = [([], []) for _ in layers]

    def feed(self, tokens):
        """The logits [T][V] after each of the next T tokens.

        ValueError: no such token, or more than P tokens in all.
        """
        for token in tokens:
            if not 0 <= token < len(self._embedding):
                raise ValueError(f"token {token} is unknown")
        if self._length + len(tokens) > len(self._positions):
            raise ValueError(f"{len(tokens)} tokens are too many")
        x = []
        for place, token in enumerate(tokens, self._length):
            row = self._positions[place]
            x.append(_add(self._embedding[token], row))
        self._length += len(tokens)
        for weights, cache in zip(self._layers, self._cache):
            x = self._attention(x, weights, cache)
        return [_times(self._embedding, row) for row in x]

    def fork(self):
        """A decoder that has seen the same tokens."""
        return copy.deepcopy(self)

    def _attention(self, x, weights, cache):
        wq, wk, wv, wo = weights
        keys, values = cache
        past = len(keys)
        keys.extend(_times(wk, row) for row in x)
        values.extend(_times(wv, row) for row in x)
        out = []
        for t, row in enumerate(x):
            seen = past + t + 1
            query = _times(wq, row)
            mixed = []
            size = len(query) // self._heads
            for at in range(0, len(query), size):
                head = slice(at, at + size)
                mixed += _attend(
                    query[head],
                    [key[head] for key in keys[:seen]],
                    [value[head] for value in values[:seen]],
                    1 / math.sqrt(size),
                )
            out.append(_add(row, _times(wo, mixed)))
        return out


def _attend(query, keys, values, scale):
    """The values, weighted by the softmax of the scores."""
    scores = [_dot(query, key) * scale for key in keys]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [_dot(weights, column) / total for column in zip(*values)]


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _times(matrix, vector):
    return [_dot(row, vector) for row in matrix]


def _add(a, b):
    return [x + y for x, y in zip(a, b)]
