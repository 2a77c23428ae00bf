"""A graph as traced, through the passes of an optimizer, counted in nodes, kernels and bytes."""

# --8<-- [start:code]
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

N, FLOAT = 1_000_000, 4  # elements of the tensor, bytes of each
RULES: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "relu": lambda a: max(a, 0.0),
    "exp": math.exp,
    "fill": lambda a: a,
}


@dataclass(frozen=True)
class Node:
    """An operator, or the constant it is, and its elements; inputs are places in the graph."""

    op: str
    inputs: tuple[int, ...] = ()
    size: int = 1
    value: float = 0.0


def traced() -> list[Node]:
    """relu(x · k + k · x) + 0.1 with k = 2 · 0.5 · 0.125 as traced, and a debug value that is never read."""
    graph = [Node("x", size=N), *(Node("const", value=value) for value in (2, 0.5, 0.125, 0.1))]
    graph += [Node("mul", (1, 2)), Node("mul", (5, 3)), Node("mul", (0, 6), N), Node("mul", (6, 0), N)]
    graph += [Node("add", (7, 8), N), Node("exp", (9,), N), Node("relu", (9,), N)]
    return [*graph, Node("fill", (4,), N), Node("add", (11, 12), N), Node("end", (13,), N)]


def folded(graph: list[Node], largest: int) -> list[Node]:
    """Constant folding: computes what is known before the run, up to `largest` elements."""
    out: list[Node] = []
    for node in graph:
        args = [out[at] for at in node.inputs]
        known = node.op in RULES and all(arg.op == "const" for arg in args) and node.size <= largest
        out.append(Node("const", (), node.size, RULES[node.op](*(arg.value for arg in args))) if known else node)
    return out


def cse(graph: list[Node]) -> list[Node]:
    """Common-subexpression elimination; operands of a sum or product may be in either order."""
    out, where, seen = list[Node](), list[int](), dict[Node, int]()
    for node in graph:
        inputs = tuple(where[at] for at in node.inputs)
        same = replace(node, inputs=tuple(sorted(inputs)) if node.op in ("add", "mul") else inputs)
        where.append(seen.setdefault(same, len(out)))
        out += [same] if where[-1] == len(out) else []
    return out


def dce(graph: list[Node]) -> list[Node]:
    """Dead-code elimination: keeps only what the end needs."""
    needed = {len(graph) - 1}
    for at in range(len(graph) - 1, -1, -1):
        needed |= set(graph[at].inputs if at in needed else ())
    place = {old: new for new, old in enumerate(sorted(needed))}
    return [replace(graph[old], inputs=tuple(place[at] for at in graph[old].inputs)) for old in place]


def kernels(graph: list[Node], fuse: bool) -> dict[int, int]:
    """Each operator's kernel, by its last one: with `fuse`, an operator joins the kernel of all that read it."""
    home: dict[int, int] = {}
    for at in range(len(graph) - 1, -1, -1):
        readers = {home.get(reader, -1) for reader, node in enumerate(graph) if at in node.inputs}
        if graph[at].op in RULES:
            home[at] = readers.pop() if fuse and len(readers) == 1 and -1 not in readers else at
    return home


def moved(graph: list[Node], home: dict[int, int]) -> int:
    """Bytes: each kernel reads what it did not make, once, and writes what is not for itself alone."""
    readers = {at: {home.get(reader, -1) for reader, node in enumerate(graph) if at in node.inputs} for at in home}
    writes = [at for at in home if readers[at] != {home[at]}]
    reads = {(home[at], source) for at in home for source in graph[at].inputs if home.get(source) != home[at]}
    return FLOAT * (sum(graph[source].size for _, source in reads) + sum(graph[at].size for at in writes))


def told(name: str, graph: list[Node], fuse: bool = False) -> None:
    home = kernels(graph, fuse)
    stored = FLOAT * sum(node.size for node in graph if node.op == "const")
    print(f"{name:28}{len(graph) - 1:6}{len(set(home.values())):8}{moved(graph, home) / 1e6:9.2f}{stored / 1e6:8.2f}")


print(f"{'':28} nodes kernels MB moved MB kept")
told("as traced", traced())
told("constant folding", constant := folded(traced(), N))
told("+ common subexpressions", common := cse(constant))
told("+ dead-code elimination", dce(common))
told("+ fusion", dce(common), fuse=True)
told("fusion, folding up to 1,000", dce(cse(folded(traced(), 1000))), fuse=True)
# --8<-- [end:code]
