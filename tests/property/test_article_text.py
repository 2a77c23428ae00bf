"""Any article: its lines land once and in order, and nothing in it acts on our pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import markdown
from bank.article import parse
from bank.languages import ZH
from bank.load import load
from bank.pages import render
from banks import EN, make
from hypothesis import given, settings
from hypothesis import strategies as st

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("repeatable")

WORDS = st.text(alphabet="量化推理 abc123，。-+", min_size=1, max_size=12).map(lambda text: f"字{text.strip()}")
FENCE = st.builds(
    lambda mark, size, lines: f"{mark * size}\n" + "\n".join(["#### 题目 9：假", *lines]) + f"\n{mark * size}",
    st.sampled_from("`~"),
    st.integers(3, 6),
    st.lists(WORDS, max_size=3),
)
ITEMS = st.lists(WORDS, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items))
BODY = st.lists(st.one_of(WORDS, ITEMS, FENCE), min_size=1, max_size=4).map("\n\n".join)
HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "</div>",
            "<!--",
            "-->",
            "`",
            "``",
            "\n",
            "\n\n",
            "    ",
            "- ",
            "> ",
            "*a*",
            "{: onclick=alert(1) }",
            "{ hidden }",
            "| a | b { .x } |\n|---|---|\n| c | d |",
            "```\n",
            "~~~ {.x onclick=alert(1)}\n",
            '--8<-- "secret.txt"',
            "\n--8<--\nsecret.txt\n--8<--\n",
            "<!-- --8<-- [end:q1] -->",
            "[a](https://example.org)",
            "字",
            "\\",
        ]
    ),
    max_size=14,
).map("".join)
ALLOWED = {
    *("p", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote", "div", "span", "br", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
EXTENSIONS = [
    "admonition",
    "attr_list",
    "tables",
    "toc",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.superfences",
    "pymdownx.details",
    "pymdownx.snippets",
]


class Tags(HTMLParser):
    """Notes the tags and attributes that no article may bring."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.bad.append(tag)
        self.bad += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "hidden"]


def article(bodies: list[str], level: int) -> str:
    marks = "#" * level
    asked = [
        f"{marks} 题目 {n}：题{n}\n\n**题目描述：** 述{n}\n\n**答案解析：**\n\n{body}\n"
        for n, body in enumerate(bodies, 1)
    ]
    return "\n".join(["开头", "", *asked])


@given(st.lists(BODY, min_size=1, max_size=4), st.integers(2, 4))
def test_the_model_is_a_partition_of_the_lines(bodies: list[str], level: int) -> None:
    text = article(bodies, level)
    found, problems = parse(text, ZH, "zh.md")
    assert not problems
    assert found
    blocks = [found.preface]
    for question in found.questions:
        blocks += [question.heading, *question.parts.values()]
    lines = [line for block in [*blocks, found.summary] for line in block.lines if line.strip()]
    assert lines == [line for line in text.split("\n") if line.strip()]


@given(st.text(alphabet="#题目描述答案解析 1２：:*`~\n-<>[]()ab\ufeff\r", max_size=200))
def test_any_text_gives_an_article_or_problems_in_the_file(text: str) -> None:
    found, problems = parse(text, ZH, "zh.md")
    assert found or problems
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


def html_of(folder: Path, text: str) -> str:
    reader = markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={"pymdownx.snippets": {"base_path": [str(folder)], "check_paths": True}},
    )
    return str(reader.convert(text))


@given(HOSTILE)
def test_nothing_in_an_article_acts_on_a_page(hostile: str) -> None:
    fences = re.findall(r"^ *(?:> *)*(`{3,}|~{3,})", hostile, re.MULTILINE)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "secret.txt").write_text("SECRET", encoding="utf-8")
        zh = "#### 题目 1：一？\n\n**题目描述：** 甲。\n\n**答案解析：** 乙。\n\n" + hostile + "\n" + "\n".join(fences)
        found, problems = parse(zh, ZH, "zh.md")
        if problems or not found:
            return
        en = EN.replace("### Preface\n\nOpening.\n\n", "").partition("#### Question 2")[0]
        topics = "topics: [{slug: first, zh: 一, en: One, questions: [1]}]\n"
        changes = {"articles/a/zh.md": zh, "articles/a/en.md": en, "articles/topics.yml": topics}
        pages = render(load(make(folder, changes) / "articles"))
        topic = folder / "topic.md"
        topic.write_text(pages["zh/topics/first.md"].partition("\n\n")[2], encoding="utf-8")
        for text in (topic.read_text(encoding="utf-8"), '--8<-- "topic.md:q1"\n'):
            html = html_of(folder, text)
            tags = Tags()
            tags.feed(html)
            assert not tags.bad, (tags.bad, html)
            assert "SECRET" not in html
