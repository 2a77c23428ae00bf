"""The real model, where `make lab` has installed it: against llama.cpp as recorded, and each step against the next."""

from __future__ import annotations

import numpy as np
import pytest

from lab import install, logprobs
from lab.bench import load
from lab.engine import cache, scheduler, speculative
from lab.engine.model import Model
from lab.engine.prefix import PrefixPool
from lab.engine.tokenizer import Tokenizer

pytestmark = pytest.mark.skipif(not install.path().is_file(), reason="make lab has not installed the model")


@pytest.fixture(scope="module")
def real() -> tuple[Model, Tokenizer]:
    return load(install.path())


def test_tokens_are_those_of_llama_cpp(real: tuple[Model, Tokenizer]) -> None:
    for row in logprobs.recorded()["prompts"]:
        assert real[1].encode(row["prompt"]) == row["tokens"]
        assert real[1].decode(row["tokens"]) == row["prompt"]


def test_log_probabilities_are_those_of_llama_cpp_to_its_rounding(real: tuple[Model, Tokenizer]) -> None:
    record = logprobs.recorded()
    assert len(record["prompts"]) == 20
    apart, by_rounding = logprobs.moved(real[0], record["prompts"])
    assert len(apart) == 200
    assert max(apart) <= logprobs.TOLERANCE
    assert float(np.mean(apart)) <= logprobs.MEAN_TOLERANCE
    assert float(np.mean(by_rounding)) == pytest.approx(record["by_rounding"]["mean"], abs=0.01)


def test_it_answers(real: tuple[Model, Tokenizer]) -> None:
    model, tokenizer = real
    made = cache.generate(model, tokenizer.chat("What is the capital of France?"), 8)
    assert tokenizer.decode(made) == "The capital of France is Paris.<|im_end|>"


def test_the_scheduler_with_all_it_has_gives_the_same_tokens(real: tuple[Model, Tokenizer]) -> None:
    """Shared prefixes, chunks and drafts; greedy, and far enough from a tie that another order of sums changes none."""
    model, tokenizer = real
    prompts = [tokenizer.chat(f"What is the capital of {name}?") for name in ("France", "Japan", "Italy")]
    pool = PrefixPool(model.config, 24, 8)
    engine = scheduler.Scheduler(model, pool, scheduler.Limits(2, 24), speculative.eight)
    made = engine.run([scheduler.Request(prompt, 6) for prompt in prompts])
    assert made == [cache.generate(model, prompt, 6) for prompt in prompts]
    assert engine.stats["cached"] > 0
