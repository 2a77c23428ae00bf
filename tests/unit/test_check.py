"""check.py: hand-written pages that do not agree with the bank, each told by its whole message."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import check, new_question, split
from tests.banks import EN, ZH, make, snapshot

Z, E = "docs/zh/q/1.md", "docs/en/q/1.md"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank whose pages all agree."""
    home = {f"docs/{code}/index.md": "# Home\n\n## Topics { #topics }\n" for code in ("zh", "en")}
    monkeypatch.chdir(make(tmp_path, home))
    places = ["--articles", "articles", "--docs", "docs"]
    split.main(places)
    for number in ("1", "2"):
        new_question.main([number, "--level", "1", "--minutes", "3", "--reviewed", "2026-11", *places])
    return tmp_path


def told() -> list[str]:
    return [str(problem) for problem in check.problems(Path("articles"), Path("docs"), Path())]


def change(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_bank_that_agrees(bank: Path) -> None:
    assert told() == []


QUOTE = '--8<-- "en/topics/first.md:q1"'
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
CHANGED = {
    "title": (E, "1. One?", "1. Won?", [f"{E}:2: the title is '1. Won?'; accepted: '1. One?'"]),
    "number": (E, "number: 1", "number: 2", [f"{E}:1: 'number' is 2; accepted: 1", f"{E}:1: 'number' is not that of {Z}; accepted: the same in both"]),
    "level": (E, "level: 1", "level: 5", [f"{E}:5: 'level' is '5'; accepted: Input should be 1, 2 or 3"]),
    "month": (E, "2026-11", "2026-13", [f"{E}:7: 'reviewed' is '2026-13'; accepted: String should match pattern '{MONTH}'"]),
    "no date": (E, '"2026-11"', "2026-13-45", [f"{E}:7: no YAML: '2026-13-45' is no timestamp; accepted: metadata"]),
    "type": (E, "keywords: []", "keywords: KV", [f"{E}:9: 'keywords' is 'KV'; accepted: Input should be a valid list"]),
    "keywords that are no texts": (E, "keywords: []", "keywords: [1, null, [x]]", [f"{E}:9: 'keywords.{at}' is {said}; accepted: Input should be a valid string" for at, said in enumerate(("'1'", "'None'", """ "['x']" """.strip()))]),
    "related that is no list": (E, "related: []", "related: 12", [f"{E}:10: 'related' is '12'; accepted: Input should be a valid list"]),
    "related in a list": (E, "related: []", "related: [[12]]", [f"{E}:10: 'related.0' is '[12]'; accepted: Input should be a valid integer"]),
    "unlinked that is no list": (E, "related: []", "related: []\nunlinked: 5", [f"{E}:11: 'unlinked' is '5'; accepted: Input should be a valid list"]),
    "fewer minutes than one": (E, "minutes: 3", "minutes: -9", [f"{E}:6: 'minutes' is '-9'; accepted: Input should be greater than or equal to 1"]),
    "an unknown key": (E, "related: []", "related: []\nlevle: 3", [f"{E}:11: 'levle' is '3'; accepted: Extra inputs are not permitted"]),
    "a key twice": (E, "related: []", "related: []\nlevel: 3", [f"{E}:11: the key 'level' stands twice, first at line 5; accepted: once"]),
    "a byte order mark": (E, "---\ntitle", "\ufeff---\ntitle", [f"{E}:1: a byte order mark; accepted: UTF-8 text whose lines end with LF alone"]),
    "a related question that is gone": (E, "related: []", "related: [9, 1]", [f"{E}:1: 'related' is not that of {Z}; accepted: the same in both", f"{E}:1: 'related' names 1; accepted: the numbers of other questions", f"{E}:1: 'related' names 9; accepted: the numbers of other questions"]),
    "a truth for a number": (E, "minutes: 3", "minutes: true", [f"{E}:6: 'minutes' is 'True'; accepted: Input should be a valid integer"]),
    "no metadata": (E, "---\n", "", [f"{E}:1: '{key}' is '{{}}'; accepted: Field required" for key in ("keywords", "level", "minutes", "name", "number", "related", "reviewed", "title", "written")]),
    "a long name": (E, 'name: "One?"', f'name: "{"x" * 41}"', [f"{E}:3: the name is 41 wide; accepted: 40, a Chinese character counted as two"]),
    "no quotation": (E, QUOTE, "", [f"{E}:1: does not quote its question; accepted: {QUOTE}, once", f"{Z}:15: the quotation zh/topics/first.md:q1 is not in {E} (there, before all others); accepted: the same in both"]),
    "two quotations": (E, QUOTE, f"{QUOTE}\n\n{QUOTE}", [f"{E}:1: does not quote its question; accepted: {QUOTE}, once", f"{E}:17: the quotation en/topics/first.md:q1 is not in {Z} (there, after line 15); accepted: the same in both"]),
    "another heading": (E, "{ #as-received }", "{ #received }", [f"{E}:1: its headings are not those of {Z}"]),
    "a point more": (E, "## As", "## Self-check { #self-check }\n\n- I can.\n\n## As", [f"{E}:1: its headings are not those of {Z}", f"{E}:1: its self-check has 1 points, that of {Z} 0; accepted: the same points in the same order"]),
    "a heading more": (E, "## As", "## More { #more }\n\n## As", [f"{E}:1: its headings are not those of {Z}"]),
    "a heading in code": (E, "## As", "```\n## More\n```\n\n## As", [f"{E}:13: the code ``` ## More is not in {Z} (there, before all others); accepted: the same in both"]),
    "an article's title": ("articles/a/en.md", "One?", "Won?", [f"{E}:2: the title is '1. One?'; accepted: '1. Won?'"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_what_is_told(case: str, bank: Path) -> None:
    name, old, new, messages = CHANGED[case]
    change(name, old, new)
    assert told() == messages


WRITTEN = {
    "all parts": (["short", "levels", "in-depth", "as-received", "references"], []),
    "a part of its own": (["short", "history", "references"], []),
    "no short answer": (["in-depth", "as-received"], ["is written, but begins with the parts ['in-depth']; accepted: ['short'], the page's first screen"]),
    "another order": (["short", "code", "levels"], ["has the parts ['short', 'code', 'levels']; accepted: the order ['short', 'levels', 'code']"]),
    "the article's words first": (["as-received", "short"], ["is written, but begins with the parts ['as-received']; accepted: ['short'], the page's first screen", "has the parts ['as-received', 'short']; accepted: the order ['short', 'as-received']"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRITTEN)
def test_the_parts_of_a_written_page(case: str, bank: Path) -> None:
    parts, messages = WRITTEN[case]
    for name in (Z, E):
        change(name, "written: false", "written: true")
        path = Path(name)
        head, received = path.read_text(encoding="utf-8").split("\n## ")
        texts = [received if part == "as-received" else f"A part {{ #{part} }}\n" for part in parts]
        if "as-received" not in parts:
            texts.insert(1, "Quoted { #quoted }\n" + received.partition("\n")[2])
        path.write_text("\n## ".join([head, *texts]), encoding="utf-8")
    assert told() == sorted(f"{name}:1: {message}" for name in (Z, E) for message in messages)


@pytest.mark.parametrize("part", ["short", "levels"])
def test_a_formula_on_the_first_screen(part: str, bank: Path) -> None:
    for name in (Z, E):
        path = Path(name)
        added = f"\n## A part {{ #{part} }}\n\n`$x$` costs \\$5, $y = 2$.\n\n## More {{ #in-depth }}\n\n$x$\n"
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    what = "the first screen has the formula $y = 2$, whose letters come late and move it; accepted: words or `code`"
    lines = {
        name: Path(name).read_text(encoding="utf-8").split("\n").index("`$x$` costs \\$5, $y = 2$.") + 1
        for name in (Z, E)
    }
    assert told() == sorted(f"{name}:{lines[name]}: {what}" for name in (Z, E))


def test_a_heading_without_an_id(bank: Path) -> None:
    for name in (Z, E):
        change(name, " { #as-received }", "")
    assert told() == [f"{E}:1: a heading has no id; accepted: ## Heading {{ #id }}"]


def test_pages_that_lack(bank: Path) -> None:
    Path(E).unlink()
    Path("docs/zh/about.md").write_text("# 关于\n", encoding="utf-8")
    assert told() == [
        "docs/en/about.md:1: is missing; accepted: the same pages in both languages",
        f"{E}:1: is missing; accepted: the same pages in both languages",
        f"{E}:1: is missing; make it: .venv/bin/python scripts/new_question.py 1",
    ]


def test_a_page_that_is_no_text(bank: Path) -> None:
    Path(E).write_bytes(b"\xff")
    assert f"{E}:1: the byte 0xff is no UTF-8; accepted: UTF-8 text" in told()


def test_another_page_that_is_no_text(bank: Path) -> None:
    for code in ("zh", "en"):
        Path(f"docs/{code}/about.md").write_bytes(b"\xff")
    assert told() == [
        f"docs/{code}/about.md:1: the byte 0xff is no UTF-8; accepted: UTF-8 text" for code in ("en", "zh")
    ]


def test_a_new_question_page_is_never_written_over(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(bank)
    assert (
        new_question.main(
            ["1", "--level", "2", "--minutes", "9", "--reviewed", "2026-11", "--articles", "articles", "--docs", "docs"]
        )
        == 0
    )
    assert capsys.readouterr().out.splitlines()[-3:-1] == [f"{Z} is there already", f"{E} is there already"]
    assert snapshot(bank) == before


def test_a_new_page_s_name_that_is_too_long_is_told_at_once(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (Z, E):
        Path(name).unlink()
    asked = ["1", "--level", "2", "--minutes", "9", "--reviewed", "2026-11", "--articles", "articles", "--docs", "docs"]
    assert new_question.main([*asked, "--name", "量化" * 10 + "a"]) == 0
    said = [f"{name}:3: the name is 41 wide; accepted: 40, a Chinese character counted as two" for name in (Z, E)]
    assert [line for line in capsys.readouterr().out.splitlines() if "wide" in line] == said


def test_what_is_not_given_is_assumed_where_nobody_can_answer(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (Z, E):
        Path(name).unlink()
    assert new_question.main(["1", "--articles", "articles", "--docs", "docs"]) == 0
    assert f"{E} made with level 2, minutes 5, reviewed " in capsys.readouterr().out
    assert told() == []


def test_what_is_not_given_is_asked_for(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (Z, E):
        Path(name).unlink()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter(["First", "3", "", "2026-10"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    assert new_question.main(["1", "--articles", "articles", "--docs", "docs"]) == 0
    assert 'level: 3\nminutes: 5\nreviewed: "2026-10"\n' in Path(E).read_text(encoding="utf-8")


def test_a_page_for_no_question(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["9", "--level", "1", "--minutes", "3", "--reviewed", "2026-11", "--articles", "articles", "--docs", "docs"]
    assert new_question.main(asked) == 1
    assert capsys.readouterr().err == "articles/topics.yml:1: no question 9 in any topic\n"


@pytest.mark.parametrize("pages", [ZH, EN])
def test_refused_articles_are_told(
    pages: str, bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "ROOT", Path())
    assert check.main() == 0
    path = Path("articles/a/zh.md" if pages is ZH else "articles/a/en.md")
    path.write_text(pages.partition("### ")[2].partition("### ")[0], encoding="utf-8")
    capsys.readouterr()
    assert check.main() == 1
    assert str(path) in capsys.readouterr().err
