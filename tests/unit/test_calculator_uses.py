"""Where pages state numbers of a calculator: its page, its heading, once for the same inputs on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.site import calculator_uses
from miaotui.site.calculator_uses import Use

PAGE = """---
title: "1. One"
---
At first [3×](../calc/amdahl.md?share=50).

## Numbers { #numbers }

[2×](../calc/amdahl.md?share=60&amp;faster=2), again [2.0×](../calc/amdahl.md?share=60&faster=2).

```
[9×](../calc/amdahl.md?share=90)
```
"""
CALC = "## How to read it { #reading }\n\n[4×](amdahl.md?share=80)\n"
CORRECTIONS = (
    "## 7\n\n> A claim\n\nIt is [5×](../calc/amdahl.md?share=81).\n\n## summary\n\n[6×](../calc/amdahl.md?share=82)\n"
)


@pytest.fixture
def uses(tmp_path: Path) -> list[Use]:
    texts = {
        "docs/en/calc/amdahl.md": CALC,
        "docs/en/intro/memory.md": PAGE.partition("##")[0],
        "docs/en/q/1.md": PAGE,
        "docs/en/topics/memory.md": PAGE,
        "articles/a/corrections.en.md": CORRECTIONS,
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return calculator_uses.read(tmp_path / "docs", "en", tmp_path / "articles")["amdahl"]


def test_each_number_has_the_page_and_the_heading_that_it_stands_under(uses: list[Use]) -> None:
    assert [(use.source, use.anchor, use.query, use.text) for use in uses] == [
        ("en/q/1.md", "", "share=50", "3×"),
        ("en/q/1.md", "numbers", "share=60&faster=2", "2×"),
        ("en/q/1.md", "numbers", "share=60&faster=2", "2.0×"),
        ("en/calc/amdahl.md", "reading", "share=80", "4×"),
        ("en/topics/memory.md", "", "share=50", "3×"),
        ("en/q/7.md", "as-received", "share=81", "5×"),
        ("en/corrections.md", "", "share=82", "6×"),
    ]


def test_a_text_that_a_page_has_twice_leads_to_no_single_place(tmp_path: Path) -> None:
    (tmp_path / "en/q").mkdir(parents=True)
    (tmp_path / "en/q/1.md").write_text(f"{PAGE}\nAs said, 3× it is.\n", encoding="utf-8")
    found = calculator_uses.read(tmp_path, "en", tmp_path)["amdahl"]
    assert {use.text: use.once for use in found} == {"3×": False, "2×": True, "2.0×": True}


def test_a_page_is_told_once_and_each_of_its_numbers_once(uses: list[Use]) -> None:
    told = calculator_uses.told(uses, lambda source: (source.upper(), f"../{source}"))
    assert [(page["title"], page["address"], len(page["numbers"])) for page in told] == [
        ("EN/Q/1.MD", "../en/q/1.md", 2),
        ("EN/CALC/AMDAHL.MD", "../en/calc/amdahl.md", 1),
        ("EN/TOPICS/MEMORY.MD", "../en/topics/memory.md", 1),
        ("EN/Q/7.MD", "../en/q/7.md", 1),
        ("EN/CORRECTIONS.MD", "../en/corrections.md", 1),
    ]
    assert told[0]["numbers"][1] == {"query": "share=60&faster=2", "text": "2×", "anchor": "numbers", "once": True}
