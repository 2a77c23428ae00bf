"""Four GPUs, prefill and decode mixed on each or split between them: who meets which SLO on which traffic."""

# --8<-- [start:code]
from typing import NamedTuple

import numpy as np

GPUS, SECONDS, TRANSFER = 4, 25, 10.0  # ms to move a prompt's KV cache from one GPU to another
BASE, READ, DECODE = 5.0, 0.0282, 0.08  # ms: a step, each prompt token in it, each decoding request in it
SLOS = {"TTFT 300, TPOT 30": (300, 30), "TTFT 2000, TPOT 11": (2000, 11)}
TRAFFIC = {"2,000 in, 150 out": (2000, 150, 30.0), "500 in, 600 out": (500, 600, 24.0)}  # and requests per second
SET_UPS = {"mixed, chunks of 512": 0, "mixed, chunks of 2048": 0, "1 P, 3 D": 1, "2 P, 2 D": 2, "3 P, 1 D": 3}


class Job(NamedTuple):
    """What one GPU does for a request: from when on, how many prompt tokens it reads, how many tokens it generates."""

    come: float
    read: int
    give: int


def engine(jobs: list[Job], budget: int) -> list[tuple[float, float]]:
    """When each job has given its first and its last token; a step holds all decodes, and prompts up to the budget."""
    first, last = [0.0] * len(jobs), [0.0] * len(jobs)
    unread, left = [job.read for job in jobs], [job.give for job in jobs]
    reading: list[int] = []
    decoding: list[int] = []
    now, coming = 0.0, 0
    while coming < len(jobs) or reading or decoding:
        if not reading and not decoding:
            now = max(now, jobs[coming].come)
        while coming < len(jobs) and jobs[coming].come <= now:
            (reading if unread[coming] else decoding).append(coming)
            coming += 1
        room, read, done = max(0, budget - len(decoding)), 0, []
        for job in reading:
            taken = min(unread[job], room - read)
            unread[job], read = unread[job] - taken, read + taken
            if unread[job]:
                break
            done.append(job)
        now += BASE + READ * read + DECODE * len(decoding)
        for job in decoding + done:
            left[job] -= 1
            first[job], last[job] = first[job] or now, now
        reading = reading[len(done) :]
        decoding = [job for job in decoding + done if left[job]]
    return list(zip(first, last, strict=True))


def served(set_up: str, traffic: str) -> np.ndarray:
    """TTFT and TPOT of every request, in ms."""
    tokens_in, tokens_out, rate = TRAFFIC[traffic]
    draw = np.random.default_rng(0)
    count = int(rate * SECONDS)
    come = np.cumsum(draw.exponential(1000 / rate, count))
    reads = np.ceil(tokens_in * draw.lognormal(-0.08, 0.4, count)).astype(int)
    gives = np.ceil(tokens_out * draw.lognormal(-0.08, 0.4, count)).astype(int) + 1
    split, times = SET_UPS[set_up], np.zeros((count, 2))
    budget = int(set_up.rsplit(maxsplit=1)[-1]) if not split else 8192
    for gpu in range(split or GPUS):
        mine = range(gpu, count, split or GPUS)  # in turn
        jobs = [Job(float(come[i]), int(reads[i]), 1 if split else int(gives[i])) for i in mine]
        times[list(mine)] = engine(jobs, budget)
    for gpu in range(GPUS - split if split else 0):
        order = np.argsort(times[:, 0], kind="stable")[gpu :: GPUS - split]
        jobs = [Job(float(times[i, 0]) + TRANSFER, 0, int(gives[i]) - 1) for i in order]
        times[order, 1] = [last for _, last in engine(jobs, budget)]
    return np.stack([times[:, 0] - come, (times[:, 1] - times[:, 0]) / (gives - 1)], axis=1)


for traffic in TRAFFIC:
    print(f"{traffic:24}p99 TTFT  p99 TPOT  " + "  ".join(SLOS))
    for set_up in SET_UPS:
        told = served(set_up, traffic)
        met = [float(np.mean((told[:, 0] <= ttft) & (told[:, 1] <= tpot))) for ttft, tpot in SLOS.values()]
        p99 = np.percentile(told, 99, axis=0)
        print(f"  {set_up:22}{p99[0]:8.0f}{p99[1]:10.1f}" + "".join(f"{share:19.0%}" for share in met))
# --8<-- [end:code]


def figure() -> str:
    """For each set-up the share of requests within the SLO of the tight TPOT, on both kinds of traffic."""
    from miaotui.drawing.svg import BARE, SHADED, Figure, key, label, picture, rect

    ttft, tpot = SLOS["TTFT 2000, TPOT 11"]
    zh = ("混合，块 512", "混合，块 2048", "1 P 3 D", "2 P 2 D", "3 P 1 D")
    looks = (SHADED, BARE)
    parts = []
    for at, (set_up, words) in enumerate(zip(SET_UPS, zh, strict=True)):
        parts.append(label(182, 24 + 54 * at + 12, words, set_up, text_anchor="end"))
        for row, (traffic, look) in enumerate(zip(TRAFFIC, looks, strict=True)):
            told, y = served(set_up, traffic), 8 + 54 * at + 21 * row
            met = float(np.mean((told[:, 0] <= ttft) & (told[:, 1] <= tpot)))
            parts.append(rect(190, y, 196 * met, 18, **look))
            parts.append(label(196 + 196 * met, y + 14, f"{met:.0%}"))
    parts += [key(190, 296, ("输入长", "long inputs"), SHADED), key(314, 296, ("输出长", "long outputs"), BARE)]
    return picture(Figure(306, tuple(parts)))
