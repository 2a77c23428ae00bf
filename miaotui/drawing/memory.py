"""Where the 80 GB of a card go with Llama-3.1-8B, and what reserving whole contexts leaves unused."""

from __future__ import annotations

from miaotui.drawing.facts import BF16, CARD, KV_TOKEN, PARAMETERS
from miaotui.drawing.svg import GREY, RED, TEAL, Figure, label, line, rect, span

REQUESTS, CONTEXT = 32, 8192
GIVEN = 0.9
"""The part of the card that the engine takes."""
WEIGHTS = PARAMETERS * BF16
CACHE = REQUESTS * CONTEXT * KV_TOKEN
WORKSPACE = 2e9
ROOM = CARD * GIVEN - WORKSPACE - WEIGHTS
"""What is left for the KV cache."""
TOKENS = int(ROOM // KV_TOKEN)
MOST = TOKENS // CONTEXT
"""Requests of a whole context each."""
USED = (2048, 6144, 1024)
"""Tokens that three requests really hold."""
LEFT, WIDTH, HIGH = 20, 400, 18
GAP, BLOCK = 5, 6


def _at(size: float) -> float:
    return LEFT + WIDTH * size / CARD


def _held(x: float, y: float, width: float, height: float) -> str:
    """A part of memory that holds a KV cache."""
    return rect(x, y, width, height, fill=GREY, fill_opacity="0.35")


def _parts() -> list[str]:
    """The card as one bar, what is in it above."""
    cached, free, kept = WEIGHTS + CACHE, WEIGHTS + ROOM, WEIGHTS + ROOM + WORKSPACE
    parts = [rect(LEFT, 48, WIDTH, 34), _held(_at(WEIGHTS), 48, _at(CACHE) - LEFT, 34)]
    parts += [line(_at(edge), 48, _at(edge), 82) for edge in (free, kept)]
    named = (
        ("权重", "weights", 0, WEIGHTS),
        ("KV，已用", "KV in use", WEIGHTS, cached),
        ("KV，空闲", "KV free", cached, free),
    )
    for zh, en, start, end in named:
        middle = _at((start + end) / 2)
        parts.append(label(middle, 18, zh, en, text_anchor="middle"))
        parts.append(label(middle, 38, f"{(end - start) / 1e9:.2f} GB", text_anchor="middle", fill=TEAL))
    return parts


def _sums() -> list[str]:
    """What is below the bar: the room for the KV cache, and what is none."""
    start, end, middle = _at(WEIGHTS), _at(WEIGHTS + ROOM), _at(WEIGHTS + ROOM / 2)
    rest = (end + _at(CARD)) / 2
    room = f"= {ROOM / 1e9:.2f} GB = {MOST}"
    left = (WORKSPACE, CARD * (1 - GIVEN))
    workspace, alone = (f"{size / 1e9:.0f} GB" for size in left)
    return [
        span(start, end - 2, 95),
        label(middle, 116, f"{room} 个请求", f"{room} requests", text_anchor="middle", fill=TEAL),
        span(end + 2, _at(CARD), 95),
        line(rest, 95, rest, 124),
        label(
            430,
            140,
            f"工作区 {workspace}，不动用 {alone}",
            f"workspace {workspace}, left alone {alone}",
            text_anchor="end",
        ),
    ]


def _reserved(y: float) -> list[str]:
    """Three requests with a whole context each, and the part of it that they do not use."""
    width = (WIDTH - 2 * GAP) / len(USED)
    parts = []
    for place, used in enumerate(USED):
        x, full = LEFT + place * (width + GAP), width * used / CONTEXT
        parts += [_held(x, y, full, HIGH), rect(x + full, y, width - full, HIGH, stroke=RED, stroke_dasharray="4 3")]
    return parts


def _paged(y: float) -> list[str]:
    """The same three requests in blocks, side by side."""
    full = WIDTH * sum(USED) / (CONTEXT * len(USED))
    edges = [LEFT + step for step in range(BLOCK, int(full), BLOCK)]
    return [
        rect(LEFT, y, WIDTH, HIGH + 4),
        _held(LEFT, y, full, HIGH + 4),
        *(line(x, y, x, y + HIGH + 4) for x in edges),
        label(LEFT + full + 8, y + 16, "还能放别的请求", "room for other requests"),
    ]


def draw() -> Figure:
    used, reserved = sum(USED), CONTEXT * len(USED)
    share = f"{used:,} / {reserved:,} = {used / reserved:.1%}"
    whole = (f"连续预留：每个请求先占 {CONTEXT:,} 个 Token", f"Reserved: {CONTEXT:,} tokens for each request")
    paged = ("分页：16 个 Token 一块，用到才给", "Paged: blocks of 16 tokens, as they fill")
    return Figure(
        296,
        (
            *_parts(),
            *_sums(),
            label(10, 178, *whole, font_weight=600),
            *_reserved(188),
            label(430, 226, f"✗ 真正用到 {share}", f"✗ in use: {share}", text_anchor="end", fill=RED),
            label(10, 258, *paged, font_weight=600),
            *_paged(268),
        ),
    )
