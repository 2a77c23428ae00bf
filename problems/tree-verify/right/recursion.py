"""Recursion over children; every function goes down the tree from the root."""


def children_of(parents):
    children = {i: [] for i in range(-1, len(parents))}
    for i, parent in enumerate(parents):
        if parent < -1 or parent >= i:
            raise ValueError("not a tree in order")
        children[parent].append(i)
    return children


def layout(parents, past):
    if past < 0:
        raise ValueError("past")
    children = children_of(parents)
    n = len(parents)
    mask = [None] * n
    positions = [0] * n

    def down(node, above):
        for child in children[node]:
            seen = above | {child}
            mask[child] = [at < past or at - past in seen for at in range(past + n)]
            positions[child] = past + len(above)
            down(child, seen)

    down(-1, frozenset())
    return mask, positions


def verify(parents, tokens, choices):
    children = children_of(parents)
    if len(tokens) != len(parents) or len(choices) != 1 + len(parents):
        raise ValueError("lengths")

    def best(node):
        longest = []
        for child in children[node]:
            if tokens[child] == choices[node + 1]:
                line = [child] + best(child)
                if len(line) > len(longest):
                    longest = line
        return longest

    path = best(-1)
    last = path[-1] if path else -1
    return path, [tokens[i] for i in path] + [choices[last + 1]]


def sample(parents, tokens, p, q, rng):
    children = children_of(parents)
    if not (len(tokens) == len(q) == len(parents) == len(p) - 1):
        raise ValueError("lengths")
    width = len(p[0])
    for row in p + q:
        if len(row) != width:
            raise ValueError("width")
        if any(x < 0 or x != x for x in row) or abs(sum(row) - 1) > 1e-6:
            raise ValueError("no probabilities")
    for i, token in enumerate(tokens):
        if token < 0 or token >= width or not q[i][token] > 0:
            raise ValueError("token")

    def pick(weights):
        bound = rng.random() * sum(weights)
        reached = 0.0
        for token, weight in enumerate(weights):
            reached += weight
            if reached > bound:
                return token
        return max(token for token, weight in enumerate(weights) if weight > 0)

    def visit(node, waiting, weights):
        if not waiting:
            return [], [pick(weights)]
        child, rest = waiting[0], waiting[1:]
        if rng.random() * q[child][tokens[child]] < weights[tokens[child]]:
            path, emitted = visit(child, children[child], p[child + 1])
            return [child] + path, [tokens[child]] + emitted
        left = [a - b if a > b else 0.0 for a, b in zip(weights, q[child])]
        whole = sum(left)
        return visit(node, rest, [x / whole for x in left] if whole else weights)

    return visit(-1, children[-1], p[0])
