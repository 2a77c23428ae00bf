"""A small paged KV cache at work: blocks are given as they fill, freed, given again and shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from miaotui.drawing.stills import Lines, Still, stepped
from miaotui.drawing.svg import GREY, LINE, SHADED, TEAL, Figure, label, line, rect

BLOCKS, SLOTS, LONGEST = 8, 4, 16
"""Blocks of the pool, tokens that a block holds, and the longest sequence that is allowed."""
LEFT, STEP, SLOT, TOP, HIGH = 12, 53, 11, 68, 26


@dataclass
class Pool:
    """Who holds which blocks, in the order of the tokens, and how many tokens each request has."""

    tables: dict[str, list[int]] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)

    def grow(self, request: str, tokens: int) -> None:
        """More tokens for a request; a block is given only when the last one is full."""
        self.tokens[request] = self.tokens.get(request, 0) + tokens
        table = self.tables.setdefault(request, [])
        while len(table) * SLOTS < self.tokens[request]:
            table.append(min(set(range(BLOCKS)).difference(*self.tables.values())))

    def share(self, request: str, other: str, blocks: int) -> None:
        """A new request that begins with the same full blocks as another."""
        self.tables[request] = self.tables[other][:blocks]
        self.tokens[request] = blocks * SLOTS

    def end(self, request: str) -> None:
        del self.tables[request], self.tokens[request]

    def filled(self, block: int) -> int:
        """The tokens in a block."""
        return max(
            (
                min(SLOTS, self.tokens[request] - table.index(block) * SLOTS)
                for request, table in self.tables.items()
                if block in table
            ),
            default=0,
        )

    def held(self) -> int:
        """The slots of all blocks that somebody holds."""
        return SLOTS * len({block for table in self.tables.values() for block in table})

    def used(self) -> int:
        return sum(map(self.filled, range(BLOCKS)))


def _block(pool: Pool, block: int) -> list[str]:
    x, holders = LEFT + block * STEP, [name for name, table in pool.tables.items() if block in table]
    edge = {"stroke": "currentColor"} if holders else {"stroke": GREY, "stroke_dasharray": "3 4"}
    return [
        label(x + 2 * SLOT, 60, f"{block}", text_anchor="middle", fill=GREY),
        *(rect(x + at * SLOT, TOP, SLOT, HIGH, **{**SHADED, "stroke": LINE}) for at in range(pool.filled(block))),
        *(line(x + at * SLOT, TOP, x + at * SLOT, TOP + HIGH, stroke=LINE) for at in range(1, SLOTS)),
        rect(x, TOP, SLOTS * SLOT, HIGH, **edge),
        label(x + 2 * SLOT, TOP + 44, ", ".join(holders), text_anchor="middle", font_weight=600),
    ]


def _drawn(pool: Pool) -> tuple[str, ...]:
    parts = [part for block in range(BLOCKS) for part in _block(pool, block)]
    for at, (request, table) in enumerate(pool.tables.items()):
        listed, count = " → ".join(map(str, table)), pool.tokens[request]
        zh, en = (
            f"{request} 的块表：{listed}（{count} 个 Token）",
            f"block table of {request}: {listed} ({count} tokens)",
        )
        parts.append(label(LEFT, 140 + 22 * at, zh, en))
    held, used = pool.held(), pool.used()
    share = f"{used} / {held} = {used / held:.0%}"
    parts.append(label(432, 186, f"占下的格子用上 {share}", f"slots in use: {share}", text_anchor="end", fill=TEAL))
    return tuple(parts)


Change = Callable[[Pool], None]


def _grow(request: str, tokens: int) -> Change:
    return lambda pool: pool.grow(request, tokens)


STORY: tuple[tuple[Sequence[Change], Lines, Lines], ...] = (
    (
        (_grow("A", 6),),
        ("A 到达，提示词 6 个 Token：", "给两块，第二块还空两格。"),
        ("A arrives with a prompt of 6 tokens", "and gets two blocks; two slots stay empty."),
    ),
    (
        (_grow("B", 3),),
        ("B 到达，3 个 Token：给一块。", "谁都没有按最大长度预留。"),
        ("B arrives with 3 tokens: one block.", "Nobody reserves the maximum length."),
    ),
    (
        (_grow("A", 2), _grow("B", 2)),
        ("各生成 2 个 Token：A 填满第二块，", "B 装不下，再给一块。"),
        ("Each generates 2 tokens: A fills its block,", "B overflows and gets another."),
    ),
    (
        (_grow("A", 1),),
        ("A 再要一块，给的是 4 号：", "不必挨着，次序记在块表里。"),
        ("A needs a block and gets number 4: it need not", "be adjacent, since the table keeps the order."),
    ),
    (
        (lambda pool: pool.end("B"),),
        ("B 结束，2、3 号马上空出，", "谁都能用，没有碎片。"),
        ("B ends: blocks 2 and 3 are free at once,", "for anyone, without fragmentation."),
    ),
    (
        (lambda pool: pool.share("C", "A", 1), _grow("C", 3)),
        ("C 到达，前 4 个 Token 与 A 相同：", "共用 0 号，只多要一块。"),
        ("C arrives; its first 4 tokens are those of A:", "it shares block 0 and takes one more."),
    ),
)
"""What happens before each still but the last, and what is said of it."""


def _compared(pool: Pool) -> Still:
    """The last still: the pool as it is, beside what reserving would hold."""
    whole = len(pool.tables) * LONGEST
    return Still(
        (f"两条共占 {pool.held()} 格；按最大长度 {LONGEST} 预留，", f"要 {whole} 格，整个池就满了。"),
        (
            f"The two hold {pool.held()} slots. Reserved at the maximum",
            f"of {LONGEST} each, {whole}: the pool would be full.",
        ),
        _drawn(pool),
    )


def draw() -> Figure:
    pool, stills = Pool(), []
    for changes, zh, en in STORY:
        for change in changes:
            change(pool)
        stills.append(Still(zh, en, _drawn(pool)))
    return stepped(198, [*stills, _compared(pool)])
