"""claims.py: a written page quotes each claim of the article that we correct."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.checks import claims

ROOT = Path(__file__).resolve().parents[2]
CLAIM = "模型压缩可以减少模型大小和计算量"


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ("「模型压缩可以减少模型大小和计算量」：不会。", True),
        ("「减少模型大小和计算量」：不会。", True),
        ("「模型压缩可以……计算量」：不会。", True),
        ('"模型压缩可以减少模型大小": no.', True),
        ("「压缩的是存储」：对。", False),
        ("模型压缩可以减少模型大小和计算量，不会。", False),
        ("", False),
    ],
)
def test_a_claim_is_taken_up_where_its_half_is_quoted(answer: str, taken: bool) -> None:
    page = f"> 「{CLAIM}」\n\n## 60 秒答案 {{ #short }}\n\n{answer}\n"
    assert claims.taken_up(CLAIM, page) is taken


def test_capitals_make_no_other_claim() -> None:
    assert claims.shared("Inferences Per Second", "inferences per second") == 1


def test_a_page_that_leaves_a_claim_out_is_told(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    bank = load(ROOT / "articles")
    assert list(claims.problems(bank, docs)) == []
    page = docs / "en/q/4.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Inferences per second (TPS)", "TPS"), encoding="utf-8")
    (told,) = claims.problems(bank, docs)
    assert told.text.startswith("does not take up the claim “Inferences per second (TPS)” that we correct")
