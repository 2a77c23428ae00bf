"""The PDF of a small file: its bookmarks, and its letters where the system has none for Chinese."""

from __future__ import annotations

import io
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import OutlineItem

from miaotui.base.paths import THEME
from miaotui.offline.bound import named
from miaotui.offline.printed import printed
from miaotui.offline.unfit import Unfit
from tests.pdfs import copied

STYLE = "\n".join(
    (THEME / f"assets/css/site/{part}.css").read_text(encoding="utf-8") for part in ("palette", "type", "terms")
)
LONG = "How can the attention mechanism be used to optimize a deep learning model's inference speed on a phone?"
BODY = f"""<h1>{LONG}</h1><h2>{LONG.upper()} Twice as long: {LONG}</h2>
<p>warm-up <em class="other" lang="zh">预热</em> <span lang="zh">量化</span></p><h3><span lang="zh">剪枝</span></h3>
<table><tr><th lang="zh">蒸馏</th><td><a href="#a" lang="zh">中文</a></td></tr></table>
<pre><code>x = 1  # 注释</code></pre><svg lang="zh" width="99" height="20"><text y="15">缓存</text></svg>"""
RARE = "é ć ŵ ᵀ ⁰⁴⁻ ₂ ✗ ✓ α Σ → ≤ √ ∞ ‖ ⌊x⌋ × · — “”"
"""Characters of pages that the Chinese letters do not all have."""
OURS = {"NotoSansSCThin", "NotoSansSC", "DejaVuSansMono", *(f"KaTeX_{name}" for name in ("Main", "Math", "Size1"))}
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""


def _files(asked: str) -> set[str]:
    listed = subprocess.run(["fc-list", asked, "file"], capture_output=True, text=True, check=True)
    return {line.rstrip(": ") for line in listed.stdout.splitlines()}


@pytest.fixture
def no_chinese_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that has fonts, as Chromium needs one, but none for Chinese."""
    for at, file in enumerate(sorted(_files(":lang=en") - _files(":lang=zh"))):
        (tmp_path / f"{at}{Path(file).suffix}").symlink_to(file)
    settings = tmp_path / "fonts.conf"
    settings.write_text(_FONTS.format(folder=tmp_path), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))


def printed_in(lang: str, more: str = "") -> bytes:
    head = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><style>{STYLE}</style></head>'
    html = f'{head}<body class="md-typeset">{more}{BODY}</body></html>'
    # Playwright runs once in a thread, and the tests' own browser may be open in this one.
    with ThreadPoolExecutor(1) as other:
        return other.submit(printed, html, "2026-11-24").result()


def drawn(pdf: bytes) -> set[str]:
    """The characters that some font of the PDF has a letter for; an empty box has none, though it can be copied."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts = [font for page in file.pages for font in page.resources.get("/Font", {}).values()]
        return {letter for font in fonts for letter in copied(font)}


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.usefixtures("no_chinese_font")
def test_no_letter_is_missing_where_the_system_has_no_font(lang: str) -> None:
    assert set(re.findall(r"[\u3400-\u9fff]", BODY)) - drawn(printed_in(lang)) == set()


def test_the_bookmarks_are_the_headings_word_for_word() -> None:
    titles = [mark.get_title() for mark in pypdfium2.PdfDocument(io.BytesIO(printed_in("en"))).get_toc()]
    assert titles == [LONG, f"{LONG.upper()} Twice as long: {LONG}", "剪枝"]


def test_a_bookmark_that_is_no_heading_s_is_refused() -> None:
    first, second = OutlineItem("Ato b", 0), OutlineItem("C dC d", 0)
    first.children.append(second)
    named([first], iter(["A to b", "C d"]))
    assert (first.title, second.title) == ("A to b", "C d")
    with pytest.raises(Unfit, match="bookmark 'C d' stands where the heading 'D' is"):
        named([second], iter(["D"]))


_MORE_NODES = """<script>
for (let at = 0; at < 999; at++) {
  const made = document.createElement("p")
  document.documentElement.append(made)
  made.remove()
}
document.currentScript.remove()
</script>"""


def test_two_runs_give_the_same_bytes() -> None:
    """A browser counts its nodes on, and how many it had before a page's is the run's own."""
    assert printed_in("en", _MORE_NODES) == printed_in("en")


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_letters_are_ours_whatever_the_system_has(lang: str) -> None:
    pdf = printed_in(lang, f"<p>{RARE}</p><pre><code>{RARE}</code></pre>")
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = {str(font["/BaseFont"]) for page in file.pages for font in page.resources.get("/Font", {}).values()}
    assert {name.partition("+")[2].partition("-")[0] for name in found} <= OURS, found
    assert set(RARE) - drawn(pdf) == set()


LISTED = {"one": 2, "two": 4, "three": 5}
"""The parts of a small file with contents, and the page on which each begins."""
CONTENTS = "".join(f'<li><span><a href="#{name}">{name}</a></span></li>' for name in LISTED)
PAGED = f"""<nav id="contents"><ol>{CONTENTS}</ol></nav>
<h1 id="one" style="break-before:page">one</h1><p style="break-before:page">on</p>
<h1 id="two" style="break-before:page">two</h1><h1 id="three" style="break-before:page">three</h1>"""


def test_the_contents_have_the_page_on_which_each_title_stands() -> None:
    pdf = printed_in("en", PAGED)
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    found = dict(re.findall(r"(one|two|three)\s*(\d+)", texts[0]))
    assert found == {name: str(page) for name, page in LISTED.items()}
    assert re.search(rf"1 / {len(document)}\b", texts[0])
    assert all(name in texts[page - 1] for name, page in LISTED.items())
    with pikepdf.open(io.BytesIO(pdf)) as file:
        # The title and the number lead there, each by a link of its own.
        assert [str(link["/Dest"]) for link in file.pages[0].Annots] == [f"/{name}" for name in LISTED for _ in "ab"]


def test_contents_that_lead_nowhere_are_refused() -> None:
    with pytest.raises(Unfit, match="contents lead to gone, which is on none of its pages"):
        printed_in("en", '<nav id="contents"><a href="#gone">x</a></nav>')


def test_bookmarks_are_closed_below_the_second_level() -> None:
    with pikepdf.open(io.BytesIO(printed_in("en"))) as file, file.open_outline() as outline:
        part = outline.root[0]
        assert [part.is_closed, *(one.is_closed for one in part.children)] == [False, True]


def test_each_page_has_its_number() -> None:
    pages = pypdfium2.PdfDocument(io.BytesIO(printed_in("en", "<p>x</p>" * 200)))
    numbers = [re.findall(r"(\d+)\s*/\s*(\d+)", page.get_textpage().get_text_range()) for page in pages]
    assert numbers == [[(str(at), str(len(pages)))] for at in range(1, len(pages) + 1)]
    assert len(pages) > 2
