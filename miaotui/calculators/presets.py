"""The chips of formulas/hardware.yml and the models of formulas/models.yml, and what each sets of a calculator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import RootModel, StringConstraints

from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import Strict, form
from miaotui.calculators.definitions import FOLDER

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
Words = Annotated[str, StringConstraints(min_length=1)]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
FORMATS = ("bf16", "fp8", "fp4")
"""The formats a peak may be of."""
RELEASED = {"bf16": (16, 16), "fp8": (8, 8), "mxfp4": (16, 4.25)}
"""Bits of a weight as released, scales included: outside of the routed experts, and in them."""
IN_FORMAT = ("bytes_a", "bytes_b", "weight_bytes", "expert_bytes")
"""What is in the format that is computed in; a product's result stays in 16 bits."""


class Source(Strict):
    """Where a preset's figures were read; either the source's own month, or that in which it was read."""

    title: Words
    publisher: Words
    address: Annotated[str, StringConstraints(pattern=r"^https://")]
    config: str = ""
    published: Month | None = None
    read: Month | None = None


class _Preset(Strict):
    id: Id
    name: Words
    note: dict[Literal["zh", "en"], Words] = {}
    source: Source
    as_of: Month


class Chip(_Preset):
    """A chip or server: memory in GB, bandwidths in TB/s and GB/s, dense peaks in TFLOP/s."""

    memory_gb: float
    bandwidth_tbps: float
    bf16_tflops: float | None = None
    fp8_tflops: float | None = None
    fp4_tflops: float | None = None
    int8_tops: float | None = None
    fp64_tflops: float | None = None
    link_gbps: float | None = None
    fp4_bytes: float = 0.5625
    """A number in FP4 with its share of a scale: NVFP4 has 8 bits for 16 numbers, MXFP4 for 32."""

    def sets(self) -> dict[str, dict[str, float | str]]:
        """What the chip sets, by the name it is chosen under: one for each format it computes in."""
        common: dict[str, float | str] = {"memory": self.memory_gb, "bandwidth": self.bandwidth_tbps}
        if self.link_gbps:
            common["link"] = self.link_gbps
        peaks = {name: peak for name in FORMATS if (peak := getattr(self, f"{name}_tflops"))}
        size = {"bf16": 2, "fp8": 1, "fp4": self.fp4_bytes}
        formats = {
            f"{self.name} · {name.upper()}": {**common, "peak": peak, **dict.fromkeys(IN_FORMAT, size[name])}
            for name, peak in peaks.items()
        }
        return formats or {self.name: common}


class Latent(Strict):
    """What multi-head latent attention caches of a token and layer, in numbers."""

    latent: int
    rope: int
    nope: int
    """Dimensions of a head's queries and keys without RoPE."""
    value: int
    """Dimensions of a head's values."""


class Window(Strict):
    """Layers that attend to the last tokens only."""

    window: int
    layers: int


class Model(_Preset):
    """A language model by its dimensions."""

    params: int
    active: int | None = None
    """The parameters that a token uses, where not all."""
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    vocab: int
    ffn: int
    tied_embeddings: bool
    mla: Latent | None = None
    experts: int | None = None
    experts_per_token: int | None = None
    shared_experts: int | None = None
    dense_layers: int | None = None
    dense_ffn: int | None = None
    sliding: Window | None = None
    release: Literal["bf16", "fp8", "mxfp4"] = "bf16"
    """The format of the weights as released; of MXFP4, the routed experts alone."""

    def _weights(self) -> dict[str, float | str]:
        """What a weight takes as released, in and outside of the routed experts, and in the mean of all stored."""
        plain, expert = RELEASED[self.release]
        stored, active = self.params, self.active or self.params
        experts, chosen = self.experts or 1, self.experts_per_token or 1
        share = (stored - active) / (experts - chosen) * experts / stored if experts > chosen else 0
        return {
            "weight_bytes": plain / 8,
            "expert_bytes": expert / 8,
            "plain_bits": plain,
            "expert_bits": expert,
            "stored_bits": round(plain + share * (expert - plain), 3),
        }

    def _attention(self) -> dict[str, float | str]:
        """What attention does for a cached token in decoding: products of queries and keys, of weights and values."""
        width = 2 * self.mla.latent + self.mla.rope if self.mla else 2 * self.head_dim
        return {
            "token_work": 2 * self.layers * self.heads * width / 1e6,
            # MLA caches one latent for all heads, which tensor parallelism cannot split.
            "cached_heads": 1 if self.mla else self.kv_heads,
            "window": self.sliding.window if self.sliding else 4096,
            "windowed": round(100 * self.sliding.layers / self.layers, 3) if self.sliding else 0,
        }

    def _width(self) -> float:
        head = (self.mla.nope + self.mla.rope + self.mla.value) / 2 if self.mla else self.head_dim
        return self.heads * head

    def sets(self) -> dict[str, dict[str, float | str]]:
        """What the model sets, in the inputs' units: parameters in 1e9, the KV cache of a token in KiB at 2 bytes."""
        width = self.mla.latent + self.mla.rope if self.mla else 2 * self.kv_heads * self.head_dim
        embedding = self.vocab * self.hidden / 1e9
        found: dict[str, float | str] = {
            "attention": "latent" if self.mla else "heads",
            "params": round(self.params / 1e9, 3),
            "active": round((self.active or self.params) / 1e9, 3),
            "layers": self.layers,
            "hidden": self.hidden,
            "kv_heads": self.kv_heads,
            "head_dim": self.head_dim,
            # Attention computes this many products for a pair of tokens, twice over: with the keys and with the values.
            "width": self._width(),
            "token_bytes": self.layers * width * 2 / 1024,
            "blocks": round(((self.active or self.params) / 1e9) - embedding * (1 if self.tied_embeddings else 2), 3),
            "head": round(embedding, 3),
            "unread": 0 if self.tied_embeddings else round(embedding, 3),
            "kept": round(embedding * (1 if self.tied_embeddings else 2), 3),
        }
        if self.mla:
            found |= {"latent": self.mla.latent, "rope": self.mla.rope}
        found |= {"experts": self.experts or 1, "experts_per_token": self.experts_per_token or 1}
        return {self.name: found | self._weights() | self._attention()}


class _Chips(RootModel[tuple[Chip, ...]]):
    pass


class _Models(RootModel[tuple[Model, ...]]):
    pass


def load(folder: Path = FOLDER) -> dict[str, tuple[Chip, ...] | tuple[Model, ...]]:
    """Chips as `hardware`, models as `models`.

    Raises RefusedError with everything that is wrong.
    """
    chips, _, faults = form(folder / "hardware.yml", _Chips)
    models, _, more = form(folder / "models.yml", _Models)
    if problems := faults + more:
        raise RefusedError(problems)
    return {"hardware": chips.root if chips else (), "models": models.root if models else ()}
