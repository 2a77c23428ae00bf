"""Static and continuous batching of the same five requests, step by step: who has which slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from miaotui.drawing.stills import Lines, Still, stepped
from miaotui.drawing.svg import GREY, QUIET, RED, TEAL, Figure, label, rect

SLOTS, OUTPUTS = 3, (2, 6, 3, 2, 2)
"""Slots of the batch, and how many tokens each request gets."""
LEFT, STEP, WIDE, HIGH = 104, 112, 104, 28
SAID: tuple[tuple[Lines, Lines], ...] = (
    (("两边都从 1、2、3 号开始，", "4、5 号排队。"), ("Both begin with requests 1, 2 and 3;", "4 and 5 wait.")),
    (
        ("1 号得到最后一个 Token，", "这一步之后离开。"),
        ("Request 1 gets its last token", "and leaves after this step."),
    ),
    (
        ("静态：1 号的槽位空着；", "连续：4 号马上补上。"),
        ("Static: the slot of request 1 stays idle.", "Continuous: request 4 takes it at once."),
    ),
    (
        ("3 号也结束了：静态空着两个槽位，", "连续让 5 号补上。"),
        ("Request 3 has ended: static leaves two slots idle,", "continuous gives one to request 5."),
    ),
    (
        ("连续：4 号已经完成；", "静态：4 号还没有开始。"),
        ("Continuous: request 4 is finished.", "Static: it has not begun."),
    ),
    (
        ("2 号最长，到这里才结束；", "连续批处理的五个请求全部完成。"),
        ("Request 2, the longest, ends here;", "continuous batching has finished all five."),
    ),
    (
        ("静态：4、5 号这才开始。", "连续：槽位已经可以给新请求。"),
        ("Static: requests 4 and 5 begin only now.", "Continuous: the slots are free for new requests."),
    ),
)
"""What is said of each step but the last, which has the totals."""


@dataclass(frozen=True)
class Step:
    """Of each slot the request in it and its tokens so far, or nothing; and who waits."""

    slots: tuple[tuple[int, int] | None, ...]
    waiting: tuple[int, ...]


def steps(*, continuous: bool) -> list[Step]:
    """The steps until all requests have their tokens."""
    slots: list[tuple[int, int] | None] = [None] * SLOTS
    waiting, made = list(range(1, len(OUTPUTS) + 1)), []
    while waiting or any(slots):
        if continuous or not any(slots):
            slots = [slot or (waiting.pop(0), 0) if slot or waiting else None for slot in slots]
        slots = [(slot[0], slot[1] + 1) if slot else None for slot in slots]
        made.append(Step(tuple(slots), tuple(waiting)))
        slots = [None if slot and slot[1] == OUTPUTS[slot[0] - 1] else slot for slot in slots]
    return made


def _batch(y: float, name: tuple[str, str], step: Step) -> list[str]:
    parts = [label(8, y + 19, *name)]
    for at, slot in enumerate(step.slots):
        x = LEFT + at * STEP
        if slot is None:
            parts.append(rect(x, y, WIDE, HIGH, stroke=RED, stroke_dasharray="4 3"))
            parts.append(label(x + WIDE / 2, y + 19, "空", "idle", text_anchor="middle", fill=RED))
            continue
        request, tokens = slot
        last = tokens == OUTPUTS[request - 1]
        parts.append(rect(x, y, WIDE, HIGH, fill=QUIET, stroke=TEAL if last else "currentColor"))
        parts.append(label(x + 10, y + 19, f"{request}", font_weight=600))
        mark = " ✓" if last else ""
        parts.append(label(x + WIDE - 8, y + 19, f"{tokens} / {OUTPUTS[request - 1]}{mark}", text_anchor="end"))
    listed = step.waiting
    zh, en = ("、".join(map(str, listed)) or "无", ", ".join(map(str, listed)) or "nobody")
    parts.append(label(LEFT, y + 48, f"排队：{zh}", f"waiting: {en}", fill=GREY))
    return parts


def share(run: Sequence[Step]) -> str:
    """The slots of a run that gave a token."""
    used, all_ = sum(OUTPUTS), SLOTS * len(run)
    return f"{used} / {all_} = {used / all_:.1%}"


def draw() -> Figure:
    static, continuous = steps(continuous=False), steps(continuous=True)
    over = Step((None,) * SLOTS, ())
    used, filled = share(static), share(continuous)
    last: tuple[Lines, Lines] = (
        (f"静态 {len(static)} 步，槽位用上 {used}；", f"连续 {len(continuous)} 步，{filled}。"),
        (f"Static: {len(static)} steps, slots used {used}.", f"Continuous: {len(continuous)} steps, {filled}."),
    )
    stills = []
    for at, ((zh, en), mine) in enumerate(zip((*SAID, last), static, strict=True)):
        theirs = continuous[at] if at < len(continuous) else over
        top, below = _batch(52, ("静态", "static"), mine), _batch(118, ("连续", "continuous"), theirs)
        stills.append(Still(zh, en, (*top, *below)))
    return stepped(178, stills)
