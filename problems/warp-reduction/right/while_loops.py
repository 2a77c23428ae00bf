"""While loops and lists with an entry per lane, as a kernel is written; a butterfly in place of shifts."""


def lane_zero(lanes, op):
    offset = 16
    while offset > 0:
        lanes = [op(lanes[i], lanes[i ^ offset]) for i in range(32)]
        offset //= 2
    return lanes[0]


def block_reduce(values, threads, op, zero):
    if threads < 32 or threads > 1024 or threads % 32 != 0:
        raise ValueError("threads must be a multiple of 32 up to 1024")
    regs = [zero] * threads
    i = 0
    while i < len(values):
        regs[i % threads] = op(regs[i % threads], values[i])
        i += 1
    shared = [zero] * 32
    w = 0
    while w * 32 < threads:
        shared[w] = lane_zero(regs[w * 32 : w * 32 + 32], op)
        w += 1
    return lane_zero(shared, op)


def cost(threads, who):
    """who: a dict of thread to (into, other)."""
    out = [0, 0, 0]
    for w in range((threads + 31) // 32):
        lanes = [who.get(w * 32 + i) for i in range(32)]
        if lanes.count(None) == 32:
            continue
        out[0] += 1
        if None in lanes:
            out[1] += 1
        a = bank_passes([x and x[0] for x in lanes])
        b = bank_passes([x and x[1] for x in lanes])
        out[2] += a + b + a
    return tuple(out)


def tree_steps(threads, way):
    if threads < 1 or threads > 1024:
        raise ValueError("threads")
    out = []
    if way == "modulo":
        s = 1
        while s < threads:
            out.append(cost(threads, {t: (t, t + s) for t in range(threads) if t % (2 * s) == 0 and t + s < threads}))
            s *= 2
    elif way == "strided":
        s = 1
        while s < threads:
            who = {t: (2 * s * t, 2 * s * t + s) for t in range(threads) if 2 * s * t + s < threads}
            out.append(cost(threads, who))
            s *= 2
    elif way == "sequential":
        left = threads
        while left != 1:
            half = left - left // 2
            out.append(cost(threads, {t: (t, t + half) for t in range(threads) if t + half < left}))
            left = half
    else:
        raise ValueError("way")
    return out


def bank_passes(words):
    if len(words) > 32:
        raise ValueError("lanes")
    counts = [0] * 32
    seen = []
    for w in words:
        if w is None or w in seen:
            continue
        if w < 0:
            raise ValueError("word")
        seen.append(w)
        counts[w % 32] += 1
    return max(counts)


def sectors(addresses, size):
    if size not in {1, 2, 4, 8, 16} or len(addresses) > 32:
        raise ValueError("size or lanes")
    seen = []
    for a in addresses:
        if a is None:
            continue
        if a < 0 or a % size != 0:
            raise ValueError("address")
        if a // 32 not in seen:
            seen.append(a // 32)
    return len(seen)
