"""Speculative decoding: exact or not, counted over all outcomes; then what it gains at each batch, dense and MoE."""

# --8<-- [start:code]
from collections.abc import Callable
from fractions import Fraction
from itertools import product

P = [Fraction(n, 20) for n in (9, 6, 3, 2)]  # the target's next-token probabilities, the same at every position
Q = [Fraction(n, 20) for n in (5, 5, 5, 5)]  # the draft's
DRAFTED = 2


def residual(p: list[Fraction], q: list[Fraction]) -> list[Fraction]:
    """What to sample from after a rejection: the part of p that q lacks."""
    missing = [max(Fraction(0), a - b) for a, b in zip(p, q, strict=True)]
    return [part / sum(missing) for part in missing]


RULES = {
    "min(1, p/q), residual": (lambda p, q: min(Fraction(1), p / q), residual(P, Q)),
    "min(1, p/q), then p": (lambda p, q: min(Fraction(1), p / q), P),  # the rejected are sampled from p itself
    "p above 0.12 passes": (lambda p, q: Fraction(int(p > Fraction(12, 100))), P),  # as typical acceptance does
}


def outcomes(rule: str) -> dict[tuple[int, ...], Fraction]:
    """The probability of every sequence that a round yields: accepted drafts, then one token of the target."""
    accept, after = RULES[rule]
    told: dict[tuple[int, ...], Fraction] = {}
    for drafts in product(range(len(P)), repeat=DRAFTED):
        reached = Fraction(1)
        for at, token in enumerate(drafts):
            reached *= Q[token]
            rejected = reached * (1 - accept(P[token], Q[token]))
            # Drafts after a rejection do not matter: count them once.
            if not any(drafts[at + 1 :]):
                for last, share in enumerate(after):
                    key = (*drafts[:at], last)
                    told[key] = told.get(key, Fraction(0)) + rejected * share
            reached *= accept(P[token], Q[token])
        for last, share in enumerate(P):
            told[*drafts, last] = told.get((*drafts, last), Fraction(0)) + reached * share
    return told


print("rule                    tokens a round   first token's distribution   distance from p")
for rule in RULES:
    told = outcomes(rule)
    length = sum(len(key) * chance for key, chance in told.items())
    first = [sum(chance for key, chance in told.items() if key[0] == token) for token in range(len(P))]
    apart = sum(abs(a - b) for a, b in zip(first, P, strict=True)) / 2
    print(f"{rule:24}{float(length):10.3f}      {' '.join(f'{float(x):.3f}' for x in first)}{float(apart):15.3f}")
alpha = sum(map(min, P, Q))
print(f"acceptance {float(alpha):.2f}; 1 + a + a^2 = {float(1 + alpha + alpha**2):.3f} tokens a round\n")

WIDTH, RATE = 3.35e12, 989e12  # an H100: bytes and FLOPs a second
EXPERT, REST, EXPERTS, CHOSEN = 2.55e9, 17e9, 256, 8  # a MoE like DeepSeek-V3: parameters, in one byte each


def dense(tokens: float) -> float:
    """Seconds of a step's linear layers of an 8B in BF16, for so many tokens."""
    return max(16.06e9 / WIDTH, 2 * 8.03e9 * tokens / RATE)


def moe(tokens: float) -> float:
    """The same for the MoE in FP8 on as many GPUs as hold it (16), uniform routing: experts touched are read."""
    touched = EXPERTS * (1 - (1 - CHOSEN / EXPERTS) ** tokens)
    return max((REST + EXPERT * touched) / (16 * WIDTH), 2 * (REST + CHOSEN * EXPERT) * tokens / (16 * 2 * RATE))


def gain(step: Callable[[float], float], batch: float, drafted: int = 3, accepted: float = 0.8) -> float:
    """Tokens per second with speculation over those without; a drafted token costs 0.05 of a step."""
    tokens = sum(accepted**i for i in range(drafted + 1))
    return tokens * step(batch) / (step(batch * (drafted + 1)) + drafted * 0.05 * step(batch))


BATCHES = (1, 4, 16, 64, 128, 256, 512)
print("gain at batch" + "".join(f"{batch:7}" for batch in BATCHES))
for name, step in (("dense 8B", dense), ("MoE", moe)):
    print(f"{name:13}" + "".join(f"{gain(step, batch):7.2f}" for batch in BATCHES))
# --8<-- [end:code]


def figure() -> str:
    """The gain against the batch, dense and MoE."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, element, label, line, picture

    parts = [line(36, 230 - 70 * y, 430, 230 - 70 * y, stroke=GREY if y == 1 else LINE) for y in (0, 1, 2, 3)]
    parts += [label(28, 235 - 70 * y, f"{y}", text_anchor="end", fill=GREY) for y in (0, 1, 2, 3)]
    for step, colour in ((dense, "currentColor"), (moe, TEAL)):
        points = [(40 + 9.5 * at, 230 - 70 * gain(step, 2 ** (at / 4))) for at in range(41)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(element("path", d=path, fill="none", stroke=colour, stroke_width=2.5))
    parts += [label(40 + 38 * at, 252, f"{2**at}", text_anchor="middle", fill=GREY) for at in (0, 2, 4, 6, 8, 10)]
    parts += [label(60, 40, "稠密 8B", "dense 8B"), label(100, 190, "MoE", fill=TEAL)]
    parts += [label(40, 14, "倍数", "speedup", fill=GREY), label(430, 274, "Batch", "batch", text_anchor="end")]
    return picture(Figure(282, tuple(parts)))
