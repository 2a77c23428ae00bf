"""Recursion over what is left of the batch: one adapter is taken out at a time."""

from math import fsum


def group(ids):
    def take(numbers, start):
        if not numbers:
            return [], []
        adapter = ids[numbers[0]]
        mine = [number for number in numbers if ids[number] == adapter]
        others = [number for number in numbers if ids[number] != adapter]
        order, segments = take(others, start + len(mine))
        return mine + order, [(adapter, start, start + len(mine)), *segments]

    with_adapter = [number for number in range(len(ids)) if ids[number] is not None]
    order, segments = take(with_adapter, 0)
    return order + sorted(set(range(len(ids))) - set(with_adapter)), segments


def applied(matrix, x):
    return [fsum(p * q for p, q in zip(line, x)) for line in matrix]


def lora(rows, a, b, alpha):
    match a:
        case []:
            raise ValueError("no rows in A")
        case [first, *_]:
            width = len(first)
    if [line for line in (*a, *rows) if len(line) != width] or [line for line in b if len(line) != len(a)]:
        raise ValueError("shapes")
    if not rows:
        return []
    scaled = [value * alpha for value in applied(a, rows[0])]
    return [[value / len(a) for value in applied(b, scaled)], *lora(rows[1:], a, b, alpha)]


def multi_lora(x, w, adapters, ids):
    if len(x) != len(ids):
        raise ValueError("x, ids")
    if not (w and w[0]) or [line for line in (*w, *x) if len(line) != len(w[0])]:
        raise ValueError("w, x")
    y = [applied(w, row) for row in x]
    order, segments = group(ids)
    for name, start, end in segments:
        found = adapters.get(name)
        if found is None:
            raise ValueError(f"adapter {name!r}")
        if len(found[1]) != len(w) or [line for line in found[0] if len(line) != len(w[0])]:
            raise ValueError(f"adapter {name!r} does not fit")
        numbers = order[start:end]
        for number, more in zip(numbers, lora([x[number] for number in numbers], *found)):
            y[number] = list(map(sum, zip(y[number], more)))
    return y
