"""Step 3, one forward pass of a Llama-like model, from tokens to logits.

Every token's vector passes through the layers on its own, except in attention, where it reads the keys and values of
the tokens before it. So the pass takes tokens of any sequences side by side, and leaves one thing to whoever calls it:
`attend`, which knows which keys and values a token may see. All later steps are other answers to `attend`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.engine.gguf import File
from lab.engine.shapes import Attend, Floats, Ints, Mask

MATRICES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
NORMS = ("attn_norm", "ffn_norm")


@dataclass(frozen=True)
class Config:
    """The sizes of a model, and the two constants it was trained with."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    ffn: int
    vocabulary: int
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self) -> int:
        """The size of a head, D."""
        return self.width // self.heads


@dataclass(frozen=True)
class Model:
    """A model's weights. A matrix is [in, out], so that x [T, in] @ matrix is [T, out]."""

    config: Config
    embedding: Floats
    """[V, W]; its transpose is also the output head."""
    layers: list[dict[str, Any]]
    """Of each layer the MATRICES, which may be quantized (step 11), and the NORMS [W]."""
    norm: Floats
    """[W], of the last norm."""


def config_of(metadata: dict[str, Any]) -> Config:
    """The sizes that a GGUF file's metadata gives. Raises ValueError where the model is not of the Llama family."""
    if (found := metadata["general.architecture"]) != "llama":
        raise ValueError(f"the architecture is '{found}'; accepted: llama")
    kept = {name.removeprefix("llama."): value for name, value in metadata.items() if name.startswith("llama.")}
    return Config(
        layers=kept["block_count"],
        width=kept["embedding_length"],
        heads=kept["attention.head_count"],
        kv_heads=kept["attention.head_count_kv"],
        ffn=kept["feed_forward_length"],
        vocabulary=kept["vocab_size"],
        rope_base=kept["rope.freq_base"],
        epsilon=kept["attention.layer_norm_rms_epsilon"],
    )


def model_of(file: File) -> Model:
    """The model that a GGUF file holds, its weights in FP32."""
    config = config_of(file.metadata)
    layers = [
        {name: file.tensors[f"blk.{at}.{name}.weight"].T for name in MATRICES}
        | {name: file.tensors[f"blk.{at}.{name}.weight"] for name in NORMS}
        for at in range(config.layers)
    ]
    return Model(config, file.tensors["token_embd.weight"], layers, file.tensors["output_norm.weight"])


def rms_norm(x: Floats, weight: Floats, epsilon: float) -> Floats:
    """x [T, W] with each row scaled to a root mean square of 1, then by weight [W]."""
    return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + epsilon) * weight


def silu(x: Floats) -> Floats:
    """x · sigmoid(x), elementwise; written with tanh, which cannot overflow."""
    return x * (0.5 * np.tanh(0.5 * x) + 0.5)


def softmax(x: Floats) -> Floats:
    """x with the last axis made to sum to 1."""
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def angles(config: Config, positions: Ints, dtype: np.dtype[Any]) -> tuple[Floats, Floats]:
    """Cosine and sine [T, 1, D/2] of the angle by which RoPE turns each pair of a head at positions [T]."""
    pairs = np.arange(config.head // 2) * 2 / config.head
    turned = positions[:, None, None] * config.rope_base**-pairs
    return np.cos(turned).astype(dtype), np.sin(turned).astype(dtype)


def rope(x: Floats, cosine: Floats, sine: Floats) -> Floats:
    """x [T, H, D] with its pairs turned; a pair is two neighbours, as GGUF orders the rows of q and k."""
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = np.empty_like(x)
    turned[..., 0::2] = even * cosine - odd * sine
    turned[..., 1::2] = even * sine + odd * cosine
    return turned


def causal(start: int, tokens: int) -> Mask:
    """Which of start + tokens keys each of the last `tokens` may see, [T, S]: itself and all before it."""
    return np.arange(start + tokens) <= np.arange(start, start + tokens)[:, None]


# --8<-- [start:attention]
def attention(q: Floats, k: Floats, v: Floats, seen: Mask) -> Floats:
    """Grouped-query attention: q [T, H, D] over k and v [S, K, D] where seen [T, S], to [T, H, D].

    H / K query heads share a key head. They are stacked below each other, so one product serves a whole group.
    """
    (tokens, heads, size), kv_heads = q.shape, k.shape[1]
    group = heads // kv_heads
    # [T, H, D] to [K, group, T, D]: the query heads go to their key head. Then [K, group · T, D]: they are stacked.
    grouped = q.reshape(tokens, kv_heads, group, size).transpose(1, 2, 0, 3)
    stacked = grouped.reshape(kv_heads, group * tokens, size)
    # [S, K, D] to [K, D, S] and to [K, S, D]: the right-hand sides of the two products.
    keys, values = k.transpose(1, 2, 0), v.transpose(1, 0, 2)
    # The scores are [K, group · T, S]; seen as [K, group, T, S], they take the same mask [T, S] for every head.
    scores = (stacked / np.sqrt(size).astype(q.dtype)) @ keys
    np.copyto(scores.reshape(kv_heads, group, tokens, -1), -np.inf, where=~seen)
    # A softmax in place, as no array is larger; the division by its sum comes last, where it has least to do.
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    mixed = scores @ values / scores.sum(axis=-1, keepdims=True)
    # [K, group · T, D] goes back the same way, to [T, H, D].
    return mixed.reshape(kv_heads, group, tokens, size).transpose(2, 0, 1, 3).reshape(tokens, heads, size)


# --8<-- [end:attention]


# --8<-- [start:forward]
def forward(model: Model, tokens: Ints, positions: Ints, attend: Attend) -> Floats:
    """The vectors [T, W] after the last layer, for tokens [T] that stand at positions [T] of their sequences."""
    config, x = model.config, model.embedding[tokens]
    cosine, sine = angles(config, positions, x.dtype)
    for at, layer in enumerate(model.layers):
        h = rms_norm(x, layer["attn_norm"], config.epsilon)
        q, k, v = ((h @ layer[f"attn_{name}"]).reshape(len(h), -1, config.head) for name in "qkv")
        mixed = attend(at, rope(q, cosine, sine), rope(k, cosine, sine), v)
        x = x + mixed.reshape(len(h), -1) @ layer["attn_output"]
        h = rms_norm(x, layer["ffn_norm"], config.epsilon)
        x = x + (silu(h @ layer["ffn_gate"]) * (h @ layer["ffn_up"])) @ layer["ffn_down"]
    return rms_norm(x, model.norm, config.epsilon)


# --8<-- [end:forward]


def logits(model: Model, vectors: Floats) -> Floats:
    """The logits [T, V] of the tokens that follow, from vectors [T, W]. Ask only for the rows that are needed."""
    return vectors @ model.embedding.T


def uncached(model: Model, tokens: list[int], seen: Mask | None = None) -> Floats:
    """The vectors [T, W] of a whole sequence, without a cache; `seen` [T, T] replaces the causal mask."""
    mask = causal(0, len(tokens)) if seen is None else seen
    return forward(model, np.array(tokens), np.arange(len(tokens)), lambda _, q, k, v: attention(q, k, v, mask))


# --8<-- [start:window]
def window(tokens: int, width: int, sinks: int = 0) -> Mask:
    """The causal mask [T, T] that keeps the last `width` tokens, and the first `sinks` of the sequence."""
    back = np.arange(tokens)[:, None] - np.arange(tokens)
    return (back >= 0) & ((back < width) | (np.arange(tokens) < sinks))


# --8<-- [end:window]
