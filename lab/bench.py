"""What the measurements share: the model, how much is measured, and how long a piece of work takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from lab.engine import model as engine
from lab.engine.gguf import read
from lab.engine.shapes import Floats, Mask
from lab.engine.tokenizer import Tokenizer
from lab.machine import Rates, clock
from lab.predict import Predictor, sizes

T = TypeVar("T")
TEXT = Path(__file__).with_name("text.txt")
"""English pages of ours as they once were, without their tables, code and formulas; never to be edited."""


@dataclass(frozen=True)
class Amount:
    """How much is measured: `QUICK` in under two minutes on two cores, `FULL` for the record."""

    repeats: int
    """Measurements of which the median counts."""
    tokens: int
    """Tokens of an answer that are timed one by one."""
    prompt: int
    """Tokens of the long prompt."""
    batches: tuple[int, ...]
    requests: int
    window: int
    """Tokens of the text that are read at a time for a perplexity."""
    windows: int
    groups: tuple[tuple[int, int], ...]
    """Bits and group sizes of weights; group 0 is the whole input."""
    kept_bits: tuple[int, ...]
    shares: tuple[float, ...]
    """Shares of weights that are pruned."""
    drafted: int
    """Tokens of the answers with prompt lookup."""


QUICK = Amount(3, 12, 256, (1, 4, 16), 6, 192, 1, ((8, 64), (4, 64)), (8, 4), (0.3,), 24)
FULL = Amount(
    repeats=5,
    tokens=32,
    prompt=512,
    batches=(1, 2, 4, 8, 16, 32, 64),
    requests=12,
    window=512,
    windows=4,
    groups=((8, 0), (8, 64), (8, 32), (4, 0), (4, 192), (4, 64), (4, 32)),
    kept_bits=(8, 6, 4, 3, 2),
    shares=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
    drafted=64,
)


@dataclass(frozen=True)
class Bench:
    """The model on this machine."""

    model: engine.Model
    tokenizer: Tokenizer
    rates: Rates
    amount: Amount

    @property
    def predict(self) -> Predictor:
        return Predictor(sizes(self.model.config), self.rates)

    def text(self) -> list[int]:
        """The tokens of the text."""
        return self.tokenizer.encode(TEXT.read_text(encoding="utf-8"))


def load(path: Path) -> tuple[engine.Model, Tokenizer]:
    """The model and its tokenizer, from the file."""
    file = read(path)
    return engine.model_of(file), Tokenizer(file.metadata)


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """What the call gives, and the seconds it took."""
    before = clock()
    given = run()
    return given, clock() - before


def losses(model: engine.Model, vectors: Floats, tokens: list[int]) -> Floats:
    """-log p of each token but the first, given the vectors [T, W] of those before it."""
    scores = engine.logits(model, vectors[:-1]).astype(np.float64)
    most = scores.max(axis=-1, keepdims=True)
    sums = np.log(np.exp(scores - most).sum(axis=-1)) + most[:, 0]
    chosen: Floats = scores[np.arange(len(scores)), tokens[1:]]
    lost: Floats = sums - chosen
    return lost


def windows(bench: Bench) -> list[list[int]]:
    """The stretches of the text on which perplexities are taken; all are taken on the same ones."""
    tokens, size = bench.text(), bench.amount.window
    found = [tokens[at * size : (at + 1) * size] for at in range(bench.amount.windows)]
    if any(len(window) < size for window in found):
        raise ValueError(f"the text has {len(tokens)} tokens; accepted: {size * bench.amount.windows} or more")
    return found


def perplexity(bench: Bench, vectors: Callable[[list[int]], Floats]) -> float:
    """exp of the mean loss over the windows; `vectors` runs the model on one."""
    parts = [losses(bench.model, vectors(tokens), tokens) for tokens in windows(bench)]
    return float(np.exp(np.concatenate(parts).mean()))


def plain(model: engine.Model, seen: Mask | None = None) -> Callable[[list[int]], Floats]:
    """The forward pass without a cache, for `perplexity`."""
    return lambda tokens: engine.uncached(model, tokens, seen)
