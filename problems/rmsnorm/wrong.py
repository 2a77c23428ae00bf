"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "sample_variance",
        "moments_of_a_few",
        "divides by n - 1, as statistics does for a sample",
        "squares / n if n else 0.0",
        "squares / (n - 1) if n > 1 else 0.0",
    ),
    (
        "sum_of_squares",
        "moments_of_a_few",
        "returns the sum of the squared distances",
        "squares / n if n else 0.0",
        "squares",
    ),
    (
        "new_mean_twice",
        "moments_of_a_few",
        "takes both distances from the new mean",
        """        squares += before * (x - mean)
""",
        """        squares += (x - mean) * (x - mean)
""",
    ),
    (
        "no_numbers",
        "moments_of_nothing",
        "divides by 0 where there is nothing",
        "squares / n if n else 0.0",
        "squares / n",
    ),
    (
        "reads_twice",
        "moments_of_an_iterator",
        "goes through the numbers for the mean and once more for the variance",
        """    n, mean, squares = 0, 0.0, 0.0
    for x in numbers:
        n += 1
        before = x - mean
        mean += before / n
        # One distance from the old mean and one from the new: their product is what the sum of squares grows by.
        squares += before * (x - mean)
    return n, mean, squares / n if n else 0.0
""",
        """    n = total = 0
    for x in numbers:
        n += 1
        total += x
    mean = total / n if n else 0.0
    return n, mean, sum((x - mean) ** 2 for x in numbers) / n if n else 0.0
""",
    ),
    (
        "keeps_them_all",
        "moments_in_one_pass",
        "copies the numbers into a list and makes two passes over that",
        """    n, mean, squares = 0, 0.0, 0.0
    for x in numbers:
        n += 1
        before = x - mean
        mean += before / n
        # One distance from the old mean and one from the new: their product is what the sum of squares grows by.
        squares += before * (x - mean)
    return n, mean, squares / n if n else 0.0
""",
        """    numbers = list(numbers)
    n = len(numbers)
    mean = sum(numbers) / n if n else 0.0
    return n, mean, sum((x - mean) ** 2 for x in numbers) / n if n else 0.0
""",
    ),
    (
        "mean_of_squares",
        "moments_far_from_zero",
        "the mean of the squares minus the square of the mean: both are 1e10 there, and their digits cancel",
        """    n, mean, squares = 0, 0.0, 0.0
    for x in numbers:
        n += 1
        before = x - mean
        mean += before / n
        # One distance from the old mean and one from the new: their product is what the sum of squares grows by.
        squares += before * (x - mean)
    return n, mean, squares / n if n else 0.0
""",
        """    n, total, squares = 0, 0.0, 0.0
    for x in numbers:
        n += 1
        total += x
        squares += x * x
    if n == 0:
        return 0, 0.0, 0.0
    return n, total / n, max(squares / n - (total / n) ** 2, 0.0)
""",
    ),
    (
        "merged_variances",
        "merged_halves",
        "averages the variances and forgets that the means lie apart",
        " + share * (1 - share) * apart * apart",
        "",
    ),
    (
        "merged_alike",
        "merged_unequal",
        "gives both parts the same weight",
        "share, apart = b[0] / n",
        "share, apart = 0.5",
    ),
    (
        "merged_with_none",
        "merged_with_nothing",
        "divides by 0 where both are empty",
        """    if n == 0:
        return 0, 0.0, 0.0
""",
        "",
    ),
    (
        "merged_by_squares",
        "merged_far_from_zero",
        "goes back to the mean of the squares",
        """    variance = (1 - share) * a[2] + share * b[2] + share * (1 - share) * apart * apart
    return n, a[1] + share * apart, variance
""",
        """    mean = a[1] + share * apart
    return n, mean, (1 - share) * (a[2] + a[1] ** 2) + share * (b[2] + b[1] ** 2) - mean**2
""",
    ),
    (
        "bias_first",
        "weight_then_bias",
        "adds the bias before it multiplies by the weight",
        "(value - mean) * scale * w + b for",
        "((value - mean) * scale + b) * w for",
    ),
    (
        "one_mean_for_all",
        "rows_by_themselves",
        "takes the moments of the whole matrix, as a batch norm of one channel would",
        """        _, mean, variance = moments(row)
""",
        """        _, mean, variance = moments(value for each in x for value in each)
""",
    ),
    (
        "layer_eps_outside",
        "one_row",
        "adds eps to the deviation, outside of the root",
        "math.sqrt(variance + eps)",
        "(math.sqrt(variance) + eps)",
    ),
    (
        "layer_default_eps",
        "one_row",
        "takes the default of RMSNorm for both",
        "eps: float = 1e-5",
        "eps: float = 1e-6",
    ),
    (
        "subtracts_the_mean",
        "rms_of_a_row",
        "subtracts the mean, as LayerNorm does",
        """    for row in h:
""",
        """    for row in h:
        row = [value - sum(row) / len(row) for value in row]
""",
    ),
    (
        "root_of_the_sum",
        "rms_of_a_row",
        "divides by the norm of the row, the root of the sum of squares",
        """        scale = 1.0 / math.sqrt(sum(value * value for value in row) / len(row) + eps)
""",
        """        scale = 1.0 / math.sqrt(sum(value * value for value in row) + eps)
""",
    ),
    (
        "rms_eps_outside",
        "rms_of_a_row",
        "adds eps to the root mean square, outside of the root",
        """        scale = 1.0 / math.sqrt(sum(value * value for value in row) / len(row) + eps)
""",
        """        scale = 1.0 / (math.sqrt(sum(value * value for value in row) / len(row)) + eps)
""",
    ),
    (
        "eps_by_the_sum",
        "rms_of_a_row",
        "adds eps to the sum of squares, before the mean is taken",
        """        scale = 1.0 / math.sqrt(sum(value * value for value in row) / len(row) + eps)
""",
        """        scale = 1.0 / math.sqrt((sum(value * value for value in row) + eps) / len(row))
""",
    ),
    (
        "one_plus_weight",
        "rms_of_a_row",
        "multiplies by 1 + weight, as the checkpoints of some models want it",
        "value * scale * w for",
        "value * scale * (1 + w) for",
    ),
    (
        "residual_added_last",
        "residual_added_first",
        "normalizes x and adds the residual to the result",
        """        out.append([value * scale * w for value, w in zip(row, weight)])
    return out, h
""",
        """        out.append([value * scale * w for value, w in zip(row, weight)])
    if residual is not None:
        out = [[a + b for a, b in zip(row, other)] for row, other in zip(out, residual)]
    return out, h
""",
        """        h = [[a + b for a, b in zip(row, other)] for row, other in zip(x, residual)]
""",
        """        h = [list(row) for row in x]
""",
    ),
    (
        "returns_x",
        "residual_added_first",
        "hands the old x on as the residual of the next layer",
        """    return out, h
""",
        """    return out, [list(row) for row in x]
""",
    ),
    (
        "returns_the_norm",
        "rms_of_a_row",
        "hands the normalized rows on as the residual of the next layer",
        """    return out, h
""",
        """    return out, [list(row) for row in out]
""",
    ),
    (
        "adds_again",
        "added_once",
        "adds x and residual a second time when it writes the result",
        """        out.append([value * scale * w for value, w in zip(row, weight)])
""",
        """        if residual is not None:
            row = [a + b for a, b in zip(x[len(out)], residual[len(out)])]
        out.append([value * scale * w for value, w in zip(row, weight)])
""",
    ),
    (
        "rows_unchecked",
        "bad_shapes",
        "leaves lengths to zip(), which cuts rows short",
        "    if not weight or any(len(row) != len(weight) for row in rows):",
        "    if not weight:",
    ),
    (
        "bias_unchecked",
        "bad_shapes",
        "does not look at the length of the bias",
        "[bias, *x])",
        "x)",
    ),
    (
        "no_features",
        "bad_shapes",
        "divides by 0 where D is 0",
        "    if not weight or any(",
        "    if any(",
    ),
    (
        "residual_rows_unchecked",
        "bad_residual",
        "leaves the number of rows to zip()",
        "    elif len(residual) == len(x):",
        "    elif True:",
    ),
    (
        "empty_residual_for_none",
        "bad_residual",
        "takes an empty residual for none at all",
        "    if residual is None:",
        "    if not residual:",
    ),
    (
        "zero_eps",
        "bad_eps",
        "accepts an eps of 0",
        "    if not eps > 0:",
        "    if not eps >= 0:",
    ),
    (
        "eps_is_nan",
        "bad_eps",
        "compares the other way round, which NaN passes",
        "    if not eps > 0:",
        "    if eps <= 0:",
    ),
    (
        "no_rows_at_once",
        "bad_shapes",
        "returns for no rows before it looks at the bias and at eps",
        "    _check(weight, eps, [bias, *x])\n",
        "    if not x and weight:\n        return []\n    _check(weight, eps, [bias, *x])\n",
    ),
    (
        "residual_of_no_rows",
        "bad_residual",
        "returns for no rows before it looks at the residual",
        "    if residual is None:\n",
        "    if not x:\n        return [], []\n    if residual is None:\n",
    ),
    (
        "eps_of_no_rows",
        "bad_eps",
        "looks at eps only where there is a row to divide",
        "    if not eps > 0:\n",
        "    if len(rows) > 1 and not eps > 0:\n",
    ),
    (
        "zeros_left_out",
        "moments_of_a_few",
        "takes a number of 0 for one that is missing",
        "        n += 1\n",
        "        if not x:\n            continue\n        n += 1\n",
    ),
    (
        "adds_in_place",
        "input_unchanged",
        "adds the residual into x, as a GPU kernel does with its buffers",
        """        h = [[a + b for a, b in zip(row, other)] for row, other in zip(x, residual)]
""",
        """        for row, other in zip(x, residual):
            row[:] = [a + b for a, b in zip(row, other)]
        h = [list(row) for row in x]
""",
    ),
    (
        "hands_out_x",
        "results_are_the_callers",
        "returns the rows of x themselves where there is no residual",
        """        h = [list(row) for row in x]
""",
        """        h = x
""",
    ),
]
