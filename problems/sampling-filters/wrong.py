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
        """        # Kept for the draw that lies above a sum which rounding left below 1.
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
]
