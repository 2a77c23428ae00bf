"""What articles/ holds as a whole: files that lack, languages that differ, several articles, all faults at once."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.base.problem import RefusedError
from scripts import split
from tests.banks import EN, FILES, TOPICS, ZH, make, snapshot

A, E, T = "articles/a/zh.md", "articles/a/en.md", "articles/topics.yml"
C, D = "articles/a/corrections.zh.md", "articles/a/corrections.en.md"


def asked(numbers: list[int], code: str) -> str:
    """An article with these questions and nothing else."""
    form = {
        "zh": "## 题目 {0}：题{0}\n\n**题目描述：** 甲。\n\n**答案解析：** 乙。\n",
        "en": "## Question {0}: Q{0}\n\n**Question:** A.\n\n**Answer:** B.\n",
    }[code]
    return "\n".join(form.format(number) for number in numbers)


def two(first: list[int], second: list[int]) -> dict[str, str | bytes | None]:
    """Two articles, b before a in their numbers."""
    found: dict[str, str | bytes | None] = {C: None, D: None}
    for name, numbers in (("b", first), ("a", second)):
        found |= {f"articles/{name}/{code}.md": asked(numbers, code) for code in ("zh", "en")}
    numbers = sorted({*first, *second})
    return {**found, T: f"topics: [{{slug: t, zh: 题, en: T, questions: {numbers}}}]\n"}


def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str | bytes | None]) -> list[str]:
    monkeypatch.chdir(make(tmp_path, changes))
    try:
        load(Path("articles"))
    except RefusedError as refused:
        return [str(problem) for problem in refused.problems]
    return []


def test_two_articles_in_the_order_of_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, two([1, 2, 3], [4, 5, 6])))
    assert [source.name for source in load(Path("articles")).sources] == ["b", "a"]


REFUSED: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "a gap between articles": (two([1, 2], [4, 5]), [f"{path}:1: the first question is 4; question 3 is missing" for path in (E, A)]),
    "a number in two articles": (two([1, 2], [2, 3]), ["articles/a/en.md:1: question 2 is also in articles/b/en.md; accepted: begin at 3", "articles/a/zh.md:1: question 2 is also in articles/b/zh.md; accepted: begin at 3"]),
    "no question 1": (two([2], [3]), ["articles/b/en.md:1: the first question is 2; question 1 is missing", "articles/b/zh.md:1: the first question is 2; question 1 is missing"]),
    "no article in a language": ({E: None}, [f"{E}:1: is missing; accepted: the article in the language 'en'"]),
    "a folder for an article": ({A: None, f"{A}/x": ""}, [f"{A}:1: is a folder; accepted: the article in the language 'zh', a file"]),
    "no topics": ({T: None}, [f"{T}:1: is missing; accepted: the list of topics"]),
    "a folder for topics": ({T: None, f"{T}/x": ""}, [f"{T}:1: is a folder; accepted: the list of topics, a file"]),
    "corrections in one language": ({D: None}, [f"{D}:1: is missing; accepted: the corrections in this language too"]),
    "corrections in no language": ({C: None, D: None}, []),
    "no UTF-8 on a later line": ({A: ZH.encode().replace("乙".encode(), b"\xe4\xb9")}, [f"{A}:10: the byte 0xe4 is no UTF-8; accepted: UTF-8 text"]),
    "topics that are no UTF-8": ({T: TOPICS.encode().replace("第二".encode(), b"\xff")}, [f"{T}:7: the byte 0xff is no UTF-8; accepted: UTF-8 text"]),
    "topics with a byte order mark": ({T: "\ufeff" + TOPICS.replace("\n", "\r\n")}, []),
    "a question in one language": ({E: EN.partition("#### Question 2")[0] + "### Summary\n\nThe end.\n"}, [f"{A}:12: question 2 is not in {E}; accepted: the same questions in both"]),
    "a preface in one language": ({E: EN.partition("\n\n#### ")[2].join(["#### ", ""])}, [f"{A}:1: the preface is not in {E}; accepted: the same parts in both"]),
    "a question in no topic": ({T: TOPICS.replace("[2]", "[]")}, [f"{A}:12: question 2 is in no topic; accepted: one topic of {T} names it"]),
    "a question 0": (two([0, 1], [2]), ["articles/b/en.md:1: a question 0; accepted: numbers from 1", "articles/b/zh.md:1: a question 0; accepted: numbers from 1", f"{T}:1: '0' is no question number; accepted: 1, 2, 3 …"]),
    "counts of corrections": ({C: FILES[C] + "\n> 甲\n\n己。\n"}, [f"{D}:1: '1' has 1 corrections here and 2 in {C}; accepted: the same in both", f"{C}:1: '1' has 2 corrections here and 1 in {D}; accepted: the same in both"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes, messages = REFUSED[case]
    assert told(tmp_path, monkeypatch, changes) == messages


@pytest.mark.parametrize("kind", ["missing", "file", "empty"])
def test_no_folder_of_articles(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if kind == "file":
        Path("articles").write_text("x", encoding="utf-8")
    if kind == "empty":
        Path("articles").mkdir()
    first, second = {
        "missing": ("is missing; accepted: the folder of the articles", "is missing; accepted: the list of topics"),
        "file": (
            "is a file; accepted: the folder of the articles",
            "cannot be read (Not a directory); accepted: the list of topics",
        ),
        "empty": (
            "has no article; accepted: one folder for each, with zh.md and en.md",
            "is missing; accepted: the list of topics",
        ),
    }[kind]
    with pytest.raises(RefusedError) as refused:
        load(Path("articles"))
    assert list(map(str, refused.value.problems)) == [f"articles:1: {first}", f"articles/topics.yml:1: {second}"]


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "zh.md":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    fault = "cannot be read (Permission denied); accepted: the article in the language 'zh'"
    assert told(tmp_path, monkeypatch, {}) == [f"{A}:1: {fault}"]


def test_all_faults_are_told_at_once_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: dict[str, str | bytes | None] = {
        A: ZH.replace("二？", "").replace("丁。", "[丁](javascript:x)"),
        E: EN.replace("### Summary", "#### Q3 Three"),
        T: TOPICS.replace("zh: 第一", "colour: red"),
        D: "## 1\n\n> Z\n\nIn fact.\n",
    }
    monkeypatch.chdir(make(tmp_path, changes))
    before = snapshot(tmp_path)
    assert split.main(["--articles", "articles", "--docs", "docs"]) == 1
    assert snapshot(tmp_path) == before
    form = "accepted: {slug: quantization, zh: 量化与低精度, en: Quantization & low precision, questions: [12, 23]}"
    assert capsys.readouterr().err.splitlines() == [
        f"{D}:3: the quotation 'Z' is not in question 1 of {E}; accepted: its words, exactly",
        f"{E}:18: the heading 'Q3 Three' is nearly a question's; accepted: Question N: Title",
        f"{A}:12: question 2 has no title; accepted: a title after the colon",
        f"{A}:16: a link to javascript:; accepted: https:, http: or mailto:",
        f"{T}:2: the key 'zh' is missing; {form}",
        f"{T}:3: unknown key 'colour'; accepted: slug, zh, en, questions",
        "refused: 6 problems, nothing written",
    ]


PAGES: dict[str, tuple[str | bytes, list[str]]] = {
    "quotes a gone question": ('# 1\n\n--8<-- "zh/topics/first.md:q7"\n', ["3: quotes question 7, which no article has; accepted: a question of an article"]),
    "quotes from another topic": ("--8<-- 'zh/topics/first.md:q2'\n", ['1: quotes question 2 from zh/topics/first.md; accepted: "zh/topics/second.md:q2"']),
    "quotes in the other language": ('--8<-- "en/topics/first.md:q1"\n', ['1: quotes question 1 from en/topics/first.md; accepted: "zh/topics/first.md:q1"']),
    "quotes what is there": ('--8<-- "zh/topics/first.md:q1"\n', []),
    "is no UTF-8": (b"\n\xff", ["2: the byte 0xff is no UTF-8; accepted: UTF-8 text"]),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_a_question_page(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, messages = PAGES[case]
    monkeypatch.chdir(make(tmp_path, {"docs/zh/q/1.md": text}))
    assert split.main(["--articles", "articles", "--docs", "docs"]) == bool(messages)
    assert capsys.readouterr().err.splitlines()[:-1] == [f"docs/zh/q/1.md:{message}" for message in messages]


@pytest.mark.parametrize("name", ["zh/q/9.md", "en/q/3.md"])
def test_a_page_whose_question_is_gone_is_told_and_stays(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path, {f"docs/{name}": "# gone\n", "docs/zh/q/index.md": "# 题\n"}))
    assert split.main(["--articles", "articles", "--docs", "docs"]) == 1
    number = Path(name).stem
    fault = f"no article has a question {number} any more; nothing was deleted: put the question back or move the page"
    assert capsys.readouterr().err.splitlines()[0] == f"docs/{name}:1: {fault} away"
    assert Path("docs", name).read_text(encoding="utf-8") == "# gone\n"
