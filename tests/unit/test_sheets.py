"""What a scoring sheet needs of a question's page."""

from __future__ import annotations

import json

from miaotui.site import sheets

SHORT = '<h2 id="short">60 s<a class="headerlink" href="#short">#</a></h2><p>Say <a href="x.html">this</a>.</p>'
LEVELS = '<h2 id="levels">Levels</h2><ul><li>a <button class="term" popovertarget="t">KV</button></li></ul>'
DEPTH = '<h2 id="in-depth">Depth</h2><p>long</p>'
FOLLOW = '<h2 id="follow-ups">Then</h2><details class="follow-up"><summary>Why?</summary><p>So.</p></details>'


def test_a_sheet_takes_the_rubric_and_leaves_the_rest() -> None:
    assert sheets.parts(SHORT + LEVELS + DEPTH + FOLLOW) == (
        '<h2 id="levels">Levels</h2><ul><li>a KV</li></ul>' + FOLLOW
    )


def test_without_a_rubric_it_takes_the_short_answer() -> None:
    assert sheets.parts(SHORT + DEPTH) == '<h2 id="short">60 s</h2><p>Say this.</p>'


def test_the_wording_is_text() -> None:
    made = sheets.script(7, "a < b?", "<p>x</p>")
    number, _, told = made.strip().partition(" = ")
    assert number == "window.miaotuiSheets[7]"
    assert json.loads(told) == '<p class="question__wording">a &lt; b?</p><p>x</p>'
