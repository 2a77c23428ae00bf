"""checks/listing_pages.py: a listing that is not whole, or whose page says what was not counted, is told with its place."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.checks import listing_pages
from miaotui.checks.listing_pages import recorded
from tests.banks import make

PAGE = """---
title: Sum
description: A sum
listing: sum
level: 1
minutes: 5
topic: first
reviewed: "2026-11"
related: [1]
---

## T { #task }

Of 1,234,567 values, or of 100,000, or of 65,536.

## L { #ladder }

| Version | Requests |
| --- | ---: |
| `slow` | 1,234 |

## C { #cuda }

```cuda
--8<-- "listings/sum.cu:slow"
--8<-- "listings/sum.cu:launch"
```

## R { #triton }

```python
--8<-- "listings/sum.py:launch"
```

## N { #counts }

```python
--8<-- "listing_sum.py"
```

## F { #follow-ups }

## K { #checked }

## S { #references }
"""
Z, E = "docs/zh/listings/sum.md", "docs/en/listings/sum.md"
CUDA = "// --8<-- [start:slow]\nint x;\n// --8<-- [end:slow]\n// --8<-- [start:launch]\n// --8<-- [end:launch]\n"
TRITON = "# --8<-- [start:launch]\nx = 1\n# --8<-- [end:launch]\n"
FILES: dict[str, str | bytes | None] = {
    **{Z: PAGE, E: PAGE, "listings/sum.cu": CUDA, "listings/sum.py": TRITON},
    "examples/listing_sum.py": "N = 1_234_567\n",
    "examples/listing_sum.txt": "of 2 kinds\nslow   1234  5.5\n",
}
CHANGED: dict[str, tuple[str, str | None, list[str]]] = {
    "as it should be": (E, PAGE, []),
    "no Triton": ("listings/sum.py", None, ["listings/sum.py:1: is missing; accepted: a listing in CUDA and in Triton"]),
    "no launch": (
        "listings/sum.py",
        "x = 1\n",
        ["listings/sum.py:1: marks the sections []; accepted: its versions, and launch"],
    ),
    "no Python": (
        "listings/sum.py",
        TRITON + "a b\n",
        ["listings/sum.py:4: is not Python (invalid syntax); accepted: Triton kernels"],
    ),
    "no page": (E, None, [f"{E}:1: is missing; accepted: the page of the listing 'sum'"]),
    "another listing": (E, PAGE.replace("listing: sum", "listing: max"), [
        f"{E}:1: 'listing' is 'max'; accepted: sum",
        f"{E}:1: 'listing' is not that of {Z}; accepted: the same in both",
    ]),
    "another topic": (E, PAGE.replace("topic: first", "topic: third"), [
        f"{E}:1: 'topic' is 'third'; accepted: first, second",
        f"{E}:1: 'topic' is not that of {Z}; accepted: the same in both",
    ]),
    "no question": (E, PAGE.replace("[1]", "[9]"), [
        f"{E}:1: 'related' names 9; accepted: the numbers of questions",
        f"{E}:1: 'related' is not that of {Z}; accepted: the same in both",
    ]),
    "a part too few": (E, PAGE.replace("## K { #checked }\n", ""), [
        f"{E}:1: has the parts ['task', 'ladder', 'cuda', 'triton', 'counts', 'follow-ups', 'references']; accepted: {list(listing_pages.PARTS)}",
    ]),
    "a section not quoted": (E, PAGE.replace('--8<-- "listings/sum.cu:slow"\n', ""), [
        f'{E}:1: does not quote listings/sum.cu:slow; accepted: --8<-- "listings/sum.cu:slow"',
    ]),
    "no counts": (E, PAGE.replace('--8<-- "listing_sum.py"', "x = 1"), [
        f'{E}:1: does not quote its counts; accepted: --8<-- "listing_sum.py", and its output',
    ]),
    "a count that was not counted": (E, PAGE.replace("| 1,234 |", "| 1,235 |"), [
        f"{E}:20: the row of 'slow' says 1235; examples/listing_sum.txt says 1234 5.5",
        f"{E}:20: says 1,235; accepted: a number of the listing, of its example or of a calculator",
    ]),
    "a version that was not counted": (E, PAGE.replace("| `slow` |", "| `fast` |"), [
        f"{E}:20: has a row of 'fast'; accepted: a row that examples/listing_sum.txt has",
    ]),
    "a number from nowhere": (E, PAGE.replace("1,234,567", "1,234,568"), [
        f"{E}:14: says 1,234,568; accepted: a number of the listing, of its example or of a calculator",
    ]),
    "a number of a calculator": (E, PAGE.replace("1,234,567", "[1,234,568 GB](../calc/a.md?x=1)"), []),
    "a page of no listing": ("docs/en/listings/max.md", PAGE, [
        "docs/en/listings/max.md:1: there is no listing 'max'; accepted: sum",
    ]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_what_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text, told = CHANGED[case]
    monkeypatch.chdir(make(tmp_path, {**FILES, name: text}))
    found = listing_pages.problems(Path("docs"), Path(), load(Path("articles")))
    assert sorted(map(str, found)) == sorted(told)


def test_rows_of_one_name_are_read_together() -> None:
    assert recorded("slow 1,234  5.5\nother\nslow x8 9%\n")["slow"] == ["1234", "5.5", "9"]
