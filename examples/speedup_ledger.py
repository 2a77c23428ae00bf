"""What each lever gains on one pass of Llama-3.1-8B on an H100, by the roofline: in decode, in a batch, in prefill."""

# --8<-- [start:code]
from dataclasses import dataclass

PEAK, PEAK_8BIT, BANDWIDTH = 989e12, 1979e12, 3.35e12  # dense FLOP/s in BF16 and in 8 bits, bytes/s
LAYERS, HEAD = 6_979_588_096, 525_336_576  # parameters; the input embedding, as large as the head, is not streamed
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
PASSES = (("decode, batch 1", 1, 1, 2048), ("decode, batch 32", 32, 1, 2048), ("prefill of 2048", 1, 2048, 0))


def parts(lever: Lever, sequences: int, new: int, cached: int) -> dict[str, float]:
    """Milliseconds that reading weights, computing and reading the cache would take, each alone."""
    layers = LAYERS * lever.layers
    return {
        "weights": 1e3 * (layers * lever.layer_bytes + HEAD * lever.head_bytes) / BANDWIDTH,
        # The head is needed for the last token of a sequence only; attention's own FLOPs are left out.
        "compute": 1e3 * 2 * (layers * new + HEAD) * sequences / lever.peak,
        "cache": 1e3 * KV_TOKEN * lever.layers * cached * sequences / BANDWIDTH,
    }


def milliseconds(part: dict[str, float]) -> float:
    """Linear layers take the longer of reading and computing; attention comes after them."""
    return max(part["weights"], part["compute"]) + part["cache"]


print(f"{'ms, gain, longest':21}" + "".join(f" {name:21}" for name, *_ in PASSES).rstrip())
for lever in LEVERS:
    cells = []
    for _, *work in PASSES:
        part = parts(lever, *work)
        gain = milliseconds(parts(LEVERS[0], *work)) / milliseconds(part)
        cells.append(f" {milliseconds(part):5.2f} {gain:4.2f}x {max(part, key=part.__getitem__):9}")
    print(f"{lever.name:21}" + "".join(cells).rstrip())
alone, batch = (milliseconds(parts(LEVERS[0], *work)) for _, *work in PASSES[:2])
print(f"batch 32: {32 * alone / batch:.1f}x the tokens/s, each step {batch / alone:.2f}x as long")
# --8<-- [end:code]
