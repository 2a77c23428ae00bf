"""Four GPUs serve text and images: the encoder beside the language model on each, or in a pool of its own (EPD)."""

# --8<-- [start:code]
import numpy as np

GPUS, SECONDS, BUDGET, RATE = 4, 75, 1024, 494.5e9  # the budget is tokens in a step; FLOP per ms, half an H100's peak
BASE, DECODE, MOVE = 5.0, 0.08, 0.00066  # ms: a step, each decoding request in it, each visual token over the network
LINEAR, TTFT, GAP = 2 * 6.946e9, 1000.0, 100.0  # FLOP per token of a language model; the SLO, in ms
MIXES = {  # share of requests with images, images in each of these, pixels along a side
    "text only": (0.0, 0, 0),
    "4 images of 640 in all": (1.0, 4, 640),
    "1 of 2,048 in a tenth": (0.1, 1, 2048),
    "1 of 2,048 in all": (1.0, 1, 2048),
}
SET_UPS = {"together": (0, 1e9), "in slices": (0, 20.0), "1 E, 3 PD": (1, 0.0), "2 E, 2 PD": (2, 0.0)}


def image(side: int) -> tuple[float, int, float]:
    """The ms that its encoder takes, its tokens, and the ms in which a language model reads these."""
    patches = (side // 16) ** 2
    layers = 27 * (2 * patches * (4 * 1152**2 + 2 * 1152 * 4304) + 4 * patches**2 * 1152)
    tokens = patches // 4  # a patch is 16 pixels wide, a token two patches; four mergers turn these into tokens
    read = LINEAR * tokens + 2 * 36 * 4096 * tokens**2
    return (layers + 4 * 2 * tokens * (4608**2 + 4608 * 4096)) / RATE, tokens, read / RATE


def engine(come: list[float], read: list[int], give: list[int], look: list[float], most: float) -> np.ndarray:
    """When each request has its first token, and its longest gap, on a GPU that encodes for `most` ms in a step."""
    unread, unseen, reading, first, ends, lasted = [*read], [*look], list[int](), [0] * len(come), [0.0], [0.0]
    leaving: dict[int, int] = {}  # how many requests have their last token in a step
    now, coming, decoding = 0.0, 0, 0
    while coming < len(come) or reading or decoding:
        now = now if reading or decoding else max(now, come[coming])
        while coming < len(come) and come[coming] <= now:
            reading, coming = [*reading, coming], coming + 1
        room, looked, done = BUDGET - decoding, 0.0, 0
        for job in reading:
            unseen[job], looked = max(0.0, unseen[job] + looked - most), min(most, looked + unseen[job])
            taken = min(unread[job], room) if not unseen[job] else 0
            unread[job], room = unread[job] - taken, room - taken
            if unread[job]:
                break
            first[job], done = len(ends), done + 1
            leaving[len(ends) + give[job] - 1] = leaving.get(len(ends) + give[job] - 1, 0) + 1
        lasted.append(BASE + DECODE * decoding + LINEAR / RATE * (BUDGET - decoding - room) + looked)
        reading, decoding = reading[done:], decoding + done - leaving.get(len(ends), 0)
        ends.append(now := now + lasted[-1])
    gaps = [max(lasted[at + 1 : at + many], default=0.0) for at, many in zip(first, give, strict=True)]
    return np.array([[ends[at] for at in first], gaps])  # a request that decodes has a token in every step


def met(mix: str, set_up: str, rate: int) -> float:
    """The share of requests within the SLO, at a rate of requests per second for all four GPUs."""
    (share, images, side), (encoders, most) = MIXES[mix], SET_UPS[set_up]
    draw = np.random.default_rng(0)
    come = np.cumsum(draw.exponential(1000 / rate, rate * SECONDS)).tolist()
    give, seen = np.ceil(200 * draw.lognormal(-0.08, 0.4, len(come))), draw.random(len(come)) < share
    (time, tokens, _), ready, free = image(side), list(come), [0.0] * encoders
    for at in [int(at) for at in np.flatnonzero(seen) if encoders for _ in range(images)]:
        first = free.index(min(free))  # each image goes to the encoder that is free first
        free[first] = max(free[first], come[at]) + time
        ready[at] = free[first] + MOVE * tokens
    mine = sorted(range(0, len(come), GPUS - encoders), key=ready.__getitem__)  # what one of the equal GPUs gets
    read = [1000 + images * tokens * int(seen[at]) for at in mine]
    look = [0.0 if encoders else images * time * float(seen[at]) for at in mine]
    begins, gap = engine([ready[at] for at in mine], read, [int(give[at]) for at in mine], look, most)
    return float(np.mean((begins - np.array(come)[mine] <= TTFT) & (gap <= GAP)))


def goodput(mix: str, set_up: str) -> int:
    low = 0
    for step in (64, 32, 16, 8, 4, 2, 1):
        low += step if met(mix, set_up, low + step) >= 0.99 else 0
    return low  # the highest rate at which 99% are within the SLO


print("side  tokens  encoder ms  prefill ms")
for side in (640, 1280, 2048, 4096):
    print(f"{side:4}{image(side)[1]:8,}{image(side)[0]:12.1f}{image(side)[2]:12.1f}")
print("\nrequests/s within the SLO" + "".join(f"{set_up:>11}" for set_up in SET_UPS))
for mix in MIXES:
    print(f"{mix:25}" + "".join(f"{goodput(mix, set_up):11}" for set_up in SET_UPS))
# --8<-- [end:code]


def figure() -> str:
    """What an image takes to encode, and to be read as tokens, against its side; both axes logarithmic."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, picture

    parts = [element("path", d=f"M46 {240 - 60 * at}H430", fill="none", stroke=LINE) for at in range(4)]
    parts += [label(42, 245 - 60 * at, f"{10**at}", text_anchor="end", fill=GREY) for at in range(4)]
    parts += [label(50 + 92 * at, 284, f"{2 ** (8 + at)}", text_anchor="middle", fill=GREY) for at in range(5)]
    sides = [round(2 ** (4 + at / 4)) * 16 for at in range(17)]
    for which, colour in ((0, RED), (2, TEAL)):
        ends = [f"{50 + 23 * at} {240 - 60 * np.log10(image(side)[which]):.1f}" for at, side in enumerate(sides)]
        parts.append(element("path", d="M" + "L".join(ends), fill="none", stroke=colour, stroke_width=2.5))
    parts += [label(262, 200, "编码", "encoder", fill=RED), label(116, 150, "prefill", "prefill", fill=TEAL)]
    ends = [label(8, 20, "一张图，毫秒", "ms for an image"), label(430, 304, "边长", "side, pixels", text_anchor="end")]
    return picture(Figure(312, (*parts, *ends)))
