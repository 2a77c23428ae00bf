"""Small banks on disk for tests: valid as made, with one file changed where a test asks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from miaotui.bank.load import load
from miaotui.base.paths import ROOT

SOURCES = load(ROOT / "articles").source_of()
NUMBERS = sorted(SOURCES)
"""The numbers of the bank's own questions."""
RECEIVED = [number for number in NUMBERS if not SOURCES[number].ours]
"""Those of them whose words were received."""
CORRECTED = [number for number in RECEIVED if SOURCES[number].corrections["en"].get(str(number))]
"""Those of the latter that we correct."""

ZH = """### 前言

开头。

#### 题目 1：一？

**题目描述：** 甲。

**答案解析：**
- 乙。

#### 题目 2：二？

**题目描述：** 丙。

**答案解析：** 丁。

### 总结

完。
"""

EN = """### Preface

Opening.

#### Question 1: One?

**Question:** A.

**Answer:**
- B.

#### Question 2: Two?

**Question:** C.

**Answer:** D.

### Summary

The end.
"""

TOPICS = """topics:
  - slug: first
    zh: 第一
    en: First
    questions: [1]
  - slug: second
    zh: 第二
    en: Second
    questions: [2]
"""

FILES = {
    "articles/topics.yml": TOPICS,
    "articles/a/zh.md": ZH,
    "articles/a/en.md": EN,
    "articles/a/corrections.zh.md": "## 1\n\n> 乙\n\n其实是戊。\n",
    "articles/a/corrections.en.md": "## 1\n\n> B.\n\nIn fact it is E.\n",
}


def make(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """A bank in `root` with files changed, added, or, with None, left out."""
    for name, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
