"""Attention's traffic, KV blocks and waves: against numbers moved one by one, blocks taken and tiles handed out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of

GB, TERA = 10**9, 10**12
GROUPED = st.sampled_from([(1, 1), (4, 1), (4, 2), (6, 6), (8, 2)])
"""Query heads and KV heads."""


def products_of(given: Settings) -> int:
    """The FLOPs of QK' and of PV, score by score."""
    flops = 0
    for _ in range(int(exact(given["requests"])) * int(exact(given["heads"])) * int(exact(given["queries"]))):
        for _ in range(int(exact(given["context"]))):
            flops += 2 * int(exact(given["head_dim"])) + 2 * int(exact(given["head_dim"]))
    return flops


def moved(given: Settings, *, fused: bool) -> tuple[int, int]:
    """The elements that pass between HBM and the chip, and the scores of all heads."""
    queries, context, rows = (int(exact(given[name])) for name in ("queries", "context", "rows"))
    dim, heads, kv_heads = (int(exact(given[name])) for name in ("head_dim", "heads", "kv_heads"))
    elements = scores = 0
    for _ in range(int(exact(given["requests"]))):
        for _ in range(heads):
            scores += queries * context
            elements += queries * dim + queries * dim
            for _ in ("scores written", "scores read", "weights written", "weights read"):
                elements += 0 if fused else queries * context
        for _ in range(kv_heads):
            for _ in range(0, queries, rows) if fused else range(1):
                elements += context * dim + context * dim
    return elements, scores


@given(
    settings_of(
        "attention-traffic",
        queries=(1, 12),
        context=(1, 12),
        heads=1,
        kv_heads=1,
        head_dim=(1, 9),
        requests=(1, 3),
        rows=(1, 14),
    ),
    GROUPED,
)
@examples(60)
def test_attention_traffic_moved_element_by_element(given: Settings, grouped: tuple[int, int]) -> None:
    given |= {"heads": grouped[0], "kv_heads": grouped[1]}
    size, flops = exact(given["bytes"]), products_of(given)
    (standard, scores), (fused, _) = moved(given, fused=False), moved(given, fused=True)
    peak, bandwidth = exact(given["peak"]) * TERA, exact(given["bandwidth"]) * TERA
    bound = "memory_bound" if Fraction(flops) * bandwidth < fused * size * peak else "compute_bound"
    outputs: dict[str, Fraction | float] = {
        "scores": scores * size,
        "standard": standard * size,
        "fused": fused * size,
        "saving": Fraction(standard, fused),
        "flops": Fraction(flops),
        "standard_intensity": flops / (standard * size),
        "intensity": flops / (fused * size),
        "ridge": peak / bandwidth,
        "standard_time": max(flops / peak, standard * size / bandwidth),
        "time": max(flops / peak, fused * size / bandwidth),
    }
    agree("attention-traffic", given, outputs, [bound])


def test_attention_in_decoding_has_the_intensity_of_its_group() -> None:
    for heads, kv_heads in ((32, 32), (32, 8), (64, 8), (128, 1)):
        given: Settings = {"queries": 1, "context": 10**7, "heads": heads, "kv_heads": kv_heads}
        assert abs(result("attention-traffic", given).outputs["intensity"] - heads / kv_heads) < 0.01


def test_attention_traffic_gives_nothing_with_more_kv_heads_than_query_heads() -> None:
    found = result("attention-traffic", {"heads": 4, "kv_heads": 8})
    assert (found.outputs, found.notes) == ({}, ("heads_too_few",))


@given(settings_of("kv-blocks", room=(0.001, 0.02), token_bytes=(20, 400), tokens=(1, 90), block=(1, 40)))
@examples(60)
def test_kv_blocks_taken_as_a_request_grows(given: Settings) -> None:
    tokens, block = int(exact(given["tokens"])), int(exact(given["block"]))
    one, room, places, held = exact(given["token_bytes"]) * 1024, exact(given["room"]) * GB, 0, 0
    given |= {"reserved": tokens + 7}
    for held in range(1, tokens + 1):
        places += block if held > places else 0
    blocks, pool, fits, reserved = places // block, 0, 0, 0
    while (pool + 1) * block * one <= room:
        pool += 1
    while (fits + 1) * blocks <= pool:
        fits += 1
    while (reserved + 1) * (tokens + 7) * one <= room:
        reserved += 1
    outputs: dict[str, Fraction | float] = {
        "blocks": blocks,
        "block_bytes": block * one,
        "kv_bytes": places * one,
        "empty": Fraction(places - held, places),
        "pool": pool,
        "fits": fits,
        "reserved_fits": reserved,
    }
    if reserved:
        outputs["gain"] = Fraction(fits, reserved)
    notes = ["none_fits"] * (not fits) + ["block_too_large"] * (10 * (places - held) > places)
    agree("kv-blocks", given, outputs, notes)


def test_kv_blocks_gives_nothing_where_requests_are_longer_than_allowed() -> None:
    found = result("kv-blocks", {"tokens": 9000, "reserved": 8192})
    assert (found.outputs, found.notes) == ({}, ("reserved_too_few",))


@given(
    settings_of(
        "waves", m=(1, 40), n=(1, 40), tile_m=(1, 12), tile_n=(1, 12), products=(1, 4), sms=(1, 9), per_sm=(1, 3)
    )
)
@examples(80)
def test_waves_handed_out_tile_by_tile(given: Settings) -> None:
    m, n, tile_m, tile_n, products = (int(exact(given[name])) for name in ("m", "n", "tile_m", "tile_n", "products"))
    slots = int(exact(given["sms"])) * int(exact(given["per_sm"]))
    waves, running, inside, tiles = 0, slots, 0, 0
    for _ in range(products):
        for top in range(0, m, tile_m):
            for left in range(0, n, tile_n):
                if running == slots:
                    waves, running = waves + 1, 0
                running, tiles = running + 1, tiles + 1
                inside += min(tile_m, m - top) * min(tile_n, n - left)
    busy, useful = Fraction(tiles, waves * slots), Fraction(inside, tiles * tile_m * tile_n)
    outputs: dict[str, Fraction | float] = {
        "tiles": tiles,
        "waves": waves,
        "last": Fraction(running, slots),
        "busy": busy,
        "useful": useful,
        "efficiency": busy * useful,
    }
    nearly_empty = waves > 1 and 4 * running < slots
    agree("waves", given, outputs, ["less_than_a_wave"] * (tiles < slots) + ["last_nearly_empty"] * nearly_empty)
