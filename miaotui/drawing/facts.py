"""The hardware and the models that the figures count with; design.md and the introductions have the same."""

from __future__ import annotations

PEAK = 989e12
"""H100 SXM: dense BF16 FLOP/s."""
SPARSE_PEAK = 1979e12
"""The same with 2:4 sparsity, as the data sheet has it."""
BANDWIDTH = 3.35e12
"""H100 SXM: bytes a second of its HBM3."""
CARD = 80e9
"""H100 SXM: bytes of memory."""
PARAMETERS = 8.03e9
"""Llama-3.1-8B."""
BLOCKS, OUTPUT = 6.98e9, 0.525e9
"""Of these, what works on every token of a prompt, and the output head, which works on its last."""
LAYERS, KV_HEADS, HEAD = 32, 8, 128
"""Llama-3.1-8B: layers, KV heads, dimensions of a head."""
BF16 = 2
"""Bytes of a number."""
KV_TOKEN = 2 * LAYERS * KV_HEADS * HEAD * BF16
"""Bytes of the KV cache of a token of Llama-3.1-8B."""
