"""A causal attention layer with a KV cache."""


class CachedAttention:
    """One layer: each call continues where the last one ended.

    wq: [H * D][Dm], wk and wv: [K * D][Dm], one head after the other,
        D rows each; wo: [Dm][H * D]
    heads: H, a multiple of kv_heads: K
    """

    def __init__(
        self,
        wq: list[list[float]],
        wk: list[list[float]],
        wv: list[list[float]],
        wo: list[list[float]],
        heads: int,
        kv_heads: int,
    ) -> None:
        raise NotImplementedError

    def prefill(self, x: list[list[float]]) -> list[list[float]]:
        """The outputs [T][Dm] of the next T tokens x [T][Dm].

        T may be 0.
        """
        raise NotImplementedError

    def step(self, x_t: list[float]) -> list[float]:
        """The output [Dm] of the next token x_t [Dm]."""
        raise NotImplementedError

    def kv_bytes(self, itemsize: int = 2) -> int:
        """The bytes of what is cached, at itemsize bytes per number."""
        raise NotImplementedError

    def reset(self) -> None:
        """Forgets all tokens."""
        raise NotImplementedError
