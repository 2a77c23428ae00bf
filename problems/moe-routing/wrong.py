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
]
