"""Both functions over one function of stages; locals() for the checks."""


def roof(stages, peak_flops, bw):
    flops = sum(f for f, _ in stages)
    moved = sum(b for _, b in stages)
    seconds = [(f / peak_flops, b / bw) for f, b in stages]
    first = seconds[0]
    return {
        "flops": flops,
        "bytes": moved,
        "ai": flops / moved,
        "time_s": sum(max(pair) for pair in seconds),
        "bound": "compute" if first[0] >= first[1] else "memory",
    }


def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    for name, value in locals().items():
        if not value > 0:
            raise ValueError(name)
    return roof([(2 * m * n * k, (m * k + k * n + m * n) * bytes_per_el)], peak_flops, bw)


def decode_step(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes, peak_flops, bw):
    for name, value in locals().items():
        if not (value >= 0 if name == "ctx" else value > 0):
            raise ValueError(name)
    linear = 2 * batch * params, w_bytes * params
    attention = 0, kv_bytes * 2 * batch * ctx * layers * kv_heads * head_dim
    return roof([linear, attention], peak_flops, bw)
