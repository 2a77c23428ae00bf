"""The words each language of the bank uses, in articles and on generated pages."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """How one language writes its articles, and what we write around them."""

    code: str
    """The folder of the language under docs/, and its file name in an article."""
    heading: re.Pattern[str]
    """A question's heading: groups `number` and `title`."""
    heading_form: str
    """The heading's form, as told to an author."""
    labels: dict[str, re.Pattern[str]]
    """Each part's bold label, by the part's name, in the order they must have."""
    label_forms: dict[str, str]
    """Each label's form, as told to an author."""
    near_labels: dict[str, re.Pattern[str]]
    """What an author may have meant as that label."""
    as_received: str
    """The title of a block of the article's own words."""
    correction: str
    """The title of a block of our corrections."""
    to_question: str
    """The link from a topic page to a question's page."""
    article_title: str
    """The title of an article's page."""
    rights: str
    """Whose words an article page shows."""
    preface: str
    questions: str
    summary: str
    glossary_title: str
    glossary_intro: str
    see_question: str
    """The link from a term to a question about it."""
    corrections_title: str
    corrections_intro: str
    to_topic: str
    """The link from the corrections page to the words it corrects."""
    references: str
    """The title of the references page."""
    references_intro: str
    and_others: str
    """What follows the first author's name where there are others."""
    comma: str
    stop: str
    listing: str
    """What stands between the pages that cite a work."""
    as_of: str
    """When a page that may change was read."""
    cited_by: str
    cited_question: str


PARTS = ("question", "answer")
"""The parts of a question, in order."""

_NUMBER = r"(?P<number>[0-9０-９]{1,9})"
_TITLE = r"[ \t\u3000]*[:：][ \t\u3000]*(?P<title>.*)$"


def _bold(label: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}\*\*{label}[:：]\*\*(?P<rest>.*)$")


def _near(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*[*_#\s]*(?:{words})\s*[*_]*\s*(?:[:：]|$)", re.IGNORECASE)


ZH = Language(
    code="zh",
    heading=re.compile(rf"^题目[ \t\u3000]*{_NUMBER}{_TITLE}"),
    heading_form="题目 N：标题",
    labels={"question": _bold("题目描述"), "answer": _bold("答案解析")},
    label_forms={"question": "**题目描述：**", "answer": "**答案解析：**"},
    near_labels={
        "question": _near("题目描述|題目描述|描述|题目|问题描述|问题"),
        "answer": _near("答案解析|答案|解析|参考答案|解答"),
    },
    as_received="原文",
    correction="朱批",
    to_question="第 {number} 题单页",
    article_title="源文章：{name}",
    rights=(
        "下面「原文」中的文字照录自源文章，错误也照录，其权利归原作者。\n每道题的原文见所属主题页，我们的更正紧随其后。"
    ),
    preface="开头",
    questions="题目",
    summary="结尾",
    glossary_title="术语表",
    glossary_intro=(
        "站内的 {terms} 个术语，按主题排列，每个有中英文写法和一句话的定义。\n"
        "题目、主题导言和计算器页上，术语第一次出现时带点状的下划线，按一下就看到这里的定义。"
    ),
    see_question="第 {number} 题",
    corrections_title="更正一览",
    corrections_intro=(
        "源文章哪句话有问题、事实是什么，全部列在这里，共 {claims} 处。\n引文逐字取自源文章，其下的更正由我们撰写。"
    ),
    to_topic="看原文",
    references="参考文献",
    references_intro="各页引用过的文献，每篇一条，按引用时的简称排列。",
    and_others=" 等",
    comma="，",
    stop="。",
    listing="、",
    as_of="{month} 查阅",
    cited_by="引用它的页面：",
    cited_question="第 {number} 题",
)

EN = Language(
    code="en",
    heading=re.compile(rf"^Question[ \t]*{_NUMBER}{_TITLE}"),
    heading_form="Question N: Title",
    labels={"question": _bold("Question"), "answer": _bold("Answer")},
    label_forms={"question": "**Question:**", "answer": "**Answer:**"},
    near_labels={
        "question": _near("questions?|description|problem"),
        "answer": _near("answers?|solution|explanation"),
    },
    as_received="As received",
    correction="Correction",
    to_question="Question {number} on its own page",
    article_title="Source article: {name}",
    rights=(
        'The blocks "As received" give the source article word for word, here in translation, errors included; '
        "its text stays its author's.\n"
        "Each question's text stands on its topic page, with our correction right below it."
    ),
    preface="Opening",
    questions="Questions",
    summary="Closing",
    glossary_title="Glossary",
    glossary_intro=(
        "The {terms} terms of this site by topic, each in both languages and with a definition of one sentence.\n"
        "Where a question, an introduction or a calculator first uses one it has a dotted underline: "
        "press it to see the definition given here."
    ),
    see_question="Question {number}",
    corrections_title="All corrections",
    corrections_intro=(
        "Every claim of the source article that needs correcting, and what is true instead: {claims} in all.\n"
        "The quotations are the article's words; what stands below each is ours."
    ),
    to_topic="The article's text",
    references="References",
    references_intro="Every work that a page cites, once, in the order of the names they are cited by.",
    and_others=" et al.",
    comma=", ",
    stop=".",
    listing=", ",
    as_of="as of {month}",
    cited_by="Cited by ",
    cited_question="question {number}",
)

LANGUAGES = (ZH, EN)
"""The languages of the bank; the first is the one the articles come in."""

NEAR_HEADING = re.compile(
    r"""^(?:
        第?\s*(?:题目|題目|面试题|面試題|试题|試題|问题|問題|题|題)\s*[第]?\s*[0-9０-９一二三四五六七八九十百]+
      | 第\s*[0-9０-９一二三四五六七八九十百]+\s*[道个]?\s*(?:题|題|问|問)
      | (?:题目|題目|问题|問題|question)\s*[:：]
      | (?:questions?|ques|problem|q)\s*[.#]?\s*(?:no\.?|number)?\s*\#?\s*[0-9０-９]+(?![0-9A-Za-z])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A heading that an author may have meant as a question's, in either language."""
