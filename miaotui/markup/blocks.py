"""The words of an article with their blocks as GitHub reads them, written as Python-Markdown reads the same.

Authors indent what is in a list by two or three columns, number lists from 3 or with `1)`, put a formula right below a
sentence, underline a heading: Python-Markdown would see other lists, no formula, another heading. What is in a list is
set four columns deeper than the list, code by indentation becomes a fence, a formula stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from miaotui.markup import tex
from miaotui.markup.block_lines import (
    BOX,
    HEADING,
    ITEM,
    QUOTE,
    QUOTED,
    RULE,
    SPACES,
    STEP,
    TABLE_RULE,
    TICKS,
    UNDERLINE,
    Line,
    Writer,
    columns,
    without,
)
from miaotui.markup.fences import Spot, spots

DEEPEST = 12
"""How deep lists and quotations may stand in each other."""


class _Reader(Writer):
    """Reads lines that are in one quotation, or in none, and writes them anew."""

    def run(self) -> list[Line]:
        while self.at < len(self.places):
            spot = self.places[self.at]
            if spot.role == "open":
                self._fence(spot)
            elif not spot.text.strip():
                self.out.append((spot.line, spot.text))
                self.begun = -1
                self.at += 1
            else:
                self._text(spot)
        return self.out

    def _fence(self, spot: Spot) -> None:
        fence, rest = spot.fence, self.places[self.at :]
        size = next((n for n, one in enumerate(rest) if one.fence is not fence), len(rest))
        width = columns(spot.text)
        self.enter(self.inside(width))
        if self.items:
            self.gap(spot.line)
            for one in rest[:size]:
                self.write(one.line, without(one.text, width))
            self.out.append((rest[size - 1].line, ""))
        else:
            self.kinds.clear()
            self.out += [(one.line, one.text) for one in rest[:size]]
        self.begun = -1
        self.at += size

    def _text(self, spot: Spot) -> None:
        bare, width = spot.text.strip(" \t"), columns(spot.text)
        depth = self.inside(width)
        inner = width - (self.items[depth - 1] if depth else 0)
        if self.begun >= 0 and not self._starts(bare, inner, depth):
            self._go_on(spot, bare, depth)
            return
        self.enter(depth)
        if inner >= STEP:
            self._code(spot, width - inner + STEP)
        elif QUOTE.match(bare):
            self._quotation(width)
        elif not self._formula(spot, bare):
            item = None if RULE.match(bare) else ITEM.match(bare)
            if item:
                self._item(spot, item, width)
            else:
                self._block(spot, bare)
            self.at += 1

    def _starts(self, bare: str, inner: int, depth: int) -> bool:
        """Whether a line below an open paragraph starts another block."""
        if inner >= STEP:
            return False
        if RULE.match(bare):
            # Right below a paragraph of the same item, a line of - underlines a heading.
            return not (UNDERLINE.match(bare) and depth == len(self.items))
        if found := ITEM.match(bare):
            return depth < len(self.items) or bool(found["rest"] and found["number"] in (None, "1"))
        return bool(HEADING.match(bare) or QUOTE.match(bare) or self._formula_size(bare))

    def _go_on(self, spot: Spot, bare: str, depth: int) -> None:
        """A further line of a paragraph."""
        self.at += 1
        if UNDERLINE.match(bare) and depth == len(self.items):
            self._underlined(spot, bare)
        elif UNDERLINE.match(bare):
            self.out.append((spot.line, f"&#{ord(bare[0])};{bare[1:]}"))
        elif depth < len(self.items) or not self.items:
            self.out.append((spot.line, spot.text))
        else:
            below = self.places[self.at].text if self.at < len(self.places) else ""
            if "|" in bare and "|" in below and TABLE_RULE.match(below):
                self.gap(spot.line)
            self.write(spot.line, bare)

    def _underlined(self, spot: Spot, bare: str) -> None:
        """An underlined heading, as one with marks."""
        lines, self.out = self.out[self.begun :], self.out[: self.begun]
        self._top, self._seen = 0, 0
        first = lines[0][1]
        item = ITEM.match(first.lstrip())
        before = first[: len(first) - len(first.lstrip())] + (f"{item['mark']} " if item else "")
        words = " ".join([(item["rest"] if item else first).strip(), *(text.strip() for _, text in lines[1:])])
        self.out.append((lines[0][0], f"{before}{'#' if bare[0] == '=' else '##'} {words}"))
        self.gap(spot.line)
        self.begun = -1

    def _code(self, spot: Spot, column: int) -> None:
        """Code by indentation, as a fence that nothing in it closes."""
        lines: list[Spot] = []
        for one in self.places[self.at :]:
            if one.role != "text" or (one.text.strip() and columns(one.text) < column):
                break
            lines.append(one)
        while not lines[-1].text.strip():
            lines.pop()
        longest = max((len(ticks) for one in lines for ticks in TICKS.findall(one.text)), default=0)
        marks = "`" * max(3, longest + 1)
        self.gap(spot.line)
        self.write(spot.line, marks)
        for one in lines:
            self.write(one.line, without(one.text, column))
        self.write(lines[-1].line, marks)
        self.out.append((lines[-1].line, ""))
        self.begun = -1
        self.at += len(lines)

    def _quotation(self, width: int) -> None:
        """The lines of a quotation, read by themselves."""
        lines: list[tuple[Spot, str, str]] = []
        for one in self.places[self.at :]:
            found = QUOTED.match(without(one.text, width))
            if one.role != "text" or not found:
                break
            lines.append((one, found["marks"], found["rest"]))
        if not lines:  # four columns or more into it, or its code
            self._block(self.places[self.at], self.places[self.at].text.strip(" \t"))
            self.at += 1
            return
        inside = [Spot(one.line, rest, None, "text") for one, _, rest in lines]
        reader = _Reader(inside, self.depth + 1)
        marks = {one.line: mark for one, mark, _ in lines}
        if self.items:
            self.gap(lines[0][0].line)
        for line, text in reader.run() if self.depth < DEEPEST else [(one.line, rest) for one, _, rest in lines]:
            mark = marks[line]
            self.write(line, (mark if mark.endswith(" ") or not text else f"{mark.rstrip()} ") + text)
        self._deep(reader.deepest[0] + 1 + len(self.items), lines[0][0].line)
        self.begun = len(self.out) - 1 if lines[-1][2].strip() else -1
        self.at += len(lines)

    def _deep(self, depth: int, line: int) -> None:
        if depth > self.deepest[0]:
            self.deepest = (depth, line)

    def _formula_size(self, bare: str) -> bool:
        if not bare.startswith(tuple(tex.OPENS)):
            return False
        return self._formula_lines() is not None

    def _formula_lines(self) -> tuple[int, list[str], str] | None:
        """How many lines the formula here has, its own words, and what follows it."""
        lines = []
        for one in self.places[self.at :]:
            if one.role != "text" or not one.text.strip() or BOX.match(one.text):
                break
            lines.append(one.text.strip())
            # The marks that open it close nothing.
            if any(mark in lines[-1][2 if len(lines) == 1 else 0 :] for mark in tex.OPENS.values()):
                break
        found = tex.block(lines) if lines else None
        return (len(lines), *found) if found else None

    def _formula(self, spot: Spot, bare: str) -> bool:
        """A formula by itself; whether there is one."""
        found = self._formula_lines() if bare.startswith(tuple(tex.OPENS)) else None
        if not found or found[2]:
            return False
        size, inner, _ = found
        self.gap(spot.line)
        own = [tex.tame(line, line=False) for line in inner if line.strip()]
        texts = ["$$", *own, "$$"] if size > 1 else [f"$${own[0].strip()}$$"]
        for at, text in enumerate(texts):
            self.write(spot.line + min(at, size - 1), text.strip())
        self.out.append((spot.line + size - 1, ""))
        self.begun = -1
        self.at += size
        return True

    def _item(self, spot: Spot, item: re.Match[str], width: int) -> None:
        """The first line of a list item, and of those that begin on it too."""
        depth, kind = len(self.items), "number" if item["number"] else "mark"
        goes_on = len(self.kinds) > depth
        if (goes_on and self.kinds[depth] != kind) or self.apart() or (not goes_on and self._below_words()):
            self.gap(spot.line)
        self.kinds[depth:] = [kind]
        mark = f"{item['number']}." if item["number"] else item["mark"]
        gap, rest = item["gap"] or "", item["rest"] or ""
        wide = columns(gap) > STEP or "\t" in gap
        self.write(spot.line, f"{mark}{' ' if wide else gap}{rest}")
        self.items.append(width + len(item["mark"]) + (1 if wide or not gap else len(gap)))
        while (more := ITEM.match(rest)) and more["rest"] and not RULE.match(rest):
            self.kinds.append("number" if more["number"] else "mark")
            self.items.append(self.items[-1] + len(more["mark"]) + len(more["gap"]))
            rest = more["rest"]
        self._deep(len(self.items), spot.line)
        self.begun = len(self.out) - 1 if rest and not HEADING.match(rest) else -1

    def _below_words(self) -> bool:
        """Whether a paragraph is open that is not the first of its item: a list does not follow such a one at once."""
        return self.begun >= 0 and not ITEM.match(self.out[self.begun][1].lstrip())

    def _block(self, spot: Spot, bare: str) -> None:
        """A line that begins a paragraph, a heading or a rule."""
        del self.kinds[len(self.items) :]
        rule, heading = RULE.match(bare), HEADING.match(bare)
        text = SPACES.sub(" ", spot.text) if heading else spot.text
        if rule and self.begun >= 0:
            self.gap(spot.line)
        if self.items:
            self.write(spot.line, text.strip(" \t"))
        else:
            self.out.append((spot.line, text))
        self.begun = -1 if rule or heading else len(self.out) - 1


def normal(lines: Iterable[str], first: int = 1) -> tuple[list[Line], tuple[int, int]]:
    """The lines as Python-Markdown reads them, each with the line that it is of; the deepest nesting, and its line."""
    reader = _Reader(list(spots(lines, first)), 0)
    return reader.run(), reader.deepest
