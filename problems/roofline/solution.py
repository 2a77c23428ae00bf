def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    """FLOP, byte, FLOP/byte, second and bound of one matrix product."""
    check_positive(m=m, n=n, k=k, bytes_per_el=bytes_per_el, peak_flops=peak_flops, bw=bw)
    flops = 2 * m * n * k
    moved = (m * k + k * n + m * n) * bytes_per_el
    compute_s = flops / peak_flops
    memory_s = moved / bw
    return report(flops, moved, max(compute_s, memory_s), compute_s >= memory_s)


def decode_step(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes, peak_flops, bw):
    """FLOP, byte, FLOP/byte, second and bound of one decode step."""
    check_positive(params=params, layers=layers, kv_heads=kv_heads, head_dim=head_dim, batch=batch)
    check_positive(w_bytes=w_bytes, kv_bytes=kv_bytes, peak_flops=peak_flops, bw=bw)
    if not ctx >= 0:
        raise ValueError(f"ctx is {ctx}; accepted: 0 or more tokens")

    # One step multiplies each weight by one vector of each sequence.
    flops = 2 * params * batch
    weights = params * w_bytes
    compute_s = flops / peak_flops
    weights_s = weights / bw
    linear_s = max(compute_s, weights_s)

    # K and V, of every layer and head, for every token of every sequence:
    # no sequence reads another's, so a larger batch only adds to it.
    token_bytes = 2 * layers * kv_heads * head_dim * kv_bytes
    cache = batch * ctx * token_bytes
    attention_s = cache / bw

    # Attention and the linear layers alternate, so their times add up.
    return report(flops, weights + cache, linear_s + attention_s, compute_s >= weights_s)


def report(flops, moved, time_s, compute_bound):
    bound = "compute" if compute_bound else "memory"
    return {"flops": flops, "bytes": moved, "ai": flops / moved, "time_s": time_s, "bound": bound}


def check_positive(**arguments):
    for name in sorted(arguments):
        # Written so that NaN, which is not above anything, is refused too.
        if not arguments[name] > 0:
            raise ValueError(f"{name} is {arguments[name]}; accepted: a number above 0")
