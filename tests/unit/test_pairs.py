"""Pairs of pages: what both must have, each difference told by its whole message with both places."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.paths import ROOT
from miaotui.checks.pairs import Side, compare, problems
from scripts import check
from tests.banks import make

ZH = r"""## 原文与更正 { #as-received }

--8<-- "zh/topics/first.md:q1"

## 深入解析 { #in-depth }

缩放因子 $s$ 与位数 $b$ 决定误差，出处是 [GPTQ](#ref-gptq)，价钱是 \$2。

$$
q = \frac{x}{s}, \text{其中 } s > 0
$$

## 算例 { #numbers }

[41.9 GB](../calc/kv-cache.md?layers=80) 来自 128,000 个 Token、80 层，共 1.28 万亿次，用 H100 的 `989`。

### 何时反转 { #flip }

Batch 到 295 反转，$B = 295$。

![图，4 个](../../figures/a.svg)

## 代码 { #code }

```bash
make split  # $x$
```

```python
--8<-- "a.py"
```

## 参考文献 { #references }

--8<-- "zh/references.md:gptq"
"""
EN = r"""## As received { #as-received }

--8<-- "en/topics/first.md:q1"

## In depth { #in-depth }

The width $b$ and the scale $s$ make the error, for \$2; the scale $s$ most ([GPTQ](#ref-gptq)).
See [GPTQ](#ref-gptq) again.

$$
q = \frac{x}{s},\text{where } s>0
$$

## Worked numbers { #numbers }

From 80 layers and 128 thousand tokens comes [41.9 GB](../calc/kv-cache.md?layers=80), 1.28 trillion times, `989` of an H100.

### When it flips { #flip }

At a batch of 295.0: $B=295$.

![A figure of four](../../figures/a.svg)

## Code { #code }

```bash
make split  # $x$
```

```python
--8<-- "a.py"
```

## References { #references }

--8<-- "en/references.md:gptq"
"""


def told(zh: str, en: str) -> list[str]:
    return [str(found) for found in compare(Side("z.md", "zh", zh), Side("e.md", "en", en))]


def test_a_pair_that_agrees() -> None:
    assert told(ZH, EN) == []


SAME = "accepted: the same in both"
REFERENCE = '--8<-- "en/references.md:gptq"\n'
BLOCK = "$$\nq = \\frac{x}{s},\\text{where } s>0\n$$\n"
CHANGED = {
    "another quotation": ("first.md:q1", "first.md:q2", [f"e.md:3: the quotation en/topics/first.md:q2 is not in z.md (there, line 3: zh/topics/first.md:q1); {SAME}"]),
    "another language's": ('"en/topics', '"zh/topics', [f"e.md:3: the quotation zh/topics/first.md:q1 is not in z.md (there, line 3: zh/topics/first.md:q1); {SAME}"]),
    "no reference": (REFERENCE, "", [f"z.md:35: the quotation zh/references.md:gptq is not in e.md (there, after line 31); {SAME}"]),
    "a reference more": (REFERENCE, f'{REFERENCE}--8<-- "en/references.md:awq"\n', [f"e.md:37: the quotation en/references.md:awq is not in z.md (there, after line 35); {SAME}"]),
    "one before all others": ("## As", f"{REFERENCE}\n## As", [f"e.md:1: the quotation en/references.md:gptq is not in z.md (there, before all others); {SAME}"]),
    "another formula": ("\\frac{x}{s}", "\\frac{s}{x}", [f"e.md:10: the formula $$ q = \\frac{{s}}{{x}},\\text{{where }} s>0 $$ is not in z.md (there, line 9: $$ q = \\frac{{x}}{{s}}, \\text{{其中 }} s > 0 $$); {SAME}"]),
    "a formula less": (BLOCK, "", [f"z.md:9: the formula $$ q = \\frac{{x}}{{s}}, \\text{{其中 }} s > 0 $$ is not in e.md (there, before all others); {SAME}"]),
    "another formula in a line": ("$B=295$", "$B=296$", [f"e.md:20: the formula $B=296$ is not in z.md (there, lines 17 to 22); {SAME}", f"z.md:19: the formula $B = 295$ is not in e.md (there, lines 18 to 23); {SAME}"]),
    "a formula in another part": ("The width $b$", "The width", [f"z.md:7: the formula $b$ is not in e.md (there, lines 5 to 13); {SAME}"]),
    "another citation": ("See [GPTQ](#ref-gptq)", "See [AWQ](#ref-awq)", [f"e.md:8: the citation […](#ref-awq) is not in z.md (there, lines 1 to 35); {SAME}"]),
    "another number": ("128 thousand", "128,001", [f"e.md:16: the number 128,001 is not in z.md (there, lines 13 to 22); {SAME}", f"z.md:15: the number 128,000 is not in e.md (there, lines 14 to 23); {SAME}"]),
    "another size": ("1.28 trillion", "1.28 billion", [f"e.md:16: the number 1.28 billion is not in z.md (there, lines 13 to 22); {SAME}", f"z.md:15: the number 1.28 万亿 is not in e.md (there, lines 14 to 23); {SAME}"]),
    "a number twice": ("At a batch", "At 80 a batch", [f"e.md:20: the number 80 is not in z.md (there, lines 13 to 22); {SAME}"]),
    "another command": ("make split  # $x$", "make test", [f"e.md:26: the code ```bash make test is not in z.md (there, line 25: ```bash make split # $x$); {SAME}"]),
    "code of another kind": ("```bash", "```", [f"e.md:26: the code ``` make split # $x$ is not in z.md (there, line 25: ```bash make split # $x$); {SAME}"]),
    "a number in prose elsewhere": ("make the error", "make 7 errors", []),
    "an indented fence": ("```bash\nmake split  # $x$\n```", "    ```bash\n    make split  # $x$\n    ```", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_what_differs(case: str) -> None:
    old, new, messages = CHANGED[case]
    assert EN.count(old) >= 1
    assert sorted(told(ZH, EN.replace(old, new, 1))) == messages


def test_a_long_formula_is_told_shortened() -> None:
    (message,) = told("$$" + "x" * 99 + "$$", "")
    assert message == f"z.md:1: the formula $${'x' * 55}… is not in e.md (there, before all others); {SAME}"


def test_long_formulas_are_told_from_where_they_part() -> None:
    (message,) = told(f"$${'x' * 99} + a$$", f"$${'x' * 99} + b$$")
    assert message == f"e.md:1: the formula …{'x' * 17} + b$$ is not in z.md (there, line 1: …{'x' * 17} + a$$); {SAME}"


def test_pages_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Question pages, introductions and calculators' pages; what one language lacks is told elsewhere."""
    monkeypatch.chdir(tmp_path)
    for code in ("zh", "en"):
        for name in ("q/1.md", "intro/a.md", "calc/b.md", "about.md"):
            path = Path("docs", code, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"$${code}$$\n", encoding="utf-8")
    Path("docs/zh/q/2.md").write_text("$$x$$\n", encoding="utf-8")
    Path("docs/en/calc/b.md").write_bytes(b"\xff")
    assert [str(found) for found in problems(Path("docs"))] == [
        f"docs/en/{name}:1: the formula $$en$$ is not in docs/zh/{name} (there, line 1: $$zh$$); {SAME}"
        for name in ("q/1.md", "intro/a.md")
    ]


def test_check_tells_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Path(ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    page = "# A { #a }\n\n$$%s$$\n"
    files = {f"docs/{code}/calc/b.md": page % code for code in ("zh", "en")}
    monkeypatch.chdir(make(tmp_path, {**files, "mkdocs.yml": config}))
    found = [str(problem) for problem in check.problems(Path("articles"), Path("docs"), Path("mkdocs.yml"))]
    assert (
        f"docs/en/calc/b.md:3: the formula $$en$$ is not in docs/zh/calc/b.md (there, line 3: $$zh$$); {SAME}" in found
    )
