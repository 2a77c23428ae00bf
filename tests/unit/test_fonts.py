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


def test_letters_are_those_of_the_pages_and_of_a_keyboard() -> None:
    found = fonts.letters(["<p>&alpha;&#x2264;</p>", "∑"])
    assert {"α", "≤", "∑", "0", "z", "+"} <= set(found)
    assert "β" not in found


def test_every_character_of_a_formula_is_in_the_fonts_that_are_sent(online: Path) -> None:
    pages = [page for page in (path.read_text(encoding="utf-8") for path in online.rglob("*.html")) if "katex" in page]
    wanted = set(fonts.letters(pages))
    for whole in sorted((ROOT / "overrides" / fonts.FONTS).glob("*.woff2")):
        sent = has((online / fonts.FONTS / whole.name).read_bytes())
        assert sent == has(whole.read_bytes()) & wanted, whole.name
