"""A token is a node that knows the one before it; forks share the chain; generators walk it."""

from math import exp, sqrt


class Node:
    def __init__(self, before, layers):
        self.before = before
        self.place = 0 if before is None else before.place + 1
        self.keys, self.values = [None] * layers, [None] * layers

    def back(self):
        node = self
        while node is not None:
            yield node
            node = node.before


def through(matrix, vector):
    return [sum(m * v for m, v in zip(row, vector)) for row in matrix]


class Decoder:
    def __init__(self, embedding, positions, layers, heads):
        self.e, self.p, self.layers, self.h = embedding, positions, layers, heads
        self.last = None

    def feed(self, tokens):
        count = 0 if self.last is None else self.last.place + 1
        known = range(len(self.e))
        if [t for t in tokens if t not in known] or count + len(tokens) > len(self.p):
            raise ValueError("these tokens cannot follow")
        return [self.next(t) for t in tokens]

    def next(self, token):
        node = Node(self.last, len(self.layers))
        self.last = node
        x = [a + b for a, b in zip(self.e[token], self.p[node.place])]
        for i, (wq, wk, wv, wo) in enumerate(self.layers):
            node.keys[i], node.values[i] = through(wk, x), through(wv, x)
            q, d = through(wq, x), len(x) // self.h
            mixed = []
            for a in range(0, len(x), d):
                pairs = []
                for other in node.back():
                    key = other.keys[i]
                    pairs.append((sum(q[j] * key[j] for j in range(a, a + d)) / sqrt(d), other.values[i]))
                top = max(s for s, _ in pairs)
                total = sum(exp(s - top) for s, _ in pairs)
                mixed += [sum(exp(s - top) * v[j] for s, v in pairs) / total for j in range(a, a + d)]
            x = [a + b for a, b in zip(x, through(wo, mixed))]
        return through(self.e, x)

    def fork(self):
        twin = Decoder(self.e, self.p, self.layers, self.h)
        twin.last = self.last
        return twin
