"""What is really asked: the file against the pages, and the list that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank import asked as bank
from miaotui.base.paths import ROOT
from miaotui.base.words import words
from miaotui.checks.asked import problems
from miaotui.site.asked_page import listing, names

FILE = """groups:
  - id: kv
    zh: 缓存
    en: Cache
    questions:
      - zh: 一<b>？
        en: "One <b>?"
        language: zh
        sources: 2
        reported: 1
        answered: [q/1.md#in-depth]
        verdict: full
      - zh: 二？
        en: "Two?"
        language: en
        sources: 5
        reported: 0
        verdict: none
"""
PAGE = '---\nnumber: 1\nname: "A & B"\n---\n\n## Short { #short }\n\n## Depth { #in-depth }\n'


@pytest.fixture(name="root")
def _root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for code in ("zh", "en"):
        (tmp_path / "docs" / code / "q").mkdir(parents=True)
        (tmp_path / "docs" / code / "q/1.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def told(text: str = FILE) -> list[str]:
    Path("asked.yml").write_text(text, encoding="utf-8")
    return [str(found) for found in problems(Path("asked.yml"), Path("docs"))]


def test_the_bank_s_own_agree() -> None:
    assert list(problems(bank.FILE, ROOT / "docs")) == []


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("", "", []),
        (
            "q/1.md",
            "q/2.md",
            [f"asked.yml:6: there is no page docs/{code}/q/2.md; accepted: q/12.md#in-depth" for code in ("zh", "en")],
        ),
        (
            "#in-depth",
            "#depth",
            [
                f"asked.yml:6: docs/{code}/q/1.md has no part 'depth'; accepted: in-depth, short"
                for code in ("zh", "en")
            ],
        ),
        ("#in-depth", "#short", ["asked.yml:6: a 60-second answer alone is 'full'; accepted: 'part'"]),
        (
            "verdict: none",
            "verdict: part",
            ["asked.yml:13: the verdict is 'part' with 0 parts; accepted: none without a part, else one"],
        ),
        ("reported: 1", "reported: 3", ["asked.yml:6: 3 of 2 sources report it; accepted: no more than there are"]),
    ],
)
def test_what_is_told(root: Path, old: str, new: str, messages: list[str]) -> None:
    assert told(FILE.replace(old, new, 1)) == messages


def test_an_unknown_verdict(root: Path) -> None:
    assert told(FILE.replace("verdict: full", "verdict: yes, well"))[0].startswith(
        "asked.yml:12: 'groups.0.questions.0.verdict' is "
    )


def test_the_list_has_what_is_asked_most_first_and_no_tag_of_a_question(root: Path) -> None:
    Path("asked.yml").write_text(FILE, encoding="utf-8")
    groups = bank.read(Path("asked.yml"))[0]
    text = listing(groups, "en", words("en").asked, names(Path("docs/en"), groups))
    assert text.index("Two?") < text.index("One")
    assert "<b>" not in text
    assert "[1 A & B](q/1.md#in-depth) · 2 sources (1) · translated from Chinese" in text
    assert "- Two?<br>not yet · 5 sources (0)" in text
