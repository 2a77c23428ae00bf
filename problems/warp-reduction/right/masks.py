"""Bit masks of lanes, as __ballot_sync() returns them; numbers in place of sets."""


def block_reduce(values, threads, op, zero):
    if threads & 31 or not 32 <= threads <= 1024:
        raise ValueError("the block is no row of whole warps")
    registers = []
    for thread in range(threads):
        acc = zero
        for at in range(thread, len(values), threads):
            acc = op(acc, values[at])
        registers.append(acc)

    def shuffle_down(lanes):
        delta = 32
        while (delta := delta >> 1) > 0:
            for lane in range(delta):
                lanes[lane] = op(lanes[lane], lanes[lane + delta])
        return lanes[0]

    shared = []
    for base in range(0, threads, 32):
        shared.append(shuffle_down(registers[base : base + 32]))
    while len(shared) < 32:
        shared.append(zero)
    return shuffle_down(shared)


def tree_steps(threads, way):
    if threads > 1024 or threads <= 0 or way not in ("sequential", "strided", "modulo"):
        raise ValueError("threads or way")
    steps, s, left = [], 1, threads
    while s < threads:
        half = left // 2 + left % 2
        ballots, access = {}, {}
        for t in range(threads):
            if way == "sequential":
                a, b, end = t, t + half, left
            elif way == "strided":
                a, b, end = 2 * s * t, 2 * s * t + s, threads
            else:
                a, b, end = t, t + s, threads if t & (2 * s - 1) == 0 else 0
            if b < end:
                ballots[t >> 5] = ballots.get(t >> 5, 0) | 1 << (t & 31)
                access.setdefault(t >> 5, []).append((a, b))
        split = [mask for mask in ballots.values() if mask != 0xFFFFFFFF]
        passes = 0
        for pairs in access.values():
            reads = [[pair[side] for pair in pairs] for side in (0, 1)]
            passes += 2 * bank_passes(reads[0]) + bank_passes(reads[1])
        steps.append((len(ballots), len(split), passes))
        s, left = 2 * s, half
    return steps


def bank_passes(words):
    if len(words) > 32:
        raise ValueError("a warp has 32 lanes")
    rows = [0] * 32
    for word in words:
        if word is None:
            continue
        if word < 0:
            raise ValueError("words begin at 0")
        rows[word % 32] |= 1 << word // 32
    return max(bin(row).count("1") for row in rows)


def sectors(addresses, size):
    if size < 1 or size > 16 or size & (size - 1):
        raise ValueError("no load of this size")
    if len(addresses) > 32:
        raise ValueError("a warp has 32 lanes")
    touched = 0
    for address in addresses:
        if address is not None:
            if address < 0 or address & (size - 1):
                raise ValueError("unaligned")
            touched |= 1 << address // 32
    return bin(touched).count("1")
