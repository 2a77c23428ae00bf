"""KV cache, quantized size, decode floor: against bytes allocated, packed and read one after another."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of

GB = 10**9
DIVIDING = st.sampled_from([(1, 1), (1, 4), (2, 1), (2, 2), (2, 6), (4, 2), (6, 3), (8, 1), (8, 8), (8, 16)])
"""KV heads and GPUs: engines ask that one divides the other."""


def packed(room: Fraction, size: Fraction) -> int:
    """How many things of this size go into the room, put there one by one."""
    scale = lcm(room.denominator, size.denominator)
    left, one, count = int(room * scale), int(size * scale), 0
    while one <= left:
        left -= one
        count += 1
    return count


def numbers_of_token(given: Settings) -> int:
    """What all layers keep of a token, allocated a number at a time."""
    kept = 0
    for _ in range(int(exact(given["layers"]))):
        if given["attention"] == "latent":
            for _ in range(int(exact(given["latent"]))):
                kept += 1
            for _ in range(int(exact(given["rope"]))):
                kept += 1
            continue
        for _ in ("key", "value"):
            for _ in range(int(exact(given["kv_heads"]))):
                for _ in range(int(exact(given["head_dim"]))):
                    kept += 1
    return kept


def heads_of(gpu: int, gpus: int, heads: int) -> list[int]:
    """The whole heads that a GPU needs of all when each takes an equal share of the query heads."""
    return [head for head in range(heads) if (head + 1) * gpus > gpu * heads and head * gpus < (gpu + 1) * heads]


def tokens_of_gpu(given: Settings, token: Fraction) -> int:
    """The tokens that fit beside the weights on the fullest of the GPUs, one by one."""
    gpus, heads = int(exact(given["gpus"])), int(exact(given["kv_heads"]))
    usable = exact(given["usable"]) / 100 * exact(given["memory"]) * GB - exact(given["overhead"]) * GB
    free = usable - exact(given["params"]) * GB * exact(given["bits"]) / 8 / gpus
    most = max(len(heads_of(gpu, gpus, heads)) for gpu in range(gpus))
    share = Fraction(1) if given["attention"] == "latent" else Fraction(most, heads)
    return packed(max(free, Fraction(0)), token * share)


@given(
    settings_of(
        "kv-cache",
        layers=(1, 8),
        kv_heads=1,
        head_dim=(16, 64),
        latent=(32, 256),
        rope=(0, 64),
        bytes=(0.5, 8),
        tokens=(1, 3000),
        window=(1, 4000),
        requests=(1, 20),
        params=(0.001, 0.2),
        memory=(0.1, 0.5),
        overhead=(0, 0.2),
        gpus=1,
    ),
    DIVIDING,
)
@examples(60)
def test_kv_cache_allocated_number_by_number_and_packed_token_by_token(given: Settings, heads: tuple[int, int]) -> None:
    given["kv_heads"], given["gpus"] = float(heads[0]), float(heads[1])
    token = numbers_of_token(given) * exact(given["bytes"])
    cache, one = Fraction(0), Fraction(0)
    share = exact(given["windowed"]) / 100
    for past in range(int(exact(given["tokens"]))):
        one += token * (1 - share)
        one += token * share if past < exact(given["window"]) else 0
    for _ in range(int(exact(given["requests"]))):
        cache += one
    weights = exact(given["params"]) * GB * exact(given["bits"]) / 8
    room = -weights
    for _ in range(heads[1]):
        room += exact(given["memory"]) * GB * exact(given["usable"]) / 100 - exact(given["overhead"]) * GB
    computed = 0
    for step in range(int(exact(given["tokens"]))):
        computed += len(range(step + 1))  # the new token and all before it
    fit = tokens_of_gpu(given, one / exact(given["tokens"]))
    requests = packed(Fraction(fit), exact(given["tokens"]))
    notes = {
        "weights_too_large": room < 0,
        "requests_too_many": room > 0 and exact(given["requests"]) > requests,
        "heads_copied": heads[1] > (1 if given["attention"] == "latent" else heads[0]),
    }
    agree(
        "kv-cache",
        given,
        {
            "token_bytes": token,
            "kv_bytes": cache,
            "weight_bytes": weights,
            "room": max(room, Fraction(0)),
            "kv_tokens": fit,
            "max_requests": requests,
            "recompute": Fraction(computed, int(exact(given["tokens"]))),
        },
        [name for name, holds in notes.items() if holds],
    )


def written(numbers: int, size: int, bits: Fraction, header: Fraction = Fraction(0)) -> Fraction:
    """The bits of so many numbers, written group by group: each has its header, then its numbers."""
    taken = Fraction(0)
    for start in range(0, numbers, size):
        taken += header
        taken += (min(start + size, numbers) - start) * bits
    return taken


@given(
    settings_of("quantized-size", params=1, kept=0, unread=0, group=(5000, 20000)),
    st.tuples(st.integers(200, 400), st.integers(0, 4), st.integers(0, 4)),
)
@examples(30)
def test_quantized_size_written_group_by_group(given: Settings, counts: tuple[int, int, int]) -> None:
    size, bits = int(exact(given["group"])), exact(given["bits"])
    header = exact(given["scale_bits"]) + exact(given["zero_bits"])
    quantized, kept, unread = counts[0] * size, counts[1] * 500_000, min(counts[1:]) * 500_000
    given |= {"params": (quantized + kept) / GB, "kept": kept / GB, "unread": unread / GB}
    in_groups, plain = written(quantized, size, bits, header), written(quantized + kept, size, Fraction(16))
    file = in_groups + written(kept, size, Fraction(16))
    unread_bits = written(unread, size, Fraction(16))
    agree(
        "quantized-size",
        given,
        {
            "effective_bits": in_groups / quantized,
            "size": file / 8,
            "ratio": plain / file,
            "read_bytes": (file - unread_bits) / 8,
            "read_ratio": (plain - unread_bits) / (file - unread_bits),
        },
    )


@pytest.mark.parametrize(
    ("kept", "unread", "notes"),
    [
        (0.5, 0.5, ()),
        (1, 0.2, ()),
        (0.5, 0.51, ("unread_not_kept",)),
        (1.01, 1, ("kept_too_many",)),
        (2, 3, ("kept_too_many", "unread_not_kept")),
    ],
)
def test_quantized_size_gives_nothing_of_what_cannot_be(kept: float, unread: float, notes: tuple[str, ...]) -> None:
    found = result("quantized-size", {"params": 1, "kept": kept, "unread": unread})
    assert found.notes == notes
    assert bool(found.outputs) == (not notes)


def test_nothing_is_read_of_a_model_that_is_all_unread() -> None:
    found = result("quantized-size", {"params": 1, "kept": 1, "unread": 1}).outputs
    assert (found["read_bytes"], "read_ratio" in found) == (0, False)
