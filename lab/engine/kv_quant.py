"""Step 12, a quantized KV cache: each key and value of a head is kept as codes with one scale.

The cache is what a step reads besides the weights, and at long contexts or large batches it is the larger part. What
is quantized is each new token's k and v, once, as it is written; `attend` reads back what rounding has left.
"""

from __future__ import annotations

import numpy as np

from lab.engine.cache import KVCache
from lab.engine.model import Config, attention, causal
from lab.engine.quantize import rounded
from lab.engine.shapes import Floats


class QuantizedKVCache(KVCache):
    """Room for one sequence in codes of `bits` bits and a scale in FP16 for each token, head and layer.

    Codes of fewer than 8 bits stand in a byte each, for reading's sake: `token_bytes` says what they take packed.
    """

    def __init__(self, config: Config, capacity: int, bits: int = 8) -> None:
        if not 2 <= bits <= 8:
            raise ValueError(f"{bits} bits; accepted: 2 to 8")
        super().__init__(config, capacity, np.int8)
        self.bits = bits
        self.scales = np.zeros((2, config.layers, capacity, config.kv_heads, 1), np.float16)

    @property
    def token_bytes(self) -> float:
        """What a token takes in all layers, its scales included."""
        layers, _, kv_heads, head = self.k.shape
        return 2 * layers * kv_heads * (head * self.bits / 8 + 2)

    # --8<-- [start:attend]
    def attend(self, layer: int, q: Floats, k: Floats, v: Floats) -> Floats:
        """As KVCache, with what is kept rounded to codes."""
        end = self.length + len(k)
        kept: list[Floats] = []
        for which, (store, new) in enumerate(((self.k, k), (self.v, v))):
            codes, scales = rounded(new, self.bits)
            store[layer, self.length : end] = codes
            self.scales[which, layer, self.length : end] = scales
            kept.append(store[layer, :end] * self.scales[which, layer, :end].astype(q.dtype))
        return attention(q, kept[0], kept[1], causal(self.length, len(q)))

    # --8<-- [end:attend]
