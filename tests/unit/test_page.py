"""The grammar of our Markdown: what a page is found to hold, and that its formulas are those that the site sets."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from miaotui.base.paths import DOCS
from miaotui.base.texts import is_generated
from miaotui.markup.page import parsed
from tests.pipeline import html_of

TEXT = """---
title: A
---

# A

A sum $a_b$, `$no$` and \\$5 to $6, [41.9 GB](../calc/kv-cache.md?x=1).

## First { #first }

$$
x = 1
$$

![An image](../../figures/a.svg)

Two ![b](b.png) in a line.

```python
## no heading $x$
--8<-- "a.py:code"
```

--8<-- "en/references.md:gptq"

### Below { #below }

- One
  point.
- Two.

## Without
"""


def test_what_a_page_holds() -> None:
    page = parsed(TEXT)
    assert page.meta == {"title": "A"}
    assert [(one.level, one.id) for one in page.headings] == [(2, "first"), (3, "below"), (2, "")]
    assert [(one.line, one.source, one.block) for one in page.formulas] == [
        (7, "$a_b$", False),
        (11, "$$\nx = 1\n$$", True),
    ]
    assert [(one.file, one.alone) for one in page.images] == [("a.svg", True), ("", False)]
    assert [(one.path, one.spot.role) for one in page.includes] == [
        ("a.py:code", "code"),
        ("en/references.md:gptq", "text"),
    ]
    assert [(one.line, one.info) for one in page.code] == [(19, "python")]
    assert page.items("first") == ["One point.", "Two."]
    assert page.part("second") == ""
    assert "x = 1" not in "\n".join(page.plain)
    assert len(page.plain) == len(page.bare) == len(page.spots) == TEXT.count("\n") + 1


class _Formulas(HTMLParser):
    """What pymdownx.arithmatex has marked as formulas."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: str = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "arithmatex" in (dict(attrs).get("class") or "").split():
            self._open = tag
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data


def plain(tex: str) -> str:
    return "".join(tex.split())


PAGES = [path for path in sorted(DOCS.rglob("*.md")) if not is_generated(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_the_formulas_are_those_that_the_site_sets(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # What a page quotes of others is theirs.
    quoting = {one.line for one in parsed(text).includes}
    alone = "\n".join("" if at in quoting else line for at, line in enumerate(text.split("\n"), 1))
    body = alone.split("---\n", 2)[2] if alone.startswith("---\n") else alone
    set_ = [plain(unescape(tex)[2:-2]) for tex in _Formulas(html_of(tmp_path, body)).found]
    assert set_ == [plain(formula.tex) for formula in parsed(alone).formulas]
