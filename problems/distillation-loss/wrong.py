"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "clipped_log",
        "far_apart",
        "takes the log of a probability, guarded against log(0) by a floor of 1e-12",
        "each - log_total for",
        "log(max(exp(each - log_total), 1e-12)) for",
    ),
    (
        "exp_overflows",
        "shifted_by_a_thousand",
        "takes exp() of the logits themselves, which overflows above 709",
        "    peak = max(logits)",
        "    peak = 0.0",
    ),
    (
        "gradient_not_averaged",
        "mean_over_the_batch",
        "divides the loss by the batch, but not the gradient",
        "(alpha * soft + (1 - alpha) * hard) / batch",
        "alpha * soft + (1 - alpha) * hard",
    ),
    (
        "gradient_without_chain_rule",
        "gradient_of_soft_term",
        "puts T^2 in front of p_s - p_t and forgets that the logits were divided by T",
        "(exp(soft_student[token",
        "T * (exp(soft_student[token",
    ),
    (
        "hard_term_at_temperature",
        "both_terms_at_temperature",
        "computes the student's softmax once, at T, and uses it for both terms",
        "log_softmax(student, 1.0",
        "log_softmax(student, T",
    ),
    (
        "mean_over_vocabulary",
        "soft_term_alone",
        "takes the mean over all B * V elements, the default of F.kl_div",
        "- (1 - alpha) * hard_student",
        "/ len(student) - (1 - alpha) * hard_student",
    ),
    (
        "negative_label",
        "bad_label",
        "checks labels from above only, and Python reads -1 as the last token",
        "0 <= label < width for",
        "label < width for",
    ),
    (
        "no_t_squared",
        "soft_term_at_temperature",
        "copies the formula of KL at temperature T and forgets the factor that balances it",
        "alpha * T * T * kl -",
        "alpha * kl -",
        "T * (exp(soft_student[token]) - exp(soft_teacher[token]))",
        "(exp(soft_student[token]) - exp(soft_teacher[token])) / T",
    ),
    (
        "reverse_kl",
        "soft_term_alone",
        "swaps the arguments of the divergence, as F.kl_div(input, target) invites one to do",
        "exp(t) * (t - s) for",
        "exp(s) * (s - t) for",
    ),
    (
        "sum_over_batch",
        "mean_over_the_batch",
        "adds up the rows, so that the loss grows with the batch",
        "    batch = len(zs)\n",
        "",
        "(alpha * soft + (1 - alpha) * hard) / batch",
        "alpha * soft + (1 - alpha) * hard",
        "loss / batch, gradient",
        "loss, gradient",
    ),
    (
        "first_teacher_row",
        "ragged_rows",
        "compares the width of the teacher's first row only",
        "for row in zs + zt]):",
        "for row in zs + zt[:1]]):",
    ),
    (
        "skips_small_shares",
        "small_shares_count",
        "leaves out tokens to which the teacher gives less than 1e-12",
        "zip(soft_student, soft_teacher)])",
        "zip(soft_student, soft_teacher) if t > log(1e-12)])",
    ),
    (
        "slope_by_difference",
        "hot_limit",
        "takes the gradient by differences of the loss, and loses it at high temperature",
        """def kd_loss(zs, zt, y, T, alpha):
    check(zs, zt, y, T, alpha)""",
        """def kd_loss(zs, zt, y, T, alpha):
    loss, gradient = exact(zs, zt, y, T, alpha)[0], []
    for i in range(len(zs)):
        gradient.append([])
        for j in range(len(zs[i])):
            ends = []
            for step in (1e-4, -1e-4):
                moved = [list(row) for row in zs]
                moved[i][j] += step
                ends.append(exact(moved, zt, y, T, alpha)[0])
            gradient[i].append((ends[0] - ends[1]) / 2e-4)
    return loss, gradient


def exact(zs, zt, y, T, alpha):
    check(zs, zt, y, T, alpha)""",
    ),
    (
        "list_of_both",
        "hard_term_alone",
        "returns a list of the two",
        "return loss / batch, gradient",
        "return [loss / batch, gradient]",
    ),
    (
        "rows_in_place",
        "arguments_left_alone",
        "subtracts the maximum from the caller's rows",
        """    peak = max(logits)
    shifted = [(each - peak) / temperature for each in logits]""",
        """    peak = max(logits)
    logits[:] = [each - peak for each in logits]
    shifted = [each / temperature for each in logits]""",
    ),
    (
        "zero_temperature",
        "bad_temperature",
        "lets a negative temperature through",
        "    if not T > 0:",
        "    if T == 0:",
    ),
    ("any_alpha", "bad_alpha", "does not look at alpha", "    if not 0 <= alpha <= 1:", "    if alpha != alpha:"),
    (
        "temperature_if_needed",
        "bad_temperature",
        "looks at the temperature only where there is a soft term",
        "    if not T > 0:",
        "    if alpha > 0 and not T > 0:",
        "    check(zs, zt, y, T, alpha)\n",
        """    check(zs, zt, y, T, alpha)
    T = T if T > 0 else 1.0
""",
    ),
    (
        "rows_left_over",
        "bad_shapes",
        "lets rows of zs through that have no label",
        "len(y) != len(zs)",
        "len(y) > len(zs)",
    ),
    (
        "temperature_with_a_floor",
        "cold_limit",
        "takes a temperature below 0.01 for 0.01",
        "    check(zs, zt, y, T, alpha)\n",
        """    check(zs, zt, y, T, alpha)
    T = max(T, 0.01)
""",
    ),
]
