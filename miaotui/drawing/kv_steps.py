"""Four steps of decode after a prompt: what the KV cache keeps, and what each step computes and reads."""

from __future__ import annotations

from miaotui.drawing.facts import KV_TOKEN
from miaotui.drawing.stills import Lines, Still, stepped
from miaotui.drawing.svg import GREY, LINE, QUIET, SHADED, TEAL, Figure, label, rect, span

PROMPT, TOKENS = 4, 8
LEFT, STEP, WIDE, HIGH = 40, 49, 42, 22
ROWS = {"Q": 66, "K": 96, "V": 124}
"""Where the boxes of each begin."""
SAID: tuple[tuple[Lines, Lines], ...] = (
    (
        (f"prefill：{PROMPT} 个 Token 一次算完，", "每个的 K、V 都存下来。"),
        (f"Prefill computes the {PROMPT} prompt tokens at once", "and keeps the K and V of each."),
    ),
    (
        ("decode：只算第 5 个 Token 的 Q、K、V，", "K、V 追加在后面。"),
        ("Decode computes Q, K and V for token 5 alone", "and appends its K and V."),
    ),
    (
        ("第 6 个：它的 Q 读前面全部 K、V；", "上一步的 Q 以后再也用不到，所以不存。"),
        ("Token 6: its Q reads every K and V so far.", "No later step needs an old Q, so none is kept."),
    ),
    (
        ("第 7 个：要算的还是一份，", "要读的又多一份。"),
        ("Token 7: still one token to compute,", "and one more to read."),
    ),
    (
        ("第 8 个：没有缓存，这一步要算 8 份 K、V；", "有缓存只算 1 份。"),
        ("Token 8: without a cache this step computes", "8 tokens; with one it computes 1."),
    ),
)


def computed(tokens: int) -> tuple[int, int]:
    """Tokens whose K and V have been computed once there are so many: with a cache, and without one."""
    return tokens, sum(range(PROMPT, tokens + 1))


def _row(name: str, known: int, new: range) -> list[str]:
    """The boxes of Q, K or V; new ones have a thick edge and a plus sign, Q is there for the new ones alone."""
    y, parts = ROWS[name], [label(12, ROWS[name] + 16, name, font_weight=600)]
    for at in range(TOKENS):
        x = LEFT + at * STEP
        if at in new:
            parts.append(rect(x, y, WIDE, HIGH, fill=QUIET, stroke=TEAL, stroke_width=2.5))
            parts.append(label(x + WIDE / 2, y + 16, "+", text_anchor="middle", fill=TEAL))
        elif at < known and name != "Q":
            parts.append(rect(x, y, WIDE, HIGH, **SHADED))
        else:
            parts.append(rect(x, y, WIDE, HIGH, stroke=LINE, stroke_dasharray="3 4"))
    return parts


def _drawn(tokens: int, new: range) -> tuple[str, ...]:
    """The cache once there are so many tokens, of which some are new."""
    middle = LEFT + (tokens * STEP - STEP + WIDE) / 2
    size = f"{tokens} × {KV_TOKEN // 1024} KiB = {tokens * KV_TOKEN / 2**20:g} MiB"
    parts = [
        label(LEFT + at * STEP + WIDE / 2, 60, f"{at + 1}", text_anchor="middle", fill=GREY) for at in range(TOKENS)
    ]
    for name in ROWS:
        parts += _row(name, tokens, new)
    parts.append(span(LEFT, LEFT + (tokens - 1) * STEP + WIDE, 158))
    reads = (
        (f"Q 读 {tokens} 份 K、V", f"Q reads {tokens} tokens")
        if new
        else (f"留着 {tokens} 份", f"{tokens} tokens kept")
    )
    parts.append(label(middle, 180, *reads, text_anchor="middle"))
    parts.append(label(432, 204, f"缓存 {size}", f"cache: {size}", text_anchor="end", fill=TEAL))
    return tuple(parts)


def draw() -> Figure:
    stills = [
        Still(zh, en, _drawn(PROMPT + at, range(0 if at == 0 else PROMPT + at - 1, PROMPT + at)))
        for at, (zh, en) in enumerate(SAID)
    ]
    kept, again = computed(TOKENS)
    end = Still(
        (f"结束：一共算了 {kept} 份 K、V，没有缓存是 {again} 份。", "这段缓存释放掉，或留作前缀缓存。"),
        (
            f"The end: {kept} tokens computed; without a cache, {again}.",
            "The cache is freed, or kept for prefix caching.",
        ),
        _drawn(TOKENS, range(0)),
    )
    return stepped(214, [*stills, end])
