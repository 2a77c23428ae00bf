def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    """The roofline of C = A B.

    A is m x k, B is k x n and C is m x n.
    m, n, k: int; bytes_per_el: byte per element, 0.5 for 4 bits;
    peak_flops: FLOP/s; bw: byte/s.
    Returns {"flops": FLOP, "bytes": byte, "ai": FLOP/byte, "time_s": s,
    "bound": "compute" or "memory"}.
    ValueError: an argument is not above 0.
    """
    raise NotImplementedError


def decode_step(
    params,
    layers,
    kv_heads,
    head_dim,
    batch,
    ctx,
    w_bytes,
    kv_bytes,
    peak_flops,
    bw,
):
    """The floor of one decode step of a dense model.

    params, layers, kv_heads, head_dim, batch: int; ctx: int, cached
    tokens of each sequence, may be 0; w_bytes: byte per parameter;
    kv_bytes: byte per cached value; peak_flops: FLOP/s; bw: byte/s.
    Returns the same five keys; "bound" tells of the linear layers.
    ValueError: ctx is below 0, or another argument is not above 0.
    """
    raise NotImplementedError
