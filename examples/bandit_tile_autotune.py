"""Which of eight tiles is fastest, learnt while serving: five policies, on a steady load and on one that changes."""

# --8<-- [start:code]
import numpy as np

# Mean microseconds of a kernel by tile, before and after the load changes: made up, with 10 % of noise per launch.
BEFORE = np.array([320, 250, 210, 180, 165, 170, 190, 240])
AFTER = np.array([200, 175, 165, 180, 210, 250, 300, 330])
NOISE, STEPS, SEEDS, TRIES, EPSILON = 0.1, 2000, 20, 10, 0.1
BONUS = {"UCB1": 2**0.5, "UCB1, bonus x 0.2": 0.2 * 2**0.5}
POLICIES = ("uniform", "try 10 each, keep", "epsilon-greedy", *BONUS)


def choose(policy: str, step: int, counts: np.ndarray, sums: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """The tile that each run launches next; counts and total rewards have a row for each run."""
    tiles = counts.shape[1]
    if policy == "uniform" or step < tiles or (policy == "try 10 each, keep" and step < TRIES * tiles):
        return np.full(len(counts), step % tiles)
    worth = sums / counts
    if policy in BONUS:
        worth = worth + BONUS[policy] * np.sqrt(np.log(counts.sum(axis=1, keepdims=True)) / counts)
    best = worth.argmax(axis=1)
    if policy == "epsilon-greedy":
        return np.where(draw.random(len(best)) < EPSILON, draw.integers(tiles, size=len(best)), best)
    return best


def play(policy: str, changes: bool, seeds: int = SEEDS) -> np.ndarray:
    """Microseconds lost to the best tile at each step, mean of the runs."""
    draw, rows = np.random.default_rng(0), np.arange(seeds)
    counts, sums = np.zeros((seeds, len(BEFORE))), np.zeros((seeds, len(BEFORE)))
    lost = np.zeros(STEPS)
    for step in range(STEPS):
        times = AFTER if changes and step >= STEPS // 2 else BEFORE
        tile = choose(policy, step, counts, sums, draw)
        reward = 1 - times[tile] * (1 + NOISE * draw.standard_normal(seeds)) / 400
        if policy != "try 10 each, keep" or step < TRIES * len(BEFORE):
            counts[rows, tile] += 1
            sums[rows, tile] += reward
        lost[step] = (times[tile] - times.min()).mean()
    return lost


LOST = {(policy, changes): play(policy, changes) for policy in POLICIES for changes in (False, True)}
print("milliseconds lost      steady load        load changes at 1,000")
print("in 1,000 launches     first   second         first   second")
for policy in POLICIES:
    cells = [LOST[policy, changes].reshape(2, -1).sum(axis=1) / 1000 for changes in (False, True)]
    print(f"{policy:18} {cells[0][0]:8.1f} {cells[0][1]:8.1f} {cells[1][0]:13.1f} {cells[1][1]:8.1f}")
# --8<-- [end:code]


def figure() -> str:
    """What four of the policies have lost by each step, on the load that changes."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    def y(lost: float) -> float:
        return 262 - 2.0 * lost

    looks = (
        ("uniform", "轮流", "round-robin", GREY, "2 4"),
        ("try 10 each, keep", "各试 10 次就定", "try 10 each, keep", RED, "10 3 2 3"),
        ("UCB1", "UCB1，原版", "UCB1, original", "currentColor", "6 4"),
        ("UCB1, bonus x 0.2", "UCB1，探索项乘 0.2", "UCB1, bonus x 0.2", TEAL, ""),
    )
    parts = [label(8, 20, "累计多花的时间（毫秒）", "lost so far (ms)", font_weight=600)]
    for lost in (0, 50, 100):
        parts.append(line(48, y(lost), 432, y(lost), stroke=LINE))
        parts.append(label(42, y(lost) + 5, str(lost), text_anchor="end", fill=GREY))
    parts.append(line(228, 262, 228, 34, stroke=GREY, stroke_dasharray="4 4"))
    for at, (policy, zh, en, paint, dashes) in enumerate(looks):
        total = np.cumsum(LOST[policy, True]) / 1000
        path = "L".join(f"{48 + 0.18 * step:.1f} {y(total[step]):.1f}" for step in range(0, STEPS, 20))
        parts.append(
            element("path", d="M" + path, fill="none", stroke=paint, stroke_width=2.5, stroke_dasharray=dashes)
        )
        key = 49 + 24 * at
        parts.append(line(58, key, 92, key, stroke=paint, stroke_width=2.5, stroke_dasharray=dashes))
        parts.append(label(100, 54 + 24 * at, zh, en, fill=paint))
    parts += [label(48 + 0.18 * at, 284, f"{at:,}", text_anchor="middle", fill=GREY) for at in (0, 1000, 2000)]
    parts.append(label(432, 304, "启动次数", "launches", text_anchor="end"))
    return picture(Figure(312, tuple(parts)))
