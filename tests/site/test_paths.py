"""The learning paths: chosen on the home page, followed at the foot of every page, whole without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from miaotui.bank import paths

ROOT = Path(__file__).resolve().parents[2]
TOPICS = yaml.safe_load((ROOT / "articles/topics.yml").read_text(encoding="utf-8"))["topics"]
QUANTIZATION = next(topic["questions"] for topic in TOPICS if topic["slug"] == "quantization")
LAST = QUANTIZATION[-1]
"""Behind it the paths part: the usual one goes on to hardware, the classical one to pruning."""
PATHS = paths.read(ROOT / "articles/topics.yml", [topic["slug"] for topic in TOPICS])[0]
WORDS: dict[str, dict[str, Any]] = {
    "": {
        "code": "zh",
        "follow": "走这条路线",
        "paths": ["大模型优先", "经典路线"],
        "next": "下一页",
        "prev": "上一页",
        "foot": "页脚",
    },
    "en/": {
        "code": "en",
        "follow": "Follow this path",
        "paths": ["LLM first", "Classical"],
        "next": "Next",
        "prev": "Previous",
        "foot": "Footer",
    },
}
FOLDERS = pytest.mark.parametrize("folder", WORDS, ids=["zh", "en"])
LINK = re.compile(r'<a href="(?P<href>[^"]+)" rel="(?P<rel>prev|next)"(?: data-path="(?P<path>[\w-]+)")?(?: hidden)?>')


def walk(online: Path, folder: str, path: str) -> list[str]:
    """The pages a reader comes to who always takes the path's next page, from the home page to the last."""
    site = "http://site/"
    seen, here = [], f"{site}{folder}"
    while here not in seen:
        seen.append(here)
        html = (online / here.removeprefix(site) / "index.html").read_text(encoding="utf-8")
        for link in LINK.finditer(html):
            if link["rel"] == "next" and link["path"] in (None, path):
                here = urljoin(here, link["href"])
    return [page.removeprefix(site + folder) for page in seen]


@FOLDERS
@pytest.mark.parametrize("at", [0, 1])
def test_a_path_leads_through_every_topic_in_its_order(folder: str, at: int, online: Path) -> None:
    questions = {topic["slug"]: topic["questions"] for topic in TOPICS if topic["questions"]}
    wanted = [
        page
        for slug in PATHS[at].order(list(questions))
        for page in (f"topics/{slug}/", *(f"q/{number}/" for number in questions[slug]))
    ]
    # What stands before the topics is on every path.
    seen = [page for page in walk(online, folder, PATHS[at].id) if page not in ("practice/", "interview/", "asked/")]
    assert seen[0] == ""
    assert seen[1 : 1 + len(wanted)] == wanted
    assert {"corrections/", "about/"} <= set(seen[1 + len(wanted) :])


@FOLDERS
def test_the_way_back_is_the_way_there(folder: str, online: Path) -> None:
    pages = [page for page in (online / folder).rglob("index.html") if folder or "en" not in page.parts]
    steps = []
    for page in pages:
        here = f"http://site/{page.parent.relative_to(online).as_posix()}/".replace("/./", "/")
        for link in LINK.finditer(page.read_text(encoding="utf-8")):
            ends = (here, urljoin(here, link["href"]))
            for path in [link["path"]] if link["path"] else ["classical", "llm-first"]:
                steps.append((path, *(ends if link["rel"] == "next" else ends[::-1]), link["rel"]))
    assert {step[:3] for step in steps if step[3] == "next"} == {step[:3] for step in steps if step[3] == "prev"}


def ways(page: Page, words: dict[str, Any], direction: str) -> Locator:
    foot = page.get_by_role("navigation", name=words["foot"], exact=True)
    return foot.get_by_role("link", name=re.compile(f"^{words[direction]}"))


def test_a_reader_is_led_along_the_path_they_chose(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    classical, llm_first = words["paths"]
    page.goto(f"{address}{folder}q/{LAST}/")
    expect(ways(page, words, "next")).to_have_text([re.compile(classical)])

    page.goto(address + folder)
    choices = [page.get_by_role("button", name=f"{words['follow']} {name}") for name in (classical, llm_first)]
    choices[0].click()
    choices[1].press("Enter")
    page.reload()
    expect(choices[0]).to_have_attribute("aria-pressed", "false")
    expect(choices[1]).to_have_attribute("aria-pressed", "true")
    # Told by more than its colour.
    mark = choices[1].evaluate("button => getComputedStyle(button, '::before').content")
    assert "✓" in mark

    page.goto(f"{address}{folder}q/{LAST}/")
    expect(ways(page, words, "next")).to_have_text(re.compile(llm_first))
    ways(page, words, "next").click()
    expect(page).to_have_url(f"{address}{folder}topics/pruning/")
    ways(page, words, "prev").click()
    expect(page).to_have_url(f"{address}{folder}q/{LAST}/")
    # The address changes before the page is there, and a key that nobody hears yet is lost.
    page.wait_for_load_state("domcontentloaded")
    page.keyboard.press("n")
    expect(page).to_have_url(f"{address}{folder}topics/pruning/")

    page.goto(address + folder)
    choices[1].click()
    expect(choices[1]).to_have_attribute("aria-pressed", "false")
    page.goto(f"{address}{folder}q/{LAST}/")
    expect(ways(page, words, "next")).to_have_text([re.compile(classical)])


def test_inside_a_topic_there_is_one_way(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}q/{QUANTIZATION[1]}/")
    for direction, number in (("prev", QUANTIZATION[0]), ("next", QUANTIZATION[2])):
        expect(ways(page, words, direction)).to_have_text(re.compile(rf"{words[direction]}\s*{number}\."))


def test_a_path_that_is_no_more_leaves_the_first_one(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("localStorage.setItem('miaotui.path', 'gone')")
    page.goto(f"{address}q/{LAST}/")
    expect(ways(page, WORDS[""], "next")).to_have_text([re.compile(WORDS[""]["paths"][0])])


@FOLDERS
def test_without_scripts_there_is_one_next_and_both_paths_on_home(chrome: Browser, address: str, folder: str) -> None:
    words = WORDS[folder]
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{folder}q/{LAST}/")
    expect(ways(page, words, "next")).to_have_text([re.compile(words["paths"][0])])
    page.goto(address + folder)
    for name in words["paths"]:
        expect(page.get_by_role("main").get_by_text(name, exact=True)).to_be_visible()
    context.close()
