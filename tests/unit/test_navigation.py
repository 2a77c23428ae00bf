"""nav.yml and the learning paths: what stands where, of which sources, and what is refused."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from miaotui.bank import paths
from miaotui.base.paths import ROOT
from scripts import split
from tests.banks import TOPICS, make

PROBLEM = "---\ntopic: {}\nlevel: {}\nminutes: {}\n---\n"
PAGES: dict[str, str | bytes | None] = {
    "mkdocs.yml": "INHERIT: nav.yml\n",
    "docs/zh/index.md": "# 首页\n",
    "docs/zh/calc/index.md": "[b](b.md) [c](c.md?x=1) [b](b.md) [q](../q/1.md)\n",
    **{f"docs/zh/calc/{name}.md": "# x\n" for name in ("a", "b", "c")},
    "docs/zh/problems/index.md": "# x\n",
    "docs/zh/problems/hard.md": PROBLEM.format("first", 3, 10),
    "docs/zh/problems/long.md": PROBLEM.format("first", 1, 30),
    "docs/zh/problems/short.md": PROBLEM.format("first", 1, 20),
    "docs/zh/problems/aside.md": PROBLEM.format("second", 1, 5),
    "docs/zh/about.md": "# x\n",
    "docs/zh/asked.md": "# x\n",
    "docs/zh/new.md": "# x\n",
    "docs/zh/intro/first.md": "One sentence.\n",
    "docs/en/intro/first.md": "One sentence.\n",
}


def test_what_stands_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, PAGES))
    assert split.main(["--articles", "articles", "--docs", "docs"]) == 0
    assert yaml.safe_load(Path("nav.yml").read_text(encoding="utf-8"))["nav"] == [
        {"首页": "index.md"},
        "asked.md",
        {"第一": ["topics/first.md", "q/1.md"]},
        {"第二": ["topics/second.md", "q/2.md"]},
        {"计算器": ["calc/index.md", "calc/b.md", "calc/c.md", "calc/a.md"]},
        {"编程题": ["problems/index.md", *(f"problems/{slug}.md" for slug in ("short", "long", "hard", "aside"))]},
        "new.md",
        "articles/a.md",
        "about.md",
    ]


def test_the_bank_s_own_navigation_has_every_page_once() -> None:
    listed = yaml.safe_load((ROOT / "nav.yml").read_text(encoding="utf-8"))["nav"]
    pages = [page for item in listed for page in ([item] if isinstance(item, str) else _pages(item))]
    docs = ROOT / "docs/zh"
    quoted = {path.relative_to(docs).as_posix() for path in (docs / "intro").glob("*.md")}
    assert sorted(pages) == sorted({path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} - quoted)


def _pages(section: dict[str, str | list[str]]) -> list[str]:
    (pages,) = section.values()
    return [pages] if isinstance(pages, str) else pages


PATH = """paths:
  - id: short
    zh: {name: 短, why: 快。}
    en: {name: Short, why: Quick.}
    topics: [second]
"""


def test_a_path_goes_on_with_the_topics_that_it_does_not_name(tmp_path: Path) -> None:
    make(tmp_path, {"articles/topics.yml": TOPICS + PATH})
    (path,), problems = paths.read(tmp_path / "articles/topics.yml", ["first", "second", "third"])
    assert problems == []
    assert path.order(["first", "second", "third"]) == ["second", "first", "third"]
    assert (path.said("zh").name, path.said("en").why) == ("短", "Quick.")


REFUSED = {
    "a topic that is none": (PATH.replace("[second]", "[third]"), "11: the path 'short' names the topic 'third', which there is not; accepted: a topic's slug"),
    "an id twice": (PATH + PATH.removeprefix("paths:\n"), "15: the path 'short' stands twice; accepted: each id once"),
    "no words": (PATH.replace("    en: {name: Short, why: Quick.}\n", ""), "11: 'paths.0.en' is "),
    "an unknown key": (PATH + "    colour: red\n", "15: 'paths.0.colour' is 'red'; accepted: "),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, message = REFUSED[case]
    monkeypatch.chdir(make(tmp_path, {"articles/topics.yml": TOPICS + text}))
    assert split.main(["--articles", "articles", "--docs", "docs"]) == 1
    assert capsys.readouterr().err.startswith(f"articles/topics.yml:{message}")
