"""graphlib finds the cycles; the order by repeated search; intervals and a colouring for the buffers."""

from graphlib import CycleError, TopologicalSorter


def schedule(nodes, outputs):
    graph = {name: set(inputs) for name, inputs, *_ in nodes}
    if len(graph) != len(nodes):
        raise ValueError("a name stands twice")
    used = set(outputs).union(*graph.values()) if graph else set(outputs)
    if not used <= graph.keys():
        raise ValueError(f"unknown: {used - graph.keys()}")
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise ValueError("cycle") from error
    needed, stack = set(), list(outputs)
    while stack:
        name = stack.pop()
        if name not in needed:
            needed.add(name)
            stack.extend(graph[name])
    rank = {node[0]: at for at, node in enumerate(nodes)}
    sorter = TopologicalSorter({name: graph[name] for name in needed})
    sorter.prepare()
    ready, order = list(sorter.get_ready()), []
    while ready:
        name = min(ready, key=rank.get)
        ready.remove(name)
        order.append(name)
        sorter.done(name)
        ready += sorter.get_ready()
    return order


def intervals(nodes, outputs):
    order = schedule(nodes, outputs)
    table = {name: (list(inputs), size, may) for name, inputs, size, may in nodes}
    first = {name: step for step, name in enumerate(order)}
    last = dict(first)
    for step, name in enumerate(order):
        for source in table[name][0]:
            last[source] = step
    for name in outputs:
        last[name] = len(order)
    return order, table, first, last


def plan(nodes, outputs):
    order, table, first, last = intervals(nodes, outputs)
    group = {}
    for step, name in enumerate(order):
        inputs, size, may = table[name]
        group[name] = name
        if may and inputs and last[inputs[0]] == step and table[inputs[0]][1] == size:
            group[name] = group[inputs[0]]
    spans = {}
    for name in order:
        begin, end = spans.get(group[name], (first[name], 0))
        spans[group[name]] = begin, max(end, last[name])
    peak = 0
    for step in range(len(order)):
        peak = max(peak, sum(table[name][1] for name, (begin, end) in spans.items() if begin <= step <= end))
    colours = []
    chosen = {}
    for name, (begin, end) in sorted(spans.items(), key=lambda item: item[1][0]):
        for colour, busy in enumerate(colours):
            if busy < begin:
                break
        else:
            colour = len(colours)
            colours.append(None)
        colours[colour] = end
        chosen[name] = colour
    return {"peak": peak, "buffers": len(colours), "buffer": {name: chosen[group[name]] for name in order}}


def execute(nodes, outputs, functions):
    order, table, _, last = intervals(nodes, outputs)
    store = {}
    for step, name in enumerate(order):
        store[name] = functions[name](*map(store.get, table[name][0]))
        store = {key: value for key, value in store.items() if last[key] > step}
    return list(map(store.get, outputs))
