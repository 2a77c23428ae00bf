"""The hardware and the model that the figures count with, from formulas/: the figures state no number of their own."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from miaotui.base.paths import FORMULAS


@cache
def preset(file: str, name: str) -> dict[str, Any]:
    """An entry of formulas/hardware.yml or models.yml by its id."""
    listed = yaml.safe_load((FORMULAS / f"{file}.yml").read_text(encoding="utf-8"))
    return next(entry for entry in listed if entry["id"] == name)


_H100, _LLAMA = preset("hardware", "h100-sxm"), preset("models", "llama-3.1-8b")
PEAK = float(_H100["bf16_tflops"]) * 1e12
"""H100 SXM: dense BF16 FLOP/s."""
SPARSE_PEAK = 1979e12
"""The same with 2:4 sparsity, as the data sheet prints it; formulas/ has dense peaks alone."""
BANDWIDTH = float(_H100["bandwidth_tbps"]) * 1e12
"""H100 SXM: bytes a second of its HBM3."""
CARD = float(_H100["memory_gb"]) * 1e9
"""H100 SXM: bytes of memory."""
PARAMETERS = int(_LLAMA["params"])
"""Llama-3.1-8B."""
OUTPUT = int(_LLAMA["vocab"]) * int(_LLAMA["hidden"])
"""Of these, the output head, which works on the last token of a prompt alone; the input embedding is as large."""
BLOCKS = PARAMETERS - 2 * OUTPUT
"""Of these, what works on every token of a prompt."""
LAYERS, KV_HEADS, HEAD = (int(_LLAMA[key]) for key in ("layers", "kv_heads", "head_dim"))
"""Llama-3.1-8B: layers, KV heads, dimensions of a head."""
BF16 = 2
"""Bytes of a number."""
KV_TOKEN = 2 * LAYERS * KV_HEADS * HEAD * BF16
"""Bytes of the KV cache of a token of Llama-3.1-8B."""
