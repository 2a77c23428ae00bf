"""The bound by comparing intensity with the ridge; math.isnan for the checks."""

import math


def positive(*values):
    for value in values:
        if math.isnan(value) or value <= 0:
            raise ValueError(f"{value} is not above 0")


def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    positive(m, n, k, bytes_per_el, peak_flops, bw)
    flops, size = 2 * m * n * k, bytes_per_el * (m * k + n * k + m * n)
    ai, ridge = flops / size, peak_flops / bw
    compute = flops * bw >= size * peak_flops
    time_s = flops / peak_flops if ai >= ridge else size / bw
    return {"flops": flops, "bytes": size, "ai": ai, "time_s": time_s, "bound": "compute" if compute else "memory"}


def decode_step(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes, peak_flops, bw):
    positive(params, layers, kv_heads, head_dim, batch, w_bytes, kv_bytes, peak_flops, bw)
    if math.isnan(ctx) or ctx < 0:
        raise ValueError("ctx")
    flops = 2 * params * batch
    weights = params * w_bytes
    kv = 2 * layers * kv_heads * head_dim * kv_bytes * batch * ctx
    calc, read = flops / peak_flops, weights / bw
    return dict(
        flops=flops,
        bytes=weights + kv,
        ai=flops / (weights + kv),
        time_s=(calc if calc > read else read) + kv / bw,
        bound="memory" if calc < read else "compute",
    )
