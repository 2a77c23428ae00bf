"""Small functions with early returns; the batch is cut into work items first, all checks before any arithmetic."""


def group(ids):
    seen, order, segments = set(), [], []
    for adapter in ids:
        if adapter is None or adapter in seen:
            continue
        seen.add(adapter)
        members = [n for n, other in enumerate(ids) if other is not None and other == adapter]
        segments += [(adapter, len(order), len(order) + len(members))]
        order += members
    order += [n for n, other in enumerate(ids) if other is None]
    return order, segments


def wrong_width(rows, width):
    return next((len(row) for row in rows if len(row) != width), None)


def problem_with(rows, a, b):
    if len(a) == 0:
        return "the rank is 0"
    if wrong_width(b, len(a)) is not None:
        return "B does not have the rank of A"
    if wrong_width(a, len(a[0])) is not None:
        return "A is ragged"
    if wrong_width(rows, len(a[0])) is not None:
        return "a row does not fit A"
    return None


def lora(rows, a, b, alpha):
    problem = problem_with(rows, a, b)
    if problem:
        raise ValueError(problem)
    factor = alpha / len(a)
    out = []
    for row in rows:
        down = [0.0] * len(a)
        for k, line in enumerate(a):
            for p, q in zip(line, row):
                down[k] += p * q
        up = [0.0] * len(b)
        for i, line in enumerate(b):
            for p, q in zip(line, down):
                up[i] += p * q
            up[i] *= factor
        out.append(up)
    return out


def items(x, w, adapters, ids):
    order, segments = group(ids)
    for adapter, start, end in segments:
        if adapter not in adapters:
            raise ValueError(f"{adapter} is unknown")
        a, b, alpha = adapters[adapter]
        rows = [x[n] for n in order[start:end]]
        problem = problem_with(rows, a, b)
        if problem or len(b) != len(w):
            raise ValueError(problem or "B has another height than W")
        yield order[start:end], rows, a, b, alpha


def multi_lora(x, w, adapters, ids):
    if not w or not w[0] or wrong_width(w, len(w[0])) is not None:
        raise ValueError("w")
    if wrong_width(x, len(w[0])) is not None:
        raise ValueError("x")
    if len(x) != len(ids):
        raise ValueError("ids")
    work = list(items(x, w, adapters, ids))
    y = []
    for row in x:
        y.append([sum(p * q for p, q in zip(line, row)) for line in w])
    for numbers, rows, a, b, alpha in work:
        for n, more in zip(numbers, lora(rows, a, b, alpha)):
            for i in range(len(w)):
                y[n][i] += more[i]
    return y
