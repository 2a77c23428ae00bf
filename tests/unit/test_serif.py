"""The serif of titles: what pages share of it, and what each has for itself."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from miaotui.site import fonts, serif

PAGE = '<h1 id="question"><span>3. </span>{}</h1><p>文</p><script data-serif="../../{}"></script>'


def page(title: str, own: str = "", more: str = "") -> str:
    return PAGE.format(title, " ".join(["assets/serif/zh.woff2", *(["../" + own] if own else [])])) + more


@cache
def has(font: bytes) -> str:
    return "".join(sorted(chr(code) for code in TTFont(io.BytesIO(font)).getBestCmap()))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "KEPT", tmp_path)


WANTED = {
    "a title's words, not its code": ("<h2>量 &amp; <code>x</code><b>y</b></h2>", "量&y"),
    "not a fold's": ("<details><summary><h2>a</h2></summary></details>", ""),
    "a card's": ('<section class="card"><h3 id="q12">a</h3><p>c</p></section><h3>b</h3>', "a"),
    "a large numeral": ('<h2 id="three-numbers">n</h2><ul><li><strong>2×</strong>c<b>d</b></li></ul>', "n2×"),
    "a script's": ('<div data-titles="K&amp;"><h3>b</h3></div>', "K&"),
    "no list's of another part": ("<ul><li><strong>2×</strong></li></ul>", ""),
}


@pytest.mark.parametrize("case", WANTED)
def test_what_a_page_wants(case: str) -> None:
    html, expected = WANTED[case]
    assert serif.wanted(html) == frozenset(f"{expected} ")


def test_what_many_have_is_shared_and_the_rest_is_the_page_s_own() -> None:
    pages = [page("量化", f"{at}.woff2", "<h2>K 缓</h2>") for at in range(19)] + [page("存", "19.woff2")]
    made = dict(serif.files([*pages, "<h1>没</h1>"]))
    assert set(made) == {"assets/serif/zh.woff2", *(f"assets/serif/{at}.woff2" for at in range(20))}
    assert has(made["assets/serif/zh.woff2"]) == " .0123456789=K化缓量"
    assert has(made["assets/serif/0.woff2"]) == " "
    assert has(made["assets/serif/19.woff2"]) == " 存"


def test_a_page_without_a_file_of_its_own_finds_all_in_the_shared_one() -> None:
    pages = [page("量", f"{at}.woff2") for at in range(19)]
    made = dict(serif.files([*pages, page("没有")]))
    assert {"没", "有"} <= set(has(made["assets/serif/zh.woff2"]))


def test_the_titles_of_the_site_have_all_their_letters_and_no_more_than_they_may_weigh(online: Path) -> None:
    whole = set(has(serif.FONT.read_bytes()))
    for path in online.rglob("*.html"):
        if not (asked := serif.asked(path.read_text(encoding="utf-8"))):
            continue
        files = [(online / place).read_bytes() for place in (asked.shared, asked.own) if place]
        assert asked.wanted & whole <= set("".join(map(has, files))), path
        # Where the titles of all questions may be asked for, so are their characters.
        most = 65_000 if "data-titles" in path.read_text(encoding="utf-8") else 60_000
        assert sum(map(len, files)) <= (40_000 if path.parent.parent.name == "q" else most), path
