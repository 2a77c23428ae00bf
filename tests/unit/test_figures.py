"""Figures: what the check says of a bad one, each by its whole message, and what the hook makes of a good one."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.base.problem import RefusedError
from miaotui.checks.figures import ELEMENTS, figure_problems, page_problems, problems
from miaotui.drawing.palette import style
from miaotui.extensions.figures import Figures
from miaotui.extensions.page import MarkdownPage
from miaotui.writers.topic_pages import MARK
from scripts import check, split
from tests.banks import make
from tests.pipeline import html_of

ROOT = Path(__file__).resolve().parents[2]
PALETTE = style((ROOT / "overrides/assets/css/site/palette.css").read_text(encoding="utf-8"))
GOOD = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 90" width="440" height="90" font-size="15">
<style>{PALETTE}</style>
<defs><marker id="head"><path d="M0 0L10 5L0 10z"/></marker></defs>
<switch><text systemLanguage="zh,zh-CN">显存</text><text>memory</text></switch>
<text x="10">H100: 80 GB</text>
<line x2="9" stroke="var(--mt-red)" marker-end="url(#head)"/>
</svg>
"""
PAINTS = "none, currentColor, var(--mt-grey), var(--mt-line), var(--mt-quiet), var(--mt-paper), var(--mt-red), var(--mt-teal)"
SIZED = 'accepted: <svg viewBox="0 0 W H" width="W" height="H">, W at most 480'
TWO = 'accepted: two, the first with systemLanguage="zh,zh-CN", the second English'
ONE = "is in one language only"
NEUTRAL = "accepted: <switch> with one in each, or numbers, units and names in capitals"
REFUSED = {
    "not well-formed": ("<defs>", "", ["3: is no well-formed XML (mismatched tag: line 3, column 56); accepted: an SVG"]),
    "an entity of its own": ("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg', ["1: is no well-formed XML (a DOCTYPE); accepted: an SVG"]),
    "a script": ("<defs>", "<script>alert(1)</script><defs>", [f"3: the element <script>; accepted: {ELEMENTS}"]),
    "HTML": ("<defs>", "<foreignObject/><defs>", [f"3: the element <foreignObject>; accepted: {ELEMENTS}"]),
    "an element of another namespace": ("<defs>", '<text xmlns="urn:x">1</text><defs>', [f"3: the element <urn:x text>; accepted: {ELEMENTS}"]),
    "a handler": ("<line", '<line onclick="a()"', ["6: the attribute 'onclick' of <line>; accepted: those that place, paint or name a shape"]),
    "a style attribute": ("<line", '<line style="fill:red"', ["6: the attribute 'style' of <line>; accepted: those that place, paint or name a shape"]),
    "a link": ("<line", '<line href="https://example.org/"', ["6: the attribute 'href' of <line>; accepted: those that place, paint or name a shape"]),
    "a reference outside": ("url(#head)", "url(https://example.org/a.svg#head)", ["6: the reference 'url(https://example.org/a.svg#head)'; accepted: url(#…) of an id in the file"]),
    "a reference to nothing": ("url(#head)", "url(#tail)", ["6: the reference 'url(#tail)'; accepted: url(#…) of an id in the file"]),
    "an id twice": ('<path d="M', '<path id="head" d="M', ["3: the id 'head' twice; accepted: each once"] * 2),
    "a colour": ("var(--mt-red)", "#b0331f", [f"6: the colour '#b0331f'; accepted: {PAINTS}"]),
    "a name of a colour": ("var(--mt-red)", "red", [f"6: the colour 'red'; accepted: {PAINTS}"]),
    "a variable that is not ours": ("var(--mt-red)", "var(--md-red)", [f"6: the colour 'var(--md-red)'; accepted: {PAINTS}"]),
    "no viewBox": ('viewBox="0 0 440 90" ', "", [f"1: the root <svg> has viewBox None, width '440' and height '90'; {SIZED}"]),
    "another viewBox": ("0 0 440 90", "0 0 440 99", [f"1: the root <svg> has viewBox '0 0 440 99', width '440' and height '90'; {SIZED}"]),
    "too wide": ("440", "960", [f"1: the root <svg> has viewBox '0 0 960 90', width '960' and height '90'; {SIZED}", "1: type of size '15' has less than 11 pixels on a phone; accepted: 33 or more in a figure of this width"]),
    "small type": ("<text x", '<text font-size="12" x', ["5: type of size '12' has less than 11 pixels on a phone; accepted: 15 or more in a figure of this width"]),
    "type of no size": (' font-size="15"', "", ["1: the root has no font-size; accepted: 15 or more"]),
    "no style": (f"<style>{PALETTE}</style>", "", [f"1: has not one <style>; accepted: <style>{PALETTE}</style>"]),
    "another style": ("#b0331f", "#b0331e", [f"2: the <style> is not the site's palette; accepted: <style>{PALETTE}</style>"]),
    "Chinese alone": ("H100: 80 GB", "显存 80 GB", [f"5: the label '显存 80 GB' {ONE}; {NEUTRAL}"]),
    "English alone": ("H100: 80 GB", "weights", [f"5: the label 'weights' {ONE}; {NEUTRAL}"]),
    "a label left out": ("<text>memory</text>", "", [f"4: the <switch> '显存' has children of systemLanguage ['zh,zh-CN']; {TWO}"]),
    "languages the other way": ('<text systemLanguage="zh,zh-CN">显存</text><text>memory</text>', "<text>memory</text><text>显存</text>", [f"4: the <switch> 'memory显存' has children of systemLanguage [None, None]; {TWO}"]),
    "an empty label": ("memory", "", [f"4: the label '显存' {ONE}; accepted: one in each"]),
    "Chinese in English": ("memory", "memory 显存", ["4: the English label 'memory 显存' has Chinese; accepted: English"]),
    "a language outside a switch": ("<text x", '<text systemLanguage="zh,zh-CN" x', ["5: systemLanguage on a <text> outside <switch>; accepted: on a child of <switch>"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_figure_is_told(case: str) -> None:
    old, new, messages = REFUSED[case]
    assert old in GOOD
    told = [str(problem) for problem in figure_problems("f.svg", GOOD.replace(old, new), PALETTE)]
    assert told == [f"f.svg:{message}" for message in messages]


def test_a_good_figure_is_not_told() -> None:
    assert list(figure_problems("f.svg", GOOD, PALETTE)) == []


SHOWN = "![80 GB 显存](../../figures/card.svg)"
SHOWN_EN = "![80 GB of memory](../../figures/card.svg)"
Z, E = "docs/zh/intro/first.md", "docs/en/intro/first.md"
FILES: dict[str, str | bytes | None] = {
    "docs/figures/card.svg": GOOD,
    "overrides/assets/css/site/palette.css": (ROOT / "overrides/assets/css/site/palette.css").read_text(
        encoding="utf-8"
    ),
    Z: f"先量。\n\n{SHOWN}\n\n*说明。*\n",
    E: f"Measure first.\n\n{SHOWN_EN}\n\n*A caption.*\n",
}
TOLD: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "no alternative": ({Z: f"先量。\n\n{SHOWN.replace('80 GB 显存', '')}\n"}, [f"{Z}:3: card.svg has no text alternative; accepted: ![what it shows, its numbers included](…)"]),
    "no alternative of another image": ({Z: f"先量。\n\n{SHOWN}\n\n![](a.png)\n"}, [f"{Z}:5: an image has no text alternative; accepted: ![what it shows, its numbers included](…)"]),
    "the other language's alternative": ({Z: f"先量。\n\n{SHOWN_EN}\n"}, [f"{Z}:3: the text alternative of card.svg is not in the page's language; accepted: 'zh'"]),
    "Chinese in an English page": ({E: f"Measure.\n\n{SHOWN}\n"}, [f"{E}:3: the text alternative of card.svg is not in the page's language; accepted: 'en'"]),
    "a figure that is not there": ({Z: f"先量。\n\n{SHOWN.replace('card', 'cart')}\n"}, [f"{E}:1: shows the figures ['card.svg']; accepted: ['cart.svg'], as {Z} does", f"{Z}:3: cart.svg is not in docs/figures; accepted: card.svg"]),
    "a figure in a sentence": ({Z: f"先量。\n\n见 {SHOWN}\n"}, [f"{Z}:3: card.svg shares its line; accepted: a figure on a line of its own"]),
    "a figure in one language": ({E: "Measure.\n"}, [f"{E}:1: shows the figures []; accepted: ['card.svg'], as {Z} does"]),
    "a figure in code": ({Z: f"先量。\n\n{SHOWN}\n\n```\n![](../../figures/none.svg)\n```\n"}, []),
    "an article's own image": ({"docs/zh/topics/first.md": f"{MARK}x\n\n![](../../figures/none.svg)\n"}, []),
    "what is no SVG": ({"docs/figures/card.png": b"\x89PNG"}, ["docs/figures/card.png:1: is no SVG; accepted: NAME.svg"]),
    "a figure that is no text": ({"docs/figures/card.svg": b"\xff"}, ["docs/figures/card.svg:1: the byte 0xff is no UTF-8; accepted: UTF-8 text"]),
    "a bad figure": ({"docs/figures/card.svg": GOOD.replace("var(--mt-red)", "red")}, [f"docs/figures/card.svg:6: the colour 'red'; accepted: {PAINTS}"]),
    "nothing": ({}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_pages_and_figures_that_do_not_fit(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes, messages = TOLD[case]
    monkeypatch.chdir(make(tmp_path, {**FILES, **changes}))
    told = problems(Path("docs"), Path("overrides/assets/css/site/palette.css"))
    assert sorted(map(str, told)) == messages


def test_make_check_holds_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, {**FILES, "docs/figures/card.svg": "<svg>"}))
    split.main(["--articles", "articles", "--docs", "docs"])
    told = [str(problem) for problem in check.problems(Path("articles"), Path("docs"), Path())]
    fault = "is no well-formed XML (no element found: line 1, column 5); accepted: an SVG"
    assert f"docs/figures/card.svg:1: {fault}" in told


def test_no_introduction_has_more_than_one_figure() -> None:
    for code in ("zh", "en"):
        for page in sorted((ROOT / f"docs/{code}/intro").glob("*.md")):
            assert page.read_text(encoding="utf-8").count("](../../figures/") <= 1, page


def shown(folder: Path, text: str, code: str = "zh", svg: str = GOOD) -> str:
    make(folder, {"docs/figures/card.svg": svg})
    page = MarkdownPage(f"{code}/topics/a.md", text, folder / "docs")
    return Figures(page).rewritten(html_of(folder, text))


@pytest.mark.parametrize(("code", "mine", "other"), [("zh", "显存", "memory"), ("en", "memory", "显存")])
def test_a_figure_stands_in_the_page_in_its_language(code: str, mine: str, other: str, tmp_path: Path) -> None:
    html = shown(tmp_path, '![a < "b"](../../figures/card.svg)\n\n*c **d***\n', code)
    assert html.startswith('<figure class="figure"><svg viewBox="0 0 440 90"')
    assert 'role="img" aria-label="a &lt; &quot;b&quot;"' in html
    assert html.endswith("<figcaption>c <strong>d</strong></figcaption></figure>")
    assert mine in html
    assert other not in html
    assert not re.search("<style|<switch|systemLanguage|xmlns|<img|<p>", html)


def test_two_figures_of_a_page_share_no_id(tmp_path: Path) -> None:
    html = shown(tmp_path, f"{SHOWN}\n\n字。\n\n{SHOWN}\n")
    assert re.findall(r'id="([^"]+)"', html) == ["card-1-head", "card-2-head"]
    assert re.findall(r"url\(#([^)]+)\)", html) == ["card-1-head", "card-2-head"]
    assert "<figcaption>" not in html
    assert "<p>字。</p>" in html


@pytest.mark.parametrize(
    "text", ["![a](../../figures/none.svg)", "![a](../card.svg)", "`![a](../../figures/card.svg)`", f"见 {SHOWN}"]
)
def test_what_is_no_figure_stays(text: str, tmp_path: Path) -> None:
    assert shown(tmp_path, text) == html_of(tmp_path, text)


def test_a_broken_figure_fails_the_build_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as failed:
        shown(tmp_path, SHOWN, svg="<svg>\n<g>\n</svg>")
    fault = "is no well-formed XML (mismatched tag: line 3, column 2); accepted: an SVG"
    assert str(failed.value) == f"docs/figures/card.svg:3: {fault}"


def test_pages_without_figures_need_none(tmp_path: Path) -> None:
    assert list(page_problems(make(tmp_path) / "docs", [])) == []
