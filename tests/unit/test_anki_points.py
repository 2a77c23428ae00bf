"""Which passages of a page a point of its self-check is answered by."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from miaotui.offline.anki_points import MOST, answering, passages

PAGE = """
<h2 id="in-depth"></h2>
<p>A first paragraph of nothing.</p>
<p><strong>Scales.</strong> A group has one scale:</p>
<div>\\[s = 1\\]</div>
<p>where s is the step.</p>
<ul><li>one list</li><li>of what belongs to scales</li></ul>
<p><strong>Outliers.</strong> They make the step large.</p>
<table><tr><td>SmoothQuant</td><td>moves them</td></tr></table>
<h2 id="numbers"></h2>
<p><strong>Assumed.</strong> One card.</p>
<ul><li><strong>Ridge</strong>: 295 on an H100.</li><li><strong>Floor</strong>: 4.79 ms.</li></ul>
<h2 id="follow-ups"></h2>
<details><summary>Why is INT4 no 4 times?</summary><p>Scales take 0.125 bits.</p></details>
<h2 id="measure"></h2>
<ol><li>Record.</li><li>Compare.</li></ol>
<pre>outliers outliers</pre>
"""


def sections(html: str) -> list[tuple[str, list[Tag]]]:
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for heading in soup.find_all("h2"):
        below: list[Tag] = []
        for tag in heading.find_next_siblings():
            if tag.name == "h2":
                break
            below.append(tag)
        found.append((str(heading["id"]), below))
    return found


def said(html: str, point: str) -> list[str]:
    return [" ".join(found.text.split()) for found in answering(point, passages(sections(html)))]


def test_a_page_is_taken_apart_where_a_new_matter_begins() -> None:
    assert [(one.section, " ".join(one.text.split())) for one in passages(sections(PAGE))] == [
        ("in-depth", "A first paragraph of nothing."),
        (
            "in-depth",
            "Scales. A group has one scale: \\[s = 1\\] where s is the step. one list of what belongs to scales",
        ),
        ("in-depth", "Outliers. They make the step large. SmoothQuant moves them"),
        ("numbers", "Assumed. One card."),
        ("numbers", "Ridge : 295 on an H100."),
        ("numbers", "Floor : 4.79 ms."),
        ("follow-ups", "Why is INT4 no 4 times? Scales take 0.125 bits."),
        ("measure", "Record. Compare."),
    ]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("I can say what SmoothQuant does about outliers.", ["Outliers."]),
        # Shorter, the follow-up speaks of them too; the paragraph is about them.
        ("I can explain scales.", ["Scales."]),
        ("I can derive 295.", ["Ridge :"]),
        ("I can name what a group's scale is, and compute the floor of 4.79.", ["Scales.", "Floor :"]),
        ("I can say why INT4 is not 4 times.", ["Why is INT4"]),
        ("I can write a haiku.", []),
        ("I can compute the ridge of an H100, a haiku and another poem.", ["Ridge :"]),
        ("", []),
    ],
)
def test_a_point_is_answered_by_the_passages_that_have_its_words(point: str, expected: list[str]) -> None:
    found = said(PAGE, point)
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True)), found


def test_what_a_point_asks_of_the_reader_is_no_word_of_it() -> None:
    page = "<h2 id='a'></h2><p>说得出名字的人很多。</p><p>拐点是 295。</p>"
    assert said(page, "说得出拐点。") == ["拐点是 295。"]


def test_a_point_of_many_words_takes_no_more_than_a_card_holds() -> None:
    words = ["roofline", "quantize", "prefill", "speculate", "distil", "prune"]
    page = "<h2 id='a'></h2>" + "".join(f"<p><strong>{word}</strong> is one.</p>" for word in words)
    assert len(said(page, " ".join(words[:MOST]))) == MOST
    # Three of six words are half of the point, which is another matter.
    assert said(page, " ".join(words)) == []
