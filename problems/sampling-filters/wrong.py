"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "drops_the_crossing_token",
        "top_p_keeps_the_crossing_token",
        "stops at the token that crosses p, without it",
        "for token in ranked:",
        """for token in ranked:
        mass += weights[token]""",
        "        mass += weights[token]\n",
        "",
    ),
    (
        "falls_off_the_end",
        "draw_above_the_rounded_sum",
        "trusts the sum to reach 1 and takes the last id when it does not",
        "    chosen = 0\n",
        "",
        """        # For a draw above a sum that rounding has left below 1.
        chosen = token
""",
        "",
        """break
    return chosen""",
        """return token
    return len(probs) - 1""",
    ),
    (
        "greedy_at_the_last_tie",
        "greedy_tie",
        "the last of equal logits wins",
        "probs[logits.index(best",
        "probs[max(range(len(logits)), key=lambda token: (logits[token], token)",
    ),
    (
        "keeps_all_ties",
        "top_k_tie",
        "compares with the k-th logit, so that a tie keeps more than k",
        "        kept = kept[:top_k",
        "        kept = [token for token in kept if logits[token] >= logits[kept[:top_k][-1]]",
    ),
    (
        "min_p_absolute",
        "min_p_half",
        "min-p as a bound on the probability itself, not on its share of the largest",
        "weights[token] >= min_p",
        "weights[token] / sum(weights) >= min_p",
    ),
    (
        "min_p_first",
        "min_p_after_top_p",
        "min-p before top-p: the nucleus is then taken of fewer tokens",
        "kept = sorted(range(len(logits)), key=lambda token: (-logits[token], token))",
        """alive = [token for token in range(len(logits)) if weights[token] >= min_p]
    kept = sorted(alive, key=lambda token: (-logits[token], token))""",
        "    kept = [token for token in kept if weights[token] >= min_p]\n",
        "",
    ),
    (
        "multiplies_by_temperature",
        "temperature_two",
        "a high temperature is taken to mean sharper",
        "best) / temperature)",
        "best) * temperature)",
    ),
    (
        "not_renormalized",
        "top_k_two",
        "divides by the sum of all weights, not of those kept",
        "[token] for token in kept",
        "",
    ),
    (
        "nucleus_not_renormalized",
        "top_p_of_what_top_k_left",
        "top-p counts the mass of the whole vocabulary",
        "[token] for token in ranked",
        "",
    ),
    (
        "unstable_softmax",
        "large_logits",
        "does not subtract the maximum before exp()",
        "(logit - best) / temperature",
        "logit / temperature",
        "weights[token] >= min_p",
        "weights[token] >= min_p * math.exp(best / temperature)",
    ),
    (
        "greedy_before_the_checks",
        "bad_settings_of_the_greedy",
        "returns for temperature 0 before it looks at the other settings",
        """    _check_settings(temperature, top_k, top_p, min_p)
    best = max(logits)
""",
        "    best = max(logits)\n",
        """        probs[logits.index(best)] = 1.0
        return probs""",
        """        probs[logits.index(best)] = 1.0
        return probs
    _check_settings(temperature, top_k, top_p, min_p)""",
    ),
    (
        "nan_settings",
        "not_a_number",
        "asks what is out of bounds, and NaN never is",
        "    if not temperature >= 0.0:",
        "    if temperature < 0.0:",
        "    if not 0.0 < top_p <= 1.0:",
        "    if top_p <= 0.0 or top_p > 1.0:",
        "    if not 0.0 <= min_p <= 1.0:",
        "    if min_p < 0.0 or min_p > 1.0:",
    ),
    (
        "zeros_as_ints",
        "a_list_of_floats",
        "fills up with the int 0",
        "    probs = [0.0] * len(logits)",
        "    probs = [0] * len(logits)",
    ),
    (
        "sorts_in_place",
        "logits_unchanged",
        "sorts the caller's logits",
        "    best = max(logits)\n",
        """    best = max(logits)
    given = list(logits)
    logits.sort()
    logits = given
""",
    ),
    (
        "draws_when_greedy",
        "one_draw_a_token",
        "draws at temperature 0 too",
        """    if temperature == 0.0:
        return probs.index(1.0)
    draw = rng.random()""",
        """    draw = rng.random()
    if temperature == 0.0:
        return probs.index(1.0)""",
    ),
    (
        "at_most_the_draw",
        "draws_in_order_of_ids",
        "takes the first token whose running sum reaches the draw",
        "        if draw < mass:",
        "        if draw <= mass:",
    ),
    (
        "forbidden_ok",
        "bad_logits",
        "gives a uniform law where all is forbidden",
        "    if all(logit == -math.inf for logit in logits):",
        "    if not logits:",
    ),
    (
        "any_top_p",
        "bad_settings",
        "takes a top_p above 1 for off",
        "    if not 0.0 < top_p <= 1.0:",
        "    if not 0.0 < top_p:",
    ),
    (
        "settings_not_passed_on",
        "settings_reach_the_draw",
        "forgets to pass min_p on",
        """top_k=top_k, top_p=top_p, min_p=min_p)
    if temperature""",
        """top_k=top_k, top_p=top_p)
    if temperature""",
    ),
    (
        "k_above_refused",
        "top_k_above_vocabulary",
        "refuses a k above the vocabulary",
        """    if top_k > 0:
        kept = kept[:top_k]""",
        """    if top_k > len(logits):
        raise ValueError
    if top_k > 0:
        kept = kept[:top_k]""",
    ),
    (
        "nucleus_of_one",
        "top_p_one_is_off",
        "stops at the running sum of 1 although top-p is off",
        """    if top_p < 1.0:
        kept""",
        """    if top_p <= 1.0:
        kept""",
    ),
    (
        "min_p_above",
        "min_p_keeps_only_maxima",
        "keeps what is above min_p times the largest",
        "if weights[token] >= min_p]",
        "if weights[token] > min_p]",
    ),
    (
        "draws_where_there_is_a_choice",
        "one_draw_even_if_one_token_is_left",
        "saves the draw where one token has all the probability",
        "    draw = rng.random()\n",
        "    if max(probs) == 1.0:\n        return probs.index(1.0)\n    draw = rng.random()\n",
    ),
    (
        "greedy_below_a_hundredth",
        "temperature_of_a_thousandth",
        "takes a small temperature for 0, so as not to divide by it",
        "    if temperature == 0.0:\n        probs[",
        "    if temperature < 0.01:\n        probs[",
    ),
    (
        "a_trace_is_left",
        "filtered_is_nothing",
        "starts from a tiny number in place of 0, against a later log(0)",
        "    probs = [0.0] * len(logits)\n",
        "    probs = [1e-13 if temperature else 0.0] * len(logits)\n",
    ),
]
