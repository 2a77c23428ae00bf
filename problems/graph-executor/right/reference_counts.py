"""Counts of readers, as a runtime has them: each read lowers a count, and at 0 the result is dropped."""

from collections import Counter


def schedule(nodes, outputs):
    names = [node[0] for node in nodes]
    if len(set(names)) < len(names):
        raise ValueError("names must differ")
    inputs = dict((node[0], node[1]) for node in nodes)
    for name in names:
        for source in inputs[name]:
            if source not in inputs:
                raise ValueError("no such input: " + source)
    for name in outputs:
        if name not in inputs:
            raise ValueError("no such output: " + name)
    missing = {name: set(inputs[name]) for name in names}
    order = []
    while len(order) < len(names):
        for name in names:
            if name in missing and not missing[name]:
                break
        else:
            raise ValueError("cycle")
        order.append(name)
        del missing[name]
        for sources in missing.values():
            sources.discard(name)
    wanted = set(outputs)
    for name in order[::-1]:
        if name in wanted:
            wanted |= set(inputs[name])
    return [name for name in order if name in wanted]


def readers(order, inputs, outputs):
    counts = Counter(outputs)
    for name in order:
        counts.update(inputs[name])
    return counts


def plan(nodes, outputs):
    order = schedule(nodes, outputs)
    facts = {node[0]: node for node in nodes}
    left = readers(order, {name: facts[name][1] for name in order}, outputs)
    result = {"buffer": {}, "buffers": 0, "peak": 0}
    where, free, now = result["buffer"], set(), 0
    for name in order:
        _, inputs, size, may = facts[name]
        left.subtract(inputs)
        done = [source for source in dict.fromkeys(inputs) if left[source] == 0]
        if may and done and done[0] == inputs[0] and facts[done[0]][2] == size:
            where[name] = where[done.pop(0)]
        else:
            if free:
                where[name] = min(free)
                free.remove(where[name])
            else:
                where[name] = result["buffers"]
                result["buffers"] += 1
            now += size
        if now > result["peak"]:
            result["peak"] = now
        for source in done:
            free.add(where[source])
            now -= facts[source][2]
    return result


def execute(nodes, outputs, functions):
    order = schedule(nodes, outputs)
    inputs = {node[0]: node[1] for node in nodes}
    left = readers(order, inputs, outputs)
    values = {}
    for name in order:
        values[name] = functions[name](*(values[source] for source in inputs[name]))
        for source in inputs[name]:
            left[source] -= 1
            if left[source] == 0:
                values.pop(source)
    return [values[name] for name in outputs]
