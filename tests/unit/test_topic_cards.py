"""A topic's page as cards: our answer in each, a received article's words below."""

from __future__ import annotations

from miaotui.site import topic_cards

OURS = (
    '<h2 data-search-exclude id="q84">题目 84：甲？</h2>\n'
    '<p><a class="to-question" href="../../q/84/">第 84 题</a></p>\n'
    "<p><strong>题目描述：</strong> 怎么问。</p>\n<p><strong>答案解析：</strong></p>\n"
    "<p><strong>先说：</strong>答案。</p>\n"
)
RECEIVED = (
    '<h2 data-search-exclude id="q6">题目 6：乙？</h2>\n<p><a class="to-question" href="../../q/6/">第 6 题</a></p>\n'
    '<div class="admonition received"><p>原话</p></div>\n<div class="admonition correction"><p>更正</p></div>\n'
)


def test_ours_has_its_words_in_the_card() -> None:
    intro, (card,) = topic_cards.cards(f"<p>导言</p>\n{OURS}", {84: ""})
    assert intro == "<p>导言</p>\n"
    assert (card.number, card.anchor, card.asked, card.received) == (84, "q84", "怎么问。", "")
    # A bold word of the answer is no label.
    assert card.short == "<p><strong>先说：</strong>答案。</p>"
    # As its own page quotes it, where it does.
    assert topic_cards.cards(OURS, {84: "<p>答<b>案</b></p>"})[1][0].short == "<p>答<b>案</b></p>"


def test_a_received_one_has_our_answer_and_keeps_its_words_below() -> None:
    _, (card, _) = topic_cards.cards(RECEIVED + OURS, {6: "<p>60 秒</p>"})
    assert (card.number, card.anchor, card.short) == (6, "card6", "<p>60 秒</p>")
    assert 'id="q6"' in card.heading
    assert "原话" in card.received
    assert "更正" in card.received
    assert "to-question" not in card.received


def test_the_short_answer_is_the_page_s_without_heading_and_links() -> None:
    page = '<h2 id="short">60 秒</h2>\n<p>见 <a href="6/">第 6 题</a>。</p>\n<h2 id="in-depth">深</h2><p>长</p>'
    assert topic_cards.short_answer(page) == "<p>见 第 6 题。</p>"


def test_a_page_without_questions_is_left_alone() -> None:
    assert topic_cards.cards("<p>导言</p>", {}) == ("<p>导言</p>", [])
