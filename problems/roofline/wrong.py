"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "cache_as_wide_as_weights",
        "small_step",
        "takes the width of the weights for the cache too",
        " head_dim * kv_bytes",
        " head_dim * w_bytes",
    ),
    (
        "cache_read_once",
        "small_step",
        "reads one sequence's cache for the whole batch, as one does the weights",
        "batch * ctx * token_bytes",
        "ctx * token_bytes",
    ),
    (
        "context_must_be_positive",
        "no_context",
        "refuses an empty context like any other zero",
        "    if not ctx >= 0:",
        "    if not ctx > 0:",
    ),
    (
        "keys_only",
        "small_step",
        "caches one vector a token where K and V are two",
        "2 * layers * kv_heads",
        "layers * kv_heads",
    ),
    (
        "one_flop_per_mac",
        "two_by_three_by_four",
        "counts a multiply-add as one operation, as the hardware issues it",
        "    flops = 2 * m * ",
        "    flops = m * ",
    ),
    (
        "one_roof_for_the_step",
        "compute_bound_layers",
        "one roof over all, as if attention could hide behind the linear layers",
        "    linear_s = max(compute_s, weights_s)\n",
        "",
        """attention_s = cache / bw

    # Attention and the linear layers alternate, so their times add up.
    return report(flops, weights + cache, linear_s + attention_s, compute_s >= weights_s)""",
        """memory_s = (weights + cache) / bw

    # Attention and the linear layers alternate, so their times add up.
    return report(flops, weights + cache, max(compute_s, memory_s), compute_s >= weights_s)""",
    ),
    (
        "output_not_written",
        "two_by_three_by_four",
        "counts what is read and forgets that C is written",
        " + m * n) * bytes_per_el",
        ") * bytes_per_el",
    ),
    (
        "ridge_is_memory",
        "on_the_ridge",
        "takes a product on the ridge for memory-bound",
        "compute_s >= memory_s",
        "compute_s > memory_s",
    ),
    (
        "times_added",
        "two_by_three_by_four",
        "adds the times of computing and moving, which overlap in one product",
        "max(compute_s, memory_s)",
        "compute_s + memory_s",
    ),
    (
        "weights_per_sequence",
        "small_step",
        "reads the weights once a sequence, so that a batch gains nothing",
        "weights = params * w_bytes",
        "weights = params * w_bytes * batch",
    ),
    (
        "nan_passes",
        "not_a_number",
        "asks what is 0 or less, and NaN is neither",
        "        if not arguments[name] > 0:",
        "        if arguments[name] <= 0:",
        "    if not ctx >= 0:",
        "    if ctx < 0:",
    ),
    (
        "layer_by_layer",
        "no_loop",
        "adds up the cache layer by layer and head by head",
        "    token_bytes = 2 * layers * kv_heads * head_dim * kv_bytes",
        """    token_bytes = 0
    for _ in range(layers):
        for _ in range(kv_heads):
            token_bytes += 2 * head_dim * kv_bytes""",
    ),
    (
        "bound_of_the_step",
        "on_the_ridge",
        "tells the bound of the whole step, attention included",
        "linear_s + attention_s, compute_s >= weights_s)",
        "linear_s + attention_s, compute_s >= weights_s + attention_s)",
    ),
    (
        "whole_bytes",
        "half_a_byte",
        "rounds up to whole bytes",
        "    moved = (m * k + k * n + m * n) * bytes_per_el",
        "    moved = -int(-(m * k + k * n + m * n) * bytes_per_el // 1)",
    ),
    (
        "new_token_written",
        "small_step",
        "counts the K and V that are written as well",
        "    cache = batch * ctx * token_bytes",
        "    cache = batch * (ctx + 1) * token_bytes",
    ),
    (
        "bound_left_out",
        "two_by_three_by_four",
        "leaves a key out",
        ', "time_s": time_s, "bound": bound}',
        ', "time_s": time_s}',
    ),
    (
        "bandwidth_unchecked",
        "refused",
        "does not look at the bandwidth",
        "bytes_per_el=bytes_per_el, peak_flops=peak_flops, bw=bw)",
        "bytes_per_el=bytes_per_el, peak_flops=peak_flops, bw=abs(bw) or 1)",
    ),
    (
        "floored_intensity",
        "two_by_three_by_four",
        "divides whole numbers by //",
        '"ai": flops / moved',
        '"ai": flops // moved',
    ),
    (
        "reads_the_result",
        "two_by_three_by_four",
        "reads C as well as writing it",
        "k * n + m * n) * bytes",
        "k * n + 2 * m * n) * bytes",
    ),
    (
        "nearly_on_the_ridge",
        "next_to_the_ridge",
        "takes times for equal that differ by less than 1e-9, as math.isclose does",
        "max(compute_s, memory_s), compute_s >= memory_s)",
        "max(compute_s, memory_s), compute_s >= memory_s * (1 - 1e-9))",
        "compute_s >= weights_s)",
        "compute_s >= weights_s * (1 - 1e-9))",
    ),
    (
        "product_by_product",
        "no_loop",
        "adds up k outer products of 2mn operations each",
        "    flops = 2 * m * n * k\n",
        "    flops = 0\n    for _ in range(k):\n        flops += 2 * m * n\n",
    ),
]
