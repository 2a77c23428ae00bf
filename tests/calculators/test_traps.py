"""Numbers that others got wrong, and every value worked by hand before the calculators were written, as printed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from miaotui.calculators import presets
from miaotui.calculators.compute import compute, settings
from miaotui.calculators.evaluate import Value
from tests.calculators.inputs import FORMULAS

SIZES = {
    **dict.fromkeys(("", "×", "tokens", "tok/s", "FLOP/B", "bits", "B", "s"), "1"),
    **dict.fromkeys(("ms",), "1e-3"),
    **dict.fromkeys(("µs", "$/M tokens"), "1e-6"),
    **dict.fromkeys(("k tokens",), "1e3"),
    **dict.fromkeys(("GB",), "1e9"),
    **dict.fromkeys(("TFLOP", "TFLOP/s"), "1e12"),
    "GiB": "1073741824",
}
"""What a unit of the tables is worth, from no file of formulas/."""

TRAPS = [
    ("70 % made twice as fast: not 1.7, nor 1.4", "amdahl", "share=70 faster=2", "speedup", "1.54 ×"),
    ("not 140 TFLOP", "prefill", "params=70 tokens=100000 attention=left_out", "work", "14000 TFLOP"),
    ("not 0.16 s", "prefill", "params=70 tokens=100000 attention=left_out peak=900 mfu=100", "time", "15.6 s"),
    ("not 335 GB", "kv-cache", "layers=80 kv_heads=8 head_dim=128 bytes=2 tokens=128000", "kv_bytes", "41.9 GB"),
]
MEMORY = [
    ("E1 (1)", "kv-cache", "", "token_bytes", "131072 B"),
    ("E1 (1)", "kv-cache", "tokens=8192 requests=32", "kv_bytes", "34.36 GB"),
    ("E1 (1)", "kv-cache", "tokens=8192 requests=32", "kv_bytes", "32.0 GiB"),
    ("E1 (1)", "kv-cache", "tokens=8192", "max_requests", "50"),
    ("E1, 81,559 MiB as the driver reports", "kv-cache", "memory=85.52", "kv_tokens", "449 k tokens"),
    ("E1, 81,559 MiB as the driver reports", "kv-cache", "memory=85.52 tokens=8192", "max_requests", "54"),
    ("E1 (2)", "kv-cache", "layers=80 params=70.6", "token_bytes", "327680 B"),
    ("E1 (2)", "kv-cache", "layers=80 params=70.6 tokens=32768", "kv_bytes", "10.74 GB"),
    ("E1 (2)", "kv-cache", "layers=80 params=70.6 tokens=32768", "kv_bytes", "10.0 GiB"),
    ("E1 (3)", "kv-cache", "attention=latent layers=61 latent=512 rope=64", "token_bytes", "70272 B"),
    ("Q6", "quantized-size", "", "size", "4.14 GB"),
    ("Q6", "quantized-size", "", "ratio", "3.9 ×"),
    ("Q6", "quantized-size", "kept=1.0507", "size", "5.7 GB"),
    ("Q6", "quantized-size", "params=70.6", "size", "36.4 GB"),
    ("Q6", "quantized-size", "params=70.6 kept=2.1014", "size", "39.5 GB"),
    ("Q6", "quantized-size", "kept=1.0507 unread=0.5253", "read_bytes", "4.65 GB"),
    ("Q6", "quantized-size", "kept=1.0507 unread=0.5253", "read_ratio", "3.2 ×"),
    ("Q1", "decode-floor", "", "time", "4.79 ms"),
    ("Q1", "decode-floor", "", "user_rate", "209 tok/s"),
    ("Q1", "decode-floor", "unread=0.5253", "weight_bytes", "15.01 GB"),
    ("Q1", "decode-floor", "unread=0.5253", "time", "4.48 ms"),
    ("Q1", "decode-floor", "unread=0.5253", "user_rate", "223 tok/s"),
]
COMPUTE = [
    ("house rule 2", "amdahl", "share=60 faster=4", "speedup", "1.82 ×"),
    ("E2", "roofline", "", "ridge", "295.22 FLOP/B"),
    ("E2 (1)", "roofline", "m=1", "intensity", "0.9995 FLOP/B"),
    ("E2 (1)", "roofline", "m=1", "attained", "3.348 TFLOP/s"),
    ("E2 (1)", "roofline", "m=1", "time", "10.02 µs"),
    ("E2 (2)", "roofline", "m=256", "intensity", "227.56 FLOP/B"),
    ("E2 (2)", "roofline", "m=256", "attained", "762.3 TFLOP/s"),
    ("E2 (2)", "roofline", "m=256", "time", "11.27 µs"),
    ("E2 (3)", "roofline", "m=4096", "intensity", "1365.3 FLOP/B"),
    ("E2 (3)", "roofline", "m=4096", "attained", "989 TFLOP/s"),
    ("E2 (3)", "roofline", "m=4096", "time", "138.97 µs"),
    ("not 66.51 ms, with the embedding at every token", "prefill", "tokens=2048", "linear_time", "57.82 ms"),
    ("E6, without embedding and head", "prefill", "tokens=8192", "linear_time", "231 ms"),
    ("the head alone, once a prompt", "prefill", "tokens=2048 attention=left_out mfu=100", "time", "28.91 ms"),
    ("twice 8.03 B for each token, 15 % high", "prefill", "tokens=2048 params=8.03 head=0", "linear_time", "66.51 ms"),
]
QUANTIZED = [
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1", "scale", "0.142857"),
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1", "codes", "-7 -4 0 4 7"),
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1", "worst", "0.0714286"),
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1", "mse", "0.00204082"),
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1 bits=8", "scale", "0.00787402"),
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1 bits=8", "codes", "-127 -64 0 64 127"),
    ("E3 (1)", "quantization-error", "own=-1,-0.5,0,0.5,1 bits=8", "mse", "6.2000e-6"),
    ("E3 (2)", "quantization-error", "own=0.1,-0.2,0.3,8", "codes", "0 0 0 7"),
    ("E3 (2)", "quantization-error", "own=0.1,-0.2,0.3,8", "restored", "0 0 0 8"),
    ("E3 (2)", "quantization-error", "own=0.1,-0.2,0.3,8", "mse", "0.035"),
    ("E3 (2)", "quantization-error", "own=0.1,-0.2,0.3,8 group=3", "restored", "0.085714 -0.214286 0.3 8"),
    ("E3 (2), over all four", "quantization-error", "own=0.1,-0.2,0.3,8 group=3", "mse", "1.0204e-4"),
    ("E3 (2), over the first three", "quantization-error", "own=0.1,-0.2,0.3", "mse", "1.3605e-4"),
    ("E3 (3), INT4", "quantized-size", "group=128 scale_bits=16", "effective_bits", "4.125 bits"),
    ("E3 (3), with a zero point", "quantized-size", "group=128 zero_bits=4", "effective_bits", "4.15625 bits"),
    ("E3 (3), MXFP4", "quantized-size", "group=32 scale_bits=8", "effective_bits", "4.25 bits"),
    ("E3 (3), NVFP4", "quantized-size", "group=16 scale_bits=8", "effective_bits", "4.5 bits"),
]
DECODING = [
    ("E4 (1)", "speculative-decoding", "acceptance=80 drafted=4 draft_cost=0.05", "expected", "3.3616 tokens"),
    ("E4 (1)", "speculative-decoding", "acceptance=80 drafted=4 draft_cost=0.05", "speedup", "2.8013 ×"),
    ("E4 (1)", "speculative-decoding", "acceptance=80 draft_cost=0.05", "best_drafted", "8 tokens"),
    ("E4 (1)", "speculative-decoding", "acceptance=80 draft_cost=0.05", "best_speedup", "3.0921 ×"),
    ("E4 (2)", "speculative-decoding", "acceptance=50 drafted=8 draft_cost=0.2", "expected", "1.9961 tokens"),
    ("E4 (2)", "speculative-decoding", "acceptance=50 drafted=8 draft_cost=0.2", "speedup", "0.7677 ×"),
    ("E4 (3)", "speculative-decoding", "acceptance=90 drafted=8 draft_cost=0.05", "expected", "6.1258 tokens"),
    ("E4 (3)", "speculative-decoding", "acceptance=90 drafted=8 draft_cost=0.05", "speedup", "4.3756 ×"),
    ("E4, no draft", "speculative-decoding", "drafted=0", "speedup", "1 ×"),
    ("E4, every draft kept", "speculative-decoding", "acceptance=100 drafted=16", "expected", "17 tokens"),
    ("E5 (1)", "batch-size", "batch=1", "step_time", "4.874 ms"),
    ("E5 (1)", "batch-size", "batch=1", "throughput", "205.2 tok/s"),
    ("E5 (2)", "batch-size", "batch=64", "step_time", "9.922 ms"),
    ("E5 (2)", "batch-size", "batch=64", "throughput", "6450 tok/s"),
    ("E5 (2)", "batch-size", "batch=64", "kv_bytes", "17.18 GB"),
    ("E5 (2), compute alone", "batch-size", "batch=64 bandwidth=1000", "linear_time", "1.039 ms"),
    ("E5 (2), FP8 weights", "batch-size", "batch=64 bytes=1", "step_time", "7.525 ms"),
    ("E5 (2), FP8 weights", "batch-size", "batch=64 bytes=1", "throughput", "8505 tok/s"),
    ("E5", "batch-size", "context=2048", "max_batch", "200"),
    ("E5, one after the other", "batch-size", "batch=512 context=415", "step_time", "16.63 ms"),
    ("E5, one after the other", "batch-size", "batch=1024 context=300", "step_time", "28.65 ms"),
    ("E5, compute-bound", "batch-size", "", "turning_batch", "295"),
    ("Q12, W4A16", "batch-size", "bytes=0.5", "turning_batch", "74"),
    ("Q12, W4A16 with scales", "batch-size", "bytes=0.515625", "turning_batch", "76"),
    ("E5", "cost", "price=2.5 rate=2500", "cost", "0.2778 $/M tokens"),
]
PARALLEL = [
    ("E7 (1)", "parallelism", "tokens=50000 hidden=10000 gpus=8 link=450", "allreduce_time", "3.8889 ms"),
    ("E7 (1)", "parallelism", "tokens=1 hidden=8192 gpus=8 link=450 delay=2", "allreduce_time", "28.06 µs"),
    ("E7 (2)", "parallelism", "stages=4 microbatches=4", "bubble", "0.4286"),
    ("E7 (2)", "parallelism", "stages=4 microbatches=16", "bubble", "0.1579"),
    ("E7 (3)", "parallelism", "experts=256 experts_per_token=8 batch=1", "experts_hit", "8"),
    ("E7 (3)", "parallelism", "experts=256 experts_per_token=8 batch=16", "experts_hit", "101.96"),
    ("E7 (3)", "parallelism", "experts=256 experts_per_token=8 batch=64", "experts_hit", "222.44"),
    ("E7 (3)", "parallelism", "experts=256 experts_per_token=8 batch=256", "experts_hit", "255.92"),
    ("E7 (3)", "parallelism", "experts=256 experts_per_token=8 batch=256", "expert_tokens", "8 tokens"),
]
LENGTHS = "arrivals=0,0,0,0 prompts=1,1,1,1 outputs=10,20,30,100"
SCHEDULED = [
    ("E6 (1)", "schedule", f"mode=static seats=4 {LENGTHS}", "occupied", "0.40"),
    ("E6 (1), a full queue", "schedule", f"mode=continuous seats=1 {LENGTHS}", "occupied", "1.0"),
]
TABLE = [*TRAPS, *MEMORY, *COMPUTE, *QUANTIZED, *DECODING, *PARALLEL, *SCHEDULED]


def values(slug: str, typed: str) -> Mapping[str, Value]:
    """All that the calculator gives for inputs as a reader types them."""
    definition = FORMULAS.calculators[slug]
    given = dict(part.split("=") for part in typed.split())
    if "own" in given:
        given["source"] = "own"
    return compute(definition, FORMULAS, settings(definition, given)).values


def right(found: Value, printed: str) -> bool:
    """Whether the value is the printed one to half of its last digit; printed are numbers and then their unit."""
    parts = printed.split(" ")
    count = len(found) if isinstance(found, list) else 1
    size = Decimal(SIZES[" ".join(parts[count:])])
    numbers = found if isinstance(found, list) else [found]
    return all(
        abs(Decimal(float(number)) / size - Decimal(part))
        <= Decimal(1).scaleb(int(Decimal(part).as_tuple().exponent)) / 2
        for number, part in zip(numbers, parts[:count], strict=True)
    )


@pytest.mark.parametrize(("_place", "slug", "typed", "output", "printed"), TABLE)
def test_the_calculator_gives_what_was_worked_by_hand(
    _place: str, slug: str, typed: str, output: str, printed: str
) -> None:
    found = values(slug, typed)[output]
    assert right(found, printed), f"{output} is {found}, not {printed}"


RATIOS = [
    # The capacity before it is rounded down to whole tokens.
    ("E1 (1)", "kv-cache", ("", "room"), ("", "token_bytes"), "411530 tokens"),
    # The context at which reading the cache takes as long as the linear layers' compute.
    ("E5", "batch-size", ("batch=512", "linear_time"), ("batch=512 context=1", "attention_time"), "415 tokens"),
    ("Q12, W4A16", "batch-size", ("batch=74", "linear_time"), ("batch=74 bytes=0.5", "linear_time"), "3.99 ×"),
    ("Q12, W4A16", "batch-size", ("batch=148", "linear_time"), ("batch=148 bytes=0.5", "linear_time"), "1.99 ×"),
    ("Q12, W4A16", "batch-size", ("batch=256", "linear_time"), ("batch=256 bytes=0.5", "linear_time"), "1.15 ×"),
    ("Q12, W4A16", "batch-size", ("batch=296", "linear_time"), ("batch=296 bytes=0.5", "linear_time"), "1.00 ×"),
]


def number(slug: str, asked: tuple[str, str]) -> float:
    found = values(slug, asked[0])[asked[1]]
    assert isinstance(found, float)
    return found


@pytest.mark.parametrize(("_place", "slug", "over", "under", "printed"), RATIOS)
def test_two_values_are_to_each_other_as_was_worked_by_hand(
    _place: str, slug: str, over: tuple[str, str], under: tuple[str, str], printed: str
) -> None:
    found = number(slug, over) / number(slug, under)
    assert right(found, printed), f"{found}, not {printed}"


def test_what_causal_attention_adds_to_8k_of_prefill() -> None:
    added = number("prefill", ("tokens=8192", "time")) - number("prefill", ("tokens=8192", "linear_time"))
    assert right(added, "35.6 ms")


def test_delay_is_nearly_all_of_a_small_message() -> None:
    without = number("parallelism", ("tokens=1", "allreduce_time"))
    assert right(1 - without / number("parallelism", ("tokens=1 delay=2", "allreduce_time")), "0.998")


def test_the_peak_of_an_h100_is_dense_and_312_is_the_a100s() -> None:
    peaks = {chip.id: chip.bf16_tflops for chip in presets.load()["hardware"] if isinstance(chip, presets.Chip)}
    assert (peaks["h100-sxm"], peaks["a100-sxm-80gb"]) == (989, 312)
    assert {FORMULAS.calculators[slug].inputs["peak"].default for slug in ("roofline", "prefill", "batch-size")} == {
        989
    }


@pytest.mark.parametrize(
    ("found", "printed"),
    [(1.54, "1.55 ×"), (41.94e9, "335 GB"), (14e15, "140 TFLOP"), (131072.0, "131073 B"), ([0.0, 7.0], "0 8")],
)
def test_another_last_digit_is_wrong(found: Value, printed: str) -> None:
    assert not right(found, printed)
