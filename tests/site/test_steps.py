"""A stepped figure in a browser: its slider shows one still, and without scripts and on paper all of them stand.

These need no site: the figure, our style and our script are put into a page as the build does it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from miaotui.base.words import words
from miaotui.drawing.stills import STILL
from miaotui.extensions.figures import inline
from miaotui.site.unused_css import OURS

THEME = Path(__file__).resolve().parents[2] / "overrides"
FIGURES = sorted((THEME.parent / "docs/figures").glob("*-steps.svg"))
NAMED = pytest.mark.parametrize("name", [path.stem for path in FIGURES])


def shown(name: str, code: str) -> str:
    svg = (THEME.parent / f"docs/figures/{name}.svg").read_text(encoding="utf-8")
    style = "".join((THEME / part).read_text(encoding="utf-8") for part in OURS)
    script = "\n".join((THEME / f"assets/js/{part}.js").read_text(encoding="utf-8") for part in ("common", "steps"))
    said = json.dumps(dict(words(code).scripts))
    return (
        f'<!doctype html><html lang={code}><style>{style}</style><body data-md-color-scheme="default">'
        f'<article class="md-typeset"><figure class="figure">{inline(svg, "a figure", code, "f-")}</figure></article>'
        f'<script type="application/json" id="miaotui-words">{said}</script><script>{script}</script>'
    )


@pytest.fixture(scope="module", params=[("zh", 360), ("en", 1440)], ids=["zh-360", "en-1440"])
def reader(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[tuple[Page, str]]:
    code, width = request.param
    context = chrome.new_context(viewport={"width": width, "height": 740})
    yield context.new_page(), code
    context.close()


def seen(page: Page) -> list[int]:
    """The numbers of the stills that are to be seen."""
    stills: list[Locator] = page.locator(".stills > svg").all()
    return [at for at, still in enumerate(stills, 1) if still.is_visible()]


@NAMED
def test_moving_the_slider_shows_that_step_alone(reader: tuple[Page, str], name: str) -> None:
    page, code = reader
    page.set_content(shown(name, code))
    slider, count = page.get_by_role("slider"), page.locator(".stills > svg").count()
    assert seen(page) == [1]
    expect(slider).to_have_attribute("max", str(count))
    for at in range(2, count + 1):
        slider.press("ArrowRight")
        assert seen(page) == [at]
        spoken = page.locator(".stills > svg").nth(at - 1).get_attribute("aria-label")
        assert (slider.get_attribute("aria-valuetext") or "").endswith(f": {spoken}")
    slider.press("ArrowRight")
    assert seen(page) == [count]
    slider.press("Home")
    assert seen(page) == [1]


@NAMED
def test_nothing_moves_by_itself(reader: tuple[Page, str], name: str) -> None:
    page, code = reader
    page.clock.install()
    page.set_content(shown(name, code))
    page.clock.run_for(60_000)
    assert seen(page) == [1]


@NAMED
def test_a_still_fills_the_column_and_the_slider_is_as_high_as_a_finger(reader: tuple[Page, str], name: str) -> None:
    page, code = reader
    page.set_content(shown(name, code))
    figure, still = page.locator("figure").bounding_box(), page.locator(".still--shown").bounding_box()
    slider = page.get_by_role("slider").bounding_box()
    assert figure
    assert still
    assert slider
    assert still["width"] == figure["width"]
    assert slider["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@NAMED
def test_on_paper_all_steps_stand_and_no_slider(reader: tuple[Page, str], name: str) -> None:
    page, code = reader
    page.set_content(shown(name, code))
    page.emulate_media(media="print")
    all_, slider = seen(page), page.get_by_role("slider").is_visible()
    page.emulate_media(media="null")
    assert all_ == list(range(1, len(all_) + 1))
    assert len(all_) > 1
    assert not slider


@NAMED
def test_without_scripts_all_steps_stand(chrome: Browser, name: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(shown(name, "zh"))
    all_, sliders = seen(page), page.locator("input").count()
    context.close()
    source = (THEME.parent / f"docs/figures/{name}.svg").read_text(encoding="utf-8")
    assert all_ == list(range(1, source.count(f'id="{STILL}') + 1))
    assert sliders == 0
