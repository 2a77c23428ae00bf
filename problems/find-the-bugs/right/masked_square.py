"""All scores of a chunk with -inf where hidden, as a framework does it; heads split into lists first."""

import math


def matvec(m, v):
    return [math.fsum(a * b for a, b in zip(row, v)) for row in m]


def split(vector, heads):
    n = len(vector) // heads
    return [vector[i * n : i * n + n] for i in range(heads)]


def softmax(row):
    top = max(row)
    e = [0.0 if s == -math.inf else math.exp(s - top) for s in row]
    return [x / sum(e) for x in e]


class Decoder:
    def __init__(self, embedding, positions, layers, heads):
        self.embedding, self.positions, self.layers, self.heads = embedding, positions, layers, heads
        self.cache = [{"k": [], "v": []} for _ in layers]
        self.offset = 0

    def feed(self, tokens):
        T = len(tokens)
        if T + self.offset > len(self.positions) or not all(t in range(len(self.embedding)) for t in tokens):
            raise ValueError(tokens)
        x = [
            [e + p for e, p in zip(self.embedding[token], self.positions[self.offset + t])]
            for t, token in enumerate(tokens)
        ]
        for weights, cache in zip(self.layers, self.cache):
            x = self.layer(x, weights, cache)
        self.offset += T
        return [matvec(self.embedding, row) for row in x]

    def layer(self, x, weights, cache):
        wq, wk, wv, wo = weights
        past = self.offset
        cache["k"] = cache["k"] + [split(matvec(wk, row), self.heads) for row in x]
        cache["v"] = cache["v"] + [split(matvec(wv, row), self.heads) for row in x]
        queries = [split(matvec(wq, row), self.heads) for row in x]
        keys, values = cache["k"], cache["v"]
        mask = [[s <= past + t for s in range(len(keys))] for t in range(len(x))]
        out = []
        for t, row in enumerate(x):
            mixed = []
            for h in range(self.heads):
                q = queries[t][h]
                scores = [
                    sum(a * b for a, b in zip(q, keys[s][h])) / math.sqrt(len(q)) if mask[t][s] else -math.inf
                    for s in range(len(keys))
                ]
                p = softmax(scores)
                mixed.extend(sum(p[s] * values[s][h][d] for s in range(len(keys))) for d in range(len(q)))
            out.append([a + b for a, b in zip(row, matvec(wo, mixed))])
        return out

    def fork(self):
        twin = Decoder(self.embedding, self.positions, self.layers, self.heads)
        twin.offset = self.offset
        # Lists are replaced, never extended: both may hold the same ones.
        twin.cache = [dict(cache) for cache in self.cache]
        return twin
