"""A topic's page as cards: its questions with our 60-second answers, and below them the article's words.

The split writes each question's words into the topic's page, where a received article's have their corrections. Of an
article of ours those words are the answer itself, which the card takes; of a received one the card has the answer of
the question's own page, and the words stay below all cards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from miaotui.site.parts import Part, part, parts
from miaotui.site.sheets import unlinked

_QUESTION = re.compile(r"q(?P<number>\d+)")
"""The id of a question's heading."""
_LINK = re.compile(r'\s*<p><a class="to-question"[^>]*>.*?</a></p>\s*', re.DOTALL)
_LABEL = re.compile(r"<p><strong>[^<]*[:：]</strong>(?:</p>\s*|\s*)")
"""The bold label of a part; the first two are those of the question and of its answer."""
_RECEIVED = 'class="admonition received"'


@dataclass(frozen=True)
class Card:
    """A question on its topic's page, its parts as HTML."""

    number: int
    anchor: str
    """Of its heading: the article's words keep theirs, q12, where they are."""
    asked: str
    """How an article of ours asks it; empty for a received one, whose words stand below."""
    short: str
    """The 60-second answer; empty where it is not yet written."""
    heading: str
    """That of the article's words, which they have below the cards."""
    received: str
    """The article's words with our corrections; empty for an article of ours."""


def short_answer(html: str) -> str:
    """The 60-second answer of a question's page, without its heading and links."""
    found = part(html, "short")
    return unlinked(found.body) if found else ""


def _card(number: int, heading: str, body: str, answers: Mapping[int, str]) -> Card:
    words = _LINK.sub("", body, count=1)
    if _RECEIVED in words:
        return Card(number, f"card{number}", "", answers.get(number, ""), heading, words)
    _, *pieces = _LABEL.split(words, maxsplit=2)
    asked, answer = ("".join(pieces[:-1]), pieces[-1]) if len(pieces) > 1 else ("", words)
    # The question's own page quotes it, and has its key terms marked.
    short = answers.get(number) or answer.strip()
    return Card(number, f"q{number}", asked.replace("</p>", "").strip(), short, "", "")


def cards(html: str, answers: Mapping[int, str]) -> tuple[str, list[Card]]:
    """What stands above the questions of a topic's page, and its cards.

    `answers` has the 60-second answer of each question's own page.
    """
    found: list[tuple[int, Part, list[str]]] = []
    for one in parts(html):
        if question := _QUESTION.fullmatch(one.id):
            found.append((int(question["number"]), one, [one.body]))
        elif found:
            # A heading that is no question's, as that of the article's summary, stands below the question before it.
            found[-1][2].append(one.html)
    intro = html[: found[0][1].start] if found else html
    return intro, [_card(number, one.heading, "".join(bodies), answers) for number, one, bodies in found]
