"""Depth-first search with a stack of its own finds cycles and what is needed; then passes over plain lists."""


def parse(nodes, outputs):
    index = {}
    for i, (name, _, _, _) in enumerate(nodes):
        if index.setdefault(name, i) != i:
            raise ValueError("double")
    try:
        inputs = [[index[source] for source in node[1]] for node in nodes]
        wanted = [index[name] for name in outputs]
    except KeyError as error:
        raise ValueError(f"unknown {error}") from None
    return inputs, wanted


WHITE, GREY, BLACK = range(3)


def visit(start, inputs, colour):
    stack = [(start, 0)]
    colour[start] = GREY
    while stack:
        i, at = stack.pop()
        if at == len(inputs[i]):
            colour[i] = BLACK
            continue
        stack.append((i, at + 1))
        j = inputs[i][at]
        if colour[j] == GREY:
            raise ValueError("cycle")
        if colour[j] == WHITE:
            colour[j] = GREY
            stack.append((j, 0))


def steps(nodes, outputs):
    inputs, wanted = parse(nodes, outputs)
    n = len(nodes)
    colour = [WHITE] * n
    for i in wanted:
        if colour[i] == WHITE:
            visit(i, inputs, colour)
    needed = [colour[i] == BLACK for i in range(n)]
    for i in range(n):
        if colour[i] == WHITE:
            visit(i, inputs, colour)
    done = [False] * n
    users = [[] for _ in range(n)]
    missing = [0] * n
    for i in range(n):
        for j in set(inputs[i]):
            users[j].append(i)
            missing[i] += 1
    order, ready = [], {i for i in range(n) if needed[i] and not missing[i]}
    while ready:
        i = min(ready)
        ready.discard(i)
        done[i] = True
        order.append(i)
        for j in users[i]:
            missing[j] -= 1
            if needed[j] and not missing[j]:
                ready.add(j)
    return order, inputs, wanted


def schedule(nodes, outputs):
    return [nodes[i][0] for i in steps(nodes, outputs)[0]]


def ends(order, inputs, wanted):
    end = {}
    for i in order:
        for j in inputs[i]:
            end[j] = i
    for i in wanted:
        end[i] = None
    return end


def plan(nodes, outputs):
    order, inputs, wanted = steps(nodes, outputs)
    end = ends(order, inputs, wanted)
    owner = []
    buffer = {}
    peak = 0
    for i in order:
        _, _, size, may = nodes[i]
        over = inputs[i][0] if inputs[i] else None
        if may and over is not None and end[over] == i and nodes[over][2] == size:
            place = buffer[nodes[over][0]]
        elif None in owner:
            place = owner.index(None)
        else:
            place = len(owner)
            owner.append(None)
        owner[place] = i
        buffer[nodes[i][0]] = place
        peak = max(peak, sum(nodes[j][2] for j in owner if j is not None))
        for place, j in enumerate(owner):
            if j is not None and j != i and end[j] == i:
                owner[place] = None
    return {"buffer": buffer, "buffers": len(owner), "peak": peak}


def execute(nodes, outputs, functions):
    order, inputs, wanted = steps(nodes, outputs)
    end = ends(order, inputs, wanted)
    values = [None] * len(nodes)
    for i in order:
        values[i] = functions[nodes[i][0]](*[values[j] for j in inputs[i]])
        for j in inputs[i]:
            if end[j] == i:
                values[j] = None
    return [values[i] for i in wanted]
