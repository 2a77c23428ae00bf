"""A tree of drafted tokens: its mask and positions, and the path that the target accepts."""

from bisect import bisect_right
from itertools import accumulate


def layout(parents, past):
    """Each node sees the past, its ancestors and itself, and stands as deep as it has ancestors."""
    _check_tree(parents)
    if past < 0:
        raise ValueError(f"past is {past}; accepted: 0 or more")
    mask, positions = [], []
    for node, parent in enumerate(parents):
        # A parent comes before its children, so its row is ready: what it sees they see too.
        row = list(mask[parent]) if parent >= 0 else [True] * past + [False] * len(parents)
        row[past + node] = True
        mask.append(row)
        positions.append(positions[parent] + 1 if parent >= 0 else past)
    return mask, positions


def verify(parents, tokens, choices):
    """The longest accepted path, and its tokens with the target's own behind them."""
    _check_tree(parents)
    if len(tokens) != len(parents) or len(choices) != len(parents) + 1:
        raise ValueError(f"{len(tokens)} tokens and {len(choices)} choices; accepted: N, and N + 1")
    paths = {-1: []}
    for node, parent in enumerate(parents):
        # choices[0] is the root's, so that of a node is one further on.
        if parent in paths and tokens[node] == choices[parent + 1]:
            paths[node] = [*paths[parent], node]
    path = min(paths.values(), key=lambda nodes: (-len(nodes), nodes))
    return path, [tokens[node] for node in path] + [choices[path[-1] + 1 if path else 0]]


def sample(parents, tokens, p, q, rng):
    """Walks down from the root; at each node the children are tried in turn, against what the others have left."""
    _check_tree(parents)
    _check_rows(parents, tokens, p, q)
    path, node = [], -1
    while True:
        weights = p[node + 1]
        for child in [i for i, parent in enumerate(parents) if parent == node]:
            token = tokens[child]
            if rng.random() < weights[token] / q[child][token]:
                path.append(child)
                node = child
                break
            weights = _residual(weights, q[child])
        else:
            return path, [tokens[i] for i in path] + [_draw(weights, rng.random())]


def _residual(p, q):
    """What a rejected draw from q leaves of p: max(p - q, 0), normalized."""
    left = [max(a - b, 0.0) for a, b in zip(p, q)]
    total = sum(left)
    # Only rounding leaves nothing: then p and q are the same.
    return [weight / total for weight in left] if total > 0.0 else p


def _draw(weights, u):
    """The first token at which the cumulative sum exceeds u times the total."""
    sums = list(accumulate(weights))
    return bisect_right(sums, u * sums[-1])


def _check_tree(parents):
    if any(not -1 <= parent < node for node, parent in enumerate(parents)):
        raise ValueError("a parent that is neither -1 nor a node before its child")


def _check_rows(parents, tokens, p, q):
    if len(tokens) != len(parents) or len(p) != len(parents) + 1 or len(q) != len(parents):
        raise ValueError(f"{len(tokens)} tokens, {len(p)} rows of p, {len(q)} of q; accepted: N, N + 1 and N")
    for row in [*p, *q]:
        if len(row) != len(p[0]) or any(not x >= 0.0 for x in row) or not abs(sum(row) - 1.0) <= 1e-6:
            raise ValueError("a row of another length, with a negative entry, or whose sum is not 1")
    for token, row in zip(tokens, q):
        if not 0 <= token < len(row) or row[token] == 0.0:
            raise ValueError(f"token {token} is out of range, or cannot have been drawn")
