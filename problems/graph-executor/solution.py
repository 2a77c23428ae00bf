import heapq


def schedule(nodes, outputs):
    """The names of the nodes to run, in order: of those that are ready, the first in the list."""
    place = {node[0]: at for at, node in enumerate(nodes)}
    check(nodes, outputs, place)
    # An input that is there twice is waited for once.
    waits = [len(set(inputs)) for _, inputs, _, _ in nodes]
    consumers = [[] for _ in nodes]
    for at, (_, inputs, _, _) in enumerate(nodes):
        for source in set(inputs):
            consumers[place[source]].append(at)

    ready = [at for at, count in enumerate(waits) if count == 0]
    order = []
    while ready:
        at = heapq.heappop(ready)
        order.append(at)
        for consumer in consumers[at]:
            waits[consumer] -= 1
            if waits[consumer] == 0:
                heapq.heappush(ready, consumer)
    if len(order) < len(nodes):
        raise ValueError("the graph has a cycle; accepted: a graph without one")

    needed = set(outputs)
    for at in reversed(order):
        name, inputs, _, _ = nodes[at]
        if name in needed:
            needed.update(inputs)
    return [nodes[at][0] for at in order if nodes[at][0] in needed]


def check(nodes, outputs, known):
    if len(known) < len(nodes):
        raise ValueError("two nodes have one name; accepted: a name of its own for each")
    for name in [*outputs, *(source for node in nodes for source in node[1])]:
        if name not in known:
            raise ValueError(f"there is no node '{name}'; accepted: the names of nodes")


def last_uses(order, inputs, outputs):
    """The step at which each result is used for the last time; outputs are used after the last step."""
    last = {source: step for step, name in enumerate(order) for source in inputs[name]}
    return {**last, **dict.fromkeys(outputs, len(order))}


def plan(nodes, outputs):
    """Which buffer each result is written to, how many there are, and the most bytes that are alive at once."""
    order = schedule(nodes, outputs)
    inputs = {name: sources for name, sources, _, _ in nodes}
    size = {name: size for name, _, size, _ in nodes}
    in_place = {name for name, _, _, may in nodes if may}
    last = last_uses(order, inputs, outputs)
    buffer, unused = {}, []
    count = held = peak = 0
    for step, name in enumerate(order):
        ending = {source for source in inputs[name] if last[source] == step}
        first = inputs[name][0] if inputs[name] else None
        if name in in_place and first in ending and size[first] == size[name]:
            buffer[name] = buffer[first]
            ending.remove(first)
        else:
            # Taken before the inputs are given back: they are read while the result is written.
            if not unused:
                unused.append(count)
                count += 1
            buffer[name] = unused.pop()
            held += size[name]
        peak = max(peak, held)
        for source in ending:
            unused.append(buffer[source])
            held -= size[source]
    return {"buffer": buffer, "buffers": count, "peak": peak}


def execute(nodes, outputs, functions):
    """The values of the outputs; each value is dropped after its last use."""
    order = schedule(nodes, outputs)
    inputs = {name: sources for name, sources, _, _ in nodes}
    last = last_uses(order, inputs, outputs)
    values = {}
    for step, name in enumerate(order):
        values[name] = functions[name](*[values[source] for source in inputs[name]])
        for source in set(inputs[name]):
            if last[source] == step:
                del values[source]
    return [values[name] for name in outputs]
