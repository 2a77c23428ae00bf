"""A stable sort by first appearance, then itertools.groupby; matrix products by column."""

from itertools import groupby
from operator import mul


def group(ids):
    first = {}
    for number, adapter in enumerate(ids):
        first.setdefault(adapter, len(ids) if adapter is None else number)
    order = sorted(range(len(ids)), key=lambda number: first[ids[number]])
    segments = []
    for _, run in groupby(range(len(order)), key=lambda place: first[ids[order[place]]]):
        places = list(run)
        adapter = ids[order[places[0]]]
        if adapter is not None:
            segments.append((adapter, places[0], places[-1] + 1))
    return order, segments


def product(x, m):
    return [[sum(map(mul, row, line)) for line in m] for row in x]


def lora(rows, a, b, alpha):
    r = len(a)
    if r < 1 or {len(line) for line in b} - {r}:
        raise ValueError("rank")
    if len({len(line) for line in a + rows}) > 1:
        raise ValueError("width")
    return [[alpha / r * value for value in line] for line in product(product(rows, a), b)]


def multi_lora(x, w, adapters, ids):
    widths = {len(line) for line in w + x}
    if not w or len(widths) != 1 or 0 in widths:
        raise ValueError("w or x")
    if len(ids) != len(x):
        raise ValueError("ids")
    if unknown := [adapter for adapter in ids if adapter is not None and adapter not in adapters]:
        raise ValueError(f"unknown: {unknown}")
    order, segments = group(ids)
    y = product(x, w)
    for adapter, start, end in segments:
        a, b, alpha = adapters[adapter]
        if len(b) != len(w) or {len(line) for line in a} != widths:
            raise ValueError(f"shape of {adapter}")
        for place, more in enumerate(lora([x[i] for i in order[start:end]], a, b, alpha), start):
            for d, value in enumerate(more):
                y[order[place]][d] += value
    return y
