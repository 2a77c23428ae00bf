"""How each language writes its articles; words/ has what we write around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from miaotui.base.words import words


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
    synonyms: dict[str, re.Pattern[str]]
    """Other bold labels that open each part."""
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
    our_rights: str
    """Who wrote an article of ours, and its licence."""
    preface: str
    questions: str
    summary: str
    glossary_title: str
    search_common: str
    search_recent: str
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
    received_heading: str
    """The heading above a received article's words on a question's page."""
    short_heading: str
    """The heading above our 60-second answer there."""


PARTS = ("question", "answer")
"""The parts of a question, in order."""

_NUMBER = r"(?P<number>[0-9０-９]{1,9})"
_TITLE = r"[ \t\u3000]*[:：][ \t\u3000]*(?P<title>.*)$"


def _bold(label: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}\*\*(?P<label>{label})[ \t]*[:：]\*\*(?P<rest>.*)$")


def _near(words: str) -> re.Pattern[str]:
    return re.compile(rf"^[*_#\s]*(?:[-+][*_\s]*)?(?:{words})\s*[*_]*\s*(?:[:：]|$)", re.IGNORECASE)


ZH = Language(
    code="zh",
    heading=re.compile(rf"^题目[ \t\u3000]*{_NUMBER}{_TITLE}"),
    heading_form="题目 N：标题",
    labels={"question": _bold("题目描述"), "answer": _bold("答案解析")},
    label_forms={"question": "**题目描述：**", "answer": "**答案解析：**"},
    synonyms={
        "question": _bold("题目|问题|问题描述|题干|面试题|问"),
        "answer": _bold("答案|解析|参考答案|参考解析|答案与解析|满分答案解析|满分答案|标准答案|回答|解答|答"),
    },
    near_labels={
        "question": _near("题目描述|題目描述|描述|题目|问题描述|问题|面试题|题干|问"),
        "answer": _near("(?:满分|标准|参考)?(?:答案解析|答案|解析|答案与解析)|解答|回答|答"),
    },
    **words("zh").generated,
)

EN = Language(
    code="en",
    heading=re.compile(rf"^Question[ \t]*{_NUMBER}{_TITLE}"),
    heading_form="Question N: Title",
    labels={"question": _bold("Question"), "answer": _bold("Answer")},
    label_forms={"question": "**Question:**", "answer": "**Answer:**"},
    synonyms={
        "question": _bold("Problem|Question description|Problem statement|Description|Q"),
        "answer": _bold("Solution|Explanation|Answer and explanation|Reference answer|Model answer|A"),
    },
    near_labels={
        "question": _near("questions?|description|problem|q"),
        "answer": _near("answers?|solution|explanation|a"),
    },
    **words("en").generated,
)

LANGUAGES = (ZH, EN)
"""The languages of the bank; the first is the one the articles come in."""

_DIGITS = "[0-9０-９一二三四五六七八九十百]{1,12}"
_BLANK = r"[ \t\u3000]{0,9}"

NEAR_HEADING = re.compile(
    rf"""^[*_【\[(（]{{0,4}}{_BLANK}(?:
        第?{_BLANK}[\u4e00-\u9fff]{{0,6}}(?:题目|題目|试题|試題|问题|問題|题|題){_BLANK}第?{_BLANK}{_DIGITS}
      | 第{_BLANK}{_DIGITS}{_BLANK}[道个]?{_BLANK}(?:题|題|问|問)
      | (?:题目|題目|问题|問題|question){_BLANK}[:：]
      | (?:questions?|ques|problem|q){_BLANK}[.#]?{_BLANK}(?:no\.?|number)?{_BLANK}\#?{_BLANK}[0-9０-９]+(?![0-9A-Za-z])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A heading that an author may have meant as a question's, in either language."""
NUMBERED_HEADING = re.compile(rf"^[*_【\[(（]{{0,4}}{_BLANK}[0-9０-９]{{1,9}}{_BLANK}[.．、)）:：】\]]")
"""A heading that is one of a question where it stands at the questions' level: 2. Title."""
