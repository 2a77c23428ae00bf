"""One layer on four chips, shapes that do not fit the matrix unit, and a graph split up by CPU fallback."""

# --8<-- [start:code]
from itertools import pairwise
from math import ceil

BF16 = 2
# Peak in TFLOP/s, bandwidth in TB/s. AVX-512: 96 cores x 2.4 GHz x 64 FLOP, 12 channels x 38.4 GB/s.
# AMX, a matrix unit in each core: 56 cores x 2.0 GHz x 1,024 FLOP, 8 channels x 38.4 GB/s.
CHIPS = {"AVX-512 CPU": (14.7, 0.4608), "AMX CPU": (114.7, 0.3072), "TPU v6e": (918.0, 1.638), "H100 SXM": (989, 3.35)}


def layer(m: int, n: int, k: int, peak: float, bandwidth: float) -> tuple[float, str]:
    """The shortest time of an m x k by k x n product in µs, and what bounds it."""
    compute = 2 * m * n * k / peak / 1e6
    memory = BF16 * (m * k + k * n + m * n) / bandwidth / 1e6
    return max(compute, memory), "compute" if compute > memory else "memory"


def useful(width: int, multiple: int) -> float:
    """The share of the matrix unit's work that is not padding."""
    return width / (ceil(width / multiple) * multiple)


# A network of 20 layers with 20 operators each; True where the accelerator has the operator.
LAYERS, EACH = 20, 20
OP_MS, FASTER, SWITCH_MS = 0.05, 10, 0.5
GRAPHS = {
    "all on the CPU": [False] * (LAYERS * EACH),
    "95%, the rest at the end": [True] * (LAYERS * (EACH - 1)) + [False] * LAYERS,
    "95%, one gap in each layer": ([True] * 10 + [False] + [True] * 9) * LAYERS,
    "100%": [True] * (LAYERS * EACH),
}


def switches(graph: list[bool]) -> int:
    """How often data move between CPU and accelerator; input and output are on the CPU."""
    path = [False, *graph, False]
    return sum(a != b for a, b in pairwise(path))


def parts(graph: list[bool]) -> tuple[float, float, float]:
    """Milliseconds on the accelerator, on the CPU, and between them."""
    fast = sum(graph)
    return fast * OP_MS / FASTER, (len(graph) - fast) * OP_MS, switches(graph) * SWITCH_MS


print("4096 x 4096 layer   " + "".join(f"{chip:>19}" for chip in CHIPS))
for m in (1, 64, 2048):
    found = [layer(m, 4096, 4096, *chip) for chip in CHIPS.values()]
    print(f"{m:5} tokens        " + "".join(f"{time:8.0f} µs {bound:>7}" for time, bound in found))

print()
for block in (128, 256):
    print(f"useful in blocks of {block}: " + ", ".join(f"{w} {useful(w, block):.1%}" for w in (80, 128, 4100)))

print("\non the accelerator          switches      ms")
for name, graph in GRAPHS.items():
    print(f"{name:26}{switches(graph):10}{sum(parts(graph)):8.1f}")
gap = GRAPHS["95%, one gap in each layer"]
saved = sum(parts(GRAPHS["all on the CPU"])) - sum(parts(gap)[:2])
print(f"break-even{saved / SWITCH_MS:26.1f}")
# --8<-- [end:code]


def figure() -> str:
    """The time of each graph, as what runs on the accelerator, on the CPU, and between them."""
    from miaotui.drawing.svg import BARE, DASHED, GREY, LINE, SOLID, Figure, key, label, line, picture, rect

    looks = (SOLID, BARE, DASHED)
    names = {
        "all on the CPU": ("全在 CPU 上", "all on the CPU"),
        "95%, the rest at the end": ("95%，缺的都在末尾", "95%, the rest at the end"),
        "95%, one gap in each layer": ("95%，每层缺一个", "95%, one gap in each layer"),
        "100%": ("100%", "100%"),
    }

    def x(ms: float) -> float:
        return 16 + 15.5 * ms

    drawn = [
        label(8, 22, "同一个网络的耗时，ms", "Time of one network, ms", font_weight=600),
        *(line(x(ms), 40, x(ms), 250, stroke=LINE) for ms in (0, 10, 20)),
        *(label(x(ms), 270, str(ms), text_anchor="middle", fill=GREY) for ms in (0, 10, 20)),
    ]
    for at, (name, graph) in enumerate(GRAPHS.items()):
        top, begin = 62 + 50 * at, 0.0
        drawn.append(label(x(0), top, *names[name]))
        for span, look in zip(parts(graph), looks, strict=True):
            if span:
                drawn.append(rect(x(begin), top + 6, 15.5 * span, 18, **look))
            begin += span
        drawn.append(label(x(begin) + 6, top + 21, f"{begin:.1f}"))
    keys = (("加速器", "accelerator"), ("CPU", "CPU"), ("切换", "switches"))
    drawn += [key(16 + 136 * at, 299, words, look) for at, (words, look) in enumerate(zip(keys, looks, strict=True))]
    return picture(Figure(308, tuple(drawn)))
