"""A block's reduction by shuffles, and what trees in shared memory and accesses to memory cost a warp."""

WARP = BANKS = SECTOR = 32


def block_reduce(values, threads, op, zero):
    """What a block of threads makes of the values: strided loads, then shuffles within warps, then within one."""
    if threads not in range(WARP, 1025, WARP):
        raise ValueError(f"{threads} threads; accepted: a multiple of 32 from 32 to 1,024")
    lanes = []
    for thread in range(threads):
        mine = zero
        for value in values[thread::threads]:
            mine = op(mine, value)
        lanes.append(mine)
    of_warps = [_shuffled(lanes[first : first + WARP], op) for first in range(0, threads, WARP)]
    return _shuffled(of_warps + [zero] * (WARP - len(of_warps)), op)


def _shuffled(lanes, op):
    """What lane 0 holds after five shuffles; a lane whose result never reaches it is left out."""
    for offset in (16, 8, 4, 2, 1):
        lanes = [op(lanes[lane], lanes[lane + offset]) for lane in range(offset)]
    return lanes[0]


def tree_steps(threads, way):
    """(warps at work, divergent ones among them, passes through shared memory) of each step of a tree."""
    if not 1 <= threads <= 1024:
        raise ValueError(f"{threads} threads; accepted: 1 to 1,024")
    if way not in ("modulo", "strided", "sequential"):
        raise ValueError(f"the way {way!r}; accepted: modulo, strided, sequential")
    steps, gap, left = [], 1, threads
    while left > 1:
        # Rounded up: the middle word of an odd number has no partner, and stays.
        half = (left + 1) // 2
        if way == "sequential":
            pairs = [(t, t, t + half) for t in range(left - half)]
        else:
            into = range(0, threads - gap, 2 * gap)
            pairs = [(word if way == "modulo" else t, word, word + gap) for t, word in enumerate(into)]
        steps.append(_step(pairs, threads))
        gap, left = 2 * gap, half
    return steps


def _step(pairs, threads):
    """The cost of a step, given (thread, word it adds to, word it adds) of each thread at work."""
    warps = divergent = passes = 0
    for first in range(0, threads, WARP):
        mine = [(into, other) for thread, into, other in pairs if first <= thread < first + WARP]
        if mine:
            warps += 1
            divergent += len(mine) < WARP
            into, other = zip(*mine)
            passes += 2 * bank_passes(into) + bank_passes(other)
    return warps, divergent, passes


def bank_passes(words):
    """The passes of one access to shared memory: the most different words that meet in one bank."""
    banks = {}
    for word in _active(words):
        banks.setdefault(word % BANKS, set()).add(word)
    return max(map(len, banks.values()), default=0)


def sectors(addresses, size):
    """The sectors that an access to global memory touches."""
    if size not in (1, 2, 4, 8, 16):
        raise ValueError(f"{size} bytes per lane; accepted: 1, 2, 4, 8 or 16")
    active = _active(addresses)
    if any(address % size for address in active):
        raise ValueError(f"an address that is not a multiple of {size}; accepted: aligned ones")
    # Aligned and no longer than a sector: each lane stays within one.
    return len({address // SECTOR for address in active})


def _active(lanes):
    """The entries of the active lanes."""
    active = [entry for entry in lanes if entry is not None]
    if len(lanes) > WARP or any(entry < 0 for entry in active):
        raise ValueError("more than 32 lanes, or a negative entry; accepted: 32 at most, of 0 or more")
    return active
