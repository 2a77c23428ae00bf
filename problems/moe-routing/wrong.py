"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "calls_idle_experts",
        "each_expert_is_called_once",
        "calls an expert with no tokens, too",
        "queue]) if queue else []",
        "queue])",
    ),
    (
        "capacity_rounded_down",
        "capacity_is_rounded_up",
        "takes the whole part of the capacity",
        "math import ceil, exp",
        "math import exp",
        "ceil(cf * len(x) * k / len(experts) -",
        "int(cf * len(x) * k / len(experts) +",
    ),
    (
        "capacity_rounded_off_by_floats",
        "capacity_of_whole_numbers",
        "rounds 7.000000000000001 up to 8",
        "len(experts) - 1e-9)",
        "len(experts))",
    ),
    (
        "capacity_without_k",
        "all_experts",
        "forgets that each token comes k times",
        "* k / len(experts) -",
        "/ len(experts) -",
    ),
    (
        "dropped_pass_through",
        "overflow_is_dropped",
        "gives back the token itself where all its choices were dropped: the residual adds it too",
        "y[token] = [a + weight * b for a, b in zip(y[token], output)]",
        """y[token] = [a + weight * b for a, b in zip(y[token], output)]
    served = [token for queue in queues for token, _ in queue]
    y = [row if token in served else list(x[token]) for token, row in enumerate(y)]""",
    ),
    (
        "exp_overflows",
        "large_logits",
        "takes exp() of the router's logits themselves",
        "    peak = max(logits)",
        "    peak = 0.0",
    ),
    (
        "first_choices_first",
        "renormalized_before_the_drop",
        "serves the first choices of all tokens before any second choice",
        """for token, row in enumerate(x):
        for expert, weight in choices(row, Wr, k, renorm):""",
        """routes = [choices(row, Wr, k, renorm) for row in x]
    for place in range(k):
        for token, route in enumerate(routes):
            expert, weight = route[place]""",
    ),
    (
        "keeps_the_heaviest",
        "tokens_come_before_choices",
        "keeps for each expert the tokens that weigh most, instead of those that came first",
        """if len(queues[expert]) < capacity:
                queues[expert].append((token, weight))
            else:
                dropped += 1""",
        """queues[expert].append((token, weight))
    for queue in queues:
        queue.sort(key=lambda each: (-each[1], each[0]))
        dropped += max(0, len(queue) - capacity)
        del queue[capacity:]""",
    ),
    (
        "load_of_the_wishes",
        "overflow_is_dropped",
        "counts in the load what was dropped as well",
        "dropped = 0",
        """dropped = 0
    wishes = [0] * len(experts)""",
        "dropped += 1",
        """dropped += 1
            wishes[expert] += 1""",
        "[len(queue) for queue in queues]",
        "wishes",
    ),
    (
        "not_weighted",
        "without_renorm",
        "adds the experts' outputs up without their weights",
        """for (token, weight), output in zip(queue, outputs):
            y[token] = [a + weight * b for a, b in zip(y[token], output)]""",
        """for (token, _), output in zip(queue, outputs):
            y[token] = [a + b for a, b in zip(y[token], output)]""",
    ),
    (
        "one_call_a_token",
        "each_expert_is_called_once",
        "calls the expert for each token by itself, which dispatching is there to avoid",
        "expert([x[token] for token, _ in queue]) if queue else [",
        "[expert([x[token]])[0] for token, _ in queue",
    ),
    (
        "renorm_after_drop",
        "renormalized_before_the_drop",
        "divides by what a token really got, so what it lost goes to its other experts",
        "y = [[0.0] * len(row) for row in x]",
        """y = [[0.0] * len(row) for row in x]
    got = [sum([weight for queue in queues for at, weight in queue if at == token]) for token in range(len(x))]
    if renorm:
        queues = [[(token, weight / got[token]) for token, weight in queue] for queue in queues]""",
    ),
    (
        "softmax_of_the_chosen",
        "without_renorm",
        "takes the softmax over the k chosen logits, which is renormalizing whether asked to or not",
        ") if renorm else 1.0",
        ")",
    ),
    (
        "ties_to_the_higher",
        "ties_go_to_the_lower_index",
        "sorts (probability, index) downwards, which turns the ties round as well",
        "-probabilities[expert], expert)",
        "probabilities[expert], expert), reverse=True",
    ),
    (
        "weights_the_input",
        "outputs_are_weighted",
        "multiplies a token by its weight before the expert: the same for linear experts alone",
        "expert([x[token] for token, _ in queue])",
        "expert([[weight * v for v in x[token]] for token, weight in queue])",
        "[a + weight * b for a, b in zip(y[token], output)]",
        "[a + b for a, b in zip(y[token], output)]",
    ),
    (
        "equal_rows_once",
        "equal_rows_are_both_computed",
        "hands equal rows to an expert once",
        "        outputs = expert([x[token] for token, _ in queue]) if queue else []",
        """        rows = []
        for token, _ in queue:
            if x[token] not in rows:
                rows.append(x[token])
        found = expert(rows) if queue else []
        outputs = [found[rows.index(x[token])] for token, _ in queue]""",
    ),
    (
        "drop_rate_forgotten",
        "overflow_is_dropped",
        "leaves a key out",
        '        "drop_rate": dropped / (len(x) * k) if x else 0.0,\n',
        "",
    ),
    (
        "at_least_four",
        "capacity_is_rounded_up",
        "sets a floor under the capacity, as some frameworks do",
        "    queues = [[] for _ in experts]",
        """    capacity = max(capacity, 4) if x else capacity
    queues = [[] for _ in experts]""",
    ),
    (
        "rows_as_a_generator",
        "one_expert",
        "hands an expert a generator",
        "expert([x[token] for token, _ in queue])",
        "expert(x[token] for token, _ in queue)",
    ),
    (
        "whole_rate",
        "no_tokens",
        "divides by nothing where there are no tokens",
        "dropped / (len(x) * k) if x else 0.0",
        "dropped / max(len(x) * k, 0)",
    ),
    (
        "k_unchecked",
        "bad_numbers",
        "takes a k of 0",
        "    if not 1 <= k <= len(experts):",
        "    if not 0 <= k <= len(experts):",
    ),
    (
        "ragged_router",
        "bad_shapes",
        "looks at the first row of the router",
        "any([len(row) != len(experts) for row in Wr])",
        "any([len(row) != len(experts) for row in Wr[:1]])",
    ),
    (
        "rows_in_place",
        "arguments_left_alone",
        "takes the rows off the caller's list",
        "    y = [[0.0] * len(row) for row in x]",
        """    kept = [list(row) for row in x]
    for row in x:
        row.sort()
    x = kept
    y = [[0.0] * len(row) for row in x]""",
    ),
    (
        "epsilon_too_large",
        "capacity_just_above_a_whole_number",
        "subtracts a millionth, which takes a real part of a token for a rounding error",
        "len(experts) - 1e-9)",
        "len(experts) - 1e-6)",
    ),
    (
        "router_too_wide",
        "bad_shapes",
        "asks only that the router has a column for each expert",
        "any([len(row) != len(experts) for row in Wr])",
        "any([len(row) < len(experts) for row in Wr])",
    ),
    (
        "nothing_to_check",
        "refused_without_tokens",
        "returns before the checks where there are no tokens",
        "    check(x, Wr, experts, k, cf)\n",
        """    if not x:
        return [], {"capacity": 0, "load": [0] * len(experts), "dropped": 0, "drop_rate": 0.0}
    check(x, Wr, experts, k, cf)
""",
    ),
    (
        "router_turned_in_place",
        "arguments_left_alone",
        "turns the caller's router to have one row for each expert",
        "    y = [[0.0] * len(row) for row in x]",
        """    Wr[:] = [list(column) for column in zip(*Wr)]
    y = [[0.0] * len(row) for row in x]""",
    ),
]
