"""lab/engine/model.py, against a forward pass in plain Python."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from tests.lab.tiny_model import logits_by_hand, tiny

MUTANTS = [
    ("keepdims=True) + epsilon)", "keepdims=True))", "the norm leaves epsilon out"),
    ("even * cosine - odd * sine", "even * cosine + odd * sine", "RoPE turns the first of a pair the wrong way"),
    ("* 2 / config.head", "/ config.head", "RoPE's angles fall half as fast"),
    ("x[..., 0::2], x[..., 1::2]", "x[..., 1::2], x[..., 0::2]", "RoPE swaps a pair"),
    ("transpose(1, 2, 0, 3)", "transpose(2, 1, 0, 3)", "query heads go to the wrong key head"),
    ("np.sqrt(size).astype(q.dtype)", "size", "scores are divided by D, not its root"),
    ("where=~seen)", "where=seen)", "what is to come is seen, and what was is not"),
    ("scores -= scores.max(axis=-1, keepdims=True)", "pass", "large scores overflow in attention"),
    ("/ scores.sum(axis=-1, keepdims=True)", "", "attention's weights do not sum to 1"),
    ("<= np.arange(start, start + tokens)", "< np.arange(start, start + tokens)", "a token does not see itself"),
    ("silu(h @ layer", "(h @ layer", "the gate has no SiLU"),
    ('h = rms_norm(x, layer["ffn_norm"]', 'h = rms_norm(x, layer["attn_norm"]', "one norm serves both"),
    ("return rms_norm(x, model.norm, config.epsilon)", "return x", "the last norm is left out"),
    ("(back < width)", "(back <= width)", "the window is one wider"),
    ("< sinks)", "<= sinks)", "one sink more is kept"),
    ("(back >= 0) & ", "", "a window sees what is to come"),
    ('.weight"].T for', '.weight"] for', "a file's matrices are not transposed"),
    ('kept["attention.head_count_kv"]', 'kept["attention.head_count"]', "KV heads are read as query heads"),
    ("np.exp(x - x.max(axis=-1, keepdims=True))", "np.exp(x)", "softmax overflows"),
]


def test_the_logits_are_those_computed_by_hand(engine: SimpleNamespace) -> None:
    for seed, kv_heads in enumerate((1, 2, 4)):
        model = tiny(engine, seed, kv_heads=kv_heads, epsilon=0.1, rope_base=50.0)
        tokens = np.random.default_rng(seed).integers(0, 32, 7).tolist()
        ours = engine.model.logits(model, engine.model.uncached(model, tokens))
        assert np.allclose(ours, logits_by_hand(model, tokens), rtol=0, atol=1e-9)


def test_what_follows_changes_nothing(engine: SimpleNamespace) -> None:
    model = tiny(engine)
    short, long = (engine.model.uncached(model, tokens) for tokens in ([3, 1, 4], [3, 1, 4, 1, 5]))
    assert np.allclose(short, long[:3], rtol=0, atol=1e-12)


def test_attention_takes_large_scores(engine: SimpleNamespace) -> None:
    """Of two keys whose scores are 2,000 apart the larger has all the weight."""
    q, k = np.full((1, 1, 4), 100.0), np.array([[[10.0] * 4], [[0.0] * 4]])
    values = np.array([[[1.0] * 4], [[2.0] * 4]])
    assert engine.model.attention(q, k, values, np.ones((1, 2), bool)).tolist() == [[[1.0] * 4]]


def test_softmax_takes_large_scores(engine: SimpleNamespace) -> None:
    assert engine.model.softmax(np.array([1000.0, 1000.0, -1000.0])).tolist() == [0.5, 0.5, 0]


def test_a_window_keeps_the_last_and_the_sinks(engine: SimpleNamespace) -> None:
    """Row 4 of a window of two: itself and one before; with one sink the first as well."""
    assert engine.model.window(5, 2)[4].tolist() == [False, False, False, True, True]
    assert engine.model.window(5, 2, 1)[4].tolist() == [True, False, False, True, True]
    assert engine.model.window(5, 2, 1)[0].tolist() == [True, False, False, False, False]
    assert (engine.model.window(5, 5) == engine.model.causal(0, 5)).all()


def test_a_mask_of_ones_own_replaces_the_causal_one(engine: SimpleNamespace) -> None:
    """A token that sees itself alone gets what it gets at the start of a sequence, as RoPE turns q and k alike."""
    model = tiny(engine)
    alone = engine.model.uncached(model, [5, 9], np.eye(2, dtype=bool))
    assert np.allclose(alone[1], engine.model.uncached(model, [9])[0], rtol=0, atol=1e-12)


def _file(engine: SimpleNamespace, architecture: str = "llama") -> tuple[object, object]:
    """A model, and the file that holds it: matrices as [out, in]."""
    model = tiny(engine)
    tensors = {"token_embd.weight": model.embedding, "output_norm.weight": model.norm}
    for at, layer in enumerate(model.layers):
        tensors |= {f"blk.{at}.{name}.weight": value.T for name, value in layer.items()}
    sizes = {"block_count": 2, "embedding_length": 16, "attention.head_count": 4, "attention.head_count_kv": 2}
    sizes |= {"feed_forward_length": 24, "vocab_size": 32}
    reals = {"rope.freq_base": 10000.0, "attention.layer_norm_rms_epsilon": 1e-5}
    named = {f"llama.{name}": value for name, value in {**sizes, **reals}.items()}
    return model, engine.gguf.File({"general.architecture": architecture, **named}, tensors)


def test_a_model_is_made_of_a_file(engine: SimpleNamespace) -> None:
    model, file = _file(engine)
    made = engine.model.model_of(file)
    assert made.config == model.config  # type: ignore[attr-defined]
    ours, theirs = (engine.model.uncached(each, [1, 2, 3]) for each in (made, model))
    assert np.allclose(ours, theirs, rtol=0, atol=1e-12)


def test_another_architecture_is_refused(engine: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match=r"^the architecture is 'gpt2'; accepted: llama$"):
        engine.model.model_of(_file(engine, "gpt2")[1])
