"""What a compiler would have to compile while an engine batches continuously, and which kernel an operator gets."""

# --8<-- [start:code]
import numpy as np

BUDGET, STEPS, COMPILE = 512, 2000, 10  # tokens in a step at most, steps, seconds for a compilation
SIZES = np.array([1, 2, 4, *range(8, 257, 8), *range(272, BUDGET + 1, 16)])  # token counts that graphs are kept for


def served() -> list[tuple[int, list[int]]]:
    """Of each step the prompt tokens read, in chunks up to the budget, and the contexts of all that decode."""
    draw, steps, running = np.random.default_rng(0), [], list[list[int]]()  # prompt and answer still to come, context
    for _ in range(STEPS):
        for _ in range(draw.poisson(0.2)):
            running.append([*map(int, np.ceil(draw.lognormal(np.log([400, 120]), 0.8))), 0])
        decoding = [job for job in running if not job[0]]
        room = BUDGET - len(decoding)
        for job in (job for job in running if job[0]):
            taken = min(job[0], room)
            job[0], job[2], room = job[0] - taken, job[2] + taken, room - taken
        for job in decoding:
            job[1], job[2] = job[1] - 1, job[2] + 1
        steps.append((BUDGET - len(decoding) - room, [job[2] for job in decoding]))
        running = [job for job in running if job[1]]
    return [(read, contexts) for read, contexts in steps if read or contexts]


def up(count: int, step: int = 0) -> int:
    return -(-count // step) * step if step else (1 << (count - 1).bit_length() if count else 0)  # or a power of two


def shapes(read: int, contexts: list[int]) -> dict[str, tuple[tuple[int, ...], int, int]]:
    """For each way of cutting the model: what has to be compiled, the rows computed, and the KV tokens read."""
    count, kv, deepest = len(contexts), sum(contexts), max(contexts, default=0)
    size = int(SIZES[np.searchsorted(SIZES, read + count)])
    found: dict[str, tuple[tuple[int, ...], int, int]] = {"whole, exact": ((read, *sorted(contexts)), read + count, kv)}
    for name, steps in (("whole, to powers of 2", (0, 0, 0)), ("whole, finely padded", (64, 8, 128))):
        tokens, requests, depth = map(up, (read, count, deepest), steps)
        found[name] = (tokens, requests, depth), tokens + requests, requests * depth
    return found | {"pieces, to a size": ((size,), size, kv)}


seen = [shapes(*step) for step in served()]
need = sum(shape["whole, exact"][1] for shape in seen), sum(shape["whole, exact"][2] for shape in seen)
print(f"{len(seen)} steps            compiled   hours   rows / needed   KV read / needed")
for way in seen[0]:
    total, rows, kv = len({s[way][0] for s in seen}), sum(s[way][1] for s in seen), sum(s[way][2] for s in seen)
    print(f"{way:23}{total:8}{total * COMPILE / 3600:9.2f}{rows / need[0]:14.2f}{kv / need[1]:16.2f}")


def rms_norm(x: np.ndarray, inside: type) -> np.ndarray:
    """RMSNorm with the sum of squares in a format; in FP64 it is what the operator means."""
    with np.errstate(over="ignore"):
        square: np.ndarray = np.mean(np.square(x.astype(inside)), axis=-1, keepdims=True, dtype=inside)
    return (x / np.sqrt(square.astype(np.float64) + 1e-6)).astype(x.dtype)


REGISTRY = [  # by priority: the provider, the inputs that it says it takes, and what it sums in
    ("vendor", lambda x: x.dtype == np.float16 and x.shape[-1] % 64 == 0, np.float16),
    ("ours", lambda x: x.dtype == np.float16, np.float32),
    ("native", lambda x: True, np.float64),
]
sound = []
print("\nRMSNorm   worst error   with an outlier of 1,000")
for provider, takes, inside in REGISTRY:
    errors = [0.0, 0.0]
    for at, outlier in enumerate((1, 1000)):
        for kind, many, width in ((k, m, w) for k in (np.float16, np.float32) for m in (1, 7, 128) for w in (64, 96)):
            x = np.random.default_rng(many).standard_normal((many, width)).astype(kind)
            x[:, 0] = outlier
            if takes(x):
                exact = rms_norm(x.astype(np.float64), np.float64)
                errors[at] = max(errors[at], float(np.abs(rms_norm(x, inside) - exact).max()))
    print(f"{provider:8}{errors[0]:13.4f}{errors[1]:13.4f}")
    sound += [(provider, takes)] if max(errors) < 0.01 else []
for x in (np.ones((4, 64), np.float16), np.ones((4, 96), np.float16), np.ones((4, 64), np.float32)):
    chosen = next(p for p, takes, _ in REGISTRY if takes(x)), next(p for p, takes in sound if takes(x))
    print(f"{x.dtype}, width {x.shape[1]}: {chosen[0]}, after the tests {chosen[1]}")
# --8<-- [end:code]


def figure() -> str:
    """How many shapes have been met by each step, for each way of cutting the model; both axes logarithmic."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, picture

    parts = [element("path", d=f"M46 {266 - 66 * at}H312", fill="none", stroke=LINE) for at in range(4)]
    parts += [label(42, 271 - 66 * at, f"{10**at}", text_anchor="end", fill=GREY) for at in range(4)]
    parts += [label(46 + 80 * at, 288, f"{10**at}", text_anchor="middle", fill=GREY) for at in range(4)]
    parts += [label(8, 20, "遇到过的形状", "shapes met"), label(312, 308, "步", "steps", text_anchor="end")]
    ways = (("整图，原样", "whole, exact"), ("整图，粗补齐", "whole, coarse"), ("整图，细补齐", "whole, fine"))
    looks = ((RED, "", 53), (GREY, "2 4", 177), ("currentColor", "6 4", 116), (TEAL, "", 152))
    for way, word, (colour, dash, y) in zip(seen[0], (*ways, ("分段", "pieces")), looks, strict=True):
        counts = [len({shape[way][0] for shape in seen[: int(10**at)]}) for at in np.arange(0, 3.31, 0.055)]
        ends = "L".join(f"{46 + 4.4 * at:.1f} {266 - 66 * np.log10(count):.1f}" for at, count in enumerate(counts))
        parts.append(element("path", d="M" + ends, fill="none", stroke=colour, stroke_width=2.5, stroke_dasharray=dash))
        parts.append(label(316, y, *word, fill=colour))
    return picture(Figure(316, tuple(parts)))
