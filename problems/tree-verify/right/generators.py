"""Generators: one yields accepted nodes as the walk goes on, with functools.reduce for what is left of a row."""

from functools import reduce
from operator import itemgetter


def need(condition, what):
    if not condition:
        raise ValueError(what)


def tree(parents):
    need(all(-1 <= parent <= node - 1 for node, parent in enumerate(parents)), "parents")
    return len(parents)


def layout(parents, past):
    n = tree(parents)
    need(past >= 0, "past")

    def climb(node):
        while node > -1:
            yield node
            node = parents[node]

    lines = [list(climb(node)) for node in range(n)]
    mask = [[*[True] * past, *(other in line for other in range(n))] for line in lines]
    return mask, [len(line) + past - 1 for line in lines]


def verify(parents, tokens, choices):
    n = tree(parents)
    need(len(tokens) == n, "tokens")
    need(len(choices) == n + 1, "choices")

    def ends(node, line):
        yield line
        for child in range(node + 1, n):
            if parents[child] == node and tokens[child] == choices[node + 1]:
                yield from ends(child, (*line, child))

    # max() keeps the first of equal ones, and the walk takes small numbers first.
    path = list(max(ends(-1, ()), key=len))
    return path, [*map(tokens.__getitem__, path), choices[1 + max(path, default=-1)]]


def minus(rest, row):
    left = [max(0.0, x - y) for x, y in zip(rest, row)]
    total = sum(left)
    return rest if total == 0 else [x / total for x in left]


def sample(parents, tokens, p, q, rng):
    n = tree(parents)
    need([len(tokens), len(p), len(q)] == [n, n + 1, n], "lengths")
    for row in (*p, *q):
        need(len(row) == len(p[0]), "row")
        need(all(0 <= x <= 1.1 for x in row), "entry")
        need(1 - 1e-6 <= sum(row) <= 1 + 1e-6, "sum")
    for token, row in zip(tokens, q):
        need(token in range(len(row)) and row[token] > 0, "token")

    refused = []

    def walk(node):
        for child in (i for i in range(n) if parents[i] == node):
            rest = reduce(minus, [q[i] for i in refused], p[node + 1])
            if rng.random() < rest[tokens[child]] / q[child][tokens[child]]:
                yield child
                refused.clear()
                yield from walk(child)
                return
            refused.append(child)

    path = list(walk(-1))
    rest = reduce(minus, [q[i] for i in refused], p[path[-1] + 1 if path else 0])
    sums = list(enumerate(reduce(lambda found, x: [*found, found[-1] + x], rest, [0.0])[1:]))
    bound = rng.random() * sums[-1][1]
    token = next(map(itemgetter(0), filter(lambda each: each[1] > bound, sums)))
    return path, [*map(tokens.__getitem__, path), token]
