"""The edit loop without a server: what counts as an edit, what each asks for, and that nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from miaotui.base.problem import Problem, RefusedError
from miaotui.serving.changes import Kind, Snapshot, kind
from miaotui.serving.live_page import live
from miaotui.serving.loop import Loop
from tests.banks import make

KINDS = {
    "docs/zh/q/12.md": Kind.PAGE,
    "docs/figures/roofline.svg": Kind.SHARED,
    "articles/topics.yml": Kind.GENERATED,
    "words/zh.yml": Kind.GENERATED,
    "formulas/models.yml": Kind.GENERATED,
    "glossary.yml": Kind.GENERATED,
    "references.yml": Kind.GENERATED,
    "asked.yml": Kind.SHARED,
    "problems/rope/starter.py": Kind.SHARED,
    "examples/a.txt": Kind.SHARED,
    "listings/a.cu": Kind.SHARED,
    "overrides/main.html": Kind.SHARED,
    "overrides/assets/js/share.js": Kind.SHARED,
    "overrides/assets/css/site/palette.css": Kind.GENERATED,
    "miaotui/site/feed.py": Kind.BUILDER,
    "scripts/serve.py": Kind.BUILDER,
    "mkdocs.yml": Kind.BUILDER,
    "README.md": Kind.NOTHING,
    "site/index.html": Kind.NOTHING,
    ".git/index": Kind.NOTHING,
    "miaotui/__pycache__/a.pyc": Kind.NOTHING,
    "docs/zh/q/.12.md.swp": Kind.NOTHING,
    "docs/zh/q/12.md~": Kind.NOTHING,
    "docs/zh/q/4913.tmp": Kind.NOTHING,
}


@pytest.mark.parametrize("place", KINDS)
def test_what_an_edit_asks_for(place: str) -> None:
    assert kind(place) is KINDS[place]


class Site:
    """A site of one page, which is the text of a file."""

    def __init__(self, file: Path) -> None:
        self.file, self.refreshed = file, 0
        self.good: bytes | None = None

    def refresh(self) -> None:
        self.refreshed += 1

    def answer(self, path: str) -> tuple[bytes | None, list[str]]:
        text = self.file.read_text(encoding="utf-8")
        if "mistake" in text:
            raise RefusedError([Problem("docs/zh/q/1.md", 3, "is a mistake; accepted: none")])
        self.good = text.encode()
        return self.good, []

    def last_good(self, path: str) -> bytes | None:
        return self.good


class Bank:
    """A small repository, served without a server: its generator makes docs/zh/made.md of the article."""

    def __init__(self, folder: Path) -> None:
        files = {"docs/zh/q/1.md": "one\n", "articles/a/zh.md": "a\n", "miaotui/a.py": "A = 1\n"}
        self.root = make(folder, files)
        self.site = Site(self.root / "docs/zh/q/1.md")
        self.runs = self.restarts = 0
        self.loop = Loop(self.site, Snapshot(self.root), self.generate, self.restart)

    def generate(self) -> Iterable[Path]:
        self.runs += 1
        text = (self.root / "articles/a/zh.md").read_text(encoding="utf-8")
        if "mistake" in text:
            raise RefusedError([Problem("articles/a/zh.md", 1, "is a mistake; accepted: none")])
        made = self.root / "docs/zh/made.md"
        if made.exists() and made.read_text(encoding="utf-8") == text:
            return []
        made.write_text(text, encoding="utf-8")
        return [made]

    def restart(self) -> None:
        self.restarts += 1

    def edit(self, place: str, text: str) -> None:
        (self.root / place).write_text(text, encoding="utf-8")
        self.loop.edited([self.root / place])


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path)


def test_an_edit_of_an_article_runs_the_generator_once(bank: Bank) -> None:
    version = bank.loop.version
    bank.edit("articles/a/zh.md", "b\n")
    assert (bank.runs, bank.loop.version) == (1, version + 1)
    # What it wrote is no edit.
    bank.loop.edited([bank.root / "docs/zh/made.md"])
    assert (bank.runs, bank.loop.version) == (1, version + 1)


def test_a_file_that_was_only_touched_is_no_edit(bank: Bank) -> None:
    version = bank.loop.version
    bank.edit("docs/zh/q/1.md", "one\n")
    assert (bank.runs, bank.loop.version) == (0, version)


def test_a_page_is_shown_before_what_quotes_it_is_made(bank: Bank) -> None:
    bank.loop.generate()
    version = bank.loop.version
    bank.edit("docs/zh/q/1.md", "two\n")
    assert (bank.runs, bank.site.refreshed, bank.loop.version) == (2, 0, version + 1)
    assert bank.loop.page("q/1/")[0] == b"two\n"


def test_a_page_that_comes_or_goes_changes_what_pages_share(bank: Bank) -> None:
    bank.edit("docs/zh/q/2.md", "new\n")
    assert bank.site.refreshed == 1
    (bank.root / "docs/zh/q/2.md").unlink()
    bank.loop.edited([bank.root / "docs/zh/q/2.md"])
    assert bank.site.refreshed == 2


def test_a_mistake_is_told_and_the_last_good_page_stays(bank: Bank, capsys: pytest.CaptureFixture[str]) -> None:
    bank.loop.page("q/1/")
    bank.edit("docs/zh/q/1.md", "a mistake\n")
    data, _, faults = bank.loop.page("q/1/")
    assert data == b"one\n"
    assert "docs/zh/q/1.md:3: is a mistake; accepted: none" in faults[0]
    assert "docs/zh/q/1.md:3: is a mistake; accepted: none" in capsys.readouterr().err
    bank.edit("docs/zh/q/1.md", "mended\n")
    data, _, faults = bank.loop.page("q/1/")
    assert (data, faults) == (b"mended\n", [])


def test_what_the_generator_refuses_is_told_on_each_page_until_it_is_mended(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "articles/a/zh.md:1: is a mistake; accepted: none"
    bank.edit("articles/a/zh.md", "mistake\n")
    assert bank.loop.page("q/1/")[2] == [told]
    assert capsys.readouterr().err == f"{told}\n"
    bank.edit("articles/a/zh.md", "mended\n")
    assert bank.loop.page("q/1/")[2] == []


def test_the_builder_starts_again_but_not_with_code_that_cannot_be_read(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.edit("miaotui/a.py", "A = (\n")
    assert bank.restarts == 0
    assert f"{bank.root}/miaotui/a.py:1: '(' was never closed; accepted: Python" in capsys.readouterr().err
    bank.edit("miaotui/a.py", "A = 2\n")
    assert bank.restarts == 1


def test_a_fault_is_text_in_the_page() -> None:
    html = live("<body><p>a</p></body>", 7, ["<b>: no"])
    assert '<p>a</p><div role="alert"' in html
    assert "&lt;b&gt;: no" in html
    assert html.endswith("</script></body>")
