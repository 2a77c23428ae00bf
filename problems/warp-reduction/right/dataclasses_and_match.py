"""A dataclass for a warp's access, match for the ways, early returns, dicts of lanes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator, Optional


@dataclass
class Access:
    into: list[int] = field(default_factory=list)
    other: list[int] = field(default_factory=list)

    def passes(self) -> int:
        return bank_passes(self.into) + bank_passes(self.other) + bank_passes(self.into)


def down(lanes: dict[int, Any], op: Callable[[Any, Any], Any]) -> Any:
    for delta in (16, 8, 4, 2, 1):
        lanes = {lane: op(value, lanes.get(lane + delta, value)) for lane, value in lanes.items()}
    return lanes[0]


def block_reduce(values: list, threads: int, op: Callable[[Any, Any], Any], zero: Any) -> Any:
    if threads <= 0 or threads > 1024:
        raise ValueError("threads out of range")
    if threads % 32:
        raise ValueError("no whole warps")
    held: dict[int, Any] = dict.fromkeys(range(threads), zero)
    for at, value in enumerate(values):
        held[at % threads] = op(value, held[at % threads])
    second = dict.fromkeys(range(32), zero)
    for warp in range(threads // 32):
        second[warp] = down({lane: held[32 * warp + lane] for lane in range(32)}, op)
    return down(second, op)


def working(n: int, way: str) -> Iterator[dict[int, tuple[int, int]]]:
    match way:
        case "modulo" | "strided":
            s = 1
            while s < n:
                yield {(w if way == "modulo" else w // (2 * s)): (w, w + s) for w in range(0, n - s, 2 * s)}
                s += s
        case "sequential":
            while n > 1:
                half = -(-n // 2)
                yield {t: (t, t + half) for t in range(n - half)}
                n = half
        case _:
            raise ValueError(f"no way {way}")


def tree_steps(threads: int, way: str) -> list[tuple[int, int, int]]:
    if threads < 1 or threads > 1024:
        raise ValueError("threads")
    result = []
    for who in working(threads, way):
        warps: dict[int, Access] = defaultdict(Access)
        for thread, (into, other) in who.items():
            warps[thread // 32].into.append(into)
            warps[thread // 32].other.append(other)
        split = [access for access in warps.values() if len(access.into) < 32]
        result.append((len(warps), len(split), sum(access.passes() for access in warps.values())))
    return result


def bank_passes(words: list[Optional[int]]) -> int:
    if len(words) > 32 or any(word is not None and word < 0 for word in words):
        raise ValueError("words")
    banks: dict[int, set[int]] = defaultdict(set)
    for word in words:
        if word is not None:
            banks[word & 31] |= {word}
    most = 0
    for meeting in banks.values():
        most = max(most, len(meeting))
    return most


def sectors(addresses: list[Optional[int]], size: int) -> int:
    match size:
        case 1 | 2 | 4 | 8 | 16:
            pass
        case _:
            raise ValueError("size")
    if len(addresses) > 32:
        raise ValueError("lanes")
    touched = set()
    for address in addresses:
        if address is None:
            continue
        if address < 0 or address % size:
            raise ValueError("address")
        touched.add(address - address % 32)
    return len(touched)
