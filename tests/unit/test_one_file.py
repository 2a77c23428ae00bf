"""The one file: what a page becomes as one of its chapters, and the style that it brings."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from miaotui.offline import chapters as order
from miaotui.offline.chapters import Chapter
from miaotui.offline.moved import Places, moved
from miaotui.offline.single import HERE, dark, fitted
from miaotui.offline.unfit import Unfit
from tests.listening import quiet

CHAPTERS = {"q/12.html": "q12", "topics/quantization.html": "topic-quantization", "calc/kv-cache.html": "calc-kv-cache"}
PLACES = Places(CHAPTERS, "https://miaotui.example/en/")
Q12 = Chapter("q12", "q/12.html", False)
LINKS = {
    "#in-depth": "#q12-in-depth",
    "12.html": "#q12",
    "../q/12.html#short": "#q12-short",
    "../topics/quantization.html": "#topic-quantization",
    "../topics/quantization.html#q12": "#q12",
    "../topics/quantization.html#three-numbers": "#topic-quantization-three-numbers",
    "../calc/kv-cache.html?layers=80&tokens=9": "#calc-kv-cache",
    "../about.html#offline": "https://miaotui.example/en/about/#offline",
    "../calc/roofline.html?m=1": "https://miaotui.example/en/calc/roofline/?m=1",
    "../index.html": "https://miaotui.example/en/",
    "../articles/index.html": "https://miaotui.example/en/articles/",
    "https://arxiv.org/abs/2210.17323": "https://arxiv.org/abs/2210.17323",
    "mailto:a@b.c": "mailto:a@b.c",
}


def article(inner: str) -> Tag:
    found = BeautifulSoup(f"<article>{inner}</article>", "html.parser").article
    assert found
    return found


def as_chapter(inner: str, chapter: Chapter = Q12) -> str:
    return moved(article(inner), chapter, PLACES).decode_contents()


@pytest.mark.parametrize(("href", "place"), LINKS.items())
def test_a_link_leads_into_the_file_or_to_the_published_site(href: str, place: str) -> None:
    assert PLACES.link(href, Q12) == place


def test_a_link_to_a_site_without_an_address_is_its_text() -> None:
    inner = '<p><a href="../about.html">About</a> and <a href="12.html#short">this</a>.</p>'
    assert moved(article(inner), Q12, Places(CHAPTERS, "")).decode_contents() == (
        '<p>About and <a href="#q12-short">this</a>.</p>'
    )


def test_anchors_have_the_chapter_s_name_before() -> None:
    html = '<h2 id="short">x</h2><svg aria-labelledby="a b"><title id="a">t</title><g clip-path="url(#c)"></g></svg>'
    assert as_chapter(html) == (
        '<h3 id="q12-short">x</h3><svg aria-labelledby="q12-a q12-b"><title id="q12-a">t</title>'
        '<g clip-path="url(#q12-c)"></g></svg>'
    )


def test_a_part_keeps_its_headings() -> None:
    part = Chapter("topic-quantization", "topics/quantization.html", True)
    assert as_chapter('<h1 id="topic">x</h1><h2 id="y">y</h2>', part) == (
        '<h1 id="topic-quantization-topic">x</h1><h2 id="topic-quantization-y">y</h2>'
    )


def test_a_topic_does_not_say_again_what_its_questions_say() -> None:
    part = Chapter("topic-quantization", "topics/quantization.html", True)
    below = '<div class="cards"><h3 id="card12">12</h3></div><div class="originals"><h2 id="q12">12</h2></div>'
    html = f"<h1>x</h1><p>introduction</p>{below}"
    assert as_chapter(html, part) == "<h1>x</h1><p>introduction</p>"


def test_another_page_keeps_what_has_a_question_s_number() -> None:
    part = Chapter("corrections", "corrections.html", True)
    html = '<h1>x</h1><h2 id="q12">12</h2><p>correction</p>'
    assert as_chapter(html, part) == '<h1>x</h1><h2 id="corrections-q12">12</h2><p>correction</p>'


@pytest.mark.parametrize(
    "machinery",
    [
        '<a class="headerlink" href="#x">#</a>',
        '<section class="definitions"><p>x</p></section>',
        '<section class="calculator"><form><input></form></section>',
        '<p class="question__tools"></p>',
        "<p hidden>x</p>",
        "<script>x()</script>",
    ],
)
def test_what_works_by_script_goes(machinery: str) -> None:
    assert as_chapter(f"<p>a</p>{machinery}<p>b</p>") == "<p>a</p><p>b</p>"


def test_a_landmark_of_a_page_is_none_of_the_file() -> None:
    html = '<section class="short" aria-labelledby="short"><h2 id="short">x</h2></section>'
    assert as_chapter(html) == '<div class="short"><h3 id="q12-short">x</h3></div>'


def test_a_term_leads_to_the_glossary() -> None:
    html = '<button type="button" class="term" popovertarget="term-kv-cache" aria-describedby="x">KV</button>'
    assert as_chapter(html) == '<a class="term" href="#glossary-kv-cache">KV</a>'


def test_data_of_scripts_goes() -> None:
    assert as_chapter('<p data-number="12" class="x">a</p>') == '<p class="x">a</p>'


def test_a_page_without_a_place_is_named() -> None:
    with pytest.raises(Unfit, match=r"^deep/er/page\.html has no place in the one file$"):
        order.name("deep/er/page.html")


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match=r"12\.html cannot be read \(No such file or directory\)$"):
        order.page(tmp_path / "12.html")
    (tmp_path / "12.html").write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(Unfit, match=r"12\.html has no <article>; every page of the site has one$"):
        order.page(tmp_path / "12.html")


def test_the_dark_rules_are_those_of_the_system() -> None:
    css = '.a{color:red}@media screen{[data-md-color-scheme=slate] .b{color:blue}}[data-md-color-scheme="slate"]{--x:1}'
    assert dark(css).split("{", 1)[0] == "@media screen and (prefers-color-scheme:dark)"
    assert "[data-md-color-scheme] .b{color:blue}" in dark(css)
    assert "[data-md-color-scheme]{--x:1}" in dark(css)
    assert "red" not in dark(css)


@pytest.mark.parametrize(
    ("css", "as_fitted"),
    [
        ("h2#levels + ul{}", ':is(h2,h3)[id$="-levels"]:not(#_) + ul{}'),
        (".short h2{}", ".short :is(h2,h3){}"),
        (".as-received > summary h2{}", ".as-received > summary :is(h2,h3){}"),
        (".md-typeset h2{}", ".md-typeset h2{}"),
    ],
)
def test_the_style_fits_chapters(css: str, as_fitted: str) -> None:
    assert fitted(css) == as_fitted


@pytest.mark.parametrize(("asked", "opened"), [("%E9%87%8F", 1), ("量", 1), ("%E0", 0), ("%", 0), ("nowhere", 0)])
def test_an_address_opens_its_chapter_and_none_stops_the_script(
    asked: str, opened: int, chrome: Browser, tmp_path: Path
) -> None:
    script = (HERE / "one-file.js").read_text(encoding="utf-8")
    chapters = '<section class="chapter" id="量"><details><p>字</p></details></section>'
    tools = '<p class="whole__all" hidden><button data-open>+</button><button data-close>-</button></p>'
    file = tmp_path / "one.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{tools}{chapters}<script>{script}</script>", encoding="utf-8")
    with quiet(chrome) as page:
        page.goto(f"{file.as_uri()}#{asked}")
        assert page.locator("details[open]").count() == opened
        page.get_by_role("button", name="+").click()
        assert page.locator("details[open]").count() == 1
