"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "always_interleaved",
        "halves",
        "knows one layout only, that of the paper",
        """if layout == "half":
        return [(pair, pair + size // 2) for pair in range(size // 2)]
    if layout == "interleaved":""",
        'if layout in ("half", "interleaved"):',
    ),
    (
        "angle_a_head",
        "heads_turn_alike",
        "turns head h by the angle of position + h",
        """turns = [(math.cos(position * rate), math.sin(position * rate)) for rate in rates]
        out.append([_turned(vector, places, turns) for vector in heads])""",
        """line = []
        for h, vector in enumerate(heads):
            turns = [(math.cos((position + h) * rate), math.sin((position + h) * rate)) for rate in rates]
            line.append(_turned(vector, places, turns))
        out.append(line)""",
    ),
    (
        "base_written_down",
        "other_base",
        "10000 written into the formula",
        "    return [base ** ",
        "    return [10000.0 ** ",
    ),
    (
        "converts_over_heads",
        "each_head_by_itself",
        "permutes all the rows at once, as if there were one head",
        "size = len(w) // heads",
        "size = len(w)",
    ),
    (
        "converts_the_wrong_way",
        "converted_to_half",
        "puts the old rows where it should have taken them from",
        "new[pair][member]] = w[begin + old",
        "old[pair][member]] = w[begin + new",
    ),
    (
        "exponent_without_two",
        "slower_pairs",
        "base ** (-i / D): the angles of a head of twice the size",
        "return [base ** (-2.",
        "return [base ** (-1.",
    ),
    (
        "first_position_goes_on",
        "positions_in_any_order",
        "counts on from the first position, as if there were no gaps",
        "heads, position in zip(x, pos",
        "position, heads in enumerate(x, pos[0]",
    ),
    (
        "forgets_the_minus",
        "second_of_a_pair",
        "no minus at all: that is no rotation, and the length changes",
        " * cosine - b * sine",
        " * cosine + b * sine",
    ),
    (
        "index_for_position",
        "first_of_a_pair",
        "counts tokens from 0 instead of reading their positions",
        "heads, position in zip(x, pos",
        "position, heads in enumerate(x",
    ),
    (
        "rounds_the_angle_only",
        "drift_grows_with_position",
        "forgets that the rate was rounded before it was multiplied",
        "pos * _float32(rate)",
        "pos * rate",
    ),
    (
        "second_from_the_first",
        "first_of_a_pair",
        "updates in place, and computes the second number from the turned first",
        "        out[second] = a",
        "        out[second] = out[first]",
    ),
    (
        "turns_backwards",
        "first_of_a_pair",
        "the minus on the wrong sine: the pair turns the other way",
        """out[first] = a * cosine - b * sine
        out[second] = a * sine + b * cosine""",
        """out[first] = a * cosine + b * sine
        out[second] = b * cosine - a * sine""",
    ),
    (
        "first_token_checked",
        "bad_shapes",
        "compares the heads of the first token only",
        "    if any(len(heads) != len(x[0]) or any(len(vector) != size for vector in heads) for heads in x):",
        "    if any(len(vector) != size for vector in x[0]):",
    ),
    (
        "first_two_tokens",
        "later_lengths_are_looked_at",
        "compares two tokens",
        "or any(len(vector) != size for vector in heads) for heads in x):",
        "or any(len(vector) != size for vector in heads) for heads in x[:2]):",
    ),
    (
        "rows_of_w",
        "input_unchanged",
        "gives back the rows of w themselves",
        "= w[begin + old[pair][member]][:]",
        "= w[begin + old[pair][member]]",
    ),
    (
        "turns_in_place",
        "input_unchanged",
        "turns the caller's vectors",
        """    out = vector[:]
    for (first""",
        """    out = vector
    for (first""",
    ),
    (
        "odd_is_fine",
        "odd_size",
        "leaves the last of an odd number as it is",
        "    if size < 2 or size % 2:",
        "    if size < 2:",
    ),
    (
        "any_layout",
        "bad_settings",
        "takes any other name for interleaved",
        '    if layout == "interleaved":',
        "    if layout:",
    ),
    (
        "any_base",
        "bad_settings",
        "takes a negative base for its magnitude",
        "    if base <= 0.0:",
        """    base = abs(base)
    if base <= 0.0:""",
    ),
    (
        "positions_unchecked",
        "bad_shapes",
        "stops at the shorter of tokens and positions",
        "    if len(pos) != len(x):",
        "    if not pos:",
    ),
    (
        "any_heads",
        "odd_size",
        "rounds the rows of a head down",
        "    if heads < 1 or not w or len(w) % (2 * heads):",
        "    if heads < 1 or not w or len(w) % heads or len(w) == 1 or (len(w) == 3 and heads == 1):",
    ),
    (
        "mean_of_errors",
        "drift_grows_with_position",
        "takes the mean of the errors, not the largest",
        "    return max(abs(_float32(pos * _float32(rate)) - pos * rate) for rate in _rates(size, base))",
        """    errors = [abs(_float32(pos * _float32(rate)) - pos * rate) for rate in _rates(size, base)]
    return sum(errors) / len(errors)""",
    ),
    (
        "not_rounded_again",
        "drift_grows_with_position",
        "rounds the rate and not the product",
        "_float32(pos * _float32(rate))",
        "pos * _float32(rate)",
    ),
    (
        "rows_of_the_second_half",
        "every_row_is_new",
        "copies a row only where it moves to the front of a pair",
        "= w[begin + old[pair][member]][:]",
        "= w[begin + old[pair][member]][:] if member == 0 else w[begin + old[pair][member]]",
    ),
]
