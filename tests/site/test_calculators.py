"""The calculators in a real browser: inputs, address, faults, presets, plots; online, from file://, without scripts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.calculators import definitions
from miaotui.calculators.words import load as words_of
from miaotui.site import script_bundle
from tests.injected import until
from tests.listening import Window, quiet, window

FORMULAS = definitions.load()
SLUGS = list(FORMULAS.calculators)
FOLDERS = ["", "en/"]
SAID = words_of(FORMULAS)
CODES = {"": "zh", "en/": "en"}


def _words(code: str) -> dict[str, str]:
    """What the tests look for on the page of the KV cache, in the page's own words."""
    said = SAID[code]
    names = {"layers": "inputs", "tokens": "inputs", "attention": "inputs", "kv_bytes": "outputs", "latent": "choices"}
    page = {"model": said.page.presets["models"], "reset": said.page.reset, "table": said.page.table}
    return {name: said.say("kv-cache", section, name) for name, section in names.items()} | page


WORDS = {folder: _words(code) for folder, code in CODES.items()}
FAULTS = {
    "": "层数填的是「{}」；可填 1 到 1,000，整数。",
    "en/": "Layers is “{}”; accepted: 1 to 1,000, a whole number.",
}
EMPTY = {"": "层数没有填；可填 1 到 1,000，整数。", "en/": "Layers is empty; accepted: 1 to 1,000, a whole number."}


@pytest.fixture(scope="module", params=[360, 1440])
def kept(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Window]:
    with window(chrome, request.param) as made:
        yield made


@pytest.fixture(params=FOLDERS, ids=["zh", "en"])
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def more(page: Page) -> None:
    """Unfolds the inputs that readers change less."""
    page.locator(".calculator__more > summary").click()


def shows(page: Page, name: str, value: str) -> None:
    """A result in the table; the asked one above it, where a desktop has it alone."""
    asked = page.locator(".calculator__label", has_text=name)
    if asked.count():
        expect(page.locator(".calculator__value strong")).to_have_text(value)
    else:
        expect(page.get_by_role("row", name=name).first.get_by_role("cell")).to_have_text(value)


def test_a_change_shows_at_once_and_lasts_in_the_address(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}calc/kv-cache/")
    shows(page, words["kv_bytes"], "1.074 GB")
    more(page)
    page.get_by_label(words["layers"], exact=True).fill("80")
    page.get_by_label(words["tokens"], exact=True).fill("128,000")
    shows(page, words["kv_bytes"], "41.94 GB")
    expect(page).to_have_url(re.compile(r"\?layers=80&tokens=128000$"))
    page.reload()
    shows(page, words["kv_bytes"], "41.94 GB")
    expect(page.locator(".calculator__formula li").first).to_contain_text("2 × 80 × 8 × 128 × 2 B = 327,680")
    page.get_by_role("button", name=words["reset"]).click()
    expect(page).to_have_url(f"{address}{folder}calc/kv-cache/")
    shows(page, words["kv_bytes"], "1.074 GB")


def test_a_number_link_opens_its_calculator_at_its_inputs(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}topics/memory-cache/")
    link = page.locator(".md-content a.computed", has_text="41.9 GB")
    expect(link).to_have_attribute("title", SAID[CODES[folder]].page.computed)
    mark = link.evaluate(
        "link => [getComputedStyle(link, '::after').content, getComputedStyle(link).textDecorationStyle]"
    )
    assert mark == ['"="', "dotted"]
    link.click()
    shows(page, WORDS[folder]["kv_bytes"], "41.94 GB")
    expect(page.get_by_label(WORDS[folder]["layers"], exact=True)).to_have_value("80")


def test_a_link_names_the_result_it_means(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}calc/kv-cache/?out=token_bytes")
    expect(page.locator(".calculator__asked")).to_have_count(1)
    expect(page.locator(".calculator__asked")).to_have_id("out-token_bytes")


def test_a_link_shows_what_it_set_and_what_follows_alone(page: Page, address: str, folder: str) -> None:
    """The layers are a 70B's, the parameters left at an 8B's: 16.06 GB of weights would be another model's."""
    page.goto(f"{address}{folder}calc/kv-cache/?layers=80&kv_heads=8&head_dim=128&bytes=2&tokens=128000")
    shows(page, WORDS[folder]["kv_bytes"], "41.94 GB")
    expect(page.locator("[data-output=weight_bytes]")).to_have_text("—")
    expect(page.locator("[data-output=max_requests]")).to_have_text("—")
    said = SAID[CODES[folder]]
    expect(page.locator(".calculator__link")).to_contain_text(said.say("kv-cache", "inputs", "params"))
    more(page)
    page.locator("[name=params]").fill("70.554")
    expect(page.locator("[data-output=weight_bytes]")).to_have_text("141.1 GB")
    page.goto(f"{address}{folder}calc/kv-cache/?layers=32&tokens=8192")
    expect(page.locator("[data-output=weight_bytes]")).to_have_text("16.06 GB")


def test_a_bad_value_is_told_and_nothing_computed_from_it(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}calc/kv-cache/")
    before = page.url
    field = page.get_by_label(words["layers"], exact=True)
    more(page)
    for text in ("0", "", "x", "NaN", "1e999", "1001", "1.5", "-3", "٣"):
        field.fill(text)
        expect(field).to_have_attribute("aria-invalid", "true")
        told = FAULTS[folder].format(text) if text else EMPTY[folder]
        expect(field).to_have_accessible_description(re.compile(re.escape(told)))
        assert set(page.locator("[data-output]").all_inner_texts()) == {"—"}, text
        parts = page.locator(".calculator__results, .calculator__formula, .calculator__plots")
        assert "NaN" not in "".join(parts.all_inner_texts()), text
        expect(page.locator("svg.plot")).to_have_count(0)
        assert page.url == before
        field.fill("32")
        expect(field).to_have_attribute("aria-invalid", "false")
        shows(page, words["kv_bytes"], "1.074 GB")


def test_full_width_digits_are_digits(page: Page, address: str) -> None:
    page.goto(f"{address}calc/kv-cache/")
    more(page)
    page.get_by_label(WORDS[""]["layers"], exact=True).fill("８０")
    shows(page, WORDS[""]["kv_bytes"], "2.684 GB")


@pytest.mark.parametrize("text", ["80", " 80 GB", "80GB", "８０ GB"])
def test_a_number_may_have_its_field_s_unit(text: str, page: Page, address: str) -> None:
    page.goto(f"{address}en/calc/kv-cache/")
    more(page)
    field = page.locator("[name=memory]")
    field.fill(text)
    expect(field).to_have_attribute("aria-invalid", "false")


def test_another_unit_is_a_fault(page: Page, address: str) -> None:
    page.goto(f"{address}en/calc/kv-cache/")
    more(page)
    for text in ("80 GiB", "GB", "8 0 GB"):
        page.locator("[name=memory]").fill(text)
        expect(page.locator("[name=memory]")).to_have_attribute("aria-invalid", "true")


def test_a_grouped_number_in_a_list_is_no_two_numbers(page: Page, address: str) -> None:
    page.goto(f"{address}en/calc/quantization-error/?source=own")
    more(page)
    field = page.locator("[name=own]")
    for text, faulty in (("1,024, 5", "true"), ("0, 0.5, 10", "false"), ("-1，2、3", "false")):
        field.fill(text)
        expect(field).to_have_attribute("aria-invalid", faulty)


def test_a_preset_sets_inputs_until_one_is_changed(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}calc/kv-cache/")
    model = page.get_by_label(words["model"], exact=True)
    model.select_option("DeepSeek-V3")
    expect(page.get_by_label(words["attention"], exact=True)).to_have_value("latent")
    expect(page.get_by_label(words["layers"], exact=True)).to_have_value("61")
    expect(page.get_by_role("link", name=re.compile("DeepSeek"))).to_have_attribute("href", re.compile("^https://"))
    shows(page, words["kv_bytes"], "575.7 MB")
    more(page)
    page.get_by_label(words["layers"], exact=True).fill("60")
    expect(model).to_have_value("")


@pytest.mark.parametrize("order", [("models", "hardware"), ("hardware", "models")])
def test_weights_stay_as_released_on_a_chip_that_computes_wider(
    page: Page, address: str, order: tuple[str, str]
) -> None:
    page.goto(f"{address}en/calc/batch-size/")
    named = {"models": "gpt-oss-120b", "hardware": "NVIDIA H100 SXM · BF16"}
    for kind in order:
        page.locator(f"[data-preset={kind}]").select_option(named[kind])
    expect(page.locator("[name=expert_bytes]")).to_have_value("0.53125")
    for kind, name in named.items():
        expect(page.locator(f"[data-preset={kind}]")).to_have_value(name)
    page.locator("[data-preset=models]").select_option("Llama-3.1-8B")
    page.locator("[data-preset=hardware]").select_option("NVIDIA H100 SXM · FP8")
    expect(page.locator("[name=bytes]")).to_have_value("1")


def test_what_a_choice_does_not_need_is_not_asked_for(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}calc/kv-cache/")
    more(page)
    heads = page.locator("[data-field=kv_heads]")
    expect(heads).to_be_visible()
    page.get_by_label(words["attention"], exact=True).select_option(label=words["latent"])
    expect(heads).to_be_hidden()
    expect(page.locator("[data-field=latent]")).to_be_visible()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_calculator_starts_as_the_page_says_without_scripts(
    desk: Page, address: str, online: Path, folder: str, slug: str
) -> None:
    served = (online / folder / "calc" / slug / "index.html").read_text(encoding="utf-8")
    shown = re.findall(r'data-output="\w+">([^<]*)<', served)
    desk.goto(f"{address}{folder}calc/{slug}/")
    expect(desk.locator(".calculator__form")).to_be_visible()
    assert desk.locator("[data-output]").all_inner_texts() == shown
    assert shown
    chosen = re.findall(r'data-preset="\w+".*?</select>', served, re.DOTALL)
    preset = [(re.findall("<option selected>([^<]+)<", select) or [""])[0] for select in chosen]
    assert [select.input_value() for select in desk.locator("[data-preset]").all()] == preset
    # A plot is drawn anew when the window has changed.
    for width in (1440, 360):
        desk.set_viewport_size({"width": width, "height": 800})
        until(desk, f"innerWidth === {width} && document.documentElement.scrollWidth <= innerWidth")
        each_plot_has_a_name_and_a_table_of_its_values(desk, folder)


def each_plot_has_a_name_and_a_table_of_its_values(page: Page, folder: str) -> None:
    for plot in page.locator(".calculator__plots figure").all():
        expect(plot.get_by_role("img")).to_have_accessible_name(plot.locator("figcaption").inner_text())
        if plot.locator("details:not([open])").count():
            plot.get_by_text(WORDS[folder]["table"]).click()
        assert plot.get_by_role("row").count() > 2
        assert "NaN" not in plot.inner_text()
        assert "NaN" not in plot.locator("svg").first.evaluate("svg => svg.outerHTML")


@pytest.mark.parametrize("slug", SLUGS)
def test_no_preset_draws_or_says_nonsense(desk: Page, address: str, slug: str) -> None:
    desk.goto(f"{address}en/calc/{slug}/")
    for preset in desk.locator("[data-preset]").all():
        for name in preset.locator("option").all_inner_texts()[1:]:
            preset.select_option(label=name)
            shown = desk.locator(".calculator").evaluate(
                "section => section.innerHTML.replace(/<script.*?<[/]script>/gs, '')"
            )
            assert not re.search(r"NaN|Infinity|undefined|null", shown), name


def test_by_keyboard_alone(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}calc/kv-cache/")
    page.locator(".calculator__more > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label(words["attention"], exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label(words["layers"], exact=True)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("80")
    shows(page, words["kv_bytes"], "2.684 GB")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_without_scripts_results_and_worked_values_stand(chrome: Browser, address: str, folder: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{folder}calc/kv-cache/")
    shows(page, WORDS[folder]["kv_bytes"], "1.074 GB")
    # Every input that the results stand for, as text: nobody can type there.
    for name, item in FORMULAS.calculators["kv-cache"].inputs.items():
        expect(page.locator(f"[name={name}]")).to_be_visible(visible=item.only != {"attention": "latent"})
    expect(page.locator("[name=layers]")).to_have_value("32")
    expect(page.locator("[name=layers]")).to_be_disabled()
    expect(page.locator("[data-preset=models]")).to_have_value("Llama-3.1-8B")
    expect(page.get_by_role("link", name=re.compile("Llama-3.1-8B"))).to_be_visible()
    expect(page.locator("#worked")).to_be_visible()
    expect(page.get_by_text("41.94 GB")).to_be_visible()
    context.close()


def test_from_a_file_with_the_network_cut(chrome: Browser, offline: Path, folder: str) -> None:
    words = WORDS[folder]
    with quiet(chrome, offline=True) as page:
        page.goto(f"{(offline / folder / 'calc/kv-cache.html').as_uri()}?layers=80&tokens=128000")
        shows(page, words["kv_bytes"], "41.94 GB")
        more(page)
        page.get_by_label(words["layers"], exact=True).fill("40")
        shows(page, words["kv_bytes"], "20.97 GB")
        page.reload()
        shows(page, words["kv_bytes"], "20.97 GB")


def test_the_script_is_small_and_only_where_it_is_needed(online: Path) -> None:
    script = script_bundle.joined_files(script_bundle.CALCULATOR)
    assert len(gzip.compress(script.encode())) <= 12_000
    having = [path for path in online.rglob("*.html") if script in path.read_text("utf-8")]
    assert len(having) == len(FOLDERS) * len(SLUGS)
    assert {path.parent.name for path in having} == set(SLUGS)
    assert not [part for part in script_bundle.CALCULATOR if (online / f"assets/js/{part}.js").exists()]


_DRAWN = """() => {
  const draw = window.miaotuiPlots
  window.drawn = 0
  window.miaotuiPlots = (...given) => { window.drawn += 1; return draw(...given) }
}"""


def test_a_window_drawn_wider_is_computed_for_once(chrome: Browser, address: str) -> None:
    with quiet(chrome, 800) as page:
        page.goto(f"{address}calc/roofline/")
        page.evaluate(_DRAWN)
        for width in range(800, 1000, 20):
            page.set_viewport_size({"width": width, "height": 800})
        until(page, "window.drawn")
        # Longer than the pause that ends a change: nothing comes after it.
        page.wait_for_timeout(500)
        assert page.evaluate("window.drawn") == 1
        box = page.locator(".calculator__plots svg").first.bounding_box()
        assert box and box["width"] <= 1000
