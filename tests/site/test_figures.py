"""Figures in a real browser: named and labelled in the page's language, in its colours, legible on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from miaotui.checks.figures import SMALLEST, Node, parse
from miaotui.drawing.palette import LANGUAGE
from miaotui.markup.page import Image, parsed
from tests.indexes import texts
from tests.listening import Window, quiet, window

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])

# The boxes of the labels in pixels, their type's size there, and the figure's own box.
MEASURE = """svg => {
  const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] }
  const size = text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
  return { whole: box(svg), labels: [...svg.querySelectorAll("text")].map(t => [t.textContent, size(t), ...box(t)]) }
}"""


def topics(folder: str) -> dict[str, Image]:
    """The figure of each topic's introduction that has one."""
    pages = sorted((ROOT / "docs" / (folder or "zh") / "intro").glob("*.md"))
    found = {page.stem: parsed(page.read_text(encoding="utf-8")).images for page in pages}
    return {topic: images[0] for topic, images in found.items() if images}


def source(image: Image) -> Node:
    return parse((ROOT / "docs/figures" / image.file).read_text(encoding="utf-8"))


def labels(node: Node, folder: str) -> list[str]:
    """The labels that a page of the language shows, in their order."""
    if node.tag == "text":
        return [node.text]
    children = node.children
    if node.tag == "switch":
        children = [child for child in children if (child.attributes.get("systemLanguage") == LANGUAGE) == (not folder)]
    return [text for child in children for text in labels(child, folder)]


@pytest.fixture(scope="module")
def kept(chrome: Browser) -> Iterator[Window]:
    with window(chrome, 360, 740) as made:
        yield made


def figure(page: Page, image: Image) -> Locator:
    return page.get_by_role("img", name=image.alt, exact=True)


@FOLDERS
def test_figures_speak_the_page_s_language(page: Page, address: str, folder: str) -> None:
    for topic, image in topics(folder).items():
        page.goto(f"{address}{folder}topics/{topic}/")
        expect(figure(page, image)).to_be_visible()
        expect(figure(page, image).locator("text")).to_have_text(labels(source(image), folder))
        expect(page.locator("figure figcaption")).to_be_visible()


@FOLDERS
def test_figures_are_in_the_offline_copy(chrome: Browser, offline: Path, folder: str) -> None:
    with quiet(chrome, 360, offline=True) as page:
        for topic, image in topics(folder).items():
            page.goto((offline / folder / f"topics/{topic}.html").as_uri())
            expect(figure(page, image)).to_be_visible()
            expect(figure(page, image).locator("text")).to_have_text(labels(source(image), folder))


Label = tuple[str, float, float, float, float, float]
"""A label's text, the size of its type, and its box, in pixels."""


def _on_another(label: Label, others: Sequence[Label]) -> Iterator[str]:
    text, _, x1, y1, x2, y2 = label
    for other, _, a1, b1, a2, b2 in others:
        # Boxes are as high as a line; letters fill some two thirds of it.
        if min(x2, a2) - max(x1, a1) > 1 and min(y2, b2) - max(y1, b1) > (y2 - y1) / 3:
            yield f"'{text}' stands on '{other}'"


def faults(measured: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the labels of a figure on a phone."""
    left, top, right, bottom = measured["whole"]
    if (left, right) != (pytest.approx(16, abs=1), pytest.approx(344, abs=1)):
        yield f"the figure is from {left} to {right}"
    # A label that no language of the page shows has no box.
    labels = [label for label in map(tuple, measured["labels"]) if label[4] > label[2]]
    for place, (text, size, x1, y1, x2, y2) in enumerate(labels):
        if size < SMALLEST:
            yield f"'{text}' has {size:.1f} pixels"
        if x1 < left or x2 > right or y1 < top - 2 or y2 > bottom + 2:
            yield f"'{text}' leaves the figure"
        yield from _on_another((text, size, x1, y1, x2, y2), labels[:place])


@FOLDERS
def test_on_a_phone_labels_are_legible_whole_and_apart(page: Page, address: str, folder: str) -> None:
    for topic, image in topics(folder).items():
        page.goto(f"{address}{folder}topics/{topic}/")
        assert list(faults(figure(page, image).evaluate(MEASURE))) == [], topic
        assert page.evaluate("document.documentElement.scrollWidth") == 360, topic


@FOLDERS
@pytest.mark.parametrize("path", ["q/17/", "q/25/", "q/30/"])
def test_so_are_those_of_what_an_example_draws(page: Page, address: str, folder: str, path: str) -> None:
    page.goto(f"{address}{folder}{path}")
    assert list(faults(page.locator("figure svg").evaluate(MEASURE))) == []


@FOLDERS
@pytest.mark.parametrize("slug", ["roofline", "speculative-decoding"])
def test_so_are_those_of_a_plot(page: Page, address: str, folder: str, slug: str) -> None:
    page.goto(f"{address}{folder}calc/{slug}/")
    assert list(faults(page.locator("svg.plot").evaluate(MEASURE))) == []


COLOURS = "svg => [svg, svg.querySelector('[fill=\"var(--mt-teal)\"]')].map(e => getComputedStyle(e).fill)"


def test_figures_follow_the_palette(chrome: Browser, address: str) -> None:
    image = topics("")["hardware"]
    seen = {}
    for scheme in ("light", "dark"):
        context = chrome.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}topics/hardware/")
        seen[scheme] = figure(page, image).evaluate(COLOURS)
        page.emulate_media(media="print", color_scheme=scheme)
        seen[f"{scheme}, printed"] = figure(page, image).evaluate(COLOURS)
        context.close()
    light, dark = ["rgb(28, 32, 36)", "rgb(11, 107, 98)"], ["rgb(223, 227, 230)", "rgb(95, 201, 184)"]
    assert seen == {"light": light, "light, printed": light, "dark": dark, "dark, printed": light}


def test_a_figure_s_file_shows_by_itself(page: Page, address: str) -> None:
    for image in topics("").values():
        page.goto(f"{address}404.html")
        page.evaluate("src => document.body.innerHTML = `<img src='${src}' alt=''>`", f"{address}figures/{image.file}")
        expect(page.locator("img")).to_have_js_property("naturalWidth", 440)
        page.goto(f"{address}figures/{image.file}")
        seen = page.locator("text").evaluate_all(
            "all => all.filter(t => t.getClientRects().length)\
            .map(t => t.textContent)"
        )
        assert seen == labels(source(image), "en/")
        ink = page.evaluate("getComputedStyle(document.documentElement).color")
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.documentElement).color") != ink
        page.emulate_media(color_scheme="light")


@FOLDERS
def test_the_markdown_beside_a_page_links_its_figure(online: Path, folder: str) -> None:
    for topic, image in topics(folder).items():
        text = (online / folder / f"topics/{topic}.md").read_text(encoding="utf-8")
        assert f"![{image.alt}](https://miaotui.example/figures/{image.file})\n" in text
        assert (online / "figures" / image.file).is_file()


@FOLDERS
def test_figures_labels_stay_out_of_the_search(online: Path, folder: str) -> None:
    index = "\n".join(texts(online, folder.strip("/") or "zh").values())
    assert "TTFT = 57.8 ms" not in index
    assert "2.45 s" in index
