"""A tiny Llama-like model with seeded weights, and an independent forward pass: plain Python, a number at a time.

In FP64, so that another order of additions changes no choice of a token.
"""

from __future__ import annotations

import cmath
import math
from types import SimpleNamespace
from typing import Any

import numpy as np

SIZES = {"layers": 2, "width": 16, "heads": 4, "kv_heads": 2, "ffn": 24, "vocabulary": 32}


def tiny(engine: SimpleNamespace, seed: int = 0, **sizes: Any) -> Any:
    """A Model of the engine's own class. Its weights are large enough for attention to be far from even."""
    draw = np.random.default_rng(seed)
    config = engine.model.Config(**{**SIZES, **sizes})
    wide, narrow = config.width, config.kv_heads * config.head
    shapes = {
        "attn_q": (wide, wide),
        "attn_k": (wide, narrow),
        "attn_v": (wide, narrow),
        "attn_output": (wide, wide),
        "ffn_gate": (wide, config.ffn),
        "ffn_up": (wide, config.ffn),
        "ffn_down": (config.ffn, wide),
    }
    layers = [
        {name: draw.normal(0, 2 / math.sqrt(shape[0]), shape) for name, shape in shapes.items()}
        | {name: draw.uniform(0.5, 1.5, wide) for name in ("attn_norm", "ffn_norm")}
        for _ in range(config.layers)
    ]
    embedding = draw.normal(0, 1, (config.vocabulary, wide))
    return engine.model.Model(config, embedding, layers, draw.uniform(0.5, 1.5, wide))


def _norm(x: list[float], weight: list[float], epsilon: float) -> list[float]:
    root = math.sqrt(math.fsum(value * value for value in x) / len(x) + epsilon)
    return [value / root * scale for value, scale in zip(x, weight, strict=True)]


def _times(x: list[float], matrix: list[list[float]]) -> list[float]:
    return [math.fsum(x[row] * matrix[row][column] for row in range(len(x))) for column in range(len(matrix[0]))]


def _turned(x: list[float], head: int, place: int, base: float) -> list[float]:
    """RoPE as the multiplication of complex numbers."""
    found: list[float] = []
    for at in range(0, len(x), 2):
        angle = place / base ** ((at % head) / head)
        number = complex(x[at], x[at + 1]) * cmath.exp(1j * angle)
        found += [number.real, number.imag]
    return found


def _mixed(q: list[float], keys: list[list[float]], values: list[list[float]], config: Any) -> list[float]:
    """Attention of one token, head by head."""
    size, found = config.head, []
    for head in range(config.heads):
        at = head // (config.heads // config.kv_heads) * size
        mine = q[head * size : (head + 1) * size]
        powers = [
            math.exp(math.fsum(a * b for a, b in zip(mine, key[at : at + size], strict=True)) / math.sqrt(size))
            for key in keys
        ]
        for place in range(at, at + size):
            weighed = (power * value[place] for power, value in zip(powers, values, strict=True))
            found.append(math.fsum(weighed) / math.fsum(powers))
    return found


def logits_by_hand(model: Any, tokens: list[int]) -> list[list[float]]:
    """The logits after each of the tokens, layer by layer, token by token."""
    config = model.config
    rows = [model.embedding[token].tolist() for token in tokens]
    for layer in model.layers:
        w = {name: value.tolist() for name, value in layer.items()}
        keys: list[list[float]] = []
        values: list[list[float]] = []
        for place, row in enumerate(rows):
            h = _norm(row, w["attn_norm"], config.epsilon)
            q, k = (_turned(_times(h, w[f"attn_{name}"]), config.head, place, config.rope_base) for name in "qk")
            keys.append(k)
            values.append(_times(h, w["attn_v"]))
            mixed = _times(_mixed(q, keys, values, config), w["attn_output"])
            x = [a + b for a, b in zip(row, mixed, strict=True)]
            h = _norm(x, w["ffn_norm"], config.epsilon)
            gate, up = _times(h, w["ffn_gate"]), _times(h, w["ffn_up"])
            inner = [g / (1 + math.exp(-g)) * u for g, u in zip(gate, up, strict=True)]
            rows[place] = [a + b for a, b in zip(x, _times(inner, w["ffn_down"]), strict=True)]
    head = model.embedding.T.tolist()
    return [_times(_norm(row, model.norm.tolist(), config.epsilon), head) for row in rows]
