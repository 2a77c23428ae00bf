"""What a picture of a question says: its answer as text, the one number, and a code that a reader's camera reads."""

from __future__ import annotations

import json
import re

import pytest
import zxingcpp
from PIL import Image

from miaotui.base.paths import DOCS
from miaotui.markup.page import parsed
from miaotui.markup.plain_tex import plain
from miaotui.site import pictures
from miaotui.site.quotations import Quotations

FORMULAS = {
    r"$\frac{2PB}{\text{bandwidth}}$ seconds": "2PB/bandwidth seconds",
    r"at most $\frac{1}{1-\alpha}$ times": "at most 1/(1−α) times",
    r"$O(T^2)$ and $\sqrt{d_k}$": "O(T²) and √d_k",
    r"$\left\lfloor x \times 3 \right\rfloor$": "⌊ x × 3 ⌋",
    "$5 and $6, in all $11": "$5 and $6, in all $11",
    "no formula, `x_1`": "no formula, `x_1`",
}


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text(text: str) -> None:
    assert plain(text) == FORMULAS[text]


SPOKEN = {
    "[41.9 GB](../calc/kv-cache.md?layers=80){ title=x }，**两倍**": "41.9\u00a0GB，两倍",
    "用`x`算$a \\times b$，8B用5 ms": "用 x 算 a × b，8B 用 5\u00a0ms",
    "about 3 times in 20 s.": "about 3 times in 20\u00a0s.",
}


@pytest.mark.parametrize("text", SPOKEN)
def test_a_line_is_drawn_without_marks_its_number_with_the_unit(text: str) -> None:
    assert pictures.spoken(text) == SPOKEN[text]


LARGE = {
    "one with a unit": (["At batch 64.", "It takes 5 ms, not 7 ms."], "5\u00a0ms"),
    "not that of a formula": (["2 × layers, so 128 KiB."], "128\u00a0KiB"),
    "no year": (["Renamed in 2024, it takes 295 tokens."], "295 tokens"),
    "no first half of a name": (["M/M/1 waits; 1/8 of 2,650 rows."], "2,650 rows"),
    "what it counts, before a bare one": (["64 here.", "约 80 个 Token。"], "80 个 Token"),
    "of two counted ones the longer": (["Read for 8 tokens.", "It needs 295 tokens."], "295 tokens"),
}


@pytest.mark.parametrize("case", LARGE)
def test_the_large_number_stands_alone(case: str) -> None:
    said, large = LARGE[case]
    sentences = [pictures.spoken(sentence) for sentence in said]
    found = pictures.outstanding(sentences)
    assert found
    assert sentences[found[0]][found[1] : found[2]] == large


def test_where_no_number_stands_alone_none_is_large() -> None:
    assert pictures.outstanding(["p95 at batch 8, since 2024."]) is None


CHOSEN = {
    "what comes of it": (["Of 65 ms 6 ms are left."], "6 ms", "6\u00a0ms"),
    "no part of a longer number": (["At 16 ms, at 6.5 ms, at 6 ms."], "6 ms", "6\u00a0ms"),
    "words": (["带宽 4.8 对 3.35 TB/s，下限低三成。"], "低三成", "低三成"),
    "none": (["A top-p of 0.9 at 5 ms."], "", None),
    "what is said no more leaves it to the rule": (["It takes 7 ms."], "6 ms", "7\u00a0ms"),
    "nothing leaves it to the rule": (["It takes 7 ms."], None, "7\u00a0ms"),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_a_page_names_what_is_large(case: str) -> None:
    said, telling, large = CHOSEN[case]
    sentences = [pictures.spoken(sentence) for sentence in said]
    found = pictures.chosen(sentences, telling)
    assert (sentences[found[0]][found[1] : found[2]] if found else None) == large


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_pages_name_stands_in_their_answers(code: str) -> None:
    """Or a short answer was rewritten, and its page still names what it said before."""
    quotations, unsaid = Quotations(DOCS), []
    for path in sorted((DOCS / code / "q").glob("*.md")):
        page = parsed(quotations.included(path.read_text(encoding="utf-8")))
        sentences, telling = pictures.sentences_of(page.part("short")), page.meta.get("telling")
        found = pictures.chosen(sentences, telling)
        text = sentences[found[0]][found[1] : found[2]] if found else ""
        if telling is not None and "".join(text.split()) != "".join(telling.split()):
            unsaid.append((path.name, telling, text))
    assert not unsaid


def _read(dark: list[list[bool]], margin: int = pictures.MARGIN, pixels: int = 4) -> str:
    """What a decoder reads of the modules."""
    size = len(dark) + 2 * margin
    image = Image.new("L", (size, size), 255)
    for y, row in enumerate(dark):
        for x, module in enumerate(row):
            image.putpixel((x + margin, y + margin), 0 if module else 255)
    image = image.resize((size * pixels, size * pixels), Image.Resampling.NEAREST)
    return "".join(one.text for one in zxingcpp.read_barcodes(image))


ADDRESSES = ["https://miaotui.example/q/12/", "https://a-long-host-name.example.org/some/where/en/q/184/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_code_is_read_back(address: str) -> None:
    assert _read([list(row) for row in pictures.matrix(address)]) == address


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_svg_has_the_same_modules(address: str) -> None:
    modules = pictures.matrix(address)
    text = pictures.svg(modules)
    size = len(modules)
    drawn = [[False] * size for _ in range(size)]
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", text):
        for at in range(int(wide)):
            drawn[int(y) - pictures.MARGIN][int(x) - pictures.MARGIN + at] = True
    assert drawn == [list(row) for row in modules]
    assert f'viewBox="0 0 {size + 8} {size + 8}"' in text


def test_what_is_sent_is_the_whole_answer() -> None:
    picture = pictures.Picture(7, "KV Cache", "核心 · 显存", "秒推", "https://miaotui.example/q/7/")
    made = pictures.script(picture, "一句用了[5 ms](x.md)。\n\n二句。\n", {"title": "图"}, pictures.Code(2, "8A==", ""))
    said = json.loads(made.removeprefix("window.miaotuiPictured = "))
    assert said["sentences"] == [["一句用了 ", "5\u00a0ms", "。"], ["二句。"]]
    assert said["large"] == {"sentence": 0, "text": "5\u00a0ms"}
    assert (said["number"], said["address"]) == (7, "miaotui.example/q/7/")
    assert said["code"] == {"size": 2, "bits": "8A=="}


def test_a_picture_of_a_site_without_an_address_has_no_code() -> None:
    picture = pictures.Picture(7, "KV Cache", "Core · Memory", "Miaotui", None)
    made = dict(pictures.files("en/", {7: (picture, "One.")}, {}))
    assert list(made) == ["en/pictures/7.js"]
    said = json.loads(made["en/pictures/7.js"].partition(" = ")[2])
    assert (said["address"], said["code"]) == ("", None)
