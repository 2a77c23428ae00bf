"""The split's contract: what it takes, what it refuses and in which words, what it leaves alone."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.writers.topic_pages import render
from scripts import split
from tests.banks import EN, TOPICS, ZH, make, snapshot

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--articles", "articles", "--docs", "docs"]
A, T, C = "articles/a/zh.md", "articles/topics.yml", "articles/a/corrections.zh.md"

REFUSED: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "number twice": (
        {A: ZH.replace("题目 2", "题目 1"), "articles/a/en.md": EN.replace("Question 2:", "Question 1:"), T: TOPICS.replace("[2]", "[]"), C: None, "articles/a/corrections.en.md": None},
        ["articles/a/en.md:12: question 1 stands twice, first at line 5; accepted: each number once", "articles/a/zh.md:12: question 1 stands twice, first at line 5; accepted: each number once"],
    ),
    "a gap": (
        {A: ZH.replace("题目 2", "题目 3"), "articles/a/en.md": EN.replace("Question 2:", "Question 3:"), T: TOPICS.replace("[2]", "[3]")},
        ["articles/a/en.md:12: question 3 follows question 1; question 2 is missing", "articles/a/zh.md:12: question 3 follows question 1; question 2 is missing"],
    ),
    "no title": ({A: ZH.replace("题目 2：二？", "题目 2：")}, [f"{A}:12: question 2 has no title; accepted: a title after the colon"]),
    "part missing": ({A: ZH.replace("**题目描述：** 丙。", "**题目描述**：丙。")}, [
        f"{A}:12: question 2 lacks its part **题目描述：**; line 14 is nearly it: **题目描述**：丙。",
    ]),
    "part empty": ({A: ZH.replace(" 丁。", "")}, [f"{A}:16: the part **答案解析：** of question 2 is empty; accepted: some text"]),
    "part twice": ({A: ZH.replace("丁。", "丁。\n**答案解析：** 戊。")}, [f"{A}:17: question 2 has its part **答案解析：** twice; accepted: once"]),
    "unclosed fence": ({A: ZH.replace("丁。", "丁。\n\n```python\nx")}, [f"{A}:18: the code fence ``` opened here is never closed; accepted: a closing ```", "articles/a/en.md:18: the summary is not in articles/a/zh.md; accepted: the same parts in both"]),
    "near heading": ({A: ZH.replace("丁。", "丁。\n\n#### 问题 3：三？")}, [f"{A}:18: the heading '问题 3：三？' is nearly a question's; accepted: 题目 N：标题"]),
    "traditional heading": ({A: ZH.replace("丁。", "丁。\n\n#### 題目 3：三？")}, [f"{A}:18: the heading '題目 3：三？' is nearly a question's; accepted: 题目 N：标题"]),
    "another level": ({A: ZH.replace("#### 题目 2", "### 题目 2")}, [f"{A}:12: the heading of question 2 stands at level 3 (###); accepted: the first question's level, 4 (####)"]),
    "no UTF-8": ({A: ZH.encode().replace("丁".encode(), b"\xff")}, [f"{A}:16: the byte 0xff is no UTF-8; accepted: UTF-8 text"]),
    "empty file": ({A: ""}, [f"{A}:1: the file is empty; accepted: an article"]),
    "missing file": ({A: None}, [f"{A}:1: is missing; accepted: the article in the language 'zh'"]),
    "javascript link": ({A: ZH.replace("丁。", "[丁](JaVa&#115;cript:alert(1))")}, [f"{A}:16: a link to javascript:; accepted: https:, http: or mailto:"]),
    "languages differ": ({A: ZH.replace("### 总结\n\n完。\n", "")}, ["articles/a/en.md:18: the summary is not in articles/a/zh.md; accepted: the same parts in both"]),
    "question in two topics": ({T: TOPICS.replace("[2]", "[2, 1]")}, [f"{T}:9: question 1 is in two topics, 'second' here and 'first' at line 5; accepted: one"]),
    "question in no topic": ({T: TOPICS.replace("[2]", "[]")}, [f"{A}:12: question 2 is in no topic; accepted: one topic of {T} names it"]),
    "topic names no question": ({T: TOPICS.replace("[2]", "[2, 9]")}, [f"{T}:9: topic 'second' names question 9, which no article has; accepted: a question of an article"]),
    "unknown key": ({T: TOPICS.replace("    en: First", "    en: First\n    colour: red")}, [f"{T}:5: unknown key 'colour'; accepted: slug, zh, en, questions"]),
    "no number": ({T: TOPICS.replace("[2]", "[two]")}, [f"{T}:9: 'two' is no question number; accepted: 1, 2, 3 …"]),
    "no YAML": ({T: "topics: [\n"}, [f"{T}:2: no YAML: expected the node content, but found '<stream end>'; accepted: topics: and a list"]),
    "correction of nothing": ({C: "## 1\n\n> 乙\n\n戊。\n\n## 9\n\n> 己\n\n庚。\n"}, [
        f"{C}:7: '9' has 1 corrections here and 0 in articles/a/corrections.en.md; accepted: the same in both",
        f"{C}:7: a correction of question 9, which {A} does not have; accepted: a question of this article",
    ]),
    "not its words": ({C: "## 1\n\n> 壬\n\n戊。\n"}, [f"{C}:3: the quotation '壬' is not in question 1 of {A}; accepted: its words, exactly"]),
    "one language of corrections": ({C: None}, [f"{C}:1: is missing; accepted: the corrections in this language too"]),
    "an article of another form": ({A: ZH.replace("题目 1：", "1. ").replace("题目 2：", "2. "), C: None, "articles/a/corrections.en.md": None}, [f"{A}:5: the article has no question; the heading '1. 一？' is nearly one; accepted: headings #### 题目 N：标题, which scripts/adapt.py makes of it"]),
    "no slug": ({"articles/B_b/zh.md": ZH.replace("题目 1", "题目 3").replace("题目 2", "题目 4"), "articles/B_b/en.md": EN.replace("Question 1", "Question 3").replace("Question 2", "Question 4"), T: TOPICS.replace("[2]", "[2, 3, 4]")}, ["articles/B_b:1: 'B_b' is no slug; accepted: small letters, digits, single hyphens"]),
    "works that are gone": ({"docs/zh/references.md": "Generated: by scripts/split.py from references.yml\n"}, ["references.yml:1: is missing, and docs/zh/references.md was made from it; accepted: the works that pages cite"]),
    "hand-written in the way": ({"docs/zh/corrections.md": "# Mine\n"}, ["docs/zh/corrections.md:1: is hand-written, and the split would write here; accepted: another name for it"]),
    "file for a folder": ({"docs/zh/topics": "x"}, ["docs/zh/topics:1: is a file; accepted: a folder for generated pages"]),
    "gone question quoted": ({"docs/zh/q/2.md": '--8<-- "zh/topics/first.md:q7"\n'}, ["docs/zh/q/2.md:1: quotes question 7, which no article has; accepted: a question of an article"]),
    "quoted from another topic": ({"docs/zh/q/2.md": '--8<-- "zh/topics/first.md:q2"\n'}, ['docs/zh/q/2.md:1: quotes question 2 from zh/topics/first.md; accepted: "zh/topics/second.md:q2"']),
    "page of a gone question": ({"docs/en/q/9.md": "# Nine\n"}, ["docs/en/q/9.md:1: no article has a question 9 any more; nothing was deleted: put the question back or move the page away"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, messages = REFUSED[case]
    monkeypatch.chdir(make(tmp_path, changes))
    before = snapshot(tmp_path)
    assert split.main(ARGUMENTS) == 1
    *told, count = capsys.readouterr().err.splitlines()
    assert sorted(told) == sorted(messages)
    assert count == f"refused: {len(messages)} problem{'' if len(messages) == 1 else 's'}, nothing written"
    assert snapshot(tmp_path) == before


ACCEPTED = {
    "as it is": ZH,
    "BOM and CRLF": "\ufeff" + ZH.replace("\n", "\r\n"),
    "full-width digit, half-width colon": ZH.replace("题目 2：", "题目２: "),
    "heading in a fence": ZH.replace("丁。", "丁。\n\n~~~~\n#### 题目 3：三？\n~~~\n~~~~"),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_accepted(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, {A: ACCEPTED[case]}))
    assert split.main(ARGUMENTS) == 0
    assert "#q2" in (tmp_path / "docs/zh/topics/second.md").read_text(encoding="utf-8")


def test_second_run_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path))
    assert split.main(ARGUMENTS) == 0
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    assert split.main(ARGUMENTS) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")} == times
    assert capsys.readouterr().out.endswith("0 files written, 8 up to date, 0 removed\n")


def test_check_names_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path))
    split.main(ARGUMENTS)
    page = tmp_path / "docs/zh/topics/first.md"
    page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    before = snapshot(tmp_path)
    capsys.readouterr()
    assert split.main([*ARGUMENTS, "--check"]) == 1
    assert capsys.readouterr().err == "docs/zh/topics/first.md: differs; run make split\n"
    assert snapshot(tmp_path) == before


def test_only_generated_pages_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, {"docs/zh/topics/mine.md": "# Mine\n"}))
    split.main(ARGUMENTS)
    make(tmp_path, {T: TOPICS.replace("slug: second", "slug: third"), "docs/zh/topics/mine.md": "# Mine\n"})
    assert split.main(ARGUMENTS) == 0
    assert sorted(path.name for path in Path("docs/zh/topics").iterdir()) == ["first.md", "mine.md", "third.md"]


def test_usage_exits_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        split.main(["--nonsense"])
    assert stopped.value.code == 2


def test_the_source_article_is_as_received() -> None:
    data = (ROOT / "articles/inference-speed/zh.md").read_bytes()
    assert hashlib.sha256(data).hexdigest() == "2045943d10e84f2ca9c4fa1ace07d23a42e788192f1fb08ca0817e8c6bdadc67"


@pytest.mark.parametrize("name", [path.name for path in sorted((ROOT / "articles").iterdir()) if path.is_dir()])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_line_of_a_real_article_is_on_exactly_one_page(name: str, code: str) -> None:
    """Headings like "Preface" stand on each article's own page."""
    found = {page: text for page, text in render(load(ROOT / "articles")).items() if page.startswith(f"{code}/")}
    pages = {page: text for page, text in found.items() if "/articles/" not in page or page.endswith(f"/{name}.md")}
    article = (ROOT / f"articles/{name}/{code}.md").read_text(encoding="utf-8")
    for line in filter(str.strip, article.splitlines()):
        words = line.lstrip("# ").strip()

        def has(told: str, *, whole: bool = line.startswith("#"), words: str = words) -> bool:
            return told.lstrip("# ").partition(" {")[0].strip() == words if whole else words in told

        homes = [page for page, text in pages.items() if any(map(has, text.splitlines()))]
        if not line.startswith("**Answer") and not line.startswith("**答案解析"):
            assert len(homes) == 1, (line, homes)


def test_html_that_is_shown_as_text_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path, {A: ZH.replace("丁。", "A<br>B<b>丁</b> `<i>` <!-- x -->")}))
    assert split.main(ARGUMENTS) == 0
    assert capsys.readouterr().out.startswith(f"{A}: 3 HTML tags shown as text\n")


@pytest.mark.parametrize("corrected", [True, False])
def test_a_page_is_said_to_be_made_of_files_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corrected: bool
) -> None:
    without: dict[str, str | bytes | None] = {
        "articles/a/corrections.zh.md": None,
        "articles/a/corrections.en.md": None,
    }
    monkeypatch.chdir(make(tmp_path, {} if corrected else without))
    for page, text in render(load(Path("articles"))).items():
        assert ("corrections." in text.partition("; edit")[0]) is corrected, page
    assert [page for page, text in render(load(Path("articles"))).items() if "from ;" in text] == []


OURS = "origin: ours\nzh: 我们的\nen: Ours\nlicence: CC BY-SA 4.0\n"


def test_an_article_of_ours_is_marked_as_such_and_its_answers_are_quoted_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {"articles/a/article.yml": OURS, "articles/a/corrections.zh.md": None, "articles/a/corrections.en.md": None}
    monkeypatch.chdir(make(tmp_path / "bank", ours))
    pages = render(load(Path("articles")))
    topic = pages["en/topics/first.md"]
    quoted = topic.partition("[start:q1] -->")[2].partition("<!-- --8<-- [end:q1]")[0]
    assert quoted.strip() == "- B."
    assert "**Question:** A." in topic
    assert "As received" not in "".join(pages.values())
    assert pages["en/articles/a.md"].partition("\n\n")[2].startswith("# Ours { #article }\n\nWe wrote these")
    assert "CC BY-SA 4.0" in pages["zh/articles/a.md"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("origin: mine\n", "articles/a/article.yml:1: 'origin' is 'mine'; accepted: "),
        ("origin: ours\ncolour: red\n", "articles/a/article.yml:2: 'colour' is 'red'; accepted: "),
        ("origin: [\n", "articles/a/article.yml:2: no YAML: "),
    ],
)
def test_what_article_yml_may_not_say(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make(tmp_path, {"articles/a/article.yml": text}))
    assert split.main(ARGUMENTS) == 1
    assert capsys.readouterr().err.startswith(message)
