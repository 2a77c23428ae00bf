"""A picture to share: drawn in the page, with a code that leads to it, for the system, the disk or a finger."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from miaotui.base.words import words
from tests.axe import faults_in
from tests.injected import until
from tests.listening import Window, listened, quiet, window
from tests.serving import served
from tests.site.test_judge_in_apps import AGENTS
from tests.site.test_policy import stated, under

SITE = "https://miaotui.example/"
SAID = {folder: words(code) for folder, code in (("", "zh"), ("en/", "en"))}
LANGUAGES = pytest.mark.parametrize("folder", SAID, ids=["zh", "en"])
LONGEST, SHORTEST = 57, 29
"""Of the Chinese answers; 20 is the longest of the English ones."""
NONE = (
    "for (const name of ['share', 'canShare']) Object.defineProperty(Navigator.prototype, name, { value: undefined })"
)
SHARES = """window.shared = []
Navigator.prototype.canShare = ({ files }) => files.every(({ type }) => type === "image/png")
Navigator.prototype.share = async ({ files }) => { shared.push(...files.map(({ name, size }) => [name, size])) }"""


@pytest.fixture(scope="module")
def phone(chrome: Browser) -> Iterator[Window]:
    with window(chrome, 360, 740) as made:
        yield made


@pytest.fixture
def page(phone: Window) -> Iterator[Page]:
    with listened(phone) as opened:
        yield opened


def pressed(page: Page, folder: str = "") -> Locator:
    """The dialog of the question that is open, once its button is pressed."""
    page.get_by_role("button", name=SAID[folder].scripts["picture"], exact=True).click()
    dialog = page.get_by_role("dialog", name=SAID[folder].picture["title"])
    expect(dialog).to_be_visible()
    return dialog


def opened(page: Page, address: str, folder: str, number: int = 12) -> Locator:
    """The same of a question that is not open yet."""
    page.goto(f"{address}{folder}q/{number}/")
    return pressed(page, folder)


def shown(dialog: Locator) -> tuple[Image.Image, int]:
    """The picture, and how many bytes it has."""
    address = dialog.get_by_role("img").get_attribute("src") or ""
    kind, _, data = address.partition(",")
    assert kind == "data:image/png;base64"
    made = base64.b64decode(data)
    return Image.open(io.BytesIO(made)), len(made)


def chosen(dialog: Locator, label: str) -> tuple[Image.Image, int]:
    """The picture once that is chosen."""
    image = dialog.get_by_role("img")
    before = image.get_attribute("src")
    choice = dialog.get_by_role("radio", name=label, exact=True)
    if not choice.is_checked():
        choice.check()
        expect(image).not_to_have_attribute("src", before or "")
    return shown(dialog)


def read(image: Image.Image) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(image.convert("L"))]


@LANGUAGES
@pytest.mark.parametrize("number", [LONGEST, SHORTEST, 20])
def test_each_form_on_each_ground_is_small_and_leads_to_its_page(
    number: int, folder: str, page: Page, address: str
) -> None:
    dialog, said = opened(page, address, folder, number), SAID[folder].picture
    for form in ("long", "square"):
        for ground in ("light", "dark"):
            chosen(dialog, said[form])
            image, size = chosen(dialog, said[ground])
            assert image.width == 1080
            assert image.height == 1080 if form == "square" else 900 < image.height < 2400
            assert 10_000 < size < 150_000
            assert read(image) == [f"{SITE}{folder}q/{number}/"]
            light = image.convert("L").getpixel((1060, 20))
            assert isinstance(light, int)
            assert light > 200 if ground == "light" else light < 60


def test_with_real_signs_it_is_small_too(page: Page, address: str) -> None:
    """What a machine without the signs draws are boxes, which weigh less."""
    font = Path("vendor/noto-sans-sc/noto-sans-sc-chinese-simplified-700-normal.woff2")
    text = base64.b64encode((Path(__file__).resolve().parents[2] / font).read_bytes()).decode()
    page.goto(f"{address}q/{LONGEST}/")
    # The page's own policy takes no style and no address of a font that is put in; bytes are neither.
    page.evaluate(
        """async text => {
          const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
          document.fonts.add(await new FontFace("PingFang SC", bytes).load())
        }""",
        text,
    )
    assert 40_000 < shown(pressed(page))[1] < 150_000


def test_nothing_of_it_is_loaded_before_it_is_asked_for(phone: Window, page: Page, address: str) -> None:
    page.goto(f"{address}q/12/", wait_until="networkidle")
    assert not [url for url in phone.asked if "picture" in url]
    pressed(page)
    assert sorted(Path(url).name for url in phone.asked if "picture" in url) == ["12.js", "picture.css", "picture.js"]


def test_without_a_network_the_reader_is_told(chrome: Browser, address: str) -> None:
    with window(chrome, 360) as made:
        made.page.goto(f"{address}q/12/")
        made.page.route("**/picture.js", lambda route: route.abort())
        made.page.get_by_role("button", name=SAID[""].scripts["picture"], exact=True).click()
        told = made.page.get_by_role("button", name=SAID[""].scripts["unfetched"])
        expect(told).to_be_visible()
        expect(told).to_have_count(0)
        made.page.unroute("**/picture.js")
        pressed(made.page)


@LANGUAGES
def test_it_is_saved(folder: str, page: Page, address: str) -> None:
    dialog, said = opened(page, address, folder), SAID[folder].picture
    image, _ = chosen(dialog, said["square"])
    with page.expect_download() as download:
        dialog.get_by_role("button", name=said["save"]).click()
    assert download.value.suggested_filename == "miaotui-12-square-light.png"
    with Image.open(download.value.path()) as saved:
        assert saved.tobytes() == image.tobytes()
    expect(dialog.get_by_text(said["press"])).to_have_count(0)


def test_it_is_handed_to_the_system(chrome: Browser, address: str) -> None:
    with quiet(chrome, 360) as page:
        page.add_init_script(SHARES)
        dialog = opened(page, address, "")
        _, size = shown(dialog)
        dialog.get_by_role("button", name=SAID[""].picture["share"], exact=True).click()
        until(page, "shared.length")
        assert page.evaluate("shared") == [["miaotui-12-long-light.png", size]]


@LANGUAGES
def test_in_a_chat_it_is_pressed(folder: str, chrome: Browser, address: str) -> None:
    """Neither shared nor saved there, and a blob: address shows nothing."""
    with quiet(chrome, 360, user_agent=AGENTS["WeChat"]) as page:
        page.add_init_script(NONE + "\nURL.createObjectURL = () => { throw new Error('no blob') }")
        dialog, said = opened(page, address, folder), SAID[folder].picture
        image, _ = shown(dialog)
        assert read(image) == [f"{SITE}{folder}q/12/"]
        expect(dialog.get_by_text(said["press"])).to_be_visible()
        assert dialog.get_by_role("button").all_text_contents() == [said["close"]]


@pytest.mark.parametrize("app", AGENTS)
def test_what_saves_files_offers_to(app: str, chrome: Browser, address: str) -> None:
    with quiet(chrome, 360, user_agent=AGENTS[app]) as page:
        page.add_init_script(NONE)
        dialog = opened(page, address, "")
        saves = app in ("QQ", "MIUI")
        expect(dialog.get_by_role("button", name=SAID[""].picture["save"])).to_have_count(int(saves))
        expect(dialog.get_by_text(SAID[""].picture["press"])).to_have_count(int(not saves))


def test_from_a_file_and_under_the_policy_it_is_the_same(chrome: Browser, offline: Path, online: Path) -> None:
    found = []
    with quiet(chrome, 360, offline=True) as page:
        page.goto((offline / "q/12.html").as_uri())
        found.append(shown(pressed(page))[0])
    with under(stated(), online) as address, quiet(chrome, 360) as page:
        dialog = opened(page, address, "")
        found.append(shown(dialog)[0])
        assert dialog.get_by_role("img").evaluate("image => image.naturalWidth") == 1080
    assert read(found[0]) == [f"{SITE}q/12/"]
    assert found[0].tobytes() == found[1].tobytes()


def test_a_browser_that_cannot_compress_has_a_smaller_picture(chrome: Browser, address: str) -> None:
    with quiet(chrome, 360) as page:
        page.add_init_script("delete window.CompressionStream")
        image, size = shown(opened(page, address, "en/", 20))
        assert size < 150_000
        assert image.width > 400
        assert read(image) == [f"{SITE}en/q/20/"]


def test_pressed_twice_there_is_one(page: Page, address: str) -> None:
    """And it is closed once: two of them stood above each other, while what draws it was on its way."""
    page.goto(f"{address}q/12/")
    page.get_by_role("button", name=SAID[""].scripts["picture"], exact=True).evaluate(
        "one => { one.click(); one.click() }"
    )
    dialog = page.get_by_role("dialog", name=SAID[""].picture["title"])
    expect(dialog).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("dialog.picture")).to_have_count(1)
    dialog.get_by_role("button", name=SAID[""].picture["close"], exact=True).click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_what_is_chosen_last_is_shown_though_it_is_done_first(page: Page, address: str) -> None:
    dialog = opened(page, address, "")
    said = SAID[""].picture
    light = dialog.get_by_role("img").get_attribute("src")
    page.evaluate(
        """() => {
          const real = Response.prototype.arrayBuffer
          let first = true
          Response.prototype.arrayBuffer = async function () {
            const slow = first
            first = false
            if (slow) await new Promise(go => { window.goOn = go })
            return real.call(this)
          }
        }"""
    )
    dialog.get_by_role("radio", name=said["dark"], exact=True).check()
    until(page, "Boolean(window.goOn)")
    dialog.get_by_role("radio", name=said["square"], exact=True).check()
    expect(dialog.get_by_role("img")).not_to_have_attribute("src", light or "")
    page.evaluate("goOn()")
    page.wait_for_timeout(300)
    image, _ = shown(dialog)
    assert image.size[0] == image.size[1]


def test_a_choice_that_is_sent_loads_no_page(page: Page, address: str) -> None:
    """As Enter sends it in some browsers."""
    dialog = opened(page, address, "")
    dialog.locator("form").evaluate("form => form.requestSubmit()")
    page.wait_for_timeout(300)
    expect(dialog).to_be_visible()
    assert page.url == f"{address}q/12/"


@LANGUAGES
def test_by_keyboard(folder: str, page: Page, address: str) -> None:
    page.goto(f"{address}{folder}q/12/")
    said = SAID[folder].picture
    button = page.get_by_role("button", name=SAID[folder].scripts["picture"], exact=True)
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=said["title"])
    expect(dialog.get_by_role("radio", name=said["long"])).to_be_focused()
    before = dialog.get_by_role("img").get_attribute("src") or ""
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name=said["square"])).to_be_checked()
    expect(dialog.get_by_role("img")).not_to_have_attribute("src", before)
    expect(dialog.get_by_role("group", name=said["form"])).to_be_visible()
    expect(dialog.get_by_role("img")).to_have_attribute("alt", re.compile("12"))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    button.press("Enter")
    dialog.get_by_role("button", name=said["close"]).click()
    expect(dialog).to_be_hidden()


@LANGUAGES
def test_axe_finds_nothing_and_nothing_leaves_the_screen(folder: str, page: Page, address: str) -> None:
    dialog = opened(page, address, folder)
    assert faults_in(page, ["light", "dark"]) == []
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 740
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")
    expect(dialog.get_by_role("button").last).to_be_in_viewport()


def test_with_letters_twice_as_large_no_choice_is_cut(page: Page, address: str) -> None:
    page.goto(f"{address}en/q/12/")
    page.evaluate("document.documentElement.style.fontSize = '40px'")
    dialog = pressed(page, "en/")
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")
    for choice in dialog.locator("label").all():
        box = choice.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 360


@LANGUAGES
@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_on_paper_the_code_stands_at_the_head(
    scripted: bool, folder: str, chrome: Browser, address: str, tmp_path: Path
) -> None:
    """A laptop's dark screen too: paper is white."""
    with quiet(chrome, java_script_enabled=scripted, color_scheme="dark") as page:
        page.goto(f"{address}{folder}q/12/", wait_until="networkidle")
        expect(page.locator(".qr")).to_be_hidden()
        page.pdf(path=tmp_path / "page.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    first = document[0].render(scale=3).to_pil()
    assert read(first.crop((0, 0, first.width, first.height // 3))) == [f"{SITE}{folder}q/12/"]


def _taken(online: Path) -> str:
    """The home page as an edition's has it: with what there is to take away."""
    page = (online / "index.html").read_text(encoding="utf-8")
    offer = '<p class="contents__calculators"><a href="downloads/x.apkg" download>Anki</a></p>'
    return page.replace('<p class="contents__progress"', f'{offer}<p class="contents__progress"', 1)


def test_in_a_chat_what_is_to_be_taken_away_says_where(chrome: Browser, online: Path, tmp_path: Path) -> None:
    for name in ("assets", "search"):
        (tmp_path / name).symlink_to(online / name)
    (tmp_path / "index.html").write_text(_taken(online), encoding="utf-8")
    told = SAID[""].seldom["outside"]
    with served(tmp_path) as address:
        for app, count in (("WeChat", 1), ("MIUI", 0)):
            with quiet(chrome, 360, user_agent=AGENTS[app]) as page:
                page.goto(address)
                expect(page.get_by_text(told)).to_have_count(count)


def test_in_a_chat_an_export_says_where(chrome: Browser, address: str) -> None:
    with quiet(chrome, 360, user_agent=AGENTS["WeChat"]) as page:
        page.goto(address)
        alerts: list[str] = []

        def heard(dialog: Dialog) -> None:
            alerts.append(dialog.message)
            dialog.accept()

        page.on("dialog", heard)
        with page.expect_event("dialog"):
            page.get_by_role("button", name=SAID[""].scripts["export"]).click()
        assert alerts == [SAID[""].seldom["outside"]]
