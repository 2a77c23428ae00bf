"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "drops_the_unfinished",
        "cut_at_max_len",
        "returns only hypotheses that have ended",
        ")) for hypothesis in kept",
        ")) for hypothesis in kept if ended(hypothesis)",
    ),
    (
        "end_not_counted",
        "length_changes_the_winner",
        "counts the tokens before the end token only",
        "len(tokens) ** alpha",
        "max(1, len(tokens) - (tokens[-1] == eos)) ** alpha",
    ),
    (
        "extends_finished",
        "the_first_end_is_not_the_end",
        "never asks whether a hypothesis has ended",
        """if ended(hypothesis):
                candidates.append(hypothesis)
            else:
                candidates += extended(hypothesis[0], hypothesis[1], step, eos)""",
        "candidates += extended(hypothesis[0], hypothesis[1], step, eos)",
    ),
    (
        "finished_frees_its_place",
        "finished_keeps_its_place",
        "moves finished hypotheses to a list of their own, so the beam goes on at full width",
        "    kept = [((), 0.0)",
        "    kept, done = [((), 0.0)], [",
        """if ended(hypothesis):
                candidates.append(hypothesis)
            else:
                candidates += extended(hypothesis[0], hypothesis[1], step, eos)""",
        """longer = extended(hypothesis[0], hypothesis[1], step, eos)
            done += [each for each in longer if ended(each)]
            candidates += [each for each in longer if not ended(each)]""",
        """        if all([ended(hypothesis) for hypothesis in kept]):
            break""",
        "    kept = sorted(kept + done, key=lambda hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]",
    ),
    (
        "keeps_forbidden",
        "forbidden_tokens",
        "keeps sequences whose log-probability is minus infinity",
        " if logp > FORBIDDEN",
        "",
    ),
    (
        "larger_tokens_first",
        "ties",
        "sorts (score, tokens) downwards, which turns the ties round as well",
        "-score(hypothesis), hypothesis[0])",
        "score(hypothesis), hypothesis[0]), reverse=True",
    ),
    (
        "last_step_only",
        "greedy",
        "ranks by the last log-probability and forgets to add the earlier ones",
        "total + logp) for token",
        "logp) for token",
    ),
    (
        "normalized_at_the_end_only",
        "length_counts_during_the_search",
        "prunes by the plain sum and normalizes only what is returned",
        "score(hypothesis), hypothesis",
        "hypothesis[1], hypothesis",
        "            break",
        """            break
    kept.sort(key=lambda hypothesis: (-score(hypothesis), hypothesis[0]))""",
    ),
    (
        "places_for_each_parent",
        "both_from_one_parent",
        "keeps the best continuation of each hypothesis instead of the best of all",
        "candidates += extended(hypothesis[0], hypothesis[1], step, eos)",
        """longer = extended(hypothesis[0], hypothesis[1], step, eos)
                longer.sort(key=lambda each: (-score(each), each[0]))
                candidates += longer[: max(1, beam // len(kept))]""",
    ),
    (
        "stops_at_first_end",
        "the_first_end_is_not_the_end",
        "returns as soon as one hypothesis has ended",
        "all([ended(hypothesis",
        "any([ended(hypothesis",
    ),
    (
        "asks_at_the_last_length",
        "asked_once_and_no_longer",
        "asks the model once more for hypotheses of max_len tokens",
        "    return [(hypothesis[0], score(hypothesis)) for hypothesis in kept]",
        """    for hypothesis in kept:
        if not ended(hypothesis):
            step(hypothesis[0])
    return [(hypothesis[0], score(hypothesis)) for hypothesis in kept]""",
    ),
    (
        "asks_for_the_width",
        "stops_when_all_are_finished",
        "asks the model for its vocabulary first, and then for the same prefix",
        "    kept = [((), 0.0)]",
        """    extended((), 0.0, step, eos)
    kept = [((), 0.0)]""",
    ),
    ("a_billion_for_infinity", "far_below", "takes what is below -1e9 for forbidden", 'float("-inf")', "-1e9"),
    (
        "spoils_the_row",
        "the_models_list_is_its_own",
        "crosses out what it took in the row that the model gave",
        "    return [(tokens + (token,), total + logp) for token, logp in enumerate(logps) if logp > FORBIDDEN]",
        """    found = []
    while max(logps) > FORBIDDEN:
        token = logps.index(max(logps))
        found.append((tokens + (token,), total + logps[token]))
        logps[token] = FORBIDDEN
    return found""",
    ),
    (
        "tokens_as_lists",
        "greedy",
        "gives tokens as lists, where tuples are asked for",
        "    return [(hypothesis[0], score",
        "    return [(list(hypothesis[0]), score",
    ),
    (
        "ties_as_they_come",
        "ties",
        "leaves ties to the order in which they were found",
        "hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]",
        "hypothesis: -score(hypothesis))[:beam]",
    ),
    (
        "bounds_unchecked",
        "bad_arguments",
        "lets an alpha below 0 through",
        "    if not alpha >= 0:",
        "    if alpha != alpha:",
    ),
    (
        "stops_at_the_best",
        "finished_is_not_extended",
        "stops as soon as the best has ended",
        "        if all([ended(hypothesis) for hypothesis in kept]):",
        "        if kept and ended(kept[0]) or all([ended(hypothesis) for hypothesis in kept]):",
    ),
    (
        "asks_for_the_ended",
        "finished_is_not_extended",
        "asks the model for what has ended, too, and throws it away",
        "                candidates.append(hypothesis)\n",
        """                step(hypothesis[0])
                candidates.append(hypothesis)
""",
    ),
    (
        "prunes_as_they_come",
        "ties",
        "breaks ties in what it returns, and not where the beam is cut",
        "hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]",
        """hypothesis: -score(hypothesis))[:beam]
        kept.sort(key=lambda hypothesis: (-score(hypothesis), hypothesis[0]))""",
    ),
    (
        "rounded_scores",
        "ties",
        "takes scores for equal that differ by less than 1e-9",
        "hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]",
        "hypothesis: (-round(score(hypothesis), 9), hypothesis[0]))[:beam]",
    ),
    (
        "ranks_by_probability",
        "far_below",
        "compares probabilities, which are all 0 below exp(-745)",
        "hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]",
        "hypothesis: (-(2.718281828459045 ** score(hypothesis)), hypothesis[0]))[:beam]",
    ),
    (
        "shorter_first",
        "ties",
        "puts the shorter tuple first where scores are equal",
        "hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]",
        "hypothesis: (-score(hypothesis), len(hypothesis[0]), hypothesis[0]))[:beam]",
    ),
]
