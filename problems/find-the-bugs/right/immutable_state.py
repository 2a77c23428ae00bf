"""The state is a tuple of tuples that is replaced and never changed, so a fork is an assignment."""

import math
from functools import reduce
from operator import mul


def dot(a, b):
    return sum(map(mul, a, b))


def step(model, state, token):
    """One token: the next state and its logits."""
    embedding, positions, layers, heads = model
    place, caches = state
    x = tuple(a + b for a, b in zip(embedding[token], positions[place]))
    grown = []
    for (wq, wk, wv, wo), cache in zip(layers, caches):
        cache += ((tuple(dot(r, x) for r in wk), tuple(dot(r, x) for r in wv)),)
        grown.append(cache)
        mixed = reduce(lambda out, h: out + attend([dot(r, x) for r in wq], cache, h, heads), range(heads), [])
        x = tuple(a + dot(r, mixed) for a, r in zip(x, wo))
    return (place + 1, tuple(grown)), [dot(r, x) for r in embedding]


def attend(query, cache, head, heads):
    d = len(query) // heads
    part = slice(head * d, (head + 1) * d)
    m, l, o = -math.inf, 0.0, [0.0] * d
    for key, value in cache:
        score = dot(query[part], key[part]) * d**-0.5
        top = max(m, score)
        old, new = math.exp(m - top), math.exp(score - top)
        m, l, o = top, l * old + new, [a * old + new * b for a, b in zip(o, value[part])]
    return [a / l for a in o]


class Decoder:
    def __init__(self, embedding, positions, layers, heads):
        self.model = embedding, positions, layers, heads
        self.state = 0, ((),) * len(layers)

    def feed(self, tokens):
        vocabulary, places = len(self.model[0]), len(self.model[1])
        if self.state[0] + len(tokens) > places:
            raise ValueError("no place is left")
        for token in tokens:
            if token < 0 or token >= vocabulary:
                raise ValueError(f"unknown token {token}")
        logits = []
        for token in tokens:
            self.state, row = step(self.model, self.state, token)
            logits.append(row)
        return logits

    def fork(self):
        other = Decoder(*self.model)
        other.state = self.state
        return other
