"""What a two-layer GCN costs at inference: the order of its products, whole graph or target, sampled or precomputed."""

import numpy as np

NODES, LINKS, D, OUT, FANOUTS = 1000, 8_000, 64, 16, (25, 10)
draw = np.random.default_rng(0)
popular = 1 / np.arange(1, NODES + 1) ** 0.8  # a few hubs, many small nodes
ends = draw.choice(NODES, (2, LINKS), p=popular / popular.sum())
linked = np.eye(NODES, dtype=bool)  # every node is its own neighbour, as in GCN
linked[ends[0], ends[1]] = linked[ends[1], ends[0]] = True
START = np.concatenate([[0], np.cumsum(linked.sum(1))])  # CSR: where the neighbours of a node begin
NEIGHBOUR = np.nonzero(linked)[1]
DEGREE = np.diff(START)
X = draw.standard_normal((NODES, D))
FIRST, SECOND = draw.standard_normal((D, OUT)) / 8, draw.standard_normal((OUT, OUT)) / 4


def neighbours(node: int) -> np.ndarray:
    return NEIGHBOUR[START[node] : START[node + 1]]


def gathered(x: np.ndarray, node: int) -> np.ndarray:
    """One row of the normalized adjacency times x."""
    near = neighbours(node)
    return (x[near] / np.sqrt(DEGREE[near] * DEGREE[node])[:, None]).sum(axis=0)


def propagate(x: np.ndarray) -> tuple[np.ndarray, int]:
    """The sparse product, and its FLOPs: a multiplication and an addition for each value gathered."""
    return np.array([gathered(x, node) for node in range(NODES)]), 2 * len(NEIGHBOUR) * x.shape[1]


def multiply(x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, int]:
    return x @ w, 2 * len(x) * w.size


def by_layer() -> tuple[np.ndarray, int]:
    """Both layers for all nodes, and how many rows were gathered."""
    hidden = np.maximum(propagate(X @ FIRST)[0], 0)
    return propagate(hidden @ SECOND)[0], 2 * len(NEIGHBOUR)


def by_target(target: int) -> tuple[np.ndarray, int, int]:
    """Both layers for one node from its two hops: the output, the rows gathered, the nodes whose features it takes."""
    near = neighbours(target)
    hidden = np.zeros((NODES, OUT))
    for node in near:
        hidden[node] = np.maximum(gathered(X, node) @ FIRST, 0)
    touched = len(np.unique(np.concatenate([neighbours(node) for node in near])))
    return gathered(hidden @ SECOND, target), int(len(near) + DEGREE[near].sum()), touched


def sampled(target: int, fanouts: tuple[int, ...]) -> int:
    """How many nodes are touched with at most so many neighbours drawn at each hop."""
    touched = edge = {target}
    for fanout in fanouts:
        others = [near[near != node] for node, near in ((node, neighbours(node)) for node in sorted(edge))]
        drawn = [draw.choice(near, min(fanout, len(near)), replace=False) for near in others]
        edge = {int(node) for near in drawn for node in near}
        touched = touched | edge
    return len(touched)


print(f"{NODES} nodes, {len(NEIGHBOUR)} entries; a row has {len(NEIGHBOUR) / NODES:.1f}, or {DEGREE.max()} at most")
(mixed, a), (small, b) = propagate(X), multiply(X, FIRST)
(one, c), (two, d) = multiply(mixed, FIRST), propagate(small)
print(f"\n(A X) W{a + c:12,} FLOPs, of them gathering{a:11,}")
print(f"A (X W){b + d:12,} FLOPs, of them gathering{d:11,}   same: {np.allclose(one, two, rtol=0, atol=1e-10)}")
whole, rows = by_layer()
outs, each, full = zip(*map(by_target, range(NODES)), strict=True)
print(f"\nall nodes, layer by layer{rows:12,} rows gathered")
print(f"all nodes, one by one{sum(each):16,} rows gathered   same: {np.allclose(whole, outs, rtol=0, atol=1e-10)}")
print("\nnodes touched for a target   median   most")
draws = [[sampled(node, order) for node in range(NODES)] for order in (FANOUTS, FANOUTS[::-1])]
for name, counts in (("two full hops", full), ("25, then 10 drawn", draws[0]), ("10, then 25 drawn", draws[1])):
    print(f"{name:27}{np.median(counts):8.0f}{max(counts):7}")
ready = propagate(propagate(X)[0])[0]  # offline, once; a request then reads its own row
linear = propagate(propagate(X @ FIRST)[0] @ SECOND)[0]
same = np.allclose(ready @ (FIRST @ SECOND), linear, rtol=0, atol=1e-10)
print(f"precomputed, without ReLU  {1:8}{1:7}   same as two linear layers: {same}")
