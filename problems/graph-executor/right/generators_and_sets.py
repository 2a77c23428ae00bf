"""Generators: one yields the steps with what ends at each, and both plan and execute read it."""

from functools import partial
from heapq import heapify, heappop, heappush
from types import SimpleNamespace


def checked(nodes, outputs):
    by = {}
    for at, node in enumerate(nodes):
        if node[0] in by:
            raise ValueError(f"{node[0]} is defined twice")
        by[node[0]] = SimpleNamespace(at=at, inputs=tuple(node[1]), size=node[2], may=node[3])
    named = list(outputs) + [source for each in by.values() for source in each.inputs]
    if any(name not in by for name in named):
        raise ValueError("a name is not defined")
    return by


def kahn(by):
    left = {name: set(each.inputs) for name, each in by.items()}
    feeds = {name: [] for name in by}
    for name, sources in left.items():
        for source in sources:
            feeds[source].append(name)
    queue = [(by[name].at, name) for name, sources in left.items() if not sources]
    heapify(queue)
    while queue:
        _, name = heappop(queue)
        del left[name]
        yield name
        for reader in feeds[name]:
            left[reader].remove(name)
            if not left[reader]:
                heappush(queue, (by[reader].at, reader))
    if left:
        raise ValueError(f"cycle through {sorted(left)}")


def schedule(nodes, outputs):
    by = checked(nodes, outputs)
    order = list(kahn(by))
    needed = set(outputs)
    for name in order[::-1]:
        needed.update(by[name].inputs if name in needed else ())
    return list(filter(partial(set.__contains__, needed), order))


def walked(nodes, outputs):
    """(name, its node, the results that are not used again) at each step."""
    by, order = checked(nodes, outputs), schedule(nodes, outputs)
    later, ends = set(outputs), []
    for name in reversed(order):
        ends.append(set(by[name].inputs) - later)
        later |= set(by[name].inputs)
    for name, ended in zip(order, reversed(ends)):
        yield name, by[name], ended, by


def plan(nodes, outputs):
    place, size, spare, peaks = {}, {}, [], [0]
    count = 0
    for name, node, ended, _ in walked(nodes, outputs):
        first = node.inputs[:1]
        if node.may and ended.intersection(first) and size[first[0]] == node.size:
            ended.discard(first[0])
            size.pop(first[0])
            place[name] = place[first[0]]
        elif spare:
            place[name] = spare.pop()
        else:
            place[name] = count
            count += 1
        size[name] = node.size
        peaks.append(sum(size.values()))
        for source in ended:
            del size[source]
            spare.append(place[source])
    return dict(buffer=place, buffers=count, peak=max(peaks))


def execute(nodes, outputs, functions):
    values = {}
    for name, node, ended, _ in walked(nodes, outputs):
        values[name] = functions[name](*(values[source] for source in node.inputs))
        for source in ended:
            del values[source]
    return [values[name] for name in outputs]
