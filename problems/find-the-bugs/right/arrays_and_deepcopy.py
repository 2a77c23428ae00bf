"""array("d") for keys and values, one dataclass a layer, copy.deepcopy for the fork."""

import copy
from array import array
from dataclasses import dataclass, field
from math import exp, sqrt


@dataclass
class Layer:
    weights: tuple
    keys: array = field(default_factory=lambda: array("d"))
    values: array = field(default_factory=lambda: array("d"))


def apply(matrix, vector):
    return [sum(map(lambda pair: pair[0] * pair[1], zip(row, vector))) for row in matrix]


class Decoder:
    def __init__(self, embedding, positions, layers, heads):
        self.tables = embedding, positions
        self.layers = [Layer(weights) for weights in layers]
        self.heads = heads
        self.seen = 0

    def feed(self, tokens):
        embedding, positions = self.tables
        if any(token < 0 or token >= len(embedding) for token in tokens):
            raise ValueError("token")
        if self.seen + len(tokens) > len(positions):
            raise ValueError("length")
        return [self._one(token) for token in tokens]

    def _one(self, token):
        embedding, positions = self.tables
        x = [a + b for a, b in zip(embedding[token], positions[self.seen])]
        self.seen += 1
        for layer in self.layers:
            wq, wk, wv, wo = layer.weights
            layer.keys.extend(apply(wk, x))
            layer.values.extend(apply(wv, x))
            mixed = self._mixed(apply(wq, x), layer)
            x = [a + b for a, b in zip(x, apply(wo, mixed))]
        return apply(embedding, x)

    def _mixed(self, query, layer):
        width, out = len(query), []
        size = width // self.heads
        for head in range(self.heads):
            at = head * size
            scores = [
                sum(query[at + d] * layer.keys[t * width + at + d] for d in range(size)) / sqrt(size)
                for t in range(self.seen)
            ]
            top = max(scores)
            weights = [exp(score - top) for score in scores]
            whole = sum(weights)
            for d in range(size):
                out.append(sum(w * layer.values[t * width + at + d] for t, w in enumerate(weights)) / whole)
        return out

    def fork(self):
        other = Decoder(*self.tables, [layer.weights for layer in self.layers], self.heads)
        other.seen = self.seen
        for mine, theirs in zip(self.layers, other.layers):
            theirs.keys, theirs.values = copy.deepcopy(mine.keys), copy.deepcopy(mine.values)
        return other
