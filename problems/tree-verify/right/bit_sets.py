"""Sets of ancestors as bits of an int; itertools and comprehensions."""

import itertools
import math


def lines(parents):
    """Of each node a number with a bit for itself and each ancestor."""
    bits = []
    for node, parent in enumerate(parents):
        if parent not in range(-1, node):
            raise ValueError(f"parent {parent} of node {node}")
        bits.append((bits[parent] if parent != -1 else 0) | 1 << node)
    return bits


def layout(parents, past):
    bits = lines(parents)
    if past < 0:
        raise ValueError("a past below 0")
    n = range(len(parents))
    mask = [[True] * past + [bool(line >> other & 1) for other in n] for line in bits]
    return mask, [past + bin(line).count("1") - 1 for line in bits]


def members(line):
    return [node for node in range(line.bit_length()) if line >> node & 1]


def verify(parents, tokens, choices):
    bits = lines(parents)
    if (len(tokens), len(choices)) != (len(bits), len(bits) + 1):
        raise ValueError("lengths")
    good = sum(1 << node for node, parent in enumerate(parents) if tokens[node] == choices[parent + 1])
    candidates = [members(line) for line in [0, *bits] if line & good == line]
    depth = max(map(len, candidates))
    path = min(line for line in candidates if len(line) == depth)
    return path, [*(tokens[node] for node in path), choices[(path or [-1])[-1] + 1]]


def sample(parents, tokens, p, q, rng):
    lines(parents)
    n = len(parents)
    if not len(tokens) == len(q) == n == len(p) - 1:
        raise ValueError("lengths")
    if len({len(row) for row in itertools.chain(p, q)}) != 1:
        raise ValueError("widths")
    for row in itertools.chain(p, q):
        if min(row) < 0 or not math.isclose(math.fsum(row), 1.0, rel_tol=0.0, abs_tol=1e-6):
            raise ValueError("probabilities")
    if any(not 0 <= token < len(row) or not row[token] for token, row in zip(tokens, q)):
        raise ValueError("tokens")
    path = []
    while True:
        here = path[-1] if path else -1
        rest = p[here + 1]
        for child in itertools.compress(range(n), [parent == here for parent in parents]):
            token = tokens[child]
            if rng.random() < rest[token] / q[child][token]:
                path += [child]
                break
            minus = [max(x - y, 0.0) for x, y in zip(rest, q[child])]
            if any(minus):
                rest = [x / math.fsum(minus) for x in minus]
        else:
            sums = list(itertools.accumulate(rest))
            bound = rng.random() * sums[-1]
            drawn = sum(1 for total in sums if total <= bound)
            return path, [tokens[node] for node in path] + [drawn]
