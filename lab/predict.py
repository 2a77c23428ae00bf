"""The predictions: the site's own formulas, at this model's sizes and at the rates that the machine was timed at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lab.engine.model import Config
from lab.machine import Rates
from miaotui.calculators import definitions
from miaotui.calculators.compute import compute, settings

FP32 = 4


def formula(slug: str, output: str, **inputs: object) -> float:
    """What the calculator gives for inputs in their units, in the output's first unit of its kind (s, B, tok/s, 1)."""
    formulas = _formulas()
    definition = formulas.calculators[slug]
    given = {
        name: ",".join(map(_text, value)) if isinstance(value, list) else _text(value) for name, value in inputs.items()
    }
    return compute(definition, formulas, settings(definition, given)).outputs[output]


@cache
def _formulas() -> definitions.Formulas:
    return definitions.load()


def _text(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, (int, float)) else str(value)


@dataclass(frozen=True)
class Sizes:
    """What of a model's sizes the formulas ask for."""

    blocks: float
    """Parameters of the layers: what prefill multiplies each token by."""
    read: float
    """Those a step reads: the blocks and the output head."""
    token_bytes: float
    """Of the KV cache, a token in all layers, in FP32."""
    layers: int
    width: int


def sizes(config: Config) -> Sizes:
    width, narrow = config.width, config.kv_heads * config.head
    layer = 2 * width * width + 2 * width * narrow + 3 * width * config.ffn + 2 * width
    blocks = config.layers * layer
    return Sizes(
        blocks=blocks,
        read=blocks + config.vocabulary * width,
        token_bytes=2 * config.layers * narrow * FP32,
        layers=config.layers,
        width=width,
    )


@dataclass(frozen=True)
class Predictor:
    """The formulas for one model on one machine; times in seconds."""

    sizes: Sizes
    rates: Rates

    def _machine(self) -> dict[str, float]:
        return {"peak": self.rates.peak / 1e12, "bandwidth": self.rates.bandwidth / 1e12}

    def step(self, batch: int, context: int, bits: float = 32, tokens_kept: float = 1) -> float:
        """A step of decoding, by the bytes it reads; the cache may keep its tokens in a part of their bytes."""
        return formula(
            "decode-floor",
            "time",
            params=self.sizes.read / 1e9,
            bits=bits,
            token_bytes=self.sizes.token_bytes * tokens_kept / 1024,
            context=context,
            batch=batch,
            bandwidth=self.rates.bandwidth / 1e12,
        )

    def batch_step(self, batch: int, context: int) -> float:
        """A step of decoding, by its bytes or by its arithmetic, whichever takes longer."""
        return formula(
            "batch-size",
            "step_time",
            params=self.sizes.read / 1e9,
            stored=self.sizes.read / 1e9,
            bytes=FP32,
            token_bytes=self.sizes.token_bytes / 1024,
            batch=batch,
            context=context,
            token_work=4 * self.sizes.layers * self.sizes.width / 1e6,
            **self._machine(),
        )

    def prefill(self, tokens: int) -> float:
        """Reading a prompt: its arithmetic at the rate of a product of matrices, and the output head once."""
        blocks = formula(
            "prefill",
            "time",
            params=self.sizes.blocks / 1e9,
            tokens=tokens,
            layers=self.sizes.layers,
            width=self.sizes.width,
            peak=self.rates.peak / 1e12,
            mfu=100,
            head=0,
        )
        head = (self.sizes.read - self.sizes.blocks) * FP32 / self.rates.bandwidth
        return blocks + head

    def schedule(self, output: str, mode: str, **trace: object) -> float:
        """What the schedule gives: a step reads the weights once, and each of its tokens is multiplied by them."""
        token = 2 * self.sizes.blocks / self.rates.peak * 1e6
        costs = {"base": self.step(1, 0) * 1e3, "prefill_cost": token, "decode_cost": token}
        return formula("schedule", output, mode=mode, **costs, **trace)

    def speculative(self, acceptance: float, drafted: int) -> float:
        """The speedup of drafts that cost nothing and are checked in a step of 1 + drafted rows."""
        check = max(0.0, self.batch_step(1 + drafted, 0) / self.batch_step(1, 0) - 1) / drafted if drafted else 0.0
        inputs = {"acceptance": acceptance * 100, "drafted": drafted, "draft_cost": 0, "check_cost": min(1.0, check)}
        return formula("speculative-decoding", "speedup", **inputs)
