"""What pages quote is in its place, and read once for a build, anew for the next."""

from __future__ import annotations

from pathlib import Path

from miaotui.site.quotations import Quotations

WORKS = "# Works\n<!-- --8<-- [start:a] -->\nA\n<!-- --8<-- [end:a] -->\n<!-- --8<-- [start:b] -->\nB\n"
PAGE = 'x\n--8<-- "works.md:b"\n--8<-- "works.md:a"\n    --8<-- "works.md:a"\ny'


def test_sections_stand_where_they_are_quoted(tmp_path: Path) -> None:
    (tmp_path / "works.md").write_text(WORKS, encoding="utf-8")
    assert Quotations(tmp_path).included(PAGE) == "x\nB\n\nA\n    A\ny"


def test_a_file_is_as_it_was_when_a_page_first_quoted_it(tmp_path: Path) -> None:
    (tmp_path / "works.md").write_text(WORKS, encoding="utf-8")
    quotations = Quotations(tmp_path)
    before = quotations.included(PAGE)
    (tmp_path / "works.md").write_text(WORKS.replace("A\n", "C\n"), encoding="utf-8")
    assert quotations.included(PAGE) == before
    assert Quotations(tmp_path).included(PAGE) == before.replace("A", "C")
