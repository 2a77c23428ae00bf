"""Expert parallelism over more and more GPUs: who holds up a step, what replicas cure, what leaves a node."""

# --8<-- [start:code]
import numpy as np

EXPERTS, CHOSEN, GROUPS, TOKENS, SPARE = 256, 8, 8, 128, 32  # TOKENS on each GPU; SPARE slots for replicas
WIDTHS, WAYS = (8, 16, 32, 72, 144), ("in order", "packed", "32 replicas", "16 tokens a GPU", "traffic drifted")
draw = np.random.default_rng(0)
POPULAR = draw.normal(0, 0.7, EXPERTS)  # logs of how popular each expert is; a few are far above the mean
DRIFTED = 0.7 * POPULAR + (1 - 0.7**2) ** 0.5 * draw.normal(0, 0.7, EXPERTS)  # the same on other traffic


def route(popular: np.ndarray, tokens: int, groups: int = GROUPS) -> np.ndarray:
    """Each token's experts, from its best `groups` of the eight groups."""
    scores = popular + draw.gumbel(size=(tokens, EXPERTS))
    if groups < GROUPS:
        by_group = scores.reshape(tokens, GROUPS, -1)
        best = np.sort(by_group, axis=2)[:, :, -CHOSEN // groups :].sum(axis=2)  # a group's best experts, added up
        out = best < np.sort(best, axis=1)[:, [-groups]]
        scores[np.repeat(out, EXPERTS // GROUPS, axis=1)] = -np.inf
    return np.argpartition(-scores, CHOSEN, axis=1)[:, :CHOSEN]


def loads(popular: np.ndarray, tokens: int) -> np.ndarray:
    """The tokens of each expert in one step."""
    return np.bincount(route(popular, tokens).ravel(), minlength=EXPERTS)


def replicate(seen: np.ndarray, spare: int) -> np.ndarray:
    """How many copies each expert gets: one more, again and again, for the one with most tokens per copy."""
    copies = np.ones(EXPERTS, int)
    for _ in range(spare):
        copies[np.argmax(seen / copies)] += 1
    return copies


def pack(seen: np.ndarray, copies: np.ndarray, gpus: int) -> list[list[int]]:
    """The experts on each GPU: heaviest copy first, on the least loaded GPU that has a slot left."""
    slots, share = -(-int(copies.sum()) // gpus), seen / copies
    held: list[list[int]] = [[] for _ in range(gpus)]
    load = [0.0] * gpus
    for expert in sorted(np.repeat(np.arange(EXPERTS), copies).tolist(), key=lambda e: -share[e]):
        gpu = min((g for g in range(gpus) if len(held[g]) < slots), key=load.__getitem__)
        held[gpu].append(expert)
        load[gpu] += share[expert]
    return held


def row(gpus: int) -> list[float]:
    """Busiest GPU over the mean, for each way of placing, on a step that the placing has not seen."""
    now, few, drifted = loads(POPULAR, TOKENS * gpus), loads(POPULAR, 16 * gpus), loads(DRIFTED, TOKENS * gpus)
    one, copies = replicate(SEEN, 0), replicate(SEEN, SPARE)
    spread = pack(SEEN, copies, gpus)
    ordered = [part.tolist() for part in np.array_split(np.arange(EXPERTS), gpus)]
    cases = [(ordered, now / one), (pack(SEEN, one, gpus), now / one)]
    cases += [(spread, step / copies) for step in (now, few, drifted)]
    held = [np.array([share[mine].sum() for mine in place]) for place, share in cases]
    return [float(load.max() / load.mean()) for load in held]


SEEN = loads(POPULAR, 10_000)  # what the placing knows
TABLE = {gpus: row(gpus) for gpus in WIDTHS}
print(f"GPUs  {'  '.join(WAYS)}")
for gpus, cells in TABLE.items():
    print(f"{gpus:4}" + "".join(f"{cell:{len(way) + 2}.2f}" for way, cell in zip(WAYS, cells, strict=True)))

print("\ncopies of a token that leave its node: one per expert  one per node  one per node, 4 of 8 groups")
for nodes in (4, 8):
    free, limited = (route(np.zeros(EXPERTS), 5_000, groups) * nodes // EXPERTS for groups in (GROUPS, 4))
    once = [np.mean([len({*token} - {0}) for token in way.tolist()]) for way in (free, limited)]  # tokens of node 0
    print(f"{nodes} nodes{(free > 0).sum(axis=1).mean():45.2f}{once[0]:14.2f}{once[1]:29.2f}")
# --8<-- [end:code]


def figure() -> str:
    """Busiest over mean against the number of GPUs, for four ways."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    parts = [line(40, 300 - 64 * y, 430, 300 - 64 * y, stroke=LINE) for y in (1, 2, 3, 4)]
    parts += [label(32, 305 - 64 * y, f"{y}×", text_anchor="end", fill=GREY) for y in (1, 2, 3, 4)]
    for way, colour, dash in ((0, "currentColor", ""), (1, "currentColor", "5 4"), (4, RED, "2 3"), (2, TEAL, "")):
        ends = "L".join(f"{50 + 87 * at} {300 - 64 * TABLE[gpus][way]:.1f}" for at, gpus in enumerate(WIDTHS))
        parts.append(element("path", d="M" + ends, fill="none", stroke=colour, stroke_width=2.5, stroke_dasharray=dash))
    parts += [label(50 + 87 * at, 258, f"{gpus}", text_anchor="middle", fill=GREY) for at, gpus in enumerate(WIDTHS)]
    parts += [
        label(8, 20, "最忙的 GPU ÷ 平均", "busiest GPU ÷ mean", font_weight=600),
        label(328, 128, "按顺序放", "in order", text_anchor="end"),
        label(438, 130, "只重排", "packed", text_anchor="end"),
        label(438, 192, "流量变了", "other traffic", text_anchor="end", fill=RED),
        label(438, 213, "32 个副本", "32 replicas", text_anchor="end", fill=TEAL),
        label(430, 278, "GPU 数", "GPUs", text_anchor="end"),
    ]
    return picture(Figure(286, tuple(parts)))
