"""The named models and chips: parameters recounted tensor by tensor, and settings that each calculator accepts."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from miaotui.calculators import presets, words
from miaotui.calculators.compute import settings
from miaotui.calculators.page import Sheet
from miaotui.calculators.presets import Chip, Model
from scripts import calc
from tests.calculators.inputs import FORMULAS, SLUGS, result

PRESETS = presets.load()
CHIPS = [preset for preset in PRESETS["hardware"] if isinstance(preset, Chip)]
MODELS = [preset for preset in PRESETS["models"] if isinstance(preset, Model)]
OFFERING = [(slug, kind) for slug in SLUGS for kind in FORMULAS.calculators[slug].presets]
# DeepSeek-V3, from its paper: the rank of the compressed query.
QUERY_RANK = 1536


def attention(model: Model) -> Iterator[int]:
    """The sizes of one layer's attention tensors."""
    hidden, width, kv_width = model.hidden, model.heads * model.head_dim, model.kv_heads * model.head_dim
    if model.mla:
        yield from (hidden * QUERY_RANK, QUERY_RANK, QUERY_RANK * model.heads * (model.mla.nope + model.mla.rope))
        yield from (hidden * (model.mla.latent + model.mla.rope), model.mla.latent)
        yield from (
            model.mla.latent * model.heads * (model.mla.nope + model.mla.value),
            model.heads * model.mla.value * hidden,
        )
        return
    yield from (hidden * width, hidden * kv_width, hidden * kv_width, width * hidden)
    if model.id.startswith("qwen3-"):
        yield from (model.head_dim, model.head_dim)  # norms of queries and keys
    if model.id.startswith(("qwen2.5-", "gpt-oss-")):
        yield from (width, kv_width, kv_width)  # biases
    if model.id.startswith("gpt-oss-"):
        yield from (hidden, model.heads)  # the output's bias, and sinks


def ffn(model: Model, layer: int, routed: int) -> Iterator[int]:
    """The sizes of a layer's FFN tensors, with so many of the routed experts."""
    hidden = model.hidden
    if model.experts is None:
        yield from [hidden * model.ffn] * 3
        return
    if layer < (model.dense_layers or 0):
        yield from [hidden * (model.dense_ffn or 0)] * 3
        return
    yield hidden * model.experts  # the router
    biased = model.id.startswith("gpt-oss-")
    if biased or model.mla:
        yield model.experts  # its bias
    for _ in range(routed + (model.shared_experts or 0)):
        yield from [hidden * model.ffn] * 3
        if biased:
            yield from (model.ffn, model.ffn, hidden)


def tensors(model: Model, routed: int) -> Iterator[int]:
    """The sizes of all tensors, with so many routed experts a layer."""
    yield model.vocab * model.hidden
    if not model.tied_embeddings:
        yield model.vocab * model.hidden
    for layer in range(model.layers):
        yield from [model.hidden] * (4 if model.id.startswith("gemma-2-") else 2)  # norms
        yield from attention(model)
        yield from ffn(model, layer, routed)
    yield model.hidden  # the last norm


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_parameters_recounted_tensor_by_tensor(model: Model) -> None:
    assert sum(tensors(model, model.experts or 0)) == model.params
    if model.experts_per_token:
        assert sum(tensors(model, model.experts_per_token)) == model.active
    else:
        assert model.active is None


def products(model: Model) -> int:
    """What decoding computes for a cached token, layer by layer and head by head: a product and a sum a number."""
    work = 0
    for _ in range(model.layers):
        for _ in range(model.heads):
            scores = model.mla.latent + model.mla.rope if model.mla else model.head_dim
            values = model.mla.latent if model.mla else model.head_dim
            work += 2 * scores + 2 * values
    return work


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_what_a_model_sets_is_what_its_tensors_have(model: Model) -> None:
    """In 1e9 parameters, to three decimals; the cache counted number by number of each layer."""
    (sets,) = model.sets().values()
    embedding, *_ = tensors(model, 0)
    in_cache = 0
    for _ in range(model.layers):
        if model.mla:
            in_cache += model.mla.latent + model.mla.rope
        else:
            in_cache += sum(model.head_dim for _ in ("key", "value") for _ in range(model.kv_heads))
    expected = {
        "params": model.params / 1e9,
        "active": (model.active or model.params) / 1e9,
        "blocks": ((model.active or model.params) - embedding * (1 if model.tied_embeddings else 2)) / 1e9,
        "head": embedding / 1e9,
        "unread": 0 if model.tied_embeddings else embedding / 1e9,
        "kept": (embedding if model.tied_embeddings else 2 * embedding) / 1e9,
        "token_bytes": in_cache * 2 / 1024,
        "experts": model.experts or 1,
        "experts_per_token": model.experts_per_token or 1,
        "cached_heads": 1 if model.mla else model.kv_heads,
        "token_work": products(model) / 1e6,
        "windowed": 100 * model.sliding.layers / model.layers if model.sliding else 0,
    }
    for name, value in expected.items():
        assert abs(float(sets[name]) - value) <= 0.0005001, name


@pytest.mark.parametrize(
    ("name", "kib"),
    [("Llama-3.1-8B", "128"), ("Llama-2-7B", "512"), ("Llama-3-70B", "320"), ("DeepSeek-V3", "68.6")],
)
def test_cache_of_a_token_as_in_the_review(name: str, kib: str) -> None:
    sheet = Sheet("kv-cache", FORMULAS, words.load(FORMULAS)["en"], PRESETS, "en")
    (texts,) = [
        given for preset in sheet.chosen()["models"] for named, given in preset["options"].items() if named == name
    ]
    found = result("kv-cache", settings(FORMULAS.calculators["kv-cache"], texts)).outputs["token_bytes"] / 1024
    decimals = len(kib.partition(".")[2])
    assert f"{found:.{decimals}f}" == kib
    (model,) = [model for model in MODELS if model.name == name]
    assert model.sets()[name]["token_bytes"] == found


def test_no_two_presets_have_one_name_or_id() -> None:
    for kind in PRESETS.values():
        options = [name for preset in kind for name in preset.sets()]
        assert len(set(options)) == len(options)
        assert len({preset.id for preset in kind}) == len(kind)


@pytest.mark.parametrize("chip", CHIPS, ids=lambda chip: chip.id)
def test_narrower_formats_are_no_slower(chip: Chip) -> None:
    peaks = [peak for peak in (chip.bf16_tflops, chip.fp8_tflops, chip.fp4_tflops) if peak]
    assert peaks == sorted(peaks)


def offered(slug: str, kind: str) -> Iterator[tuple[str, dict[str, float | str], dict[str, str]]]:
    """Each choice of a calculator's presets: its name, what the preset sets, and what of that the page takes."""
    known: list[Chip | Model] = [*CHIPS] if kind == "hardware" else [*MODELS]
    sets = {preset.name: next(iter(preset.sets().values())) for preset in known}
    sets |= {option: given for preset in known for option, given in preset.sets().items()}
    sheet = Sheet(slug, FORMULAS, words.load(FORMULAS)["en"], PRESETS, "en")
    for shown in sheet.chosen()[kind]:
        for option, given in shown["options"].items():
            yield option, sets[option], given


@pytest.mark.parametrize(("slug", "kind"), OFFERING)
def test_every_preset_is_within_the_bounds_of_the_calculator_that_offers_it(slug: str, kind: str) -> None:
    definition = FORMULAS.calculators[slug]
    assert list(offered(slug, kind))
    for option, sets, given in offered(slug, kind):
        asked = {name for name in definition.inputs if definition.takes.get(name, name) in sets}
        # A choice of the same name in another calculator is all that may be left out.
        assert all(definition.inputs[name].kind == "choice" for name in asked - set(given)), option
        outputs = result(slug, settings(definition, given)).outputs
        assert outputs
        assert all(math.isfinite(value) for value in outputs.values())


@pytest.mark.parametrize("slug", [slug for slug, kind in OFFERING if kind == "hardware"])
def test_a_chip_sets_all_that_a_calculator_asks_of_chips(slug: str) -> None:
    """Else what another chip has stays in the form, under this one's name and source."""
    asked = {"memory", "bandwidth", "peak", "link"} & set(FORMULAS.calculators[slug].inputs)
    short = [
        f"{option} sets no {', '.join(sorted(asked - set(given)))}"
        for option, _, given in offered(slug, "hardware")
        if asked - set(given)
    ]
    assert not short


def test_a_chip_without_a_peak_or_a_link_is_not_offered_where_that_is_asked() -> None:
    with_peak = {option for option, *_ in offered("roofline", "hardware")}
    with_link = {option for option, *_ in offered("parallelism", "hardware")}
    assert not any(option.startswith(("12-channel", "Apple")) for option in with_peak)
    assert any(option.startswith("NVIDIA H100") for option in with_peak)
    assert not any(option.startswith(("12-channel", "Apple")) for option in with_link)
    assert {"NVIDIA L4", "NVIDIA H100 SXM"} <= with_link
    assert "NVIDIA L4" in {option for option, *_ in offered("decode-floor", "hardware")}


def test_a_format_sets_the_bytes_of_what_is_computed_in_it() -> None:
    by_name = {option: given for option, _, given in offered("batch-size", "hardware")}
    assert {by_name[f"NVIDIA B200 (HGX) · {name}"]["bytes"] for name in ("BF16", "FP8", "FP4")} == {"2", "1", "0.5625"}
    roof = {option: given for option, _, given in offered("roofline", "hardware")}["NVIDIA H100 SXM · FP8"]
    assert (roof["bytes_a"], roof["bytes_b"], "bytes_c" in roof) == ("1", "1", False)


# What the publishers say their checkpoints take: gpt-oss' model card in GiB, DeepSeek-V3's weights in FP8 in GB.
CHECKPOINTS = [("gpt-oss-120b", 60.8 * 2**30), ("gpt-oss-20b", 12.8 * 2**30), ("deepseek-v3", 671e9)]


@pytest.mark.parametrize(("model", "size"), CHECKPOINTS)
def test_weights_take_what_the_release_takes(model: str, size: float) -> None:
    for slug, output in (("kv-cache", "weight_bytes"), ("batch-size", "stored_bytes")):
        sets = calc.preset_settings(FORMULAS, PRESETS, slug, [model])
        found = result(slug, settings(FORMULAS.calculators[slug], sets)).values[output]
        assert found == pytest.approx(size, rel=0.005), slug


@pytest.mark.parametrize("order", [("gpt-oss-120b", "h100-sxm"), ("h100-sxm", "gpt-oss-120b")])
def test_a_model_released_in_four_bits_fits_where_it_is_said_to(order: tuple[str, str]) -> None:
    """An H100 computes in no format so narrow; the weights stay as released all the same."""
    sets = calc.preset_settings(FORMULAS, PRESETS, "batch-size", [*order])
    assert (sets["bytes"], sets["expert_bytes"]) == ("2", "0.53125")
    assert result("batch-size", settings(FORMULAS.calculators["batch-size"], sets)).outputs["max_batch"] > 0
    memory = calc.preset_settings(FORMULAS, PRESETS, "kv-cache", [*order])
    assert result("kv-cache", settings(FORMULAS.calculators["kv-cache"], memory)).outputs["room"] > 0


def test_a_window_bounds_what_its_layers_cache() -> None:
    sets = calc.preset_settings(FORMULAS, PRESETS, "kv-cache", ["gpt-oss-120b"])
    full = settings(FORMULAS.calculators["kv-cache"], {**sets, "tokens": "131072", "windowed": "0"})
    short = settings(FORMULAS.calculators["kv-cache"], {**sets, "tokens": "131072"})
    ratio = result("kv-cache", full).outputs["kv_bytes"] / result("kv-cache", short).outputs["kv_bytes"]
    assert ratio == pytest.approx(2, rel=0.002)


@pytest.mark.parametrize(("chip", "scaled"), [("b200", 0.5625), ("rtx-5090", 0.5625), ("mi355x", 0.53125)])
def test_four_bits_come_with_their_scales(chip: str, scaled: float) -> None:
    """NVFP4 has 8 bits of scale for 16 numbers, MXFP4 for 32."""
    (found,) = (preset for preset in CHIPS if preset.id == chip)
    assert found.sets()[f"{found.name} · FP4"]["weight_bytes"] == scaled


def test_a_chip_that_accumulates_in_two_widths_is_given_in_the_wider() -> None:
    peaks = {chip.id: (chip.bf16_tflops, chip.fp8_tflops) for chip in CHIPS}
    assert peaks["rtx-4090"] == (165.2, 330.3)
    assert peaks["rtx-5090"] == (209.5, 419)
    assert {"h20", "h800-sxm", "mi355x"} <= set(peaks)
