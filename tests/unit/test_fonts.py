"""The fonts of formulas, with the characters that the pages have and no others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from miaotui.site import fonts

ROOT = Path(__file__).resolve().parents[2]
WHOLE = (ROOT / "overrides" / fonts.FONTS / "KaTeX_Main-Regular.woff2").read_bytes()


def has(font: bytes) -> set[str]:
    return {chr(code) for code in TTFont(io.BytesIO(font)).getBestCmap()}


def test_a_font_keeps_what_is_wanted_and_its_measures() -> None:
    part = fonts.drawn(WHOLE, "aβ=量")
    assert has(part) == {"a", "="} | ({"β"} & has(WHOLE))
    assert len(part) < len(WHOLE) / 4
    old, new = TTFont(io.BytesIO(WHOLE)), TTFont(io.BytesIO(part))
    for name in ("a", "equal"):
        assert new["hmtx"][name] == old["hmtx"][name]
    assert new["hhea"].ascent == old["hhea"].ascent


def test_the_same_font_is_the_same_bytes() -> None:
    assert fonts.drawn(WHOLE, "a=") == fonts.drawn(WHOLE, "=a")


def test_a_font_is_kept_and_drawn_anew_for_other_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "KEPT", tmp_path)
    first = fonts.kept(WHOLE, "a")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [first]
    assert fonts.kept(WHOLE, "a") == first
    assert fonts.kept(WHOLE, "ab") != first
    assert len(list(tmp_path.iterdir())) == 2


FORMULA = (
    '<p>Words &le; <span class="katex"><span class="katex-mathml"><math><mi>q</mi></math></span>'
    '<span class="katex-html"><span class="base"><span class="mord mathnormal" style="x">T</span>'
    '<span class="mrel">&le;</span><span class="mord">2<svg><path d="z"/></svg></span></span></span></span> after</p>'
)


def test_letters_are_those_that_formulas_set_the_variables_apart() -> None:
    assert fonts.letters([FORMULA, "<p>no formula</p>", FORMULA.replace(">T<", "><span>x</span><")]) == ("T", "2x≤")


def test_every_character_of_a_formula_is_in_the_font_that_sets_it(online: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in online.rglob("*.html")]
    variables, others = map(set, fonts.letters(pages))
    assert {"T", "α"} <= variables
    assert {"=", "0"} <= others
    for whole in sorted((ROOT / "overrides" / fonts.FONTS).glob("*.woff2")):
        sent = has((online / fonts.FONTS / whole.name).read_bytes())
        wanted = variables if whole.stem == "KaTeX_Math-Italic" else others
        assert sent == has(whole.read_bytes()) & wanted, whole.name
