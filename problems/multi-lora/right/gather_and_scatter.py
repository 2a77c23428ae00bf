"""Gathers all rows into the order of the segments, computes there, and scatters back with the inverse order."""


def group(ids):
    names = []
    for adapter in ids:
        if adapter is not None and adapter not in names:
            names.append(adapter)
    order, segments = [], []
    for name in names:
        start = len(order)
        for number in range(len(ids)):
            if ids[number] == name and ids[number] is not None:
                order.append(number)
        segments.append((name, start, len(order)))
    for number in range(len(ids)):
        if ids[number] is None:
            order.append(number)
    return order, segments


def dot(a, b):
    total = 0.0
    for p, q in zip(a, b):
        total += p * q
    return total


def lora(rows, a, b, alpha):
    if not a:
        raise ValueError("no rank")
    for line in b:
        if len(line) != len(a):
            raise ValueError("b")
    for line in a:
        if len(line) != len(a[0]):
            raise ValueError("a")
    out = []
    for row in rows:
        if len(row) != len(a[0]):
            raise ValueError("row")
        down = [dot(line, row) * alpha / len(a) for line in a]
        out.append([dot(line, down) for line in b])
    return out


def multi_lora(x, w, adapters, ids):
    if len(w) == 0 or len(w[0]) == 0:
        raise ValueError("w is empty")
    for line in w:
        if len(line) != len(w[0]):
            raise ValueError("w is ragged")
    for row in x:
        if len(row) != len(w[0]):
            raise ValueError("x does not fit")
    if len(x) != len(ids):
        raise ValueError("one id a row")
    order, segments = group(ids)
    gathered = [x[number] for number in order]
    results = []
    for adapter, start, end in segments:
        try:
            a, b, alpha = adapters[adapter]
        except KeyError:
            raise ValueError(f"no adapter {adapter}") from None
        if len(b) != len(w):
            raise ValueError("outputs")
        if a and len(a[0]) != len(w[0]):
            raise ValueError("inputs")
        results += lora(gathered[start:end], a, b, alpha)
    y = [None] * len(x)
    for place, number in enumerate(order):
        base = [dot(line, gathered[place]) for line in w]
        if place < len(results):
            base = [p + q for p, q in zip(base, results[place])]
        y[number] = base
    return y
