"""The EPUB of a site of a dozen pages: how it is put together, and what becomes of a page, a formula and a figure."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from miaotui.base.paths import FIGURES
from miaotui.base.store import Store
from miaotui.markup.katex import html_of
from miaotui.offline import epub_figures, epub_formulas
from miaotui.offline.chapters import Chapter
from miaotui.offline.epub import epub
from miaotui.offline.epub_cover import cover
from miaotui.offline.epub_formulas import INK, drawn
from miaotui.offline.epub_mathml import drawable, pieces
from miaotui.offline.epub_pages import BookPlaces, lighter
from miaotui.offline.single import Edition
from miaotui.offline.unfit import Unfit
from tests.epubs import PACKAGE, XHTML, Epub, faults

EDITION = Edition("v1", "2026-11-24", "https://miaotui.example/")


def math(tex: str, *, display: bool = False) -> str:
    """What KaTeX says of a formula as MathML."""
    found = re.search(r"<math.*?</math>", html_of(tex, display=display), re.DOTALL)
    assert found
    return found[0]


MARGIN = epub_formulas._MARGIN / epub_formulas._EM
"""Around the ink of a formula, in em."""


def formula(tex: str) -> str:
    return f'<span class="formula">{html_of(tex, display=False)}</span>'


WIDE = r"a = 1, \qquad b = 2"
HEAD = """<header class="question"><p class="question__number" aria-hidden="true">12</p>
<h1 id="question"><span class="visually-hidden">12. </span>Scales &lt; all</h1>
<ul class="question__facts"><li><span class="question__level" aria-hidden="true">●●○</span>
<span class="visually-hidden">Level: </span>Core</li>
<li><a href="../topics/quantization.html#q12">Quantization</a></li></ul></header>"""
TABLE = "".join(f"<tr>{''.join(f'<{tag}>{said}</{tag}>' for said in 'wxyz')}</tr>" for tag in ("th", "td"))
QUESTION = f"""{HEAD}
<section class="short" aria-labelledby="short"><h2 id="short">Short</h2>
<p>As {formula("|x| < b")} <button class="term" popovertarget="term-scale">scales</button>, then again
<button class="term" popovertarget="term-scale">scales</button>.</p></section>
<div class="formula">{html_of(WIDE, display=True)}</div>
<p><a class="computed" href="../calc/size.html?bits=4&amp;n=2">5 GB</a>, <a href="../calc/size.html">size</a></p>
<details class="follow-up"><summary>Why?</summary><p>Because.</p></details>
<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table><thead>{TABLE[: len(TABLE) // 2]}</thead>
<tbody>{TABLE[len(TABLE) // 2 :]}</tbody></table></div></div>
<figure class="figure"><svg role="img" aria-label="Four, then 5" viewBox="0 0 8 4" width="8" height="4">
<path d="M0 0" stroke="var(--mt-red)" fill="currentColor"></path></svg><figcaption>4</figcaption></figure>
<div class="highlight"><pre><code tabindex="0"><span class="k">if</span> a <span class="o">&lt;</span> b:
  <span class="c1"># no</span>
</code></pre></div>
<h2 id="references">References</h2><ul><li><a href="https://arxiv.org/abs/1" id="ref-x">X</a></li></ul>"""
LIST = '<h1 id="{0}">{0}</h1><ul><li><a href="{1}">one</a></li></ul>'
PAGES = {
    "index.html": '<div class="contents"><a href="topics/quantization.html">Q</a><a href="q/12.html">12</a></div>',
    "topics/quantization.html": '<h1 id="topic">Quantization</h1><p>On <a href="../q/12.html#short">12</a>.</p>',
    "q/12.html": QUESTION,
    "problems/index.html": LIST.format("problems", "gqa.html"),
    "problems/gqa.html": '<h1 id="problem">GQA</h1><p>Write it.</p>',
    "listings/index.html": '<h1 id="listings">Code</h1>',
    "calc/index.html": LIST.format("calculators", "size.html"),
    "calc/size.html": '<h1 id="calculator">Size</h1><p>Bits.</p>',
    "lab/index.html": '<h1 id="lab">The lab</h1>',
    "glossary.html": '<h1 id="glossary">Glossary</h1><h2 id="topic-quantization">Quantization</h2>'
    '<h3 id="scale">scale</h3><p>What is multiplied.</p><h3 id="warp">warp</h3><p>32 threads.</p>',
    "corrections.html": '<h1 id="corrections">Corrections</h1><h2 id="q12">12</h2><p>It is not.</p>',
    "references.html": '<h1 id="references">References</h1>',
    "about.html": "<p>About</p>",
}


def site(folder: Path, pages: dict[str, str]) -> Path:
    for name, inner in pages.items():
        path = folder / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<article>{inner}</article>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return epub(site(tmp_path_factory.mktemp("site"), PAGES), "en/", EDITION)


@pytest.fixture(scope="module")
def book(data: bytes) -> Epub:
    return Epub(data)


def page(book: Epub, name: str) -> BeautifulSoup:
    return BeautifulSoup(book.files[f"book/{name}.xhtml"].decode(), "html.parser")


# The book


def test_nothing_is_wrong_with_the_book(book: Epub) -> None:
    assert faults(book) == []
    assert [name.removeprefix("book/").removesuffix(".xhtml") for name in book.spine] == [
        *("cover", "title", "nav", "levels", "topic-quantization", "q12", "problems", "problem-gqa"),
        *("listings", "calculators", "calc-size", "lab", "glossary", "corrections", "references"),
    ]


PLANTED = {
    "a page that is not listed": (
        PACKAGE,
        r'<item id="q12\.xhtml"[^>]*>',
        "",
        "book/q12.xhtml: is not in",
    ),
    "a file that is not there": (
        PACKAGE,
        "<manifest>",
        '<manifest><item id="a" href="a.css"/>',
        "book/a.css: is in",
    ),
    "a link to no page": ("book/q12.xhtml", "topic-quantization.xhtml", "a.xhtml", "book/q12.xhtml: links to a.xhtml"),
    "a link to no anchor": ("book/q12.xhtml", "#glossary-scale", "#b", "book/q12.xhtml: links to glossary.xhtml#b"),
    "an id twice": (
        "book/q12.xhtml",
        'id="q12-short"',
        'id="q12-question"',
        "book/q12.xhtml: has the id q12-q",
    ),
    "no alternative": ("book/q12.xhtml", 'alt="Four, then 5"', 'alt=""', "book/q12.xhtml: shows figures/"),
    "no picture": ("book/q12.xhtml", "figures/", "figure/", "book/q12.xhtml: shows figure/"),
    "a picture from outside": ("book/q12.xhtml", 'src="figures', 'src="https://a.b/f', "book/q12.xhtml: asks for"),
    "a script": ("book/q12.xhtml", "<pre>", "<script/><pre>", "book/q12.xhtml: has a <script>"),
    "other contents": ("book/toc.ncx", "q12.xhtml", "q13.xhtml", "toc.ncx: has other contents"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_wrong_with_a_book_is_found(name: str, data: bytes) -> None:
    file, old, new, told = PLANTED[name]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as broken:
        for entry in whole.infolist():
            text = whole.read(entry)
            changed = re.sub(old, new, text.decode(), count=1).encode() if entry.filename == file else text
            assert entry.filename != file or changed != text
            broken.writestr(entry, changed)
    assert [fault for fault in faults(Epub(out.getvalue())) if fault.startswith(told)] != []


def test_one_site_gives_the_same_bytes_dated_by_its_edition(data: bytes, book: Epub, tmp_path: Path) -> None:
    assert epub(site(tmp_path, PAGES), "en/", EDITION) == data
    assert book.meta("date") == ["2026-11-24"]
    assert b'<meta property="dcterms:modified">2026-11-24T00:00:00Z</meta>' in book.files[PACKAGE]
    assert {entry.date_time for entry in book.entries} == {(1980, 1, 1, 0, 0, 0)}


def test_a_newer_edition_is_the_same_book(book: Epub, tmp_path: Path) -> None:
    newer = Edition("v2", "2026-12-24", EDITION.site)
    assert Epub(epub(site(tmp_path, PAGES), "en/", newer)).meta("identifier") == book.meta("identifier")


def test_the_contents_are_by_topic_and_by_level(book: Epub) -> None:
    nav = page(book, "nav")
    below = nav.select('a[href="topic-quantization.xhtml"] + ol > li')
    assert [entry.get_text() for entry in below] == ["12. Scales < all ●●○"]
    levels = page(book, "levels")
    assert [heading.get_text() for heading in levels.select("h2")] == ["●●○ Core"]
    assert levels.select("h2 + ul li")[0].get_text() == "12. Scales < all · Quantization"


def test_the_cover_has_the_title_in_few_colours() -> None:
    made = cover("Miaotui", "Interview questions", "miaotui.example")
    image = Image.open(io.BytesIO(made))
    assert (image.format, image.size) == ("PNG", (1200, 1600))
    assert len(made) < 40_000
    assert made == cover("Miaotui", "Interview questions", "miaotui.example")
    assert made != cover("Miaotui", "Interview question", "miaotui.example")


# A page


def test_a_page_is_read_without_scripts_folds_or_style(book: Epub) -> None:
    text = page(book, "q12")
    assert text.select_one("h2#q12-question").get_text() == "12. Scales < all"  # type: ignore[union-attr]
    assert " ".join(text.select(".question__facts li")[0].get_text().split()) == "Level: ●●○ Core"
    assert text.select_one(".fold > .fold__title + p").get_text() == "Because."  # type: ignore[union-attr]
    code = text.select_one("pre code")
    assert code
    assert code.get_text() == "if a < b:\n  # no\n"
    assert [span["class"] for span in code.find_all("span")] == [["k"], ["c"]]


def test_a_wide_table_says_at_each_value_what_it_is(book: Epub) -> None:
    cells = page(book, "q12").select("table.wide td")
    assert [(cell["data-head"], cell.get_text()) for cell in cells] == [(one, one) for one in "wxyz"]


def test_links_lead_through_the_book_and_numbers_to_the_site(book: Epub) -> None:
    links = {link.get_text(): link["href"] for link in page(book, "q12").find_all("a")}
    assert links["5 GB"] == "https://miaotui.example/en/calc/size/?bits=4&n=2"
    assert links["size"] == "calc-size.xhtml"
    assert links["Quantization"] == "topic-quantization.xhtml"
    assert links["scales"] == "glossary.xhtml#glossary-scale"
    assert links["miaotui.example/en/q/12/"] == "https://miaotui.example/en/q/12/"


def test_a_term_links_back_to_its_first_use(book: Epub) -> None:
    (back,) = page(book, "glossary").select(".back")
    assert back.get_text() == "Used in: 12"
    assert back.a
    assert back.a["href"] == "q12.xhtml#q12-glossary-scale"
    assert [tag["id"] for tag in back.find_previous_siblings("h3")] == ["glossary-scale"]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    broken = {**PAGES, "q/12.html": QUESTION.replace("term-scale", "term-scales")}
    with pytest.raises(Unfit, match=r"^q12-glossary-scales: the glossary has no glossary-scales$"):
        epub(site(tmp_path, broken), "en/", EDITION)
    broken = {**PAGES, "q/12.html": QUESTION.replace('calc/size.html"', 'calc/size.html#x"')}
    with pytest.raises(Unfit, match=r"^q/12\.html links to #calc-size-x, which the book does not have$"):
        epub(site(tmp_path, broken), "en/", EDITION)


def test_a_page_without_a_heading_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match=r"^calc/size\.html has no heading; a page of the book needs its title$"):
        epub(site(tmp_path, {**PAGES, "calc/size.html": "<p>x</p>"}), "en/", EDITION)


def test_a_topic_is_linked_by_its_questions_and_others_lead_to_the_question() -> None:
    places = BookPlaces({"q/12.html": "q12", "topics/a.html": "topic-a"}, "https://miaotui.example/")
    assert places.link("../topics/a.html#q12", Chapter("q12", "q/12.html", False)) == "#topic-a"
    assert places.link("../topics/a.html#q12", Chapter("q13", "q/13.html", False)) == "#q12"


def test_what_is_set_for_the_eye_is_not_parsed() -> None:
    html = f'<p>{formula("x")}<span class="o">=</span><span class="k">if</span>{formula("y^2")}</p>'
    kept = lighter(html)
    assert "katex-html" not in kept
    assert BeautifulSoup(kept, "html.parser").decode() == kept
    assert len(re.findall("<math", kept)) == 2
    assert '=<span class="k">if</span>' in kept


# Formulas


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_formula_is_legible_on_white_and_on_black() -> None:
    assert 1.05 / (luminance(INK) + 0.05) >= 4.5
    assert (luminance(INK) + 0.05) / 0.05 >= 4.5
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawn(math(r"\frac{a}{b}")).svg)) == {INK}


def test_a_formula_stands_on_the_line_and_says_its_tex(book: Epub) -> None:
    pictures = page(book, "q12").select("img.formula")
    assert [picture["alt"] for picture in pictures] == ["|x| < b", "a = 1,", "b = 2"]
    style = dict(one.split(":") for one in str(pictures[0]["style"]).split(";"))
    # The bars reach below the line.
    assert -0.4 < float(style["vertical-align"].removesuffix("em")) < -0.1
    assert abs(float(style["width"].removesuffix("em")) * 16 - int(str(pictures[0]["width"]))) < 1


def test_what_hangs_below_the_line_is_its_depth() -> None:
    flat, deep, fraction = (drawn(math(tex)).depth for tex in ("x", "y", r"\frac{a}{b}"))
    # The margin alone, and STIX's descender.
    assert 0 <= flat - MARGIN < 0.03
    assert 0.15 < deep - MARGIN < 0.25
    assert fraction > deep


def test_chinese_words_in_a_formula_are_drawn() -> None:
    one, two = (drawn(math(rf"t_{{\text{{{words}}}}}")) for words in ("网", "网络"))
    assert two.width - one.width == pytest.approx(0.7, abs=0.1)
    assert two.svg.count("M") > one.svg.count("M") + 3


def test_a_sign_that_no_font_has_is_told() -> None:
    with pytest.raises(Unfit, match=r"^the formula x: '.' is in no font of formulas$"):
        drawn(math("x").replace("<mi>x", "<mi>\U0001f600"))


def test_a_sign_that_is_not_drawn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_formulas, "signs", lambda _root: 4)
    with pytest.raises(Unfit, match=r"^of the formula u \+ v 3 signs are drawn; it has 4$"):
        drawn(math("u + v"))


def test_a_formula_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_formulas, "_STORE", Store("formulas", tmp_path))
    monkeypatch.delenv("MIAOTUI_CACHE", raising=False)
    first = drawn.__wrapped__(math("u"))
    monkeypatch.setattr(epub_formulas, "_draw", None)
    assert drawn.__wrapped__(math("u")) == first


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        (r"a, \qquad b, \qquad c", ["a,", "b,", "c"]),
        (r"a \quad b", [r"a \quad b"]),
        (r"\frac{a \qquad b}{c}", [r"\frac{a \qquad b}{c}"]),
    ],
)
def test_a_long_formula_parts_at_its_wide_spaces(tex: str, parts: list[str]) -> None:
    found = pieces(math(tex, display=True))
    assert [drawn(piece).tex for piece in found] == parts
    assert pieces(math(tex)) == [math(tex)]


def test_katex_s_signs_are_ziamath_s() -> None:
    row = drawable(math(r"\|x\| = -\hat{x} \cdot \overset{a}{=}"))
    assert [(one.text, one.get("lspace")) for one in row.iter("mo") if one.text] == [
        *(("‖", "0em"), ("‖", "0em"), ("=", None), ("−", "0em"), ("ˆ", None), ("⋅", "mediummathspace"), ("=", None))
    ]


def test_a_name_with_something_below_it_keeps_its_distance() -> None:
    near, far = (drawn(math(tex, display=True)).width for tex in (r"B n_i", r"B \max_i n_i"))
    ink = drawn(math(r"\max_i", display=True)).width - 2 * MARGIN
    assert far - near > ink + 0.2


# Figures


def test_a_figure_has_its_colours_in_it(book: Epub) -> None:
    (picture,) = page(book, "q12").select("img.drawn")
    assert (picture["alt"], picture["width"], picture["height"]) == ("Four, then 5", "8", "4")
    svg = book.files[f"book/{picture['src']}"].decode()
    assert 'viewBox="0 0 8 4"' in svg
    assert "currentColor" not in svg
    assert "var(" not in svg
    light, dark = epub_figures.palette("default"), epub_figures.palette("slate")
    assert f'<rect width="8" height="4" fill="{light["paper"]}"/>' in svg
    assert f'[stroke="{light["red"]}"]{{stroke:{dark["red"]}}}' in svg
    assert f'stroke="{light["red"]}"' in svg


def test_the_names_of_a_figure_s_attributes_keep_their_capitals() -> None:
    used = {
        name
        for path in FIGURES.glob("*.svg")
        for name in re.findall(r'\s([a-z]+[A-Z]\w*)="', path.read_text(encoding="utf-8"))
    }
    # What a language says is chosen when the page is built.
    assert used - {"systemLanguage"} <= set(epub_figures.CAMEL.values())


def test_the_page_is_xhtml(book: Epub) -> None:
    assert book.page("q12").tag == f"{XHTML}html"
    assert book.page("q12").get("lang") == "en"
