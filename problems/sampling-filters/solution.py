"""Sampling filters: temperature, top-k, top-p, min-p, in this order."""

import math


def filter_probs(
    logits: list[float],
    *,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    min_p: float = 0.0,
) -> list[float]:
    """The distribution [V] that the next token is drawn from, 0.0 where a token was filtered out."""
    _check_logits(logits)
    _check_settings(temperature, top_k, top_p, min_p)
    best = max(logits)
    probs = [0.0] * len(logits)
    if temperature == 0.0:
        probs[logits.index(best)] = 1.0
        return probs
    # The largest logit has weight 1: exp() never sees a positive number, and min_p is a bound on the weight itself.
    weights = [math.exp((logit - best) / temperature) for logit in logits]
    kept = sorted(range(len(logits)), key=lambda token: (-logits[token], token))
    if top_k > 0:
        kept = kept[:top_k]
    if top_p < 1.0:
        kept = _nucleus(kept, weights, top_p)
    kept = [token for token in kept if weights[token] >= min_p]
    total = sum(weights[token] for token in kept)
    for token in kept:
        probs[token] = weights[token] / total
    return probs


def sample(
    logits: list[float],
    *,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    min_p: float = 0.0,
    rng,
) -> int:
    """The id of one token drawn from filter_probs(…): the first at which the cumulative sum exceeds the draw."""
    probs = filter_probs(logits, temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    if temperature == 0.0:
        return probs.index(1.0)
    draw = rng.random()
    mass = 0.0
    chosen = 0
    for token, prob in enumerate(probs):
        if prob == 0.0:
            continue
        # For a draw above a sum that rounding has left below 1.
        chosen = token
        mass += prob
        if draw < mass:
            break
    return chosen


def _nucleus(ranked: list[int], weights: list[float], top_p: float) -> list[int]:
    """The shortest prefix of `ranked` with at least `top_p` of its weight, with the token that crosses it."""
    goal = top_p * sum(weights[token] for token in ranked)
    kept = []
    mass = 0.0
    for token in ranked:
        if mass >= goal:
            break
        kept.append(token)
        mass += weights[token]
    return kept


def _check_logits(logits: list[float]) -> None:
    if any(math.isnan(logit) or logit == math.inf for logit in logits):
        raise ValueError("a logit is NaN or +inf; finite numbers and -inf are accepted")
    if all(logit == -math.inf for logit in logits):
        raise ValueError("no token to choose: there is no logit, or each is -inf")


def _check_settings(temperature: float, top_k: int, top_p: float, min_p: float) -> None:
    if not temperature >= 0.0:
        raise ValueError(f"temperature is {temperature}; 0 or more is accepted")
    if top_k < 0:
        raise ValueError(f"top_k is {top_k}; 0 (off) or more is accepted")
    if not 0.0 < top_p <= 1.0:
        raise ValueError(f"top_p is {top_p}; more than 0 and at most 1 is accepted")
    if not 0.0 <= min_p <= 1.0:
        raise ValueError(f"min_p is {min_p}; 0 to 1 is accepted")
