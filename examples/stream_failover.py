"""A stream whose replica dies: what it takes to go on, how long the gap is; and how many requests a canary needs."""

# --8<-- [start:code]
import numpy as np

VOCAB, OUTPUT, DIES, SEED = 64, 300, 117, 7  # the replica dies after so many tokens of the output
draw = np.random.default_rng(0)
EMBED, HEAD = draw.standard_normal((VOCAB, 16)), draw.standard_normal((16, VOCAB))
PROMPT = [int(token) for token in draw.integers(0, VOCAB, 40)]


def chances(tokens: list[int]) -> np.ndarray:
    """A toy model: what comes next depends on the tokens alone, as KV does, so any replica can compute it again."""
    state = sum(0.8**age * EMBED[token] for age, token in enumerate(reversed(tokens[-12:])))
    logits = state @ HEAD / 3
    weights = np.exp(logits - logits.max())
    return weights / weights.sum()


def emit(tokens: list[int], length: int, how: str, generator: np.random.Generator) -> list[int]:
    """One replica goes on from `tokens` until the output is `length` long, one draw for each token."""
    tokens = list(tokens)
    while len(tokens) < len(PROMPT) + length:
        place = len(tokens) - len(PROMPT)
        u = np.random.default_rng([SEED, place]).random() if how == "keyed by position" else generator.random()
        odds = chances(tokens)
        tokens.append(int(odds.argmax()) if how == "greedy" else int(np.searchsorted(odds.cumsum(), u)))
    return tokens


def resumed(how: str) -> tuple[list[int], list[int]]:
    """The stream as it would have been, and as it is when another replica prefills prompt and emitted tokens."""
    whole = emit(PROMPT, OUTPUT, how, np.random.default_rng(SEED))
    first = emit(PROMPT, DIES, how, np.random.default_rng(SEED))
    second = np.random.default_rng(99 if how == "each replica's generator" else SEED)
    if how == "same seed, advanced":
        second.random(DIES)
    return whole[len(PROMPT) :], emit(first, OUTPUT, how, second)[len(PROMPT) :]


def gap(how: str, count: int = 20_000) -> np.ndarray:
    """Seconds without a token: until somebody notices, then the prefill of 2,500 tokens (8B, H100, 50% MFU)."""
    since = np.random.default_rng(1).uniform(0, 10, count)  # the last probe before the death
    noticed = {"probes": 10 - since + 2 * 10 + 3, "stall": np.full(count, 1.0), "reset": np.full(count, 0.01)}[how]
    return noticed + 0.0739


def canary(requests: int, bad: float, looks: int = 1, trials: int = 4000) -> float:
    """Share of canaries rolled back: a rate of bad answers against 1% in as many controls, two-sided at 5%."""
    chance, step = np.random.default_rng(2), requests // looks
    seen = [chance.binomial(step, rate, (trials, looks)).cumsum(axis=1) for rate in (bad, 0.01)]
    size = step * np.arange(1, looks + 1)
    mean = (seen[0] + seen[1]) / (2 * size)
    spread = np.sqrt(np.maximum(2 * mean * (1 - mean) / size, 1e-12))
    return float((np.abs(seen[0] - seen[1]) / size > 1.96 * spread).any(axis=1).mean())


print(f"the replica dies after token {DIES} of {OUTPUT}\nsampling                    as without a failure   same until")
for how in ("greedy", "each replica's generator", "same seed, restarted", "same seed, advanced", "keyed by position"):
    whole, after = resumed(how)
    same = next((at for at, (a, b) in enumerate(zip(whole, after, strict=True)) if a != b), OUTPUT)
    print(f"{how:28}{'yes' if same == OUTPUT else 'no':>20}{same:>13}")
print(f"tokens computed: {OUTPUT} without a failure, {DIES + OUTPUT} if retried, {OUTPUT} if resumed\n")
for how, name in (("probes", "3 probes, one every 10 s"), ("stall", "no token for 1 s"), ("reset", "connection reset")):
    print(f"{name:26}gap {gap(how).mean():6.2f} s, p99 {np.quantile(gap(how), 0.99):6.2f} s")
print("\nrequests  1.5% bad  1.5% bad, looked at 10 times  1% bad  1% bad, looked at 10 times")
for size in (1000, 4000, 8000, 16000):
    told = [canary(size, bad, looks) for bad in (0.015, 0.01) for looks in (1, 10)]
    print(f"{size:8}{told[0]:10.0%}{told[1]:30.0%}{told[2]:8.0%}{told[3]:28.0%}")
# --8<-- [end:code]


def figure() -> str:
    """The gap that a client sees, three ways to notice a death: noticing in one colour, prefilling again in another."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, label, line, picture, rect

    words = (("每 10 s 探一次，连错 3 次", "a probe each 10 s, 3 fail"), ("1 s 没有 Token", "no token for 1 s"))
    parts = [label(8, 20, "平均的空档，s", "mean gap, s", font_weight=600)]
    parts += [line(20 + 13 * at, 34, 20 + 13 * at, 226, stroke=LINE) for at in (0, 10, 20, 30)]
    parts += [label(20 + 13 * at, 246, f"{at}", text_anchor="middle", fill=GREY) for at in (0, 10, 20, 30)]
    for row, (how, name) in enumerate(
        zip(("probes", "stall", "reset"), (*words, ("连接断开", "connection reset")), strict=True)
    ):
        y, wide = 46 + 62 * row, 13 * (float(gap(how).mean()) - 0.0739)
        parts.append(label(24, y + 12, *name))
        parts.append(rect(20, y + 20, wide, 20, stroke=RED, fill=RED, fill_opacity=0.25))
        parts.append(rect(20 + wide, y + 20, 13 * 0.0739, 20, stroke=TEAL, fill=TEAL))
        parts.append(label(wide + 28 if wide < 300 else 340, y + (36 if wide < 300 else 12), f"{gap(how).mean():.2f}"))
    parts += [
        rect(20, 262, 14, 14, stroke=RED, fill=RED, fill_opacity=0.25),
        label(40, 274, "发现", "noticing", fill=RED),
        rect(130, 262, 14, 14, stroke=TEAL, fill=TEAL),
        label(150, 274, "重新 prefill", "prefilling again", fill=TEAL),
    ]
    return picture(Figure(284, tuple(parts)))
