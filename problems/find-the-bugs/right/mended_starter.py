"""The starter with five lines changed, and one function emptied."""

import math


class Decoder:
    def __init__(self, embedding, positions, layers, heads):
        self._embedding = embedding
        self._positions = positions
        self._layers = layers
        self._heads = heads
        self._length = 0
        self._cache = [([], []) for _ in layers]

    def feed(self, tokens):
        for token in tokens:
            if not 0 <= token < len(self._embedding):
                raise ValueError(f"token {token} is unknown")
        if self._length + len(tokens) > len(self._positions):
            raise ValueError(f"{len(tokens)} tokens are too many")
        x = []
        for place, token in enumerate(tokens, self._length):
            row = self._positions[place]
            x.append(_add(self._embedding[token], row))
        self._length = place + 1 if tokens else self._length
        for weights, cache in zip(self._layers, self._cache):
            x = self._attention(x, weights, cache)
        return [_times(self._embedding, row) for row in x]

    def fork(self):
        other = Decoder(self._embedding, self._positions, self._layers, self._heads)
        other._length = self._length
        for (keys, values), (old_keys, old_values) in zip(other._cache, self._cache):
            keys += old_keys
            values += old_values
        return other

    def _attention(self, x, weights, cache):
        wq, wk, wv, wo = weights
        keys, values = cache
        past = len(keys)
        keys.extend(_stored(_times(wk, row)) for row in x)
        values.extend(_stored(_times(wv, row)) for row in x)
        out = []
        for t, row in enumerate(x):
            seen = len(keys) - len(x) + t + 1 if past else t + 1
            query = _times(wq, row)
            mixed = []
            size = len(query) // self._heads
            for at in range(0, len(query), size):
                head = slice(at, at + size)
                mixed += _attend(
                    query[head],
                    [key[head] for key in keys[:seen]],
                    [value[head] for value in values[:seen]],
                    1 / math.sqrt(len(query[head])),
                )
            out.append(_add(row, _times(wo, mixed)))
        return out


def _attend(query, keys, values, scale):
    scores = [_dot(query, key) * scale for key in keys]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [_dot(weights, column) / total for column in zip(*values)]


def _stored(vector):
    return tuple(vector)


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _times(matrix, vector):
    return [_dot(row, vector) for row in matrix]


def _add(a, b):
    return [x + y for x, y in zip(a, b)]
