"""Recursion: the tree of shuffles from above, the steps of a tree one call each."""

from collections import Counter


def fold(op, lanes, at=0, offset=1):
    """What lane `at` holds when the last offset to come is done; the last offset, 1, is the top of the tree."""
    if offset == 32:
        return lanes[at]
    return op(fold(op, lanes, at, offset * 2), fold(op, lanes, at + offset, offset * 2))


def block_reduce(values, threads, op, zero):
    if not (threads % 32 == 0 and 0 < threads < 1025):
        raise ValueError("bad block")

    def of_thread(rest):
        result = zero
        for value in rest:
            result = op(result, value)
        return result

    lanes = [of_thread(values[t::threads]) for t in range(threads)]
    warps = [fold(op, lanes[at : at + 32]) for at in range(0, threads, 32)]
    warps.extend([zero] * (32 - len(warps)))
    return fold(op, warps)


def tree_steps(threads, way):
    if threads not in range(1, 1025):
        raise ValueError("threads")
    plan = {"modulo": modulo, "strided": strided, "sequential": sequential}
    if way not in plan:
        raise ValueError("way")
    return [told(step) for step in plan[way](threads, 1)]


def modulo(n, s):
    if s >= n:
        return []
    return [[(t, t, t + s) for t in range(0, n, 2 * s) if t + s < n]] + modulo(n, 2 * s)


def strided(n, s):
    return [] if s >= n else [[(t // (2 * s), a, b) for t, a, b in modulo(n, s)[0]]] + strided(n, 2 * s)


def sequential(n, _):
    if n == 1:
        return []
    half = n // 2 + n % 2
    return [[(t, t, t + half) for t in range(n // 2)]] + sequential(half, _)


def told(step):
    warps = Counter(t // 32 for t, _, _ in step)
    passes = 0
    for warp in warps:
        for at in (1, 2, 1):
            passes += bank_passes([entry[at] for entry in step if entry[0] // 32 == warp])
    return len(warps), sum(1 for count in warps.values() if count < 32), passes


def bank_passes(words):
    if len(words) > 32:
        raise ValueError("too many lanes")
    wanted = {word for word in words if word is not None}
    if wanted and min(wanted) < 0:
        raise ValueError("negative")
    return max(Counter(word % 32 for word in wanted).values()) if wanted else 0


def sectors(addresses, size):
    if size not in [2**bit for bit in range(5)]:
        raise ValueError("size")
    if len(addresses) > 32:
        raise ValueError("lanes")
    wanted = {address for address in addresses if address is not None}
    if any(address < 0 or address % size for address in wanted):
        raise ValueError("address")
    return len({address >> 5 for address in wanted})
