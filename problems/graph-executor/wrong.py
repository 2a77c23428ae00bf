"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "as_listed",
        "any_order_in_the_list",
        "runs the nodes as they are listed",
        "    return [nodes[at][0] for at in order if nodes[at][0] in needed]",
        "    return [node[0] for node in nodes if node[0] in needed]",
    ),
    (
        "first_ready_first_run",
        "first_in_the_list",
        "runs nodes in the order in which they became ready",
        "at = heapq.heappop(ready)",
        "at = ready.pop(0)",
        "heapq.heappush(ready, consumer)",
        "ready.append(consumer)",
    ),
    (
        "waits_for_each_edge",
        "an_input_twice",
        "waits twice for an input that is there twice, and hears of it once",
        "waits = [len(set(inputs)) for _, inputs, _, _ in nodes]",
        "waits = [len(inputs) for _, inputs, _, _ in nodes]",
    ),
    (
        "runs_everything",
        "what_is_not_needed",
        "runs nodes that no output needs",
        "    needed = set(outputs)\n",
        "    needed = set(place)\n",
    ),
    (
        "inputs_of_outputs_alone",
        "a_chain",
        "keeps the outputs and their inputs, and not the inputs of these",
        "        if name in needed:\n",
        "        if name in outputs:\n",
    ),
    (
        "part_of_the_order",
        "cycles",
        "returns what could be ordered, and leaves the cycle out",
        """    if len(order) < len(nodes):
        raise ValueError("the graph has a cycle; accepted: a graph without one")
""",
        "",
    ),
    (
        "cycle_where_needed",
        "a_cycle_that_is_not_needed",
        "refuses a cycle only where an output needs it",
        "    if len(order) < len(nodes):\n",
        """    reached = set(outputs)
    for _ in nodes:
        reached.update(source for name, inputs, _, _ in nodes if name in reached for source in inputs)
    if not reached <= {nodes[at][0] for at in order}:
""",
    ),
    (
        "unknown_is_a_key_error",
        "unknown_and_double",
        "lets KeyError tell of an unknown name",
        "    for name in [*outputs, *(source for node in nodes for source in node[1])]:\n",
        "    for name in outputs:\n",
    ),
    (
        "unknown_output",
        "unknown_and_double",
        "does not look whether the outputs are nodes",
        "    for name in [*outputs, *(source for node in nodes for source in node[1])]:\n",
        "    for name in [source for node in nodes for source in node[1]]:\n",
    ),
    (
        "last_of_a_name",
        "unknown_and_double",
        "lets a second node of a name take the place of the first",
        """    if len(known) < len(nodes):
        raise ValueError("two nodes have one name; accepted: a name of its own for each")
""",
        "",
        "    place = {node[0]: at for at, node in enumerate(nodes)}\n",
        "    nodes = list({node[0]: node for node in nodes}.values())\n    place = {node[0]: at for at, node in enumerate(nodes)}\n",
    ),
    (
        "recursive",
        "deep_graphs",
        "walks the graph by recursion",
        "    needed = set(outputs)\n",
        """    by_name = {node[0]: node[1] for node in nodes}

    def walk(name):
        for source in by_name[name]:
            walk(source)

    for name in outputs:
        walk(name)
    needed = set(outputs)
""",
    ),
    (
        "no_reuse",
        "a_planned_chain",
        "takes a new buffer for each result",
        "            unused.append(buffer[source])\n",
        "",
    ),
    (
        "given_back_before_it_is_read",
        "a_planned_chain",
        "gives the inputs back first, so that a result lies over what it is computed from",
        "            if not unused:\n",
        "            unused += [buffer[source] for source in ending]\n            ending = set()\n            if not unused:\n",
    ),
    (
        "peak_after_the_step",
        "a_planned_chain",
        "measures what is alive after the inputs are given back",
        "        peak = max(peak, held)\n        for source in ending:\n            unused.append(buffer[source])\n            held -= size[source]\n",
        "        for source in ending:\n            unused.append(buffer[source])\n            held -= size[source]\n        peak = max(peak, held)\n",
    ),
    (
        "all_of_it",
        "a_planned_chain",
        "adds up all results, as if none were ever dropped",
        "            held -= size[source]\n",
        "",
    ),
    (
        "peak_of_buffers",
        "several_consumers",
        "adds up the buffers, each as large as the largest result in it",
        '"peak": peak}',
        '"peak": sum(max(size[n] for n in order if buffer[n] == b) for b in range(count))}',
    ),
    (
        "dropped_at_the_first_use",
        "sizes_count",
        "drops a result after its first consumer",
        "last = {source: step for step, name in enumerate(order) for source in inputs[name]}",
        "last = {source: step for step, name in reversed(list(enumerate(order))) for source in inputs[name]}",
    ),
    (
        "outputs_dropped",
        "outputs_stay",
        "drops an output after its last consumer",
        "return {**last, **dict.fromkeys(outputs, len(order))}",
        "return {**dict.fromkeys(outputs, len(order)), **last}",
        "    values = {}\n",
        "    values = {}\n    last.update(dict.fromkeys(outputs, len(order)))\n",
    ),
    (
        "dead_consumers_count",
        "only_what_runs",
        "keeps a result for consumers that never run",
        "    last = last_uses(order, inputs, outputs)\n    buffer, unused = {}, []",
        """    last = last_uses(order, inputs, outputs)
    for name, sources in inputs.items():
        if name not in order:
            last.update(dict.fromkeys(sources, len(order)))
    buffer, unused = {}, []""",
    ),
    (
        "given_back_twice",
        "an_input_twice_ends_once",
        "gives a buffer back once for each time that it is read",
        "ending = {source for source in inputs[name] if last[source] == step}",
        "ending = [source for source in inputs[name] if last[source] == step]",
    ),
    (
        "never_in_place",
        "in_place",
        "takes a new buffer for every result",
        "        if name in in_place and first in ending and size[first] == size[name]:",
        "        if False:",
    ),
    (
        "in_place_counted_twice",
        "in_place",
        "counts what is overwritten and what is written",
        "            buffer[name] = buffer[first]\n            ending.remove(first)\n",
        "            buffer[name] = buffer[first]\n            ending.remove(first)\n            peak = max(peak, held + size[name])\n",
    ),
    (
        "always_in_place",
        "a_planned_chain",
        "overwrites an input that ends whether the node may or not",
        "if name in in_place and first in ending",
        "if first in ending",
    ),
    (
        "overwrites_what_is_used",
        "not_in_place_while_used",
        "overwrites an input that others still read",
        "if name in in_place and first in ending and size[first] == size[name]:\n            buffer[name] = buffer[first]\n            ending.remove(first)",
        "if name in in_place and first and last[first] < len(order) and size[first] == size[name]:\n            buffer[name] = buffer[first]\n            ending.discard(first)",
    ),
    (
        "overwrites_outputs",
        "not_in_place_over_an_output",
        "overwrites an output after its last consumer has read it",
        "    last = last_uses(order, inputs, outputs)\n    buffer, unused = {}, []",
        "    last = last_uses(order, inputs, outputs)\n    used = last_uses(order, inputs, [])\n    buffer, unused = {}, []",
        "if name in in_place and first in ending and",
        "if name in in_place and used.get(first) == step and",
        "            ending.remove(first)",
        "            ending.discard(first)",
    ),
    (
        "over_any_input",
        "only_over_the_first_input",
        "overwrites whichever input ends",
        "        first = inputs[name][0] if inputs[name] else None\n",
        "        first = next((source for source in inputs[name] if source in ending), None)\n",
    ),
    (
        "over_any_size",
        "only_over_its_size",
        "overwrites a buffer of another size",
        " and size[first] == size[name]:",
        ":",
    ),
    (
        "twice_is_not_in_place",
        "over_an_input_that_is_there_twice",
        "does not overwrite an input that is there twice",
        "if name in in_place and first in ending",
        "if name in in_place and inputs[name].count(first) == 1 and first in ending",
    ),
    (
        "sorted_inputs",
        "executed",
        "hands the inputs over once each",
        "[values[source] for source in inputs[name]]",
        "[values[source] for source in dict.fromkeys(inputs[name])]",
    ),
    (
        "outputs_in_the_order_of_running",
        "values_of_outputs",
        "returns the outputs in the order in which they ran",
        "    return [values[name] for name in outputs]",
        "    return [values[name] for name in order if name in outputs]",
    ),
    (
        "computed_for_each_consumer",
        "each_runs_once",
        "computes a result anew for each consumer",
        "    values = {}\n",
        """    if order:
        def value(name):
            return functions[name](*map(value, inputs[name]))

        return [value(name) for name in outputs]
    values = {}
""",
    ),
    (
        "runs_what_is_dead",
        "each_runs_once",
        "runs every node of the list",
        '''dropped after its last use."""
    order = schedule(nodes, outputs)''',
        '''dropped after its last use."""
    order = schedule(nodes, [node[0] for node in nodes])''',
    ),
    (
        "keeps_all_values",
        "values_are_dropped",
        "keeps all values to the end",
        "            if last[source] == step:\n                del values[source]",
        "            if last[source] == step:\n                continue",
    ),
    (
        "sorts_the_list",
        "lists_are_left",
        "puts the caller's list into order",
        "    needed = set(outputs)\n    for at in reversed(order):",
        "    nodes[:] = [nodes[at] for at in order]\n    order = range(len(order))\n    needed = set(outputs)\n    for at in reversed(order):",
    ),
    (
        "none_is_no_value",
        "values_of_outputs",
        "leaves out the outputs whose value is None",
        "    return [values[name] for name in outputs]\n",
        "    return [values[name] for name in outputs if values[name] is not None]\n",
    ),
    (
        "nothing_wanted_nothing_checked",
        "a_cycle_that_is_not_needed",
        "returns at once where there are no outputs, whatever the graph",
        "    check(nodes, outputs, place)\n",
        "    if not outputs:\n        return []\n    check(nodes, outputs, place)\n",
    ),
    (
        "outputs_end_with_the_last_step",
        "not_in_place_over_an_output",
        "lets an output live to the last step and not beyond, so that the last node writes over it",
        "dict.fromkeys(outputs, len(order))",
        "dict.fromkeys(outputs, len(order) - 1)",
    ),
    (
        "counts_an_output_twice",
        "outputs_stay",
        "counts the bytes of an output as often as it is named",
        "            held += size[name]\n",
        "            held += size[name] * max(1, list(outputs).count(name))\n",
        "            held -= size[source]\n",
        "            held -= size[source] * max(1, list(outputs).count(source))\n",
    ),
]
