"""A question page once it is written: what tests/site/written/ has, built as question 12 of either language."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from miaotui.markup.front_matter import front_matter
from tests.injected import styled
from tests.listening import Window, listened, window
from tests.searching import search

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent / "written"
FONT = ROOT / "vendor/noto-sans-sc/noto-sans-sc-chinese-simplified-700-normal.woff2"
WORDS: dict[str, dict[str, Any]] = {
    "": {
        "fold": "原文与更正",
        "short": "60 秒答案",
        "received": "简述深度学习量化的基本概念",
        "claim": "TensorFlow Quantization API",
        "asked": ["为什么权重按输出通道", "Batch 256 时选"],
        "answer": "缩放因子要能提到求和号外面",
        "typed": "求和号",
        "output": "输出 · 测试复算",
        "copy": "复制代码",
        "copied": "已复制",
    },
    "en/": {
        "fold": "As received, corrected",
        "short": "60-second answer",
        "received": "Briefly describe the basic concept",
        "claim": "TensorFlow Quantization API",
        "asked": ["Why a scale for each output channel", "W4A16 or FP8 at batch 256"],
        "answer": "The scale must come out of the sum",
        "typed": "factor varies",
        "output": "Output · rechecked by tests",
        "copy": "Copy code",
        "copied": "Copied",
    },
}
# The pages that are written so far: the bank's own, beside the specimen.
REAL = [
    (folder, int(page.stem))
    for folder in WORDS
    for page in sorted((ROOT / "docs" / (folder.strip("/") or "zh") / "q").glob("*.md"))
    if front_matter(page.read_text(encoding="utf-8")).get("written")
]


@pytest.fixture(params=WORDS, ids=["zh", "en"])
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def kept(chrome: Browser) -> Iterator[Window]:
    with window(chrome, 360, 740) as made:
        yield made


@pytest.fixture(scope="module")
def kept_plain(chrome: Browser) -> Iterator[Window]:
    with window(chrome, 360, 740, java_script_enabled=False) as made:
        yield made


@pytest.fixture
def plain(kept_plain: Window) -> Iterator[Page]:
    """A browser without scripts."""
    with listened(kept_plain) as opened:
        yield opened


def fold(page: Page, folder: str) -> Locator:
    return page.get_by_role("group").filter(has=page.get_by_role("heading", name=WORDS[folder]["fold"]))


def follow_result(page: Page, path: str, place: str) -> None:
    """Follows the search's result for a section of a page."""
    page.locator(f".md-search-result__link[href*='{path}'][href$='{place}']").first.click()


# A face from its bytes: the page's policy lets it fetch none but the site's.
_FACE = """async ([packed, size]) => {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0))
  document.fonts.add(await new FontFace("phone", bytes, { sizeAdjust: size }).load())
}"""


@cache
def face() -> str:
    return base64.b64encode(FONT.read_bytes()).decode()


def as_on_a_phone(page: Page, folder: str) -> None:
    """Sets letters as wide as a phone's, whatever this machine has: Roboto's are 0.9 of this bold face."""
    page.evaluate(_FACE, [face(), "90%" if folder else "100%"])
    styled(page, ":root { --mt-zh: phone; --mt-en: phone }")
    page.evaluate("document.fonts.ready.then(() => null)")


def fits(page: Page, folder: str) -> None:
    as_on_a_phone(page, folder)
    for part in (page.get_by_role("heading", level=1), page.get_by_role("region", name=WORDS[folder]["short"])):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 740, box


def test_question_facts_and_short_answer_fit_one_phone_screen(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    fits(page, folder)


@pytest.mark.parametrize(("folder", "number"), REAL)
def test_so_does_every_page_that_is_written(page: Page, address: str, folder: str, number: int) -> None:
    page.goto(f"{address}{folder}q/{number}/")
    fits(page, folder)
    page.evaluate("for (const fold of document.querySelectorAll('article details')) fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_short_answer_is_the_one_tinted_block(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    # The strip, which text scrolls below, has the paper's colour.
    tinted = page.evaluate(
        """() => [...document.querySelectorAll("article *")]
          .filter(element => !element.closest(".run, code, button, .md-code__nav, .definition, .strip"))
          .filter(element => getComputedStyle(element).backgroundColor !== "rgba(0, 0, 0, 0)")
          .map(element => element.className)"""
    )
    assert tinted == ["short"]


def test_the_article_s_answer_is_one_line_until_it_is_opened(page: Page, written_address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{written_address}{folder}q/12/")
    expect(page.get_by_text(words["received"])).to_be_hidden()
    # With its padding it takes less than a second line would.
    height, line = fold(page, folder).evaluate(
        "fold => [fold.offsetHeight, parseFloat(getComputedStyle(fold.querySelector('h2')).lineHeight)]"
    )
    assert height < 2 * line
    page.get_by_role("heading", name=words["fold"]).click()
    expect(page.get_by_text(words["received"])).to_be_visible()
    expect(page.get_by_text(words["claim"]).last).to_be_visible()


def test_it_opens_when_linked_to(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/#as-received")
    expect(page.get_by_text(WORDS[folder]["received"])).to_be_visible()


def test_it_opens_when_an_anchor_in_it_is_linked_to(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    page.evaluate("document.querySelector('article .correction').id = 'inside'")
    page.evaluate("location.hash = '#inside'")
    expect(page.locator("#inside")).to_be_visible()
    expect(page.locator("#inside")).to_be_in_viewport()


def test_an_address_with_half_a_letter_opens_nothing(page: Page, written_address: str) -> None:
    page.goto(f"{written_address}q/12/#%E0%A4")
    expect(page.get_by_text(WORDS[""]["received"])).to_be_hidden()


def test_it_opens_when_a_search_leads_there(page: Page, written_address: str, folder: str) -> None:
    page.goto(written_address + folder)
    search(page, WORDS[folder]["claim"])
    # What we say of it, which stands in the same fold.
    follow_result(page, f"{folder}q/12/", "#correction")
    expect(page.get_by_text(WORDS[folder]["received"])).to_be_visible()


def test_a_follow_up_opens_when_a_search_leads_there(page: Page, written_address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{written_address}{folder}q/12/")
    expect(page.get_by_text(words["answer"])).to_be_hidden()
    page.goto(written_address + folder)
    search(page, words["typed"])
    follow_result(page, f"{folder}q/12/", "#follow-ups")
    expect(page.get_by_text(words["answer"])).to_be_visible()
    folds = [page.get_by_role("group").filter(has_text=asked) for asked in words["asked"]]
    expect(folds[0]).to_have_attribute("open", "")
    expect(folds[1]).not_to_have_attribute("open", "")


def test_paper_has_everything(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("article details:not([open])")).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("article details[open]")).to_have_count(0)
    page.emulate_media(media="print")
    for said in (WORDS[folder]["received"], WORDS[folder]["answer"]):
        expect(page.get_by_text(said)).to_be_visible()


def test_a_long_formula_breaks_on_paper(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 600, "height": 800})
    formula = page.locator("div.formula").first
    assert formula.evaluate("box => box.querySelector('.katex-html').scrollWidth <= box.clientWidth")
    assert formula.evaluate("box => getComputedStyle(box).overflowX") == "visible"


def test_roots_and_braces_are_drawn(page: Page, address: str, folder: str) -> None:
    for number in (6, 10):
        page.goto(f"{address}{folder}q/{number}/")
        drawn = page.locator(".katex-html svg")
        heights = drawn.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert heights
        assert min(heights) > 4, heights


def test_paper_has_everything_without_scripts(plain: Page, written_address: str, folder: str) -> None:
    plain.goto(f"{written_address}{folder}q/12/")
    expect(plain.get_by_text(WORDS[folder]["received"])).to_be_hidden()
    plain.emulate_media(media="print")
    for said in (WORDS[folder]["received"], WORDS[folder]["answer"]):
        expect(plain.get_by_text(said)).to_be_visible()


def test_without_scripts_it_folds_and_opens(plain: Page, written_address: str, folder: str) -> None:
    words = WORDS[folder]
    plain.goto(f"{written_address}{folder}q/12/")
    plain.get_by_role("heading", name=words["fold"]).click()
    expect(plain.get_by_text(words["received"])).to_be_visible()
    plain.get_by_text(words["asked"][0]).click()
    expect(plain.get_by_text(words["answer"])).to_be_visible()
    plain.goto(f"{written_address}{folder}q/1/")
    plain.goto(f"{written_address}{folder}q/12/#as-received")
    expect(plain.get_by_text(words["received"])).to_be_visible()


def test_an_unwritten_page_folds_nothing(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/30/")
    expect(page.locator("article details")).to_have_count(0)
    expect(page.get_by_role("heading", name=WORDS[folder]["fold"])).to_be_visible()
    expect(page.locator(".correction").first).to_be_visible()


def test_code_and_output_are_one_figure_and_true(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    figure = page.get_by_role("figure")
    expect(figure).to_have_count(1)
    expect(figure.get_by_text(WORDS[folder]["output"], exact=True)).to_be_visible()
    code, output = figure.locator("pre code").all_text_contents()
    assert code.strip() == (HERE / "granularity.py").read_text(encoding="utf-8").strip()
    ran = subprocess.run([sys.executable, str(HERE / "granularity.py")], capture_output=True, text=True, check=True)
    assert output.strip() == ran.stdout.strip()


def test_code_is_copied_and_output_is_not(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    copy = page.get_by_role("button", name=WORDS[folder]["copy"])
    expect(copy).to_have_count(1)
    copy.press("Enter")
    expect(page.get_by_role("status").first).to_have_text(WORDS[folder]["copied"])
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_role("figure").locator("pre code").first.text_content()


def test_a_wide_table_scrolls_by_itself(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    table = page.get_by_role("table")
    assert table.evaluate(
        """table => { const box = table.closest('.md-typeset__scrollwrap') ?? table
          return box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX === 'auto' }"""
    )


def test_the_parts_stand_in_the_design_s_order(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    ids = page.get_by_role("main").get_by_role("heading", level=2).evaluate_all("all => all.map(one => one.id)")
    parts = (
        "short levels pitfalls in-depth numbers follow-ups code trade-offs measure self-check as-received references"
    )
    assert ids == parts.split()
    assert re.search(r"katex", page.content())


TICKED = {
    "": ("自查 3/5", "导出进度", "已并入 1 道题的进度。"),
    "en/": ("self-check 3/5", "Export progress", "Merged; questions in the file: 1."),
}


def test_ticks_are_kept_and_shown_on_topic_and_home(page: Page, written_address: str, folder: str) -> None:
    shown, _, _ = TICKED[folder]
    page.goto(f"{written_address}{folder}q/12/")
    points = page.get_by_role("main").get_by_role("checkbox")
    expect(points).to_have_count(5)
    for at in (4, 0, 2, 1):
        points.nth(at).check()
    points.nth(1).press("Space")
    page.reload()
    assert [points.nth(at).is_checked() for at in range(5)] == [True, False, True, False, True]
    for place in (f"{folder}topics/quantization/", folder):
        page.goto(written_address + place)
        marked = page.get_by_role("main").locator("[data-question]").filter(has_text=shown)
        expect(marked).to_have_count(1)
        expect(marked).to_have_attribute("data-question", "12")
    page.goto(f"{written_address}{folder}q/12/")
    for at in (0, 2, 4):
        points.nth(at).uncheck()
    page.goto(written_address + folder)
    expect(page.get_by_role("main").locator("[data-question]").filter(has_text="/5")).to_have_count(0)


def test_ticks_are_carried_as_a_file(page: Page, written_address: str, folder: str, tmp_path: Path) -> None:
    shown, export, merged = TICKED[folder]
    page.goto(f"{written_address}{folder}q/12/")
    keys = str(page.locator(".question").get_attribute("data-points")).split()
    for at in (2, 0):
        page.get_by_role("main").get_by_role("checkbox").nth(at).check()
    page.goto(written_address + folder)
    with page.expect_download() as download:
        page.get_by_role("button", name=export).click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    (review,) = saved["reviews"]
    assert (review["question"], review["mark"], review["ticks"]) == (12, None, sorted([keys[0], keys[2]]))
    # Another browser ticked later, one point more; a tick of a point that is no more counts for nothing.
    ticks = [keys[0], keys[2], keys[4], "0000ffff"]
    saved["reviews"].append({"question": 12, "time": review["time"] + 1, "mark": None, "ticks": ticks})
    file = tmp_path / "progress.json"
    file.write_text(json.dumps(saved), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(merged)).to_be_visible()
    expect(page.get_by_role("main").locator("[data-question]").filter(has_text=shown)).to_have_count(1)
    page.goto(f"{written_address}{folder}q/12/")
    ticked = page.get_by_role("main").get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(3)


def test_the_strip_stays_on_a_phone_and_marks_the_part_that_is_read(
    page: Page, written_address: str, folder: str
) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    strip = page.locator(".strip")
    current = strip.locator("[aria-current]")
    expect(current).to_have_attribute("href", "#short")
    strip.locator("[href='#numbers']").click()
    expect(current).to_have_attribute("href", "#numbers")
    # Both are in sight: the strip below the header, and the heading below the strip.
    box, heading = strip.bounding_box(), page.locator("h2#numbers").bounding_box()
    assert box
    assert heading
    assert 40 < box["y"] < 60
    assert heading["y"] >= box["y"] + box["height"]
    # What is marked has come into sight along the strip.
    place = current.bounding_box()
    assert place
    assert 0 <= place["x"] <= 360 - place["width"]
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(strip).to_be_hidden()


def test_the_answer_has_its_key_terms_in_bold(page: Page, written_address: str, folder: str) -> None:
    page.goto(f"{written_address}{folder}q/12/")
    keys = page.locator(".short b")
    assert 1 <= keys.count() <= 5
    assert float(keys.first.evaluate("one => getComputedStyle(one).fontWeight")) >= 600
    expect(page.locator(".short a:not(.headerlink), .short button")).to_have_count(0)
