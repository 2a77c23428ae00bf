from harness import Random, close, entry, equal, holds, noted, raises

# Products and quotients of floats, taken in another order than here, differ in
# their last bits only.
ROUNDING = 1e-12
# The figures worked out by hand are given to four digits.
BY_HAND = 5e-4

PEAK, BANDWIDTH = 989e12, 3.35e12  # H100 SXM, BF16 dense and HBM3
CTX = 5  # the place of ctx among the arguments of decode_step
MODEL = (8.03e9, 32, 8, 128)  # Llama-3.1-8B


def call(name, arguments):
    return f"{name}({', '.join(str(value) for value in arguments)})"


def counted(m, n, k):
    """The operations and elements of a product of matrices, one after the other."""
    operations = 0
    touched = {}
    for row in range(m):
        for column in range(n):
            touched["C", row, column] = True
            for inner in range(k):
                touched["A", row, inner] = touched["B", inner, column] = True
                operations += 2  # one multiplication, one addition
    return operations, len(touched)


def walked(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes):
    """FLOP, bytes of weights and bytes of cache, sequence by sequence and layer by layer."""
    flops = cache = 0.0
    for _ in range(batch):
        flops += params + params
        for _ in range(layers):
            for _ in range(kv_heads):
                cache += (ctx * head_dim + ctx * head_dim) * kv_bytes
    return flops, params * w_bytes, cache


def expect(given, got, flops, moved, time_s, bound, tolerance):
    for key, value in (("flops", flops), ("bytes", moved), ("ai", flops / moved), ("time_s", time_s)):
        close(f'{given}["{key}"]', entry(given, got, key), value, relative=tolerance)
    equal(f'{given}["bound"]', entry(given, got, "bound"), bound)


def two_by_three_by_four(answer):
    operations, elements = counted(2, 3, 4)
    moved = 2 * elements
    expect("gemm(2, 3, 4, 2, 48, 26)", answer.gemm(2, 3, 4, 2, 48, 26), operations, moved, 2.0, "memory", ROUNDING)


def one_token(answer):
    given = (1, 4096, 4096, 2, PEAK, BANDWIDTH)
    got = answer.gemm(*given)
    expect(call("gemm", given), got, 33.554432e6, 33.570816e6, 10.02e-6, "memory", BY_HAND)


def tokens_256(answer):
    given = (256, 4096, 4096, 2, PEAK, BANDWIDTH)
    got = answer.gemm(*given)
    expect(call("gemm", given), got, 8.589934592e9, 37.748736e6, 11.27e-6, "memory", BY_HAND)


def square(answer):
    given = (4096, 4096, 4096, 2, PEAK, BANDWIDTH)
    got = answer.gemm(*given)
    expect(call("gemm", given), got, 137.438953472e9, 100.663296e6, 138.97e-6, "compute", BY_HAND)


def on_the_ridge(answer):
    # 54 FLOP and 54 byte: both take exactly one second.
    expect("gemm(3, 3, 3, 2, 54, 54)", answer.gemm(3, 3, 3, 2, 54, 54), 54, 54, 1.0, "compute", ROUNDING)
    # 2 FLOP and 2 byte a parameter, and 4 byte of cache.
    given = (100, 1, 1, 1, 1, 1, 2, 2, 8, 8)
    expect(call("decode_step", given), answer.decode_step(*given), 200, 204, 25.5, "compute", ROUNDING)


def next_to_the_ridge(answer):
    # The bandwidth falls short of the ridge's by one part in 10¹⁰, or exceeds it: far more than floats round.
    for bw, bound in ((54 * (1 - 1e-10), "memory"), (54 * (1 + 1e-10), "compute")):
        given = (3, 3, 3, 2, 54, bw)
        expect(call("gemm", given), answer.gemm(*given), 54, 54, max(1.0, 54 / bw), bound, ROUNDING)
    for bw, bound in ((8 * (1 - 1e-10), "memory"), (8 * (1 + 1e-10), "compute")):
        given = (100, 1, 1, 1, 1, 1, 2, 2, 8, bw)
        time_s = max(25.0, 200 / bw) + 4 / bw
        expect(call("decode_step", given), answer.decode_step(*given), 200, 204, time_s, bound, ROUNDING)


def half_a_byte(answer):
    operations, elements = counted(3, 5, 2)
    given = (3, 5, 2, 0.5, 60, 31)
    expect(call("gemm", given), answer.gemm(*given), operations, elements / 2, 1.0, "compute", ROUNDING)


def more_bandwidth(answer):
    last = None
    for bandwidth in (1e12, 2e12, 4e12, 8e12, 16e12):
        given = (512, 1024, 1024, 2, 400e12, bandwidth)
        time_s = answer.gemm(*given)["time_s"]
        expected = (f"至多 {last} 秒，与带宽较低时一样", f"at most {last} s, as with less bandwidth")
        holds(call("gemm", given), last is None or time_s <= last, expected, str(time_s))
        last = time_s
    # 2 * 512 * 1024 * 1024 FLOP at 400 TFLOP/s: from here on bandwidth gains nothing.
    close('gemm(512, 1024, 1024, 2, 4e14, 1.6e13)["time_s"]', last, 2.68435456e-6, relative=ROUNDING)


def small_step(answer):
    given = (1000, 2, 3, 4, 5, 7, 2, 1, 1e6, 100)
    flops, weights, cache = walked(*given[:8])
    got = answer.decode_step(*given)
    expect(call("decode_step", given), got, flops, weights + cache, (weights + cache) / 100, "memory", ROUNDING)


def one_sequence(answer):
    given = (*MODEL, 1, 2048, 2, 2, PEAK, BANDWIDTH)
    got = answer.decode_step(*given)
    expect(call("decode_step", given), got, 16.06e9, 16.328435456e9, 4.874e-3, "memory", BY_HAND)


def sequences_64(answer):
    given = (*MODEL, 64, 2048, 2, 2, PEAK, BANDWIDTH)
    got = answer.decode_step(*given)
    expect(call("decode_step", given), got, 1.02784e12, 33.239869184e9, 9.922e-3, "memory", BY_HAND)


def eight_bit_weights(answer):
    # FP8 weights, a BF16 cache.
    given = (*MODEL, 64, 2048, 1, 2, PEAK, BANDWIDTH)
    got = answer.decode_step(*given)
    expect(call("decode_step", given), got, 1.02784e12, 25.209869184e9, 7.525e-3, "memory", BY_HAND)


def eight_bit_cache(answer):
    given = (1000, 2, 3, 4, 5, 7, 4, 0.5, 1e6, 100)
    flops, weights, cache = walked(*given[:8])
    got = answer.decode_step(*given)
    expect(call("decode_step", given), got, flops, weights + cache, (weights + cache) / 100, "memory", ROUNDING)


def no_context(answer):
    given = (*MODEL, 1, 0, 2, 2, PEAK, BANDWIDTH)
    got = answer.decode_step(*given)
    expect(call("decode_step", given), got, 16.06e9, 16.06e9, 4.794e-3, "memory", BY_HAND)


def compute_bound_layers(answer):
    # The weights are read in 4.79 ms; the FLOP take 8.31 and 16.63 ms, the cache 8.31 and 12.02 ms.
    for batch, ctx, flops, moved, time_s in (
        (512, 415, 8.22272e12, 43.910258e9, 16.63e-3),
        (1024, 300, 16.44544e12, 56.325315e9, 28.65e-3),
    ):
        given = (*MODEL, batch, ctx, 2, 2, PEAK, BANDWIDTH)
        got = answer.decode_step(*given)
        expect(call("decode_step", given), got, flops, moved, time_s, "compute", BY_HAND)


def endless_batch(answer):
    batch, ctx = 10**9, 2048
    given = (*MODEL, batch, ctx, 2, 2, PEAK, BANDWIDTH)
    got = answer.decode_step(*given)
    # Read once for a thousand million sequences, the weights no longer count.
    each = 131072 * ctx
    name = call("decode_step", given)
    close(f'{name}["ai"]', got["ai"], 2 * 8.03e9 / each, relative=1e-6)
    floor = 2 * 8.03e9 / PEAK + each / BANDWIDTH
    close(f'{name}["time_s"] / batch', got["time_s"] / batch, floor, relative=1e-6)


def refused(answer):
    good = (4, 4, 4, 2, 1e12, 1e12)
    for place in range(len(good)):
        for bad in (0, -1):
            given = (*good[:place], bad, *good[place + 1 :])
            raises(call("gemm", given), ValueError, answer.gemm, *given)
    good = (1000, 2, 3, 4, 5, 7, 2, 1, 1e6, 100)
    for place in range(len(good)):
        for bad in (0, -1):
            if place == CTX and bad == 0:
                continue
            given = (*good[:place], bad, *good[place + 1 :])
            raises(call("decode_step", given), ValueError, answer.decode_step, *given)


def not_a_number(answer):
    nan = float("nan")
    good = (4, 4, 4, 2, 1e12, 1e12)
    for place in range(3, len(good)):
        given = (*good[:place], nan, *good[place + 1 :])
        raises(call("gemm", given), ValueError, answer.gemm, *given)
    good = (1000, 2, 3, 4, 5, 7, 2, 1, 1e6, 100)
    for place in (0, CTX, 6, 7, 8, 9):
        given = (*good[:place], nan, *good[place + 1 :])
        raises(call("decode_step", given), ValueError, answer.decode_step, *given)


def no_loop(answer):
    counts = [0]

    def note(name, *_):
        counts[0] += 1

    for name, given in (
        ("gemm", (500, 500, 500, 2, 1e12, 1e12)),
        ("decode_step", (1000, 50, 50, 50, 50, 50, 2, 1, 1e6, 100)),
    ):
        counts[0] = 0
        getattr(answer, name)(*[noted(value, note) for value in given])
        words = ("至多 200 次运算", "200 operations at most")
        holds(call(name, given), counts[0] <= 200, words, (f"{counts[0]} 次", f"{counts[0]}"))


def random_shapes(answer):
    rng = Random(20)
    for _ in range(200):
        m, n, k = 1 + rng.below(5), 1 + rng.below(5), 1 + rng.below(5)
        width, peak, bw = (0.5, 1, 2, 4)[rng.below(4)], 1.0 + 100 * rng.random(), 1.0 + 100 * rng.random()
        operations, elements = counted(m, n, k)
        given = (m, n, k, width, peak, bw)
        times = operations / peak, elements * width / bw
        bound = "compute" if times[0] >= times[1] else "memory"
        expect(call("gemm", given), answer.gemm(*given), operations, elements * width, max(times), bound, ROUNDING)
        given = (
            100 + rng.below(900),
            1 + rng.below(3),
            1 + rng.below(3),
            1 + rng.below(4),
            1 + rng.below(6),
            rng.below(9),
        )
        given += (width, (0.5, 1, 2)[rng.below(3)], peak, bw)
        flops, weights, cache = walked(*given[:8])
        linear = flops / peak, weights / bw
        bound = "compute" if linear[0] >= linear[1] else "memory"
        time_s = max(linear) + cache / bw
        expect(call("decode_step", given), answer.decode_step(*given), flops, weights + cache, time_s, bound, ROUNDING)


CASES = [
    (two_by_three_by_four, "2 × 4 乘 4 × 3，逐次数", "2 × 4 by 4 × 3, counted"),
    (one_token, "一个 Token：1 × 4096 × 4096", "one token: 1 × 4096 × 4096"),
    (tokens_256, "256 个 Token", "256 tokens"),
    (square, "4096 见方，计算受限", "4096 cubed, compute-bound"),
    (half_a_byte, "每个元素半字节", "half a byte an element"),
    (more_bandwidth, "带宽越来越高", "more and more bandwidth"),
    (small_step, "小模型的一步 decode，逐层数", "a small decode step, layer by layer"),
    (one_sequence, "8B 模型，Batch 1", "an 8B model, batch 1"),
    (sequences_64, "8B 模型，Batch 64", "an 8B model, batch 64"),
    (eight_bit_weights, "FP8 权重，BF16 缓存", "FP8 weights, BF16 cache"),
    (eight_bit_cache, "缓存每个值半字节", "half a byte a cached value"),
    (no_context, "上下文为 0", "no context"),
    (on_the_ridge, "恰在拐点上", "exactly on the ridge"),
    (compute_bound_layers, "线性层计算受限，注意力照旧", "linear layers compute-bound, attention not"),
    (next_to_the_ridge, "紧挨着拐点", "next to the ridge"),
    (endless_batch, "Batch 趋于无穷", "a batch without end"),
    (refused, "零和负数", "zero and negative arguments"),
    (not_a_number, "NaN 也拒绝", "NaN is refused"),
    (random_shapes, "200 组随机参数", "200 random shapes"),
    (no_loop, "没有循环", "no loop"),
]
