"""Short functions, early returns, and the two results built up key by key."""


def refuse(values):
    bad = [value for value in values if not value > 0]
    if bad:
        raise ValueError(f"{bad[0]}: above 0 is accepted")


def intensity(result):
    result["ai"] = result["flops"] / result["bytes"]
    return result


def bound(compute_s, memory_s):
    if compute_s < memory_s:
        return "memory"
    return "compute"


def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    refuse([m, n, k, bytes_per_el, peak_flops, bw])
    result = {}
    result["flops"] = 2 * m * n * k
    result["bytes"] = bytes_per_el * sum([m * k, k * n, m * n])
    compute_s, memory_s = result["flops"] / peak_flops, result["bytes"] / bw
    result["bound"] = bound(compute_s, memory_s)
    result["time_s"] = {"compute": compute_s, "memory": memory_s}[result["bound"]]
    return intensity(result)


def decode_step(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes, peak_flops, bw):
    refuse([params, layers, kv_heads, head_dim, batch, w_bytes, kv_bytes, peak_flops, bw, ctx + 1])
    if ctx < 0:
        raise ValueError("ctx: 0 or more is accepted")
    per_token = 2 * layers * kv_heads * head_dim * kv_bytes
    cache = per_token * ctx * batch
    result = {"flops": 2 * params * batch, "bytes": params * w_bytes + cache}
    compute_s, memory_s = result["flops"] / peak_flops, params * w_bytes / bw
    result["bound"] = bound(compute_s, memory_s)
    result["time_s"] = max(compute_s, memory_s) + cache / bw
    return intensity(result)
