"""Sampling filters: temperature, top-k, top-p, min-p, in this order."""


def filter_probs(
    logits: list[float],
    *,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    min_p: float = 0.0,
) -> list[float]:
    """The distribution that the next token is drawn from.

    logits: [V], one per token of the vocabulary; -inf forbids a token
    temperature: 0 is greedy: all the mass on the largest logit
    top_k: how many tokens stay; 0 is off
    top_p: the mass of the nucleus, over 0 and at most 1; 1 is off
    min_p: the smallest share of the largest probability that stays, 0
        to 1; 0 is off
    returns: [V], probabilities, 0.0 where a token was filtered out
    """
    raise NotImplementedError


def sample(
    logits: list[float],
    *,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    min_p: float = 0.0,
    rng,
) -> int:
    """The id of one token drawn from filter_probs(…), 0 to V - 1.

    rng: an object whose .random() is a float in [0, 1); called once, at
        temperature 0 not at all
    """
    raise NotImplementedError
