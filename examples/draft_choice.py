"""Choosing a drafter: n-gram lookup on two texts, three kinds of drafts by length and load, and a shared budget."""

# --8<-- [start:code]
import heapq

import numpy as np

draw = np.random.default_rng(0)
PROMPT = draw.integers(0, 500, 600).tolist()  # a file of 600 tokens
EDIT = np.where(draw.random(600) > 0.04, PROMPT, draw.integers(0, 500, 600)).tolist()  # 4% of it changed
CHAT = draw.integers(0, 500, 600).tolist()  # it copies nothing


def lookup(text: list[int], size: int = 2, longest: int = 8) -> list[int]:
    """What followed the last `size` tokens where they stood before, the latest place first."""
    for at in range(len(text) - size - 1, -1, -1):
        if text[at : at + size] == text[-size:]:
            return text[at + size : at + size + longest]
    return []


def tokens_a_round(prompt: list[int], answer: list[int]) -> float:
    """Greedy: drafts that equal the answer are accepted, and the target adds one token per round."""
    done = rounds = 0
    while done < len(answer):
        drafts = lookup(prompt + answer[:done])
        same = 0
        while same < len(drafts) and done + same < len(answer) and drafts[same] == answer[done + same]:
            same += 1
        done, rounds = done + same + 1, rounds + 1
    return len(answer) / rounds


print(
    f"n-gram lookup, tokens a round: edit {tokens_a_round(PROMPT, EDIT):.2f}, chat {tokens_a_round(PROMPT, CHAT):.2f}\n"
)

# Assumed: how each drafted token is accepted if all before it were, and what drafts cost, in steps of the target.
KINDS = {
    "independent heads": (lambda at: 0.75 * 0.75**at, lambda length: 0.03),
    "autoregressive": (lambda at: 0.8, lambda length: 0.04 * length),
    "one block": (lambda at: 0.82 * 0.97**at, lambda length: 0.06),
}


def survival(kind: str, length: int) -> list[float]:
    """The probability that each drafted token is accepted, which takes all before it."""
    return np.cumprod([KINDS[kind][0](at) for at in range(length)]).tolist()


def speedup(kind: str, length: int, check: float) -> float:
    """Tokens per round over its cost; `check` is what one more position to verify costs."""
    return (1 + sum(survival(kind, length))) / (1 + KINDS[kind][1](length) + check * length)


LOADS = {"idle": 0.0, "busy": 0.1, "full": 0.5}
print("best length, speedup      " + "".join(f"{load:>16}" for load in LOADS))
for kind in KINDS:
    best = [max((speedup(kind, length, check), -length) for length in range(13)) for check in LOADS.values()]
    print(f"{kind:26}" + "".join(f"{-length:8}{gain:7.2f}x" for gain, length in best))


def shared(survivals: list[list[float]], budget: int) -> list[int]:
    """How many drafts of each request to verify: the likeliest of all, since survival only falls along a request."""
    taken = [0] * len(survivals)
    heap = [(-chances[0], request) for request, chances in enumerate(survivals)]
    heapq.heapify(heap)
    for _ in range(budget):
        _, request = heapq.heappop(heap)
        taken[request] += 1
        if taken[request] < len(survivals[request]):
            heapq.heappush(heap, (-survivals[request][taken[request]], request))
    return taken


REQUESTS = [np.cumprod(np.full(7, rate)).tolist() for rate in (0.95, 0.85, 0.6, 0.3)]
print("\n4 requests, 7 drafts each    verified   accepted on average")
for name, taken in (("all", [7] * 4), ("3 of each", [3] * 4), ("the likeliest 12", shared(REQUESTS, 12))):
    accepted = sum(sum(chances[:n]) for chances, n in zip(REQUESTS, taken, strict=True))
    print(f"{name:24}{sum(taken):10}{accepted:14.2f}      {taken}")
# --8<-- [end:code]


def figure() -> str:
    """Speedup against the drafted length, idle, for the three kinds."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, element, label, line, picture

    parts = [line(36, 250 - 55 * y, 430, 250 - 55 * y, stroke=LINE) for y in range(5)]
    parts += [label(28, 255 - 55 * y, f"{y}", text_anchor="end", fill=GREY) for y in range(5)]
    names = (("独立的头", "heads", GREY), ("自回归", "chain", "currentColor"), ("一次一块", "block", TEAL))
    for kind, (zh, en, colour) in zip(KINDS, names, strict=True):
        spots = [(40 + 24 * n, 250 - 55 * speedup(kind, n, 0.0)) for n in range(13)]
        path = "M" + "L".join(f"{x:.0f} {y:.1f}" for x, y in spots)
        parts += [
            element("path", d=path, fill="none", stroke=colour),
            label(336, spots[-1][1] + 5, zh, en, fill=colour),
        ]
    return picture(Figure(290, (*parts, label(328, 278, "草稿长度 0 到 12", "drafted, 0 to 12", text_anchor="end"))))
