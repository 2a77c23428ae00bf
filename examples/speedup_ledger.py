"""What each optimization gains on Llama-3.1-8B on an H100, by the roofline: in decode, in a batch, in prefill."""

# --8<-- [start:code]
from dataclasses import dataclass

PEAK, PEAK_8BIT = 989e12, 1979e12  # dense FLOP/s in BF16, in 8 bits
BANDWIDTH = 3.35e12  # bytes/s
# Parameters. The input embedding, as large as the head, is not read as a whole.
LAYERS, HEAD = 6_979_588_096, 525_336_576
KV_TOKEN = 2 * 32 * 8 * 128 * 2  # bytes of KV cache a token
INT4 = 4.125 / 8  # bytes a weight, with an FP16 scale for each 128


@dataclass(frozen=True)
class Lever:
    name: str
    layers: float = 1.0  # the share of the layers that is left
    layer_bytes: float = 2.0
    head_bytes: float = 2.0
    peak: float = PEAK


LEVERS = (
    Lever("BF16"),
    Lever("INT8 weights (W8A16)", 1, 1, 1),
    Lever("INT8 all (W8A8)", 1, 1, 1, PEAK_8BIT),
    Lever("INT4 weights (W4A16)", 1, INT4, INT4),
    Lever("  head kept in BF16", 1, INT4, 2),
    Lever("half the layers", 0.5),
)
# Name, sequences, new tokens of each, tokens already in the cache of each.
PASSES = (
    ("decode, batch 1", 1, 1, 2048),
    ("decode, batch 32", 32, 1, 2048),
    ("prefill of 2048", 1, 2048, 0),
)


def parts(lever: Lever, sequences: int, new: int, cached: int) -> dict[str, float]:
    """Milliseconds to read weights, to compute and to read the cache, each alone."""
    layers = LAYERS * lever.layers
    weights = layers * lever.layer_bytes + HEAD * lever.head_bytes
    # The head is for the last token only; attention's own FLOPs are left out.
    flops = 2 * (layers * new + HEAD) * sequences
    cache = KV_TOKEN * lever.layers * cached * sequences
    return {
        "weights": 1e3 * weights / BANDWIDTH,
        "compute": 1e3 * flops / lever.peak,
        "cache": 1e3 * cache / BANDWIDTH,
    }


def milliseconds(part: dict[str, float]) -> float:
    """Linear layers take the longer of reading and computing; attention follows."""
    return max(part["weights"], part["compute"]) + part["cache"]


head = "".join(f" {name:21}" for name, *_ in PASSES).rstrip()
print(f"{'ms, gain, longest':21}{head}")
for lever in LEVERS:
    cells = []
    for _, *work in PASSES:
        part = parts(lever, *work)
        took, longest = milliseconds(part), max(part, key=part.__getitem__)
        gain = milliseconds(parts(LEVERS[0], *work)) / took
        cells.append(f" {took:5.2f} {gain:4.2f}x {longest:9}")
    print(f"{lever.name:21}" + "".join(cells).rstrip())
alone, batch = (milliseconds(parts(LEVERS[0], *work)) for _, *work in PASSES[:2])
more, longer = 32 * alone / batch, batch / alone
print(f"batch 32: {more:.1f}x the tokens/s, each step {longer:.2f}x as long")
# --8<-- [end:code]
