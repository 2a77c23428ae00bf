"""What a reader copies: a text with formulas has each once, and what is missing is not copied for what was asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.base.words import words
from tests.listening import window

_PLACES = """mark => {
  const found = [...document.querySelectorAll(mark)].find(one => one.querySelectorAll(".katex").length > 1)
  const copy = found.cloneNode(true)
  const tex = [...copy.querySelectorAll(".katex annotation")].map(one => one.textContent.trim())
  copy.querySelectorAll(".katex").forEach(one => one.replaceWith("◇"))
  copy.querySelectorAll("[popover], .headerlink").forEach(one => one.remove())
  getSelection().selectAllChildren(found)
  return [tex, copy.textContent]
}"""
_HALF = """() => {
  const set = document.querySelector("article p .katex")
  const signs = document.createTreeWalker(set.querySelector(".katex-html"), NodeFilter.SHOW_TEXT)
  signs.nextNode()
  getSelection().setBaseAndExtent(signs.currentNode, 0, signs.currentNode, 1)
  return set.querySelector("annotation").textContent.trim()
}"""
_BLOCK = """() => {
  const set = document.querySelector("article .katex-display")
  const around = document.createRange()
  around.setStartBefore(set.closest("div.formula").previousElementSibling)
  around.setEndAfter(set.closest("div.formula").nextElementSibling)
  getSelection().removeAllRanges()
  getSelection().addRange(around)
  return set.querySelector("annotation").textContent.trim()
}"""
_HTML = """async () => {
  const [item] = await navigator.clipboard.read()
  return (await item.getType("text/html")).text()
}"""


def copied(page: Page) -> str:
    page.keyboard.press("Control+c")
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_paragraph_s_formulas_are_copied_once_as_tex(folder: str, desk: Page, address: str) -> None:
    desk.goto(f"{address}{folder}q/12/")
    tex, around = desk.evaluate(_PLACES, "article :is(p, li)")
    wanted = around
    for formula in tex:
        wanted = wanted.replace("◇", f"${formula}$", 1)
    assert copied(desk) == re.sub(r"\s+", " ", wanted).strip()
    assert desk.evaluate(_HTML).count("<math") == 0


def test_half_a_formula_is_copied_whole(desk: Page, address: str) -> None:
    desk.goto(f"{address}q/12/")
    assert f"${desk.evaluate(_HALF)}$" == copied(desk)


def test_a_formula_by_itself_is_copied_on_lines_of_its_own(desk: Page, address: str) -> None:
    desk.goto(f"{address}q/12/")
    tex = desk.evaluate(_BLOCK)
    lines = [line for line in copied(desk).split("\n") if line]
    assert f"$${tex}$$" in lines
    assert len(lines) >= 3


def test_without_a_formula_a_text_is_copied_as_ever(desk: Page, address: str) -> None:
    desk.goto(f"{address}q/12/")
    title = desk.evaluate("getSelection().selectAllChildren(document.querySelector('h1')), getSelection().toString()")
    assert copied(desk) == title


@pytest.mark.parametrize("folder", ["", "en/"])
def test_of_a_whole_page_each_formula_is_copied_once(folder: str, desk: Page, address: str) -> None:
    desk.goto(f"{address}{folder}q/12/")
    tex = desk.evaluate("document.querySelector('article .katex-display annotation').textContent.trim()")
    desk.keyboard.press("Control+a")
    text = copied(desk)
    assert text.count(f"$${tex}$$") == 1
    assert not re.search(r"\n(?:clamp|round)\n", text)
    html = desk.evaluate(_HTML)
    assert (html.count("<math"), html.count('class="katex')) == (0, 0)


@pytest.mark.parametrize("folder", ["", "en/"])
def test_without_scripts_a_formula_is_copied_once_as_it_is_seen(folder: str, chrome: Browser, address: str) -> None:
    with window(chrome, java_script_enabled=False) as bare, window(chrome) as other:
        bare.page.goto(f"{address}{folder}q/12/")
        bare.page.keyboard.press("Control+a")
        bare.page.keyboard.press("Control+c")
        other.page.goto(f"{address}licences.txt")
        other.page.set_content("<textarea></textarea>")
        other.page.focus("textarea")
        other.page.keyboard.press("Control+v")
        text = other.page.input_value("textarea")
    assert text.count("q=clamp(round(x/s)+z") == 1
    assert not re.search(r"\n(?:clamp|round)\n", text)


@pytest.mark.parametrize(("folder", "code"), [("", "zh"), ("en/", "en")])
def test_a_missing_file_is_not_copied(folder: str, code: str, desk: Page, address: str, online: Path) -> None:
    said = words(code).scripts
    desk.goto(f"{address}{folder}q/12/")
    desk.evaluate("navigator.clipboard.writeText('before')")
    # As a static host answers: with a page, and the status that says so.
    answer = {"status": 404, "content_type": "text/html", "body": (online / "404.html").read_text(encoding="utf-8")}
    desk.evaluate(
        "answer => { window.fetch = async () => new Response(answer.body, { status: answer.status }) }", answer
    )
    button = desk.get_by_role("button", name=said["copy_markdown"])
    button.click()
    expect(desk.get_by_role("button", name=said["unfetched"])).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()") == "before"
    expect(button).to_be_visible()
