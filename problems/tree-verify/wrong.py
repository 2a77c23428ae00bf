"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "causal_mask",
        "siblings_are_hidden",
        "the mask of a chain: every node sees all those before it",
        "row = list(mask[parent]) if parent >= 0 else [True] * past + [False] * len(parents)",
        "row = [True] * (past + node) + [False] * (len(parents) - node)",
    ),
    (
        "parents_alone",
        "a_chain",
        "sees its parent and not those above it",
        "        row = list(mask[parent]) if parent >= 0 else [True] * past + [False] * len(parents)\n",
        "        row = [True] * past + [at == parent for at in range(len(parents))]\n",
    ),
    (
        "not_itself",
        "a_chain",
        "a node does not see itself",
        "        row[past + node] = True\n",
        "        if parent >= 0:\n            row[past + parent] = True\n",
    ),
    (
        "descendants",
        "a_chain",
        "the mask is transposed",
        "    return mask, positions\n",
        "    return [row[:past] + [other[past + i] for other in mask] for i, row in enumerate(mask)], positions\n",
    ),
    (
        "tree_alone",
        "past_is_seen",
        "forgets the columns of the past",
        "    return mask, positions\n",
        "    return [row[past:] for row in mask], positions\n",
    ),
    (
        "positions_by_number",
        "siblings_are_hidden",
        "stands where it stands in the list, so that siblings are turned apart by RoPE",
        "positions.append(positions[parent] + 1 if parent >= 0 else past)",
        "positions.append(past + node)",
    ),
    (
        "depth_from_one",
        "a_chain",
        "the root's children are one too far",
        "if parent >= 0 else past)",
        "if parent >= 0 else past + 1)",
    ),
    (
        "row_of_the_parent",
        "a_chain",
        "adds the child to its parent's own row",
        "row = list(mask[parent]) if",
        "row = mask[parent] if",
    ),
    (
        "past_below_zero",
        "bad_trees",
        "takes any past",
        "    if past < 0:\n",
        "    if past is None:\n",
    ),
    (
        "first_child_that_fits",
        "twins",
        "walks down along the first child with the token, and never comes back",
        """    paths = {-1: []}
    for node, parent in enumerate(parents):
        # choices[0] is the root's, so that of a node is one further on.
        if parent in paths and tokens[node] == choices[parent + 1]:
            paths[node] = [*paths[parent], node]
    path = min(paths.values(), key=lambda nodes: (-len(nodes), nodes))
""",
        """    path = []
    while True:
        last = path[-1] if path else -1
        fitting = [i for i, parent in enumerate(parents) if parent == last and tokens[i] == choices[last + 1]]
        if not fitting:
            break
        path.append(fitting[0])
""",
    ),
    (
        "choice_of_the_node_itself",
        "all_accepted",
        "compares a node with what the target says after it",
        "tokens[node] == choices[parent + 1]",
        "tokens[node] == choices[node + 1]",
    ),
    (
        "no_bonus",
        "no_nodes",
        "returns the path's tokens alone, though the target has said one more",
        "[tokens[node] for node in path] + [choices[path[-1] + 1 if path else 0]]",
        "[tokens[node] for node in path]",
    ),
    (
        "bonus_of_the_root",
        "all_accepted",
        "adds what the target says at the root",
        "[choices[path[-1] + 1 if path else 0]]",
        "[choices[0]]",
    ),
    (
        "ancestors_unchecked",
        "none_accepted",
        "accepts a node whose parent was rejected",
        "if parent in paths and tokens[node] == choices[parent + 1]:",
        "if tokens[node] == choices[parent + 1]:",
        "[*paths[parent], node]",
        "[*paths.get(parent, []), node]",
    ),
    (
        "last_of_the_longest",
        "equally_long",
        "of equally long paths takes the last",
        "(-len(nodes), nodes)",
        "(-len(nodes), [-node for node in nodes])",
    ),
    (
        "order_of_the_ends",
        "equally_long",
        "of equally long paths takes the one that ends first, not the one that begins first",
        "(-len(nodes), nodes)",
        "(-len(nodes), nodes[::-1])",
    ),
    (
        "p_at_every_child",
        "rejected_token_again",
        "tries every child against p itself: tokens that were rejected get a second chance, and the law is another one",
        "            weights = _residual(weights, q[child])\n",
        "",
        "_draw(weights, rng.random())]",
        "_draw(rest(weights, node), rng.random())]",
        "    path, node = [], -1\n",
        """    path, node = [], -1

    def rest(weights, node):
        for child in [i for i, parent in enumerate(parents) if parent == node]:
            weights = _residual(weights, q[child])
        return weights

""",
    ),
    (
        "drawn_from_p",
        "one_child_rejected",
        "after a rejection draws from p, not from what is left of it",
        "_draw(weights, rng.random())]",
        "_draw(p[node + 1], rng.random())]",
    ),
    (
        "rest_not_normalized",
        "rest_is_normalized",
        "compares what is left with the next q as it is, though it sums to less than 1",
        "    return [weight / total for weight in left] if total > 0.0 else p",
        "    return left if total > 0.0 else p",
    ),
    (
        "one_child_each",
        "second_child",
        "stops at the first rejected child",
        "            weights = _residual(weights, q[child])\n",
        "            return path, [tokens[i] for i in path] + [_draw(_residual(weights, q[child]), rng.random())]\n",
    ),
    (
        "number_only_if_needed",
        "surely_accepted",
        "draws no number where p is no smaller than q",
        "if rng.random() < weights[token] / q[child][token]:",
        "if weights[token] >= q[child][token] or rng.random() < weights[token] / q[child][token]:",
    ),
    (
        "row_of_the_root",
        "one_child_accepted",
        "reads the root's row of p at every node",
        "weights = p[node + 1]",
        "weights = p[0]",
    ),
    (
        "row_of_the_parent_of_p",
        "one_child_accepted",
        "numbers p as it numbers nodes, and takes the last row at the root",
        "weights = p[node + 1]",
        "weights = p[node]",
    ),
    (
        "most_probable",
        "no_nodes",
        "emits the most probable token, and draws none",
        "_draw(weights, rng.random())]",
        "max(range(len(weights)), key=weights.__getitem__)]",
    ),
    (
        "nothing_divides",
        "nothing_left",
        "divides by the sum of nothing",
        "    return [weight / total for weight in left] if total > 0.0 else p",
        "    return [weight / total for weight in left]",
    ),
    (
        "bound_reached",
        "all_children_rejected",
        "stops where the sum reaches the bound, at which a token of probability 0 may stand",
        "bisect_right(sums",
        "bisect_left(sums",
        "import bisect_right",
        "import bisect_left",
    ),
    (
        "rest_in_place",
        "inputs_unchanged",
        "writes what is left into p",
        "            weights = _residual(weights, q[child])\n",
        "            weights[:] = _residual(weights, q[child])\n",
    ),
    (
        "any_parents",
        "bad_trees",
        "takes parents that come after their children",
        "not -1 <= parent < node for",
        "not -1 <= parent < len(parents) for",
        "if parent >= 0 else [True] * past + [False] * len(parents)",
        "if 0 <= parent < node else [True] * past + [False] * len(parents)",
        "positions[parent] + 1 if parent >= 0 else past",
        "positions[parent] + 1 if 0 <= parent < node else past",
    ),
    (
        "lengths_unchecked",
        "bad_lengths",
        "uses what is there",
        "    if len(tokens) != len(parents) or len(choices) != len(parents) + 1:\n",
        "    if len(tokens) > len(parents):\n",
    ),
    (
        "sums_unchecked",
        "bad_rows",
        "takes rows of any sum",
        " or not abs(sum(row) - 1.0) <= 1e-6:",
        ":",
    ),
    (
        "slightly_negative",
        "bad_rows",
        "allows an entry to be a little below 0, as it allows a sum beside 1",
        "any(not x >= 0.0 for x in row)",
        "any(not x >= -1e-9 for x in row)",
    ),
    (
        "tokens_from_the_end",
        "bad_tokens",
        "-1 is the last token of a list in Python",
        "if not 0 <= token < len(row) or",
        "if not -len(row) <= token < len(row) or",
    ),
    (
        "quotient_accepted",
        "at_the_quotient",
        "<= in place of <: a token with a probability of 0 may be accepted",
        "if rng.random() < weights",
        "if rng.random() <= weights",
    ),
    (
        "total_left_out",
        "sum_beside_one",
        "compares the cumulative sum with u itself",
        "bisect_right(sums, u * sums[-1])",
        "min(bisect_right(sums, u), len(sums) - 1)",
    ),
    (
        "back_to_p",
        "nothing_left",
        "takes the node's whole p again where a child leaves nothing, though the children before have taken from it",
        "            weights = _residual(weights, q[child])",
        "            weights = _residual(weights, q[child], p[node + 1])",
        "def _residual(p, q):",
        "def _residual(p, q, instead):",
        "if total > 0.0 else p\n",
        "if total > 0.0 else instead\n",
    ),
    (
        "little_is_nothing",
        "nothing_left",
        "takes a rest below some bound of its own for nothing",
        "if total > 0.0 else p\n",
        "if total > 1e-9 else p\n",
    ),
    (
        "nan_unseen",
        "bad_rows",
        "asks whether the sum is too far from 1, which is false for NaN, as every comparison is",
        "any(not x >= 0.0 for x in row) or not abs(sum(row) - 1.0) <= 1e-6",
        "any(x < 0.0 for x in row) or abs(sum(row) - 1.0) > 1e-6",
    ),
]
