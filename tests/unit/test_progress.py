"""PROGRESS.md: counted from the pages and asked.yml, in a repository that builds a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import split
from tests.banks import make

ASKED = """groups:
  - id: kv
    zh: 缓存
    en: Cache
    questions:
      - {zh: 一？, en: One?, language: zh, sources: 3, reported: 0, answered: [q/1.md#in-depth], verdict: full}
      - {zh: 二？, en: Two?, language: en, sources: 1, reported: 0, verdict: none}
"""


def page(number: int, *, written: bool) -> str:
    return f"---\nnumber: {number}\nwritten: {str(written).lower()}\n---\n"


@pytest.fixture(name="root")
def _root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages: dict[str, str | bytes | None] = {"mkdocs.yml": "INHERIT: nav.yml\n", "asked.yml": ASKED}
    for code in ("zh", "en"):
        pages[f"docs/{code}/q/1.md"] = page(1, written=True)
        pages[f"docs/{code}/q/2.md"] = page(2, written=code == "zh")
    monkeypatch.chdir(make(tmp_path, pages))
    return tmp_path


def run(*arguments: str) -> int:
    return split.main(["--articles", "articles", "--docs", "docs", *arguments])


def lines() -> list[str]:
    return Path("PROGRESS.md").read_text(encoding="utf-8").splitlines()


def test_a_question_counts_as_in_depth_once_both_languages_are(root: Path) -> None:
    assert run() == 0
    assert "| a | 2 | 1 | 2 |" in lines()
    assert "| first | 1 | 1 | – |" in lines()
    assert "| second | 1 | 0 | 2 |" in lines()


def test_answers_are_counted_and_weighed_by_their_sources(root: Path) -> None:
    assert run() == 0
    assert "| kv | 2 | 1 (50%) | 0 (0%) | 1 (50%) | 3 (75%) |" in lines()
    assert "| **all** | 2 | 1 (50%) | 0 (0%) | 1 (50%) | 3 (75%) |" in lines()


def test_the_check_tells_when_a_page_has_been_written_since(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    Path("docs/en/q/2.md").write_text(page(2, written=True), encoding="utf-8")
    assert run("--check") == 1
    assert "PROGRESS.md: differs; run make split\n" in capsys.readouterr().err


def test_a_faulty_asked_yml_is_refused_at_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("asked.yml").write_text(ASKED.replace("verdict: none", "verdict: maybe"), encoding="utf-8")
    assert run() == 1
    assert "asked.yml:7:" in capsys.readouterr().err


def test_a_bank_without_a_site_gets_none(root: Path) -> None:
    Path("mkdocs.yml").unlink()
    assert run() == 0
    assert not Path("PROGRESS.md").exists()
