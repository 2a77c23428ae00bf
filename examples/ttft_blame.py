"""TTFT after five incidents, part by part: the part that grew most, and what really changed."""

# --8<-- [start:code]
from dataclasses import dataclass, replace

import numpy as np

REQUESTS = 20_000
PER_TOKEN = 57.82 / 2048  # ms of prefill per uncached token of an 8B on an H100 at 50% MFU
draw = np.random.default_rng(0)
GAPS, SIZES, LUCK = draw.exponential(1, REQUESTS), draw.lognormal(-0.18, 0.6, REQUESTS), draw.random(REQUESTS)


@dataclass(frozen=True)
class Traffic:
    """What comes in, and how fast one front end tokenizes it; one GPU prefills, first come, first served."""

    rate: float = 18.0  # requests per second
    prompt: float = 2000.0  # mean tokens
    hit: float = 0.5  # how often nine tenths of a prompt are in the cache
    tokenize: float = 2.0  # ms per thousand tokens


INCIDENTS = {
    "before": Traffic(),
    "more load": Traffic(rate=27),
    "hit rate fell": Traffic(hit=0.1),
    "longer prompts": Traffic(prompt=3000),
    "slow front end": Traffic(tokenize=20),
}


def waits(arrive: np.ndarray, took: np.ndarray) -> np.ndarray:
    """How long each waits for one server, first come, first served."""
    backlog = np.cumsum(took[:-1] - np.diff(arrive))
    return np.concatenate([[0], backlog - np.minimum.accumulate(np.minimum(backlog, 0))])


def parts(traffic: Traffic) -> dict[str, np.ndarray]:
    """The parts of each request's TTFT, in ms."""
    arrive = np.cumsum(GAPS) * 1000 / traffic.rate
    prompts = SIZES * traffic.prompt
    tokenize = prompts / 1000 * traffic.tokenize
    front = waits(arrive, tokenize)
    prefill = PER_TOKEN * np.where(traffic.hit > LUCK, 0.1, 1) * prompts
    return {
        "front end": front + tokenize,
        "queue": waits(arrive + front + tokenize, prefill),
        "prefill": prefill,
    }


def cause(old: Traffic, new: Traffic) -> str:
    """The root cause, checked in the order of cause and effect."""
    for name in ("rate", "prompt", "hit", "tokenize"):
        if abs(getattr(new, name) / getattr(old, name) - 1) > 0.15:
            return name
    return "nothing"


def blamed(old: dict[str, np.ndarray], new: dict[str, np.ndarray]) -> str:
    """The part whose mean grew most."""
    return max(new, key=lambda name: float(new[name].mean() - old[name].mean()))


before = parts(INCIDENTS["before"])
print("mean ms         front end  queue  prefill  p99 TTFT  GPU busy  grew most   changed")
for name, traffic in INCIDENTS.items():
    now = parts(traffic)
    ttft = sum(now.values())
    row = "".join(f"{part.mean():{width}.0f}" for part, width in zip(now.values(), (10, 7, 9), strict=True))
    busy = now["prefill"].mean() * traffic.rate / 1000
    verdict = "" if name == "before" else f"  {blamed(before, now):10}  {cause(INCIDENTS['before'], traffic)}"
    print(f"{name:15}{row}{np.percentile(ttft, 99):10.0f}{busy:10.0%}{verdict}")
half = parts(replace(INCIDENTS["hit rate fell"], rate=9))
print(f"hit rate fell, at half the load: queue {half['queue'].mean():.0f} ms, prefill {half['prefill'].mean():.0f} ms")
# --8<-- [end:code]


def figure() -> str:
    """Mean TTFT of each incident, part by part."""
    from miaotui.drawing.svg import BARE, GREY, SHADED, SOLID, Figure, key, label, picture, rect

    zh = ("之前", "负载升高", "命中率下降", "提示词变长", "前端变慢")
    looks = (BARE, SHADED, SOLID)
    drawn: list[str] = []
    for at, (name, words) in enumerate(zip(INCIDENTS, zh, strict=True)):
        x, y = 124.0, 14.0 + 40 * at
        drawn.append(label(118, y + 18, words, name, text_anchor="end"))
        for part, look in zip(parts(INCIDENTS[name]).values(), looks, strict=True):
            wide = float(part.mean()) / 2.25
            drawn.append(rect(x, y, wide, 26, **look))
            x += wide
        drawn.append(label(x + 6, y + 18, f"{2.25 * (x - 124):.0f} ms", fill=GREY))
    keys = (("前端", "front end"), ("排队", "queue"), ("prefill", "prefill"))
    for at, (both, look) in enumerate(zip(keys, looks, strict=True)):
        drawn.append(key(124 + 104 * at, 232, both, look))
    return picture(Figure(242, tuple(drawn)))
