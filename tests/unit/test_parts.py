"""A built page by its headings."""

from __future__ import annotations

from miaotui.site.parts import Part, part, parts

PAGE = '<h1>T</h1><p>x</p>\n<h2 id="a">A <em>b</em></h2>\n<p>one</p>\n<h2>B</h2>two<h2 class="c" id="q1">C</h2>\n'


def test_each_heading_has_what_stands_below_it() -> None:
    assert [(one.id, one.heading, one.body) for one in parts(PAGE)] == [
        ("a", '<h2 id="a">A <em>b</em></h2>', "\n<p>one</p>\n"),
        ("", "<h2>B</h2>", "two"),
        ("q1", '<h2 class="c" id="q1">C</h2>', "\n"),
    ]


def test_the_parts_are_the_page_behind_what_it_begins_with() -> None:
    found = parts(PAGE)
    assert PAGE[: found[0].start] + "".join(one.html for one in found) == PAGE
    assert [PAGE[one.below :].startswith(one.body) for one in found] == [True] * 3


def test_a_part_is_found_by_its_id_alone() -> None:
    assert part(PAGE, "q1") == Part("q1", '<h2 class="c" id="q1">C</h2>', "\n", PAGE.index("<h2 class"))
    assert part(PAGE, "c") is None
    assert parts("<p>x</p>") == []
