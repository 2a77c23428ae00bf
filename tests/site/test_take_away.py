"""What `make offline` makes, opened as a reader does: with the network cut, each request of a page written down."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from miaotui.bank import glossary
from miaotui.edge.command import commit_time
from miaotui.markup.front_matter import front_matter
from miaotui.offline.deck import deck
from miaotui.offline.packed import packed
from miaotui.offline.single import one_file
from miaotui.site.manifest import read
from tests.axe import faults
from tests.banks import NUMBERS
from tests.editions import BOOKS, EDITION
from tests.listening import quiet
from tests.pdfs import copied

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
QUESTIONS = NUMBERS
MARGIN = 44.0
"""Of a page of the PDF, in points: 16 mm are 45.4."""
WORDS = {"zh": ("量化", "English", "全部展开", "目录"), "en": ("quantization", "中文", "Open all", "Contents")}
# Two characters that look alike: a radical, and a compatibility form, for a character of the text.
LOOK_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


@pytest.fixture(params=[360, 1440])
def page(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with quiet(chrome, request.param, offline=True) as opened:
        yield opened


def titles(lang: str) -> dict[int, str]:
    """The chapters' titles: the questions' short names, from their sources."""
    pages = {number: ROOT / f"docs/{lang}/q/{number}.md" for number in QUESTIONS}
    named = {number: front_matter(path.read_text(encoding="utf-8"))["name"] for number, path in pages.items()}
    return {number: f"{number}. {name}" for number, name in named.items()}


def said_short(lang: str, number: int) -> str:
    """The first sentence of the 60-second answer that has no markup, from its source."""
    text = (ROOT / f"docs/{lang}/q/{number}.md").read_text(encoding="utf-8")
    answer = text.partition("{ #short }")[2].partition("\n## ")[0]
    # A question of ours has its answer in the article, which its topic's page shows.
    if quoted := re.search(r'^--8<-- "(\S+):(q\d+)"$', answer, re.MULTILINE):
        topic = (ROOT / "docs" / quoted[1]).read_text(encoding="utf-8")
        answer = topic.partition(f"[start:{quoted[2]}] -->")[2].partition("[end:")[0]
    return next(line for line in answer.splitlines() if line and not re.search(r"[\[$`*<_&]", line))


def squeezed(text: str) -> str:
    """Without white space, which a line's end may be."""
    return re.sub(r"\s+", "", text)


# The zip


def test_the_zip_unpacked_works_from_file(edition: Path, page: Page, tmp_path: Path) -> None:
    with zipfile.ZipFile(edition / "miaotui-site.zip") as bundle:
        bundle.extractall(tmp_path)
    page.goto((tmp_path / "miaotui-v1/index.html").as_uri(), wait_until="networkidle")
    page.keyboard.press("/")
    page.locator("input[name=query]").fill("量化")
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("h1")).to_contain_text("量化")
    page.get_by_role("link", name="English").last.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto((tmp_path / "miaotui-v1/about.html").as_uri())
    expect(page.locator(".md-content")).to_contain_text("现在读的就是离线的一份")


# The one file


@cache
def soup(edition: Path, lang: str) -> BeautifulSoup:
    """The file, read once; nobody changes it."""
    return BeautifulSoup((edition / f"miaotui-{lang}.html").read_text(encoding="utf-8"), "html.parser")


@LANGUAGES
def test_the_one_file_has_all_of_the_bank(edition: Path, lang: str) -> None:
    whole = soup(edition, lang)
    ids = Counter(str(tag["id"]) for tag in whole.find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []
    for number, title in titles(lang).items():
        chapter = whole.find(id=f"q{number}")
        assert chapter
        assert squeezed(title) in squeezed(chapter.get_text())
        assert squeezed(said_short(lang, number)) in squeezed(chapter.get_text())
    slugs = {path.parent.name for path in (ROOT / "problems").glob("*/starter.py")}
    formulas = {path.stem for path in (ROOT / "formulas/calculators").glob("*.yml")}
    terms = {term.id for term in glossary.read()[0].terms()}
    wanted = {*(f"problem-{one}" for one in slugs), *(f"calc-{one}" for one in formulas)}
    assert wanted | {f"glossary-{one}" for one in terms} <= ids.keys()
    dead = [link["href"] for link in whole.select('a[href^="#"]') if str(link["href"])[1:] not in ids]
    assert dead == []


@LANGUAGES
def test_the_one_file_needs_nothing_else(edition: Path, lang: str) -> None:
    text = (edition / f"miaotui-{lang}.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 6_000_000
    whole = soup(edition, lang)
    assert whole.select("[src], [srcset], link[rel=stylesheet], iframe, object, embed") == []
    assert set(re.findall(r"url\(\s*[\"']?([^#)\"']{5})", text)) == {"data:"}
    # Nothing leads to a page of a folder that is not there.
    links = {str(link["href"]) for link in whole.select("a[href]")}
    assert {link for link in links if not link.startswith(("#", "https://", "http://"))} == set()


@LANGUAGES
def test_a_chapter_opens_where_a_link_leads_to_it(edition: Path, lang: str, page: Page) -> None:
    address = (edition / f"miaotui-{lang}.html").as_uri()
    _, _, open_all, contents = WORDS[lang]
    page.goto(f"{address}#q20")
    expect(page.locator("#q20-short")).to_be_in_viewport()
    page.goto(f"{address}#q12-in-depth")
    expect(page.locator("#q12-in-depth")).to_be_in_viewport()
    expect(page.locator("#q23-in-depth")).to_be_hidden()
    page.get_by_role("navigation", name=contents).get_by_role("link", name=titles(lang)[23]).click()
    expect(page.locator("#q23-short")).to_be_in_viewport()
    page.get_by_role("button", name=open_all).click()
    expect(page.locator(".chapter > details:not([open])")).to_have_count(0)
    page.locator("details").evaluate_all("folds => folds.forEach(fold => { fold.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@LANGUAGES
def test_what_is_typed_leaves_the_questions_and_terms_that_have_it(edition: Path, lang: str, page: Page) -> None:
    page.goto((edition / f"miaotui-{lang}.html").as_uri())
    field, contents = page.get_by_role("searchbox"), page.locator("#contents ol ol > li")
    everything = contents.count()
    levels = contents.filter(has=page.locator(".whole__level"))
    assert levels.count() >= len(QUESTIONS)
    field.press_sequentially("PagedAttention")
    wanted = [title for title in contents.locator("a").all_inner_texts() if "pagedattention" in title.lower()]
    expect(contents.filter(visible=True).filter(has_text=titles(lang)[41])).to_have_count(1)
    shown = contents.filter(visible=True)
    assert 0 < shown.count() < 9
    assert len(wanted) <= shown.count()
    expect(page.locator(".chapter:visible")).to_have_count(shown.count())
    expect(page.locator("#glossary-paged-attention")).to_be_visible()
    expect(page.locator("#glossary-token")).to_be_hidden()
    terms = page.locator("#glossary > h3:visible").count()
    told = page.get_by_role("status").filter(visible=True).first
    assert re.findall(r"\d+", told.inner_text()) == [str(shown.count()), str(terms)]
    field.press("Escape")
    expect(field).to_have_value("")
    expect(contents.filter(visible=True)).to_have_count(everything)
    expect(page.locator("#glossary-token")).to_be_visible()
    # Nothing has these words, and a link to what is hidden shows all again.
    field.fill("zzz")
    expect(contents.filter(visible=True)).to_have_count(0)
    field.fill("PagedAttention")
    page.locator("#q41 > details > summary").click()
    page.locator('#q41 a[href^="#calc-"]:visible').first.click()
    expect(field).to_have_value("")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@LANGUAGES
def test_the_one_file_reads_without_scripts_in_light_and_dark(edition: Path, lang: str, chrome: Browser) -> None:
    context = chrome.new_context(java_script_enabled=False, offline=True, color_scheme="dark")
    page = context.new_page()
    page.goto((edition / f"miaotui-{lang}.html").as_uri())
    body = page.locator("body")
    expect(body).to_have_css("background-color", "rgb(21, 24, 27)")
    expect(page.get_by_role("button", name=WORDS[lang][2])).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.locator("#q12 > details > summary").click()
    expect(page.locator("#q12-short")).to_be_visible()
    page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", "rgb(252, 251, 248)")
    context.close()


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "dark"), ("en", "light")])
def test_axe_finds_nothing_in_the_one_file(
    edition: Path, lang: str, scheme: Literal["light", "dark"], chrome: Browser
) -> None:
    page = chrome.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page.goto((edition / f"miaotui-{lang}.html").as_uri())
    # Some of each kind: all of them take axe a minute. It does not judge what is folded, but would read it through.
    for chapter in ("q1", "q4", "q12", "problem-gptq", "calc-roofline"):
        page.locator(f"#{chapter} > details").evaluate("fold => { fold.open = true }")
    folded = page.locator("details:not([open]) > :not(summary)")
    folded.evaluate_all("parts => parts.forEach(part => part.remove())")
    assert faults(page) == []
    page.close()


# The PDF

BODY = 10.0
"""Points, at least, of most of the text."""


def pdf(edition: Path, lang: str) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(edition / f"miaotui-{lang}.pdf")


def letters_of(page: pikepdf.Page) -> Counter[float]:
    """How many letters a page has of each size in points."""
    found: Counter[float] = Counter()
    scales, scale, size = [], 1.0, 0.0
    for drawn in pikepdf.parse_content_stream(page):
        operands = drawn.operands
        match str(drawn.operator):
            case "q":
                scales.append(scale)
            case "Q":
                scale = scales.pop()
            case "cm":
                scale *= abs(float(operands[0]))
            case "Tf":
                size = float(operands[1])
            case "Tj":
                found[round(size * scale, 1)] += len(bytes(operands[0])) // 2
    return found


def text_of(document: pypdfium2.PdfDocument) -> str:
    """What is copied out of all pages, without their numbers and without white space."""
    # PDFium's mark of a hyphen at the end of a line.
    pages = (page.get_textpage().get_text_bounded().replace("\x02", "-") for page in document)
    numbered = ((squeezed(text), f"{at}/{len(document)}") for at, text in enumerate(pages, 1))
    # The margin, where the number stands, is painted before the page.
    return "".join(text.removeprefix(number).removesuffix(number) for text, number in numbered)


@BOOKS
def test_the_pdf_says_what_the_bank_says(edition: Path, lang: str) -> None:
    text = text_of(pdf(edition, lang))
    order = [int(str(one["id"])[1:]) for one in soup(edition, lang).select("article[id^=q]")]
    assert sorted(order) == list(QUESTIONS)
    # Behind the table of contents, which has the titles too.
    at = text.index(squeezed(titles(lang)[order[-1]]))
    for number in order:
        at = text.index(squeezed(titles(lang)[number]), at)
        at = text.index(squeezed(said_short(lang, number)), at)
    # The longest line of each example is there whole.
    for path in (ROOT / "examples").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        quoted = code.partition("[start:code]\n")[2].partition("# --8<--")[0] or code
        assert squeezed(max(quoted.splitlines(), key=len)) in text, path.name


@BOOKS
def test_nothing_of_the_pdf_is_cut_off(edition: Path, lang: str) -> None:
    out = []
    for page in pdf(edition, lang):
        text = page.get_textpage()
        boxes = (text.get_rect(at) for at in range(text.count_rects()))
        out += [box for box in boxes if box[0] < MARGIN or box[2] > page.get_width() - MARGIN]
    assert out == []


@BOOKS
def test_the_pdf_has_a_bookmark_for_each_heading_word_for_word(edition: Path, lang: str) -> None:
    found = [mark.get_title() for mark in pdf(edition, lang).get_toc(max_depth=9)]
    headings = []
    for heading in soup(edition, lang).find_all(re.compile("^h[1-6]$")):
        said = (text for text in heading.strings if not text.find_parent(class_="katex-mathml"))
        headings.append(" ".join("".join(said).split()))
    assert len(headings) > 900
    assert found == headings


@BOOKS
def test_the_pdf_brings_its_letters_and_its_links(edition: Path, lang: str) -> None:
    with pikepdf.open(edition / f"miaotui-{lang}.pdf") as file:
        assert str(file.docinfo["/CreationDate"]) == "D:20261124000000Z"
        listed = [font for page in file.pages for font in page.resources.get("/Font", {}).values()]
        fonts = [font for font in listed if "/DescendantFonts" in font]
        names = {str(font["/BaseFont"]) for font in fonts}
        brought = [below["/FontDescriptor"] for font in fonts for below in font["/DescendantFonts"]]
        bare = [str(font["/FontName"]) for font in brought if "/FontFile2" not in font and "/FontFile3" not in font]
        alike = {text for font in fonts for text in copied(font) if LOOK_ALIKE.search(text)}
        inside = [link for page in list(file.pages)[:12] for link in page.get("/Annots", []) if "/Dest" in link]
    assert bare == []
    # PDFium takes a look-alike for its character, other readers do not.
    assert alike == set()
    assert any("NotoSansSC" in name for name in names)
    assert len(inside) >= len(soup(edition, lang).select("#contents a"))


@BOOKS
def test_the_pdf_has_each_letter_once(edition: Path, lang: str) -> None:
    # A stroke around the labels of figures made an outline of each letter in each size, and 31 MB of 6.5.
    assert (edition / f"miaotui-{lang}.pdf").stat().st_size < 10_000_000


@BOOKS
def test_each_page_of_the_pdf_has_its_number(edition: Path, lang: str) -> None:
    document = pdf(edition, lang)
    for at in (0, 1, len(document) - 1):
        assert f"{at + 1} / {len(document)}" in document[at].get_textpage().get_text_bounded()


@BOOKS
def test_text_is_large_enough_to_read(edition: Path, lang: str) -> None:
    sizes: Counter[float] = Counter()
    with pikepdf.open(edition / f"miaotui-{lang}.pdf") as file:
        for page in list(file.pages)[20:60]:
            sizes += letters_of(page)
    assert sum(count for size, count in sizes.items() if size >= BODY) > sizes.total() / 2
    assert sizes.most_common(1)[0][0] >= BODY


@BOOKS
def test_the_contents_say_on_which_page_each_title_stands(edition: Path, lang: str) -> None:
    document = pdf(edition, lang)
    texts = [squeezed(page.get_textpage().get_text_bounded().replace("\x02", "-")) for page in document]
    listed = [mark for mark in document.get_toc(max_depth=9) if mark.level < 2]
    marks = [(squeezed(mark.get_title()), mark.get_dest().get_index()) for mark in listed]
    contents = "".join(texts[: min(page for _, page in marks if page > 5)])
    # A title may stand in the bookmarks twice; the contents have the same order.
    following = iter(marks)
    lines = soup(edition, lang).select("#contents .whole__line")
    levels = [line for line in lines if line.select(".whole__level")]
    assert len(levels) >= len(QUESTIONS)
    for line in lines:
        title = squeezed(line.select("a")[0].get_text())
        page = next(page for name, page in following if name == title)
        assert f"{squeezed(line.get_text())}{page + 1}" in contents, title
        assert title in texts[page], title


@BOOKS
def test_bookmarks_are_closed_below_the_second_level(edition: Path, lang: str) -> None:
    marks = [mark for mark in pdf(edition, lang).get_toc(max_depth=9) if mark.get_count()]
    assert {mark.level for mark in marks if mark.get_count() > 0} == {0}
    assert {mark.level for mark in marks if mark.get_count() < 0} >= {1}


@BOOKS
def test_our_answer_stands_before_the_received_one(edition: Path, lang: str) -> None:
    ids = [str(tag["id"]) for tag in soup(edition, lang).select("article.chapter [id]")]
    received = [number for number in QUESTIONS if f"q{number}-as-received" in ids]
    assert received != []
    for number in received:
        short, deep, theirs = (ids.index(f"q{number}-{part}") for part in ("short", "in-depth", "as-received"))
        assert short < deep < theirs


# The PDF of the scoring sheets


@BOOKS
def test_each_question_has_a_page_of_the_sheets(edition: Path, lang: str) -> None:
    document = pypdfium2.PdfDocument(edition / f"miaotui-sheets-{lang}.pdf")
    texts = [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    marks = [mark for mark in document.get_toc() if re.match(r"\d+ · ", mark.get_title())]
    assert sorted(int(mark.get_title().split()[0]) for mark in marks) == list(QUESTIONS)
    pages, names = [mark.get_dest().get_index() for mark in marks], titles(lang)
    # A page each, to the last one.
    assert pages == list(range(len(document) - len(marks), len(document)))
    lines = [line for at in range(pages[0]) for line in document[at].get_textpage().get_text_bounded().splitlines()]
    lines = [squeezed(line.replace("\x02", "-")) for line in lines]
    for mark, page in zip(marks, pages, strict=True):
        number = int(mark.get_title().split()[0])
        assert squeezed(mark.get_title()) in texts[page]
        listed = re.compile(rf"{re.escape(squeezed(names[number]))}[●○]{{3}}[^\W\d]+{page + 1}")
        assert [line for line in lines if listed.fullmatch(line)] != [], names[number]


# All of them


@pytest.mark.full
def test_one_site_gives_the_same_bytes(edition: Path, offline: Path) -> None:
    for lang, folder in (("zh", ""), ("en", "en/")):
        assert (edition / f"miaotui-{lang}.html").read_bytes() == one_file(offline, folder, EDITION).encode()
        cards = deck(offline, folder, made=commit_time(), address=EDITION.site)
        assert (edition / f"miaotui-{lang}.apkg").read_bytes() == cards
    assert (edition / "miaotui-site.zip").read_bytes() == packed(offline, "miaotui-v1")


@LANGUAGES
def test_the_site_offers_them_with_their_sizes(edition: Path, lang: str, chrome: Browser) -> None:
    told = read(edition)
    assert told
    assert json.loads((edition / "site/downloads/manifest.json").read_text(encoding="utf-8")) == json.loads(told.json())
    home = edition / "site" / ("" if lang == "zh" else lang)
    for path, files in {
        "index.html": [file for file in told.files if file.language in ("", lang)],
        "about/index.html": list(told.files),
    }.items():
        text = BeautifulSoup((home / path).read_text(encoding="utf-8"), "html.parser")
        links = text.select("a[download]")
        assert sorted(Path(str(link["href"])).name for link in links) == sorted(file.name for file in files)
        for link in links:
            file = (home / path).parent / str(link["href"])
            assert file.resolve().parent == (edition / "site/downloads").resolve()
            count = next(one.bytes for one in files if one.name == file.name)
            assert file.stat().st_size == count
            row = link.find_parent("tr") or link.parent
            assert row
            assert (f"{count / 1e6:.2f} MB" if count > 1e6 else f"{count / 1e3:.0f} kB") in row.get_text()
