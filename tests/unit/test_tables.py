"""tables.py: each plain table scrolls in boxes of its own; another's table stays."""

from __future__ import annotations

from miaotui.extensions import table_boxes as tables


def test_each_plain_table_is_in_its_boxes() -> None:
    one, two = "<table>\n<tr><td>1</td></tr>\n</table>", "<table><tr></tr></table>"
    open_, close = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">', "</div></div>"
    assert tables.boxed(f"<p>{one}</p>{two}") == f"<p>{open_}{one}{close}</p>{open_}{two}{close}"


def test_a_table_of_a_kind_of_its_own_stays() -> None:
    html = '<table class="plot"><tr></tr></table>'
    assert tables.boxed(html) == html
