"""Step 10, speculative decoding by prompt lookup: what followed the last words before is likely to follow again.

The drafts go through the model in one step with the last token, which reads the weights once for all of them. Each
token is then chosen as ever, and the first that is not the draft ends the step: so the tokens are those of the plain
loop, greedy or drawn, and only their number a step changes.
"""

from __future__ import annotations

from lab.engine.cache import KVCache, step
from lab.engine.model import Model, logits
from lab.engine.sampling import greedy
from lab.engine.scheduler import Draft, follow
from lab.engine.shapes import Choose


def lookup(tokens: list[int], most: int, longest: int = 3) -> list[int]:
    """Up to `most` tokens that followed the latest earlier place with the same ending; the longest ending first."""
    for size in range(min(longest, len(tokens) - 1), 0, -1):
        ending = tokens[-size:]
        for start in range(len(tokens) - size - 1, -1, -1):
            if tokens[start : start + size] == ending:
                return tokens[start + size :][:most]
    return []


def eight(tokens: list[int], most: int) -> list[int]:
    """What is drafted unless one says otherwise: what `lookup` finds, eight tokens at most."""
    return lookup(tokens, min(most, 8))


# --8<-- [start:generate]
def generate(
    model: Model, prompt: list[int], count: int, choose: Choose = greedy, draft: Draft = eight
) -> tuple[list[int], list[tuple[int, int]]]:
    """`count` tokens after the prompt, and of each step after prefill how many were drafted and how many accepted."""
    cache = KVCache(model.config, len(prompt) + count, model.embedding.dtype)
    made = [choose(logits(model, step(model, cache, prompt)[-1:])[0], len(prompt))]
    steps: list[tuple[int, int]] = []
    while len(made) < count:
        tokens = prompt + made
        drafted = draft(tokens, count - len(made) - 1)
        scores = logits(model, step(model, cache, [tokens[-1], *drafted]))
        followed = follow(scores, drafted, len(tokens), choose)
        made += followed
        steps.append((len(drafted), len(followed) - 1))
        # The cache forgets rejected drafts by its length alone.
        cache.length = len(prompt) + len(made) - 1
    return made, steps


# --8<-- [end:generate]
