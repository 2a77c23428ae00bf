"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "accepts_at_zero",
        "never_a_token_without_probability",
        "writes <= where u may be 0",
        "token] < target[token",
        "token] <= target[token",
    ),
    (
        "accepts_by_p_alone",
        "target_above_draft",
        "accepts with probability p, without dividing by q",
        "* proposal[token] < ",
        "< ",
    ),
    (
        "bonus_of_the_last_draft",
        "same_distributions",
        "takes the row of p in which the last drafted token was checked, one too early",
        "draft)], rng.random(",
        "draft) - 1], rng.random(",
    ),
    (
        "chooses_at_zero",
        "never_a_token_without_probability",
        "lets a running sum of 0 reach u = 0",
        "        if running >",
        "        if running >=",
    ),
    (
        "goes_on_after_refusal",
        "one_refused",
        "replaces the refused token and goes on, although the rest was drafted after another token",
        "        return emitted\n",
        "",
    ),
    (
        "inverted_ratio",
        "one_refused",
        "accepts with probability q / p",
        "proposal[token] < target",
        "target[token] < proposal",
    ),
    (
        "most_likely_replacement",
        "law_of_first_token",
        "replaces a refused token by the likeliest of the residual instead of sampling it",
        "emitted.append(choose(weights, rng.random()))",
        """rng.random()
        emitted.append(weights.index(max(weights)))""",
    ),
    (
        "no_bonus_token",
        "one_accepted",
        "forgets that the target's pass gives one token more when all are accepted",
        """emitted.append(choose(p[len(draft)], rng.random()))
    return emitted""",
        "return emitted if draft else [choose(p[0], rng.random())]",
    ),
    (
        "no_guard",
        "empty_residual",
        "divides by the sum of the residual without asking whether it is 0",
        "weights = residual if sum(residual) > 0 else target",
        """total = sum(residual)
        weights = [each / total for each in residual]""",
    ),
    (
        "resample_from_target",
        "law_of_first_token",
        "replaces a refused token by one drawn from p, so what q gives too little stays too little",
        """residual = [max(a - b, 0.0) for a, b in zip(target, proposal)]
        # Nothing is left only where p and q are equal up to rounding: then p is the distribution.
        weights = residual if sum(residual) > 0 else target
        emitted.append(choose(weights, rng.random()))""",
        "emitted.append(choose(target, rng.random()))",
    ),
    (
        "residual_not_normalized",
        "law_of_first_token",
        "compares u with running sums of the residual, which end below 1, then takes the last token",
        """    total = 0.0
    for weight in weights:
        total += weight
""",
        "",
        "running > u * total:",
        "running > u:",
        "return token",
        """return token
    return len(weights) - 1""",
    ),
    (
        "residual_reversed",
        "one_refused",
        "takes q - p for p - q in the residual",
        "residual = [max(a - b",
        "residual = [max(b - a",
    ),
    (
        "zero_draft_accepted",
        "impossible_draft",
        "multiplies instead of dividing, and so never meets the 0 that tells of a wrong q",
        "row, token in zip(q, draft)",
        "token in draft",
        """        if row[token] == 0:
            raise ValueError("a token to which q gives 0 cannot have been drafted")
""",
        "",
    ),
    (
        "checks_the_first_row",
        "every_row_is_looked_at",
        "looks at the first row of q alone",
        "    for row in p + q:\n",
        "    for row in p + q[:1]:\n",
    ),
    (
        "checks_as_it_goes",
        "bad_token",
        "looks at each drafted token when it comes to it, and may never come",
        """    for row, token in zip(q, draft):
        if not 0 <= token < width:""",
        """    for row, token in zip(q, draft):
        if token >= width:""",
    ),
    (
        "refuses_late",
        "impossible_draft",
        "refuses an impossible draft only where it comes to it",
        """        if row[token] == 0:
            raise ValueError("a token to which q gives 0 cannot have been drafted")""",
        "        pass",
        "        if rng.random() * proposal[token] < target[token]:",
        """        if proposal[token] == 0:
            raise ValueError
        if rng.random() * proposal[token] < target[token]:""",
    ),
    (
        "tuple_of_tokens",
        "one_accepted",
        "returns a tuple",
        """    emitted.append(choose(p[len(draft)], rng.random()))
    return emitted""",
        """    emitted.append(choose(p[len(draft)], rng.random()))
    return tuple(emitted)""",
    ),
    (
        "draws_when_needed",
        "target_above_draft",
        "draws no number where p is above q",
        "        if rng.random() * proposal[token] < target[token]:",
        "        if proposal[token] <= target[token] or rng.random() * proposal[token] < target[token]:",
    ),
    (
        "draws_all_first",
        "first_refusal_ends_the_step",
        "draws a number for each token before it looks",
        """    emitted = []
    for target, proposal, token in zip(p, q, draft):""",
        """    emitted = []
    numbers = [rng.random() for _ in range(len(draft))]
    for target, proposal, token in zip(p, q, draft):""",
        "        if rng.random() * proposal[token] < target[token]:",
        "        if numbers.pop(0) * proposal[token] < target[token]:",
    ),
    (
        "u_of_one",
        "sums_just_below_one",
        "takes a sum near 1 for 1",
        """        if running > u * total:
            return token""",
        """        if running > (u if total > 0.99 else u * total):
            return token
    return len(weights) - 1""",
    ),
    (
        "normalizes_in_place",
        "arguments_left_alone",
        "clips the caller's row of p to make the residual",
        "        residual = [max(a - b, 0.0) for a, b in zip(target, proposal)]\n",
        """        target_row = list(target)
        residual = [max(a - b, 0.0) for a, b in zip(target, proposal)]
        target[:] = residual
        target = target_row
""",
    ),
    (
        "any_sum",
        "bad_probabilities",
        "does not look at the sums",
        "        if min(row) < 0 or not abs(sum(row) - 1) < 1e-6:",
        "        if min(row) < 0:",
    ),
    (
        "shapes_unchecked",
        "rows_too_many",
        "goes as far as the shortest",
        "    if len(p) != len(draft) + 1 or len(q) != len(draft):",
        "    if len(p) < len(draft) + 1 or len(q) != len(draft):",
    ),
    (
        "reaches_the_draw",
        "a_sum_that_u_meets",
        "takes the first token at which the cumulative sum reaches u, not the first that exceeds it",
        "        if running > u * total:",
        "        if weight > 0 and running >= u * total:",
    ),
    (
        "falls_to_the_last",
        "the_largest_u",
        "compares with a tolerance, and gives the last token where none is above it: that one may have no probability",
        "        if running > u * total:\n            return token\n",
        "        if running > u * total + 1e-12:\n            return token\n    return len(weights) - 1\n",
    ),
    (
        "small_is_nothing",
        "a_small_residual",
        "takes a residual below 1e-9 for one of zeros",
        "if sum(residual) > 0 else",
        "if sum(residual) > 1e-9 else",
    ),
    (
        "falls_back_on_the_draft",
        "empty_residual",
        "takes q where the residual is all zeros: the two are nearly equal",
        "if sum(residual) > 0 else target",
        "if sum(residual) > 0 else proposal",
    ),
    (
        "unlikely_is_impossible",
        "an_unlikely_draft",
        "refuses a drafted token to which q gives less than 1e-9, against a division by nearly 0",
        "        if row[token] == 0:",
        "        if row[token] < 1e-9:",
    ),
    (
        "sums_within_a_thousandth",
        "bad_probabilities",
        "lets a row's sum be off by a thousandth",
        "not abs(sum(row) - 1) < 1e-6",
        "not abs(sum(row) - 1) < 1e-3",
    ),
]
