"""The sections of a page as the search reads them; Material's own parser, which the plugin has, reads the same."""

from __future__ import annotations

import re
from html import unescape

import pytest
from material.plugins.search.plugin import Parser

from miaotui.site import search_index
from miaotui.site.search_pages import Entry
from miaotui.site.search_sections import Section, sections

LINK = '<a class="headerlink" href="#a" title="¶">#</a>'
PAGES = {
    "a title, a lead and a section": f'<h1 id="t">T &amp; U{LINK}</h1>\n<p>one</p>\n<h2 id="a">A{LINK}</h2>\n',
    "a page without a title": '<p>one</p><h2 id="a">A</h2><p>two</p>',
    "a title that is not the first": '<p>one</p><h1 id="t">T</h1><p>two</p>',
    "a heading without a name": '<h1 id="t">T</h1><h2>B</h2><p>two</p>',
    "a box with a heading": '<h2 id="a">A</h2><div><h3 id="b">B</h3><p>in</p></div><p>after</p>',
    "boxes in a box": '<div><h3 id="b">B</h3><div><h4 id="c">C</h4>c</div>b</div><p>after</p>',
    "what is left out": '<h2 id="a">A</h2><p>x <span data-search-exclude>no <b>no</b></span> y</p>',
    "a section left out": '<h1 id="t">T</h1><h2 id="a" data-search-exclude>A</h2><p>no</p><h2 id="b">B</h2>b',
    "a figure": '<p>x</p><div><svg data-search-exclude=""><g><path d="M0"/></g><text>no</text></svg></div><p>y</p>',
    "a figure that is read": '<p>x</p><svg><path d="M0"/><text>yes</text></svg><br><img alt="no"><p>y</p>',
    "code": '<p>a <code>b &lt; c</code></p><div><pre><span></span>no <a id="x">n</a></pre></div><p>d</p>',
    "items and cells": "<ul><li>a</li><li>b</li></ul><table>\n<tr>\n<td>c</td>\n<td>d</td>\n</tr></table>",
    "scripts and comments": "<p>a</p><script>if (1 < 2) { no }</script><!-- no <b> --><p>b</p>",
    "an end of nothing": "<p>a</b></p></div><p>b</p>",
    "a value with a bracket": '<p>a</p><i title="x > y">b</i>',
}


def theirs(html: str) -> list[Section]:
    """What Material's parser reads, as text."""

    def text(pieces: list[str]) -> str:
        parted = re.sub(r"</(?:p|li)>", " ", re.sub(r"<pre>.*?</pre>", " ", "".join(pieces), flags=re.DOTALL))
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", parted))).strip()

    parser = Parser()
    parser.feed(html)
    parser.close()
    read = [section for section in parser.data if not section.is_excluded()]
    return [Section(section.id or "", text(section.title), text(section.text)) for section in read]


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_the_sections_that_material_finds(kind: str) -> None:
    found = list(sections(PAGES[kind]))
    assert found == theirs(PAGES[kind])
    assert not re.search(r"\bno\b|#", " ".join(section.title + section.text for section in found))


def test_what_follows_a_box_is_of_the_section_before_the_box() -> None:
    found = list(sections(PAGES["a box with a heading"]))
    assert [(each.anchor, each.text) for each in found[1:]] == [("a", "after"), ("b", "in")]


def test_a_page_that_begins_without_a_heading_is_called_as_its_metadata_say() -> None:
    entries = search_index.of_page(sections(PAGES["a page without a title"]), "q/1/", "a < b")
    assert list(entries) == [Entry("q/1/", "a < b", "one"), Entry("q/1/#a", "A", "two")]
