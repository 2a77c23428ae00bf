"""While loops that climb from a node to the root, with no row used for another."""


def check(parents):
    i = 0
    while i < len(parents):
        if parents[i] < -1 or parents[i] > i - 1:
            raise ValueError("parent")
        i += 1


def layout(parents, past):
    check(parents)
    if past < 0:
        raise ValueError("past")
    mask = []
    positions = []
    i = 0
    while i < len(parents):
        row = [True] * past
        j = 0
        while j < len(parents):
            row.append(False)
            j += 1
        depth = -1
        at = i
        while at >= 0:
            row[past + at] = True
            depth += 1
            at = parents[at]
        mask.append(row)
        positions.append(past + depth)
        i += 1
    return [mask, positions]


def verify(parents, tokens, choices):
    check(parents)
    n = len(parents)
    if len(tokens) != n or len(choices) != n + 1:
        raise ValueError("length")
    best = []
    i = 0
    while i < n:
        line = []
        at = i
        fine = True
        while at != -1:
            line.insert(0, at)
            if tokens[at] != choices[parents[at] + 1]:
                fine = False
            at = parents[at]
        if fine and (len(line) > len(best) or (len(line) == len(best) and line < best)):
            best = line
        i += 1
    emitted = []
    for at in best:
        emitted.append(tokens[at])
    emitted.append(choices[best[-1] + 1] if best else choices[0])
    return [best, emitted]


def sample(parents, tokens, p, q, rng):
    check(parents)
    n = len(parents)
    if len(tokens) != n or len(p) != n + 1 or len(q) != n:
        raise ValueError("length")
    v = len(p[0])
    r = 0
    while r < 2 * n + 1:
        row = p[r] if r <= n else q[r - n - 1]
        if len(row) != v:
            raise ValueError("row length")
        total = 0.0
        for x in row:
            if not x >= 0.0:
                raise ValueError("negative")
            total += x
        if not -1e-6 <= total - 1.0 <= 1e-6:
            raise ValueError("sum")
        r += 1
    r = 0
    while r < n:
        if tokens[r] not in range(v) or q[r][tokens[r]] <= 0.0:
            raise ValueError("token")
        r += 1
    path, emitted = [], []
    node = -1
    rest = list(p[0])
    child = 0
    while child < n:
        if parents[child] != node:
            child += 1
            continue
        u = rng.random()
        if u < rest[tokens[child]] / q[child][tokens[child]]:
            path.append(child)
            emitted.append(tokens[child])
            node = child
            rest = list(p[child + 1])
        else:
            left = []
            for t in range(v):
                left.append(max(0.0, rest[t] - q[child][t]))
            total = sum(left)
            if total > 0.0:
                t = 0
                while t < v:
                    rest[t] = left[t] / total
                    t += 1
        # A node's children have larger numbers than itself, and than their siblings before them.
        child += 1
    total = 0.0
    for x in rest:
        total += x
    bound = rng.random() * total
    reached = 0.0
    t = 0
    while True:
        reached += rest[t]
        if reached > bound:
            break
        t += 1
    emitted.append(t)
    return [path, emitted]
