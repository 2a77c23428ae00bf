"""Transfers, PD disaggregation, KV tiers, MoE decode: against bytes sent piece by piece and tokens computed in turn."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of

MEGA, GB, TERA = 10**6, 10**9, 10**12
QUARTERS = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])


@given(settings_of("transfer", pieces=(1, 200), links=(1, 20)))
@examples(60)
def test_transfer_sent_piece_by_piece(given: Settings) -> None:
    pieces, links = int(exact(given["pieces"])), int(exact(given["links"]))
    piece = exact(given["size"]) * GB / pieces
    now = latency = Fraction(0)
    for _ in range(pieces):
        # Every link carries its part of the piece; they end together.
        now += (piece / links) / (exact(given["link"]) * GB * exact(given["reached"]) / 100)
        latency += exact(given["delay"]) / MEGA
    now += latency
    passed = Fraction(0)
    for _ in range(links):
        passed += exact(given["link"]) * GB * exact(given["reached"]) / 100 * exact(given["delay"]) / MEGA
    outputs = {"time": now, "attained": piece * pieces / now, "piece": piece, "half": passed}
    agree("transfer", given, outputs, ["delay_leads_transfer"] * (latency > now - latency))


def computed(given: Settings, first: int) -> Fraction:
    """The FLOPs of a prompt from its token `first` on, token by token; half of the diagonal, as attention counts it."""
    flops = Fraction(0)
    width, layers = int(exact(given["width"])), int(exact(given["layers"]))
    for token in range(first, int(exact(given["tokens"]))):
        flops += exact(given["params"]) * GB + exact(given["params"]) * GB
        for _ in range(layers):
            flops += 4 * width * token + 2 * width
    return flops


def sent_in_layers(layers: int, computing: Fraction, sending: Fraction) -> Fraction:
    """What is left of sending when computing ends, each layer sent as soon as it is computed and the link is free."""
    free = Fraction(0)
    for layer in range(layers):
        free = max(free, computing * (layer + 1) / layers) + sending / layers
    return free - computing


@given(settings_of("disaggregation", tokens=(1, 20), layers=(1, 6), gpus=(1, 8), output=(1, 30)), QUARTERS)
@examples(60)
def test_disaggregation_computed_and_sent_layer_by_layer(given: Settings, cached: float) -> None:
    tokens = 4 * int(exact(given["tokens"]))
    given |= {"tokens": tokens, "cached": cached}
    flops = computed(given, tokens * int(cached) // 100)
    rate = Fraction(0)
    for _ in range(int(exact(given["gpus"]))):
        rate += exact(given["peak"]) * TERA * exact(given["mfu"]) / 100
    cache = Fraction(0)
    for _ in range(tokens):
        cache += exact(given["token_bytes"]) * 1024
    sending, computing = cache / (exact(given["network"]) * GB), flops / rate
    decoding = Fraction(0)
    for _ in range(int(exact(given["output"]))):
        decoding += exact(given["tpot"]) / 1000
    outputs = {
        "kv_bytes": cache,
        "transfer_time": sending,
        "work": flops,
        "prefill_time": computing,
        "exposed": sent_in_layers(int(exact(given["layers"])), computing, sending),
        # While a decode instance's seats decode once through, so many prompts have to be computed.
        "prefills": exact(given["seats"]) * computing / decoding,
    }
    if computing:
        outputs["needed"] = cache / computing
    agree("disaggregation", given, outputs, ["transfer_leads"] * (sending > computing))


@given(
    settings_of("kv-tiers", tokens=(1, 60), layers=(1, 6), gpus=(1, 8), tier_size=(0.001, 1), token_bytes=(100, 1e4))
)
@examples(60)
def test_kv_tiers_loaded_and_computed_token_by_token(given: Settings) -> None:
    one, cache, held = exact(given["token_bytes"]) * 1024, Fraction(0), 0
    for _ in range(int(exact(given["tokens"]))):
        cache += one
    while one * (held + 1) <= exact(given["tier_size"]) * GB:
        held += 1
    rate = exact(given["gpus"]) * exact(given["peak"]) * TERA * exact(given["mfu"]) / 100
    again, access = computed(given, 0) / rate, exact(given["access"]) / 1000
    loading = access + cache / (exact(given["load_rate"]) * GB)
    outputs: dict[str, Fraction | float] = {
        "kv_bytes": cache,
        "load_time": loading,
        "recompute_time": again,
        "speedup": again / loading,
        "tokens_held": held,
    }
    if again > access:
        outputs["needed"] = cache / (again - access)
    agree("kv-tiers", given, outputs, ["recompute_better"] * (loading > again))


def test_at_the_bandwidth_needed_loading_takes_as_long_as_computing_again() -> None:
    needed = result("kv-tiers", {"tokens": 2048, "access": 1}).outputs["needed"] / GB
    found = result("kv-tiers", {"tokens": 2048, "access": 1, "load_rate": needed}).outputs
    assert found["load_time"] == pytest.approx(found["recompute_time"])


def most_of_one(experts: int, gpus: int) -> int:
    """The experts of the fullest GPU, dealt out one by one."""
    dealt = [0] * gpus
    for expert in range(experts):
        dealt[expert % gpus] += 1
    return max(dealt)


@given(
    settings_of(
        "moe-decode",
        gpus=(1, 9),
        gpu_batch=(1, 20),
        redundant=(0, 9),
        hidden=(1, 30),
        expert_width=(1, 30),
        layers=(1, 6),
        experts=1,
        experts_per_token=1,
    ),
    st.sampled_from([(1, 1), (4, 1), (8, 2), (16, 15), (12, 12)]),
)
@examples(60)
def test_moe_decode_routed_token_by_token(given: Settings, routed: tuple[int, int]) -> None:
    experts, taken = routed
    given |= {"experts": experts, "experts_per_token": taken}
    gpus, batch, layers = (int(exact(given[name])) for name in ("gpus", "gpu_batch", "layers"))
    hidden, width, skew = int(exact(given["hidden"])), int(exact(given["expert_width"])), exact(given["skew"])
    matrices = sum(hidden * width for _ in ("gate", "up", "down"))
    slots = most_of_one(experts + int(exact(given["redundant"])), gpus)
    alone, weights, flops, sent = Fraction(1), Fraction(0), Fraction(0), Fraction(0)
    for _ in range(gpus * batch):
        alone *= Fraction(experts - taken, experts)
    for _ in range(layers):
        for _ in range(slots):
            weights += matrices * exact(given["weight_bytes"])
        for _ in range(batch * taken):
            flops += matrices + matrices
            for gpu in range(gpus):
                there_and_back = exact(given["dispatch_bytes"]) + exact(given["combine_bytes"])
                sent += hidden * there_and_back / gpus if gpu else 0
    read = (1 - alone) * weights / (exact(given["bandwidth"]) * TERA)
    compute = skew * flops / (exact(given["peak"]) * TERA)
    exchange = skew * sent / (exact(given["network"]) * GB)
    agree(
        "moe-decode",
        given,
        {
            "expert_params": matrices,
            "slots": slots,
            "gpu_weights": weights,
            "expert_tokens": Fraction(gpus * batch * taken, experts),
            "hit_share": 1 - alone,
            "read_time": read,
            "compute_time": compute,
            "expert_time": max(read, compute),
            "sent": sent,
            "exchange_time": exchange,
            "step_serial": max(read, compute) + exchange,
            "step_overlapped": max(read, compute, exchange),
        },
        ["exchange_leads"] * (exchange > max(read, compute)) + ["alone"] * (gpus == 1),
    )


def test_moe_decode_gives_nothing_where_a_token_takes_more_experts_than_there_are() -> None:
    found = result("moe-decode", {"experts": 7, "experts_per_token": 8})
    assert (found.outputs, found.notes) == ({}, ("experts_too_few",))
