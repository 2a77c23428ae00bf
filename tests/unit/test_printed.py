"""The PDF of a small file: its bookmarks."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
from pikepdf import OutlineItem

from miaotui.base.paths import THEME
from miaotui.offline.printed import named, printed
from miaotui.offline.unfit import Unfit

STYLE = "\n".join(
    (THEME / f"assets/css/site/{part}.css").read_text(encoding="utf-8") for part in ("palette", "type", "terms")
)
LONG = "How can the attention mechanism be used to optimize a deep learning model's inference speed on a phone?"
BODY = f"""<h1>{LONG}</h1><h2>{LONG.upper()} Twice as long: {LONG}</h2>
<p>warm-up <em class="other" lang="zh">预热</em> <span lang="zh">量化</span></p><h3><span lang="zh">剪枝</span></h3>
<table><tr><th lang="zh">蒸馏</th><td><a href="#a" lang="zh">中文</a></td></tr></table>
<pre><code>x = 1  # 注释</code></pre><svg lang="zh" width="99" height="20"><text y="15">缓存</text></svg>"""


def pdf(lang: str) -> pypdfium2.PdfDocument:
    html = (
        f'<!doctype html><html lang="{lang}"><head><style>{STYLE}</style></head><body class="md-typeset">{BODY}</body>'
    )
    # Playwright runs once in a thread, and the tests' own browser may be open in this one.
    with ThreadPoolExecutor(1) as other:
        return pypdfium2.PdfDocument(io.BytesIO(other.submit(printed, html, "2026-11-24").result()))


def test_the_bookmarks_are_the_headings_word_for_word() -> None:
    titles = [mark.get_title() for mark in pdf("en").get_toc()]
    assert titles == [LONG, f"{LONG.upper()} Twice as long: {LONG}", "剪枝"]


def test_a_bookmark_that_is_no_heading_s_is_refused() -> None:
    first, second = OutlineItem("Ato b", 0), OutlineItem("C dC d", 0)
    first.children.append(second)
    named([first], iter(["A to b", "C d"]))
    assert (first.title, second.title) == ("A to b", "C d")
    with pytest.raises(Unfit, match="bookmark 'C d' stands where the heading 'D' is"):
        named([second], iter(["D"]))
