"""practice_cards.py: a question as practice has it, out of its page's HTML."""

from __future__ import annotations

import json
from typing import Any

import pytest

from miaotui.base.problem import RefusedError
from miaotui.site import practice_cards
from miaotui.site.practice_cards import Card

HTML = """<h2 id="short">60 秒答案<a class="headerlink" href="#short" title="¶">#</a></h2>
<p>先<a href="../../calc/kv-cache/?layers=80&amp;bytes=2" title="x">算</a>。</p>
<h2 id="follow-ups">追问</h2>
<details class="follow-up">
<summary>为什么？</summary>
<p>见<a href="../4/#short">第 4 题</a>、<a href="#ref-a">A</a>、<a href="https://a.org/b/">B</a>，
<button type="button" class="term" popovertarget="term-kv" aria-describedby="term-kv-is">KV</button>。</p>
</details>
<h2 id="self-check">自查</h2>
<ul>
<li>说得出 <span class="formula" data-set="0">x</span>。</li>
<li id="second">算得出。</li>
</ul>
<h2 id="references">参考文献</h2>
<ul><li>不是要点</li></ul>"""
KEYS = {19: ["848051ba", "426ef8fc"], 4: []}


def card(number: int = 19, html: str = HTML, address: str = "q/19/") -> Card:
    return Card(number, "KV <b>", "怎么缓存？", 2, "memory", 92, address, html, ("<b>X</b>",))


def told(*cards: Card, to: str = "practice/") -> tuple[Any, Any]:
    """What both scripts of Chinese hand over."""
    topics = {"first": "一", "memory": "显存"}
    made = dict(practice_cards.files("zh", cards, topics, to, KEYS.__getitem__))
    one, more = (made[f"assets/practice/zh{name}.js"].partition("=")[2] for name in ("", "-follow-ups"))
    return json.loads(one), json.loads(more)


def test_a_card_has_the_answer_and_the_points_by_their_keys() -> None:
    (found,) = told(card())[0]["cards"]
    assert found["points"] == [["848051ba", "说得出 <b>X</b>。"], ["426ef8fc", "算得出。"]]
    assert found["short"] == '<p>先<a href="../calc/kv-cache/?layers=80&amp;bytes=2">算</a>。</p>'
    assert (found["number"], found["name"], found["topic"], found["weight"]) == (19, "KV <b>", 1, 92)
    assert found["address"] == "../q/19/"


def test_links_lead_where_they_led() -> None:
    ((question, answer),) = told(card())[1]["19"]
    assert question == "为什么？"
    links = ("../q/4/#short", "../q/19/#ref-a", "https://a.org/b/")
    assert [f'href="{link}"' in answer for link in links] == [True] * 3
    assert "popovertarget" not in answer
    assert "，\nKV。" in answer


def test_links_of_files_lead_to_files() -> None:
    html = HTML.replace("../../calc/kv-cache/?", "../calc/kv-cache.html?").replace("../4/#", "4.html#")
    one, more = told(card(html=html, address="en/q/19.html"), to="en/practice.html")
    assert one["cards"][0]["address"] == "q/19.html"
    assert 'href="calc/kv-cache.html?layers' in one["cards"][0]["short"]
    assert 'href="q/4.html#short"' in more["19"][0][1]
    assert 'href="q/19.html#ref-a"' in more["19"][0][1]


def test_a_page_that_has_none_of_it_is_a_card_without() -> None:
    one, more = told(card(4, "<p>还没有。</p>", "q/4/"))
    assert (one["cards"][0]["short"], one["cards"][0]["points"], more["4"]) == ("", [], [])


def test_points_that_are_not_those_with_keys_are_refused() -> None:
    with pytest.raises(RefusedError, match=r"q/19/:1: its self-check has 1 points as built and 2 keys"):
        told(card(html=HTML.replace('<li id="second">算得出。</li>\n', "")))
