"""functools.reduce, map and generators; every check in a function of its own."""

from functools import reduce
from itertools import groupby, takewhile


def demand(fine, what):
    if not fine:
        raise ValueError(what)


def warp(lanes, op):
    return reduce(lambda held, n: list(map(op, held[:n], held[n : 2 * n])), (16, 8, 4, 2, 1), lanes)[0]


def block_reduce(values, threads, op, zero):
    demand(32 <= threads <= 1024 and not threads & 31, "threads")
    lanes = [reduce(op, values[t::threads], zero) for t in range(threads)]
    firsts = (warp(lanes[at : at + 32], op) for at in range(0, threads, 32))
    return warp([*firsts, *[zero] * (32 - threads // 32)], op)


def pairs(n, way, s, left):
    if way == "sequential":
        half = (left + 1) >> 1
        return [(t, t, t + half) for t in range(left // 2)]
    chosen = takewhile(lambda word: word + s < n, range(0, n, 2 * s))
    return [(word if way == "modulo" else at, word, word + s) for at, word in enumerate(chosen)]


def steps(n, way):
    s, left = 1, n
    while s < n:
        yield pairs(n, way, s, left)
        s, left = s << 1, (left + 1) >> 1


def cost(group):
    _, into, other = zip(*group)
    return 1, int(len(into) != 32), 2 * bank_passes(list(into)) + bank_passes(list(other))


def tree_steps(threads, way):
    demand(0 < threads <= 1024, "threads")
    demand(way in {"modulo", "strided", "sequential"}, "way")
    by_warp = ([cost(list(g)) for _, g in groupby(step, lambda p: p[0] // 32)] for step in steps(threads, way))
    return [tuple(map(sum, zip(*costs))) for costs in by_warp]


def checked(lanes):
    demand(len(lanes) < 33, "lanes")
    there = sorted({x for x in lanes if x is not None})
    demand(not there or there[0] >= 0, "negative")
    return there


def bank_passes(words):
    there = sorted(word % 32 for word in checked(words))
    return max((sum(1 for _ in g) for _, g in groupby(there)), default=0)


def sectors(addresses, size):
    demand(size in (1, 2, 4, 8, 16), "size")
    there = checked(addresses)
    demand(all(address % size == 0 for address in there), "alignment")
    return sum(1 for _ in groupby(there, lambda address: address // 32))
