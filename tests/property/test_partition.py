"""Any article in form: its lines land once and in order, the same at every run, and any other text gets problems."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from miaotui.bank import corrections, topics
from miaotui.bank.article import parse
from miaotui.bank.load import load
from miaotui.base.languages import EN, LANGUAGES, ZH
from miaotui.base.problem import Problem
from miaotui.writers.files import carry_out, plan
from miaotui.writers.topic_pages import render
from tests.banks import make, snapshot

SETTINGS = settings(derandomize=True, deadline=None, max_examples=60)

# § becomes another number at each place, so that every line is like no other.
WORDS = st.text(alphabet="量化推理 abc，。-+*", max_size=8).map(lambda text: f"字§{text}".strip())
INFO = st.sampled_from(["", "python", "c++"])


def fenced(mark: str, size: int, indent: str, info: str, lines: list[str]) -> str:
    inside = ["#### 题目 9：假§", f"{mark * (size - 1)} 假§", "**答案解析：** 假§", "", *lines]
    return "\n".join([f"{indent}{mark * size}{info}", *(indent + line for line in inside), f"{indent}{mark * size}"])


FENCES = st.builds(
    fenced, st.sampled_from("`~"), st.integers(3, 7), st.sampled_from(["", "  ", "    "]), INFO, st.lists(WORDS)
)
LISTS = st.lists(st.tuples(st.sampled_from(["- ", "* ", "1. ", "  - "]), WORDS).map("".join), min_size=1, max_size=4)
TABLES = st.lists(st.builds("| {} | {} |".format, WORDS, WORDS), max_size=3).map(
    lambda rows: "\n".join(["| 头§ | 头§ |", "| --- | :-: |", *rows])
)
DEEPER = WORDS.map(lambda text: f"##### {text}")
BLANK = st.sampled_from(["", "\n", " ", "\n\n"])
BLOCK = st.one_of(WORDS, FENCES, LISTS.map("\n".join), TABLES, DEEPER, BLANK)
GAP = st.sampled_from(["\n", "\n\n", "\n\n\n"])
BODY = st.tuples(WORDS, st.lists(st.tuples(GAP, BLOCK), max_size=5)).map(
    lambda body: body[0] + "".join(itertools.chain(*body[1]))
)
QUESTION = st.tuples(WORDS, BODY, BODY)
QUESTIONS = st.lists(QUESTION, min_size=1, max_size=6)


def numbered(text: str) -> str:
    count = itertools.count()
    return re.sub("§", lambda _: f"{next(count)}号", text)


def article(code: str, level: int, questions: list[tuple[str, str, str]], ends: tuple[str, str]) -> str:
    heading, (asks, answers) = {
        "zh": ("题目 {}：", ("**题目描述：**", "**答案解析：**")),
        "en": ("Question {}: ", ("**Question:**", "**Answer:**")),
    }[code]
    asked = [
        f"{'#' * level} {heading.format(number)}{title}\n\n{asks} {question}\n\n{answers}\n{answer}\n"
        for number, (title, question, answer) in enumerate(questions, 1)
    ]
    return numbered("\n".join([f"前§{ends[0]}\n", *asked, f"{'#' * level} 结§\n\n{ends[1]}\n"]))


@st.composite
def banks(draw: st.DrawFn) -> dict[str, str]:
    """The files of a bank: an article in two languages, its topics, no corrections."""
    level, questions = draw(st.integers(2, 4)), draw(QUESTIONS)
    ends = draw(st.tuples(WORDS, WORDS))
    homes = draw(st.lists(st.integers(0, 2), min_size=len(questions), max_size=len(questions)))
    files = {f"articles/a/{code}.md": article(code, level, questions, ends) for code in ("zh", "en")}
    entries = [
        f"  - {{slug: t{home}, zh: 题, en: T, questions: {[n for n, at in enumerate(homes, 1) if at == home]}}}\n"
        for home in range(3)
    ]
    nothing = dict.fromkeys(("articles/a/corrections.zh.md", "articles/a/corrections.en.md"))
    return {**files, "articles/topics.yml": "".join(["topics:\n", *entries]), **nothing}  # type: ignore[dict-item]


def bare(line: str) -> str:
    """A line without what the split changes: indentation, a heading's marks, our anchor."""
    return re.sub(r" \{ #q\d+ [^}]*\}$", "", line.strip().lstrip("#").strip())


def received(page: str) -> list[str]:
    """The article's lines on a page: the questions' headings and what the boxes of the article hold."""
    lines = []
    inside = False
    for line in page.split("\n"):
        if line.startswith("!!! "):
            inside = line.startswith("!!! received")
        elif not line.startswith("    ") and line.strip():
            inside = False
        if line.strip() and ((inside and line.startswith("    ")) or re.search(r"\{ #q\d+ ", line)):
            lines.append(bare(line))
    return lines


def sections(text: str) -> tuple[list[str], dict[int, list[str]], list[str]]:
    """The lines of a generated article: before, of each question, and after; found by its unique words alone."""
    lines = [bare(line) for line in text.split("\n") if line.strip()]
    starts = [at for at, line in enumerate(lines) if re.match(r"(题目 \d+：|Question \d+: )字", line)]
    end = next(at for at, line in enumerate(lines) if line.startswith("结"))
    bounds = [*starts, end]
    asked = {number: lines[a:b] for number, (a, b) in enumerate(itertools.pairwise(bounds), 1)}
    return lines[: starts[0]], asked, lines[end:]


@SETTINGS
@given(banks())
def test_every_line_lands_on_one_page_in_order(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        root = make(Path(name), files)
        bank = load(root / "articles")
    pages = render(bank)
    for language in LANGUAGES:
        before, asked, after = sections(files[f"articles/a/{language.code}.md"])
        assert received(pages[f"{language.code}/articles/a.md"]) == before + after
        for topic in bank.topics:
            if topic.questions:
                expected = [line for number in topic.questions for line in asked[number]]
                assert received(pages[f"{language.code}/topics/{topic.slug}.md"]) == expected
        mine = "\n".join(text for path, text in pages.items() if path.startswith(f"{language.code}/topics/"))
        for body in asked.values():
            words = [word for line in body[1:] for word in re.findall(r"\d+号", line)]
            assert all(len(re.findall(rf"(?<!\d){word}", mine)) == 1 for word in words)


def wanted(root: Path) -> dict[Path, str]:
    """The pages of the bank in `root`, by their place."""
    return {root / "docs" / name: text for name, text in render(load(root / "articles")).items()}


@SETTINGS
@given(banks())
def test_a_second_split_writes_nothing_and_no_hand_written_file_changes(files: dict[str, str]) -> None:
    mine = {"docs/zh/topics/mine.md": "# 我\n", "docs/zh/q/1.md": "# 1\n", "docs/en/index.md": "# Home\n"}
    with TemporaryDirectory() as name:
        root = make(Path(name), {**files, **mine})
        before = snapshot(root)
        carry_out(plan(root / "docs", wanted(root)))
        first = snapshot(root)
        assert {path: data for path, data in first.items() if path in before} == before
        again = plan(root / "docs", wanted(root))
        assert again.empty
        carry_out(again)
        assert snapshot(root) == first


FORM = st.text(alphabet="#题目描述答案解析QuestionAnswer 1２：:*`~\n->[]()|\t\ufeff\r\x00\x85\u2028", max_size=200)
YAML_PIECES = [
    *("topics:", "\n", "  - ", "slug: a", "zh: 一", "en: A", "questions: ", "[1]", "[", "]", "{", "}", "&a ", "*a"),
    *("!!int ", "!x ", "? ", ": ", "|", ">", "%YAML", "---", "'", '"', "#", "\t", "\r", "\x85", "\u2028", "\x00"),
    *("[1, 1]", "null", "0x1", "-1", "1.5", "<<: ", "999999999999"),
]
YAML = st.lists(st.sampled_from(YAML_PIECES), max_size=20).map("".join)


def placed(problems: list[Problem], text: str, path: str) -> bool:
    """Whether each problem names the file and a line of it."""
    return all(problem.path == path and 1 <= problem.line <= text.count("\n") + 1 for problem in problems)


@settings(SETTINGS, max_examples=100)
@given(st.one_of(st.text(max_size=200), FORM))
def test_any_text_gives_an_article_or_problems(text: str) -> None:
    for language in (ZH, EN):
        found, problems = parse(text, language, "a.md")
        assert found or problems
        assert placed(problems, text, "a.md")


@settings(SETTINGS, max_examples=100)
@given(st.one_of(st.text(max_size=200), FORM.map(lambda text: f"## 1\n{text}")))
def test_any_text_gives_corrections_or_problems(text: str) -> None:
    found, lines, problems = corrections.parse(text, "c.md")
    assert found.keys() == lines.keys()
    assert placed(problems, text, "c.md")


@settings(SETTINGS, max_examples=100)
@given(st.one_of(st.text(max_size=200), YAML))
def test_any_text_gives_topics_or_problems(text: str) -> None:
    found, problems = topics.parse(text, "topics.yml")
    assert placed(problems + topics.match(found, {}, "topics.yml"), text, "topics.yml")
    assert problems or all(topic.slug for topic in found)
