"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "activates_up",
        "one_rank",
        "takes the up projection for the gate",
        "hidden = [[silu(g) * u",
        "hidden = [[g * silu(u)",
    ),
    (
        "activation_of_the_product",
        "one_rank",
        "applies SiLU to gate times up instead of to the gate",
        "hidden = [[silu(g) * u",
        "hidden = [[silu(g * u)",
    ),
    (
        "average",
        "two_ranks",
        "takes the mean over the ranks, as one does with gradients",
        "elements) for elements",
        "elements) / len(elements) for elements",
    ),
    (
        "down_by_columns",
        "pieces_of_two_ranks",
        "splits down by columns like the others, so a rank would need all hidden units",
        "pieces.append(([row[first:end] for row in Wg], [row[first:end] for row in Wu], Wd[first:end]))",
        """wide = len(Wg) // n
        pieces.append(
            (
                [row[first:end] for row in Wg],
                [row[first:end] for row in Wu],
                [row[rank * wide : (rank + 1) * wide] for row in Wd],
            )
        )""",
    ),
    (
        "exp_overflows",
        "large_gates",
        "writes the sigmoid as 1 / (1 + exp(-z)) for every z",
        """if z >= 0:
        return z / (1 + exp(-z))
    return z * exp(z) / (1 + exp(z))""",
        "return z / (1 + exp(-z))",
    ),
    (
        "flops_of_all_ranks",
        "flops",
        "forgets that each rank does an n-th of the work",
        "width * hidden // n,",
        "width * hidden,",
    ),
    (
        "fused_gate_up",
        "pieces_of_two_ranks",
        "cuts the fused matrix [Wg | Wu] into n blocks, so that the first ranks get gates only",
        "pieces.append(([row[first:end] for row in Wg], [row[first:end] for row in Wu], Wd[first:end]))",
        """both = [a + b for a, b in zip(Wg, Wu)]
        block = [row[2 * first : 2 * end] for row in both]
        pieces.append(([row[:share] for row in block], [row[share:] for row in block], Wd[first:end]))""",
    ),
    (
        "gathers_hidden",
        "payload",
        "adds an exchange of the hidden units, as a split by rows and then by columns would need",
        "BYTES * tokens * width",
        "BYTES * tokens * (width + hidden)",
    ),
    ("multiply_adds", "flops", "counts a multiply-add as one FLOP", "2 * tokens * width *", "tokens * width *"),
    (
        "no_all_reduce",
        "two_ranks",
        "returns the first rank's output, which is already as large as the result",
        "[[sum(elements) for elements in zip(*rows)] for rows in zip(*parts)",
        "parts[0",
    ),
    (
        "payload_of_all_ranks",
        "payload",
        "multiplies the payload by the number of ranks",
        'comm_bytes": BYTES * ',
        'comm_bytes": BYTES * n * ',
    ),
    (
        "payload_on_one_rank",
        "no_payload_on_one_rank",
        "counts an all-reduce of one rank with itself",
        "width if n > 1 else 0",
        "width",
    ),
    (
        "up_interleaved",
        "pieces_of_two_ranks",
        "deals the columns of up out in turns but those of gate in blocks, so the wrong ones meet",
        " [row[first:end] for",
        " [row[rank::n] for",
    ),
    (
        "computes_it_whole",
        "every_rank_is_asked",
        "computes the MLP on one machine, and only says that it were spread",
        "    y = all_reduce([rank_output(x, piece) for piece in shard(Wg, Wu, Wd, n)])",
        "    y = rank_output(x, (Wg, Wu, Wd))",
    ),
    (
        "shard_trusts",
        "shard_refuses_too",
        "looks at n alone in shard",
        "    check([], Wg, Wu, Wd, n)\n",
        """    if n < 1 or len(Wd) % n:
        raise ValueError
""",
    ),
    (
        "saturates_at_20",
        "gates_near_saturation",
        "takes z for silu(z) above 20, and 0 below -20",
        """    if z >= 0:
        return z / (1 + exp(-z))""",
        """    if abs(z) > 20:
        return max(z, 0.0)
    if z >= 0:
        return z / (1 + exp(-z))""",
    ),
    (
        "flops_as_float",
        "flops",
        "divides by /, and counts FLOPs in floats",
        "width * hidden // n,",
        "width * hidden / n,",
    ),
    (
        "gelu",
        "one_rank",
        "takes GELU for SiLU",
        """    if z >= 0:
        return z / (1 + exp(-z))
    return z * exp(z) / (1 + exp(z))""",
        """    inner = 0.7978845608 * (z + 0.044715 * z**3)
    return z / (1 + exp(-2 * inner)) if inner >= 0 else z * exp(2 * inner) / (1 + exp(2 * inner))""",
    ),
    (
        "key_left_out",
        "payload",
        "leaves out the payload",
        '        "comm_bytes": BYTES * tokens * width if n > 1 else 0,\n',
        "",
    ),
    (
        "ragged_down",
        "bad_shapes",
        "looks at the first row of Wd",
        "    if any([len(row) != width for row in Wd + x]):",
        "    if any([len(row) != width for row in Wd[:1] + x]):",
    ),
    ("any_n", "indivisible", "lets n be any number", "    if n < 1 or hidden % n != 0:", "    if n < 1:"),
    (
        "frees_the_input",
        "arguments_left_alone",
        "frees the input after its use, as an engine reuses a buffer",
        "    return y, stats",
        """    del x[:]
    return y, stats""",
    ),
    (
        "longer_rows",
        "bad_shapes",
        "asks only that the rows of Wg and Wu are long enough",
        "any([len(row) != hidden for row in Wg + Wu])",
        "any([len(row) < hidden for row in Wg + Wu])",
    ),
    (
        "more_rows_of_up",
        "shapes_too_long",
        "asks only that Wu has as many rows as Wg",
        "    if len(Wu) != width or any",
        "    if len(Wu) < width or any",
    ),
    (
        "nothing_to_check",
        "refused_without_tokens",
        "returns before the checks where there are no tokens",
        "    check(x, Wg, Wu, Wd, n)\n    y",
        """    if not x:
        return [], {"comm_bytes": 0, "flops_per_rank": 0}
    check(x, Wg, Wu, Wd, n)
    y""",
    ),
    (
        "asks_for_show",
        "the_outputs_of_the_ranks_are_added",
        "calls rank_output for each rank and computes the MLP by itself",
        "    y = all_reduce([rank_output(x, piece) for piece in shard(Wg, Wu, Wd, n)])",
        """    for piece in shard(Wg, Wu, Wd, n):
        rank_output(x, piece)
    gate, up = matmul(x, Wg), matmul(x, Wu)
    y = matmul([[silu(g) * u for g, u in zip(gates, ups)] for gates, ups in zip(gate, up)], Wd)""",
    ),
]
