"""A calculator where one types: the answer in view, what an edit changed, what a link set, and that nothing moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.calculators import definitions
from miaotui.calculators.words import load as words_of
from tests.injected import until
from tests.listening import listened, quiet, window

FORMULAS = definitions.load()
SAID = words_of(FORMULAS)
SLUGS = list(FORMULAS.calculators)
CODES = {"": "zh", "en/": "en"}
LINKED = "calc/kv-cache/?layers=80&kv_heads=8&head_dim=128&bytes=2&tokens=32768"
"""Of question 19, whose text says 10 GiB."""
_SHIFTS = """
  window.shifted = 0
  new PerformanceObserver(list => list.getEntries().forEach(one => { window.shifted += one.value }))
    .observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture(params=list(CODES), ids=list(CODES.values()))
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def phone(chrome: Browser) -> Iterator[Page]:
    with window(chrome, 360, 640) as made, listened(made) as page:
        yield page


def in_view(page: Page, part: str) -> bool:
    """Whether a part is within the window, below the header."""
    return bool(
        page.locator(part).evaluate(
            """part => {
              const { top, bottom } = part.getBoundingClientRect()
              return top >= document.querySelector(".md-header").getBoundingClientRect().bottom - 1
                && bottom <= innerHeight
            }"""
        )
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_typed_shows_in_view(phone: Page, address: str, slug: str) -> None:
    definition = FORMULAS.calculators[slug]
    phone.goto(f"{address}en/calc/{slug}/")
    phone.locator(".calculator__more > summary").click() if len(definition.inputs) > len(definition.first) else None
    for field in phone.locator(".calculator input:visible").all():
        field.focus()
        assert in_view(phone, ".calculator__answer"), field
        assert in_view(phone, ":focus"), field
    value = phone.locator(".calculator__value strong")
    before = value.inner_text()
    for name in definition.first:
        if definition.inputs[name].kind == "number":
            phone.locator(f"[name={name}]").press("End")
            phone.keyboard.type("1")
    expect(value).not_to_have_text(before)
    assert in_view(phone, ".calculator__answer")


def test_the_memory_of_64_requests_is_read_where_they_are_typed(phone: Page, address: str, folder: str) -> None:
    phone.goto(f"{address}{folder}calc/kv-cache/")
    phone.locator("[name=requests]").focus()
    phone.locator("[name=requests]").fill("64")
    expect(phone.locator(".calculator__value strong")).to_have_text("68.72 GB")
    expect(phone.locator(".calculator__was")).to_contain_text("1.074 GB")
    assert in_view(phone, ".calculator__answer")
    assert in_view(phone, "[name=requests]")


def test_on_a_desktop_inputs_are_left_and_results_right(chrome: Browser, address: str) -> None:
    with quiet(chrome, 1440) as page:
        page.goto(f"{address}en/calc/batch-size/")
        page.locator(".calculator__more > summary").click()
        page.locator("[name=price]").focus()
        form, side = (
            page.locator("form.calculator__form").bounding_box(),
            page.locator(".calculator__side").bounding_box(),
        )
        assert form
        assert side
        assert form["x"] + form["width"] < side["x"]
        assert in_view(page, ".calculator__answer")
        assert in_view(page, "[name=price]")


@pytest.mark.parametrize("slug", SLUGS)
def test_model_and_hardware_then_the_three_then_the_rest(phone: Page, address: str, slug: str) -> None:
    definition = FORMULAS.calculators[slug]
    phone.goto(f"{address}calc/{slug}/")
    order = phone.locator(".calculator :is(input, select)").evaluate_all(
        "fields => fields.map(field => field.dataset.preset ?? field.name)"
    )
    first = [*definition.presets, *definition.first]
    assert order == [*first, *(name for name in definition.inputs if name not in definition.first)]
    shown = phone.locator(".calculator :is(input, select):visible").count()
    assert shown == len(first)


def test_an_edit_marks_what_it_changed_and_says_it_once(chrome: Browser, address: str, folder: str) -> None:
    said = SAID[CODES[folder]]
    with quiet(chrome, 1440) as page:
        page.goto(f"{address}{folder}calc/batch-size/")
        page.evaluate(
            """() => {
              window.heard = []
              const live = document.querySelector(".calculator [role=status]")
              new MutationObserver(() => heard.push(live.textContent)).observe(live, { childList: true, subtree: true })
            }"""
        )
        page.locator("[name=batch]").press("Control+a")
        page.keyboard.type("128", delay=30)
        expect(page.locator("#out-throughput")).to_have_attribute("data-moved", "up")
        expect(page.locator("#out-user_rate")).to_have_attribute("data-moved", "down")
        expect(page.locator("#out-read_bytes")).not_to_have_attribute("data-moved", re.compile("."))
        until(page, "heard.length")
        (told,) = page.evaluate("heard")
        label = said.say("batch-size", "outputs", "step_time")
        value = page.locator(".calculator__value strong").inner_text()
        assert told.startswith(said.page.changed.partition("{value}")[0].replace("{label}", label) + value)
        assert said.say("batch-size", "outputs", "throughput") in told


def test_a_fault_tells_its_sentence_where_one_types(phone: Page, address: str, folder: str) -> None:
    said = SAID[CODES[folder]]
    phone.goto(f"{address}{folder}calc/kv-cache/")
    phone.locator("[name=requests]").focus()
    below = phone.locator("[name=bytes]").bounding_box()
    phone.locator("[name=requests]").fill("0")
    told = phone.locator(".calculator__stop")
    expect(told).to_contain_text(said.say("kv-cache", "inputs", "requests"))
    expect(phone.locator("#fault-requests")).to_have_text(told.inner_text())
    assert in_view(phone, ".calculator__answer")
    assert phone.locator("[name=bytes]").bounding_box() == below
    expect(phone.locator(".calculator__said")).to_have_text(told.inner_text())
    phone.locator("[name=requests]").fill("2")
    expect(told).to_be_hidden()


def test_a_link_says_what_it_set_and_leads_back(phone: Page, address: str, folder: str) -> None:
    said, question = SAID[CODES[folder]], f"{address}{folder}q/19/"
    name = re.compile(re.escape(said.page.question.format(number=19, name="")))
    phone.goto(question)
    link = phone.locator("a.computed[href*='layers=80'][href$='tokens=32768']").first
    link.click()
    note = phone.locator(".calculator__link")
    expect(note.get_by_role("link", name=name)).to_have_attribute("href", re.compile("q/19/$"))
    expect(note).to_contain_text("10 GiB")
    layers = said.say("kv-cache", "inputs", "layers")
    expect(note).to_contain_text(said.page.default.format(label=layers, value=80, default=32))
    expect(phone.locator("#out-kv_bytes")).to_have_class(re.compile("calculator__follows"))
    expect(phone.locator("#out-weight_bytes")).not_to_have_class(re.compile("calculator__follows"))
    # What was typed in between takes no step of the way back.
    phone.locator("[name=tokens]").fill("1000")
    note.get_by_role("link", name=said.page.back).click()
    expect(phone).to_have_url(re.compile(r"/q/19/(#.*)?$"))
    expect(link).to_be_in_viewport()


FOLDED = "details a.computed[href$='?tokens=1000&out=recompute']"
"""In a follow-up of question 19, which is folded."""


def test_going_back_shows_the_number_in_its_fold(phone: Page, address: str, folder: str) -> None:
    phone.goto(f"{address}{folder}q/19/")
    phone.locator(FOLDED).evaluate("link => { link.closest('details').open = true }")
    phone.locator(FOLDED).click()
    expect(phone.locator(".calculator")).to_be_visible()
    phone.go_back()
    expect(phone.locator(FOLDED)).to_be_in_viewport()
    # Only the way back leads there: who then reads elsewhere and comes back from elsewhere is not moved.
    phone.evaluate("scrollTo(0, 0)")
    phone.goto(f"{address}{folder}q/12/")
    phone.go_back()
    expect(phone.locator("h1")).to_be_in_viewport()


def test_going_back_from_a_link_that_was_opened_beside_moves_nothing(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/q/19/")
    with phone.context.expect_page():
        phone.locator("a.computed:visible").last.click(modifiers=["ControlOrMeta"])
    phone.evaluate("scrollTo(0, 0)")
    phone.goto(f"{address}en/q/12/")
    phone.go_back()
    expect(phone.locator("h1")).to_be_in_viewport()


def test_from_a_file_too_the_way_back_leads_to_the_place(chrome: Browser, offline: Path, folder: str) -> None:
    page_of = (offline / folder / "calc/kv-cache.html").as_uri()
    with quiet(chrome, 360, offline=True) as page:
        page.goto(f"{page_of}?{LINKED.partition('?')[2]}")
        page.locator(".calculator__link").get_by_role("link", name=SAID[CODES[folder]].page.back).click()
        expect(page).to_have_url(re.compile(r"/q/19\.html#numbers(:~:.*)?$"))


def test_an_edit_leaves_no_result_to_another_model(phone: Page, address: str, folder: str) -> None:
    """The link sets a 70B's layers; 16.06 GB of weights would be an 8B's, whatever else is typed."""
    phone.goto(f"{address}{folder}{LINKED}")
    for _ in range(2):
        phone.locator("[name=requests]").fill("2")
        expect(phone.locator(".calculator__value strong")).to_have_text("21.47 GB")
        for name in ("weight_bytes", "room", "max_requests"):
            expect(phone.locator(f"[data-output={name}]")).to_have_text("—")
        expect(phone.locator(".calculator__link")).to_contain_text(
            SAID[CODES[folder]].say("kv-cache", "inputs", "params")
        )
        phone.reload()
    phone.locator("[data-preset=models]").select_option("Llama-3-70B")
    expect(phone.locator("[data-output=weight_bytes]")).to_have_text("141.1 GB")
    expect(phone.locator(".calculator__left")).to_be_hidden()


def test_what_a_reader_typed_is_no_link_s_when_the_page_is_loaded_again(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/calc/kv-cache/")
    phone.locator("[name=tokens]").fill("4096")
    expect(phone).to_have_url(re.compile(r"tokens=4096$"))
    phone.reload()
    expect(phone.locator("[name=tokens]")).to_have_value("4096")
    expect(phone.locator(".calculator__link")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["calc/kv-cache/", "en/" + LINKED, "en/calc/amdahl/", "calc/schedule/"])
def test_nothing_moves(chrome: Browser, address: str, width: int, path: str) -> None:
    with quiet(chrome, width) as page:
        page.add_init_script(_SHIFTS)
        page.goto(address + path, wait_until="networkidle")
        for field in page.locator(".calculator input:visible").all():
            field.press("End")
            for key in ("1", "x", "Backspace"):
                page.keyboard.press(key)
                page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("shifted") < 0.02


def test_on_paper_all_inputs_stand_with_their_values(chrome: Browser, address: str) -> None:
    with quiet(chrome, 800) as page:
        page.goto(f"{address}en/calc/kv-cache/")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        for name in ("requests", "layers", "memory"):
            expect(page.locator(f"[name={name}]")).to_be_visible()
        assert page.locator("[name=layers]").evaluate("field => getComputedStyle(field).borderTopWidth") == "0px"
        expect(page.locator(".calculator__tools")).to_be_hidden()
