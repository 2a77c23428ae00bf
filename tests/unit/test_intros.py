"""Introductions of topics: quoted, described by their first line, and told where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import split
from tests.banks import make

PLACES = ["--articles", "articles", "--docs", "docs"]
INTRO = "docs/zh/intro/first.md"


def run(root: Path, files: dict[str, str | bytes | None], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.chdir(make(root, files))
    return split.main(PLACES)


def test_a_topic_quotes_its_introduction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, {INTRO: "先量再改。\n\n多说一句。\n"}, monkeypatch) == 0
    lines = Path("docs/zh/topics/first.md").read_text(encoding="utf-8").split("\n")
    assert lines[1:7] == [
        "Title: 第一",
        "Description: 先量再改。",
        "",
        "# 第一 { #topic }",
        "",
        '--8<-- "zh/intro/first.md"',
    ]
    assert "intro" not in Path("docs/zh/topics/second.md").read_text(encoding="utf-8")
    Path(INTRO).unlink()
    assert split.main([*PLACES, "--check"]) == 1
    assert split.main(PLACES) == 0
    assert "intro" not in Path("docs/zh/topics/first.md").read_text(encoding="utf-8")


FORM = "begins with no sentence; accepted: what the topic answers"
REFUSED: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "a slug that is no topic's": (
        {"docs/en/intro/third.md": "Third.\n"},
        "docs/en/intro/third.md:1: no topic has the slug 'third'; accepted: a topic's",
    ),
    "empty": ({INTRO: ""}, f"{INTRO}:1: {FORM}"),
    "a heading first": ({INTRO: "# 一\n"}, f"{INTRO}:1: {FORM}"),
    "no text": ({INTRO: b"\xff"}, f"{INTRO}:1: the byte 0xff is no UTF-8; accepted: UTF-8 text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, told = REFUSED[case]
    assert run(tmp_path, files, monkeypatch) == 1
    assert capsys.readouterr().err.splitlines() == [told, "refused: 1 problem, nothing written"]
    assert not Path("docs/zh/topics").exists()
