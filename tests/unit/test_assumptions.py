"""The shared assumptions: what is refused in the file, and that no page states what was replaced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.base.paths import ROOT
from miaotui.calculators import definitions
from miaotui.checks.assumptions import problems

FORMULAS = definitions.load()
ONE = """assumptions:
  - key: prefill
    section: prefill
    value: 57.8
    unit: ms
    zh: 预填充
    en: prefill
    source: by hand
    former: [66.5 ms, "32.476"]
  - key: mfu
    section: prefill
    value: 50
    unit: "%"
    zh: 利用率
    en: MFU
    source: assumed
    defaults: [prefill.mfu]
"""
PAGE = "# A\n\n## Prefill { #prefill }\n"


def told(root: Path, text: str = ONE, page: str = PAGE, more: str = "") -> list[str]:
    for code in ("zh", "en"):
        (root / "docs" / code / "q").mkdir(parents=True, exist_ok=True)
        (root / "docs" / code / "assumptions.md").write_text(page, encoding="utf-8")
    (root / "docs/en/q/1.md").write_text(more, encoding="utf-8")
    (root / "assumptions.yml").write_text(text, encoding="utf-8")
    return [str(found).removeprefix(f"{root}/") for found in problems(root, root / "docs", FORMULAS)]


def test_the_bank_s_own_agree() -> None:
    assert list(problems(ROOT, ROOT / "docs", FORMULAS)) == []


def test_a_bank_without_the_file(tmp_path: Path) -> None:
    assert list(problems(tmp_path, tmp_path / "docs", FORMULAS)) == []


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ("It takes 66.5 ms.\n", [1]),
        ("a\nIt takes **66.5 ms** and 32.476.\n", [2, 2]),
        # Parts of longer numbers are others.
        ("166.5 ms, 66.55 ms, 1,66.5 ms, 32.4767\n", []),
    ],
)
def test_what_was_replaced_is_found_where_it_stands(tmp_path: Path, more: str, lines: list[int]) -> None:
    found = told(tmp_path, more=more)
    assert [int(re.findall(r":(\d+):", one)[0]) for one in found] == lines
    assert all(
        one.startswith("docs/en/q/1.md:") and one.endswith("accepted: 57.8 ms, 'prefill' of assumptions.yml")
        for one in found
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "value: 50",
            "value: 40",
            "assumptions.yml:10: the default of prefill.mfu is 50.0; accepted: 40, as 'mfu' says",
        ),
        (
            "prefill.mfu",
            "prefill.mfus",
            "assumptions.yml:10: the default of prefill.mfus is None; accepted: 50, as 'mfu' says",
        ),
        (
            "unit: ms",
            "unit: msec",
            "assumptions.yml:2: the unit 'msec' is unknown; accepted: an id of formulas/units.yml",
        ),
        ("key: mfu", "key: prefill", "assumptions.yml:10: the key 'prefill' stands twice; accepted: once"),
        ("    en: MFU\n", "", "assumptions.yml:10: 'assumptions.1.en' is "),
        ("source: by hand", "colour: red", "assumptions.yml:"),
    ],
)
def test_what_the_file_may_not_say(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert ONE.count(old) == 1
    assert told(tmp_path, ONE.replace(old, new))[0].startswith(message)


def test_a_section_that_the_page_lacks(tmp_path: Path) -> None:
    found = told(tmp_path, page="# A\n\n## Other { #other }\n")
    assert found[0] == "assumptions.yml:2: docs/zh/assumptions.md has no section 'prefill'; accepted: other"
