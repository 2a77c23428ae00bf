"""Page numbers in the contents of a PDF.

Chromium counts pages, but does not say in the contents on which page a title came to stand. So the whole is printed
with a number of three digits in each place, the pages of the titles are read out of that PDF, and its first pages are
printed once more, alone, with the numbers in them. Where these come out otherwise, as something too wide has all of the
whole set smaller, they are cut out of the whole, printed with its numbers. What is drawn on a page is taken from there;
its links, its place in the outline and its tags stay those of the whole.
"""

from __future__ import annotations

import io
import re

import pikepdf

from miaotui.offline.unfit import Unfit

PLACES = """() => {
  const links = [...document.querySelectorAll('#contents a[href^="#"]')]
  for (const link of links) {
    const number = document.createElement("a")
    number.className = "whole__page"
    number.href = link.hash
    number.textContent = "000"
    link.parentElement.append(number)
  }
  return links.map(link => link.hash.slice(1))
}"""
"""Makes a place for each number, and gives the names of what they lead to."""
FILLED = """pages => {
  for (const place of document.querySelectorAll(".whole__page")) place.textContent = pages[place.hash.slice(1)]
}"""
"""Puts the numbers into their places."""
ALONE = """() => {
  const rest = document.createElement("div")
  rest.style.breakBefore = "page"
  for (const place of document.querySelectorAll(".whole__page")) {
    const name = place.hash.slice(1)
    document.getElementById(name)?.remove()
    rest.append(Object.assign(document.createElement("p"), { id: name, textContent: name }))
  }
  document.querySelectorAll("#contents ~ *").forEach(one => one.remove())
  document.getElementById("contents").after(rest)
}"""
"""Of all that follows the contents leaves only the names, for the links."""


def _numbers(file: pikepdf.Pdf) -> dict[str, int]:
    """The number of the page of each name to which a link leads."""
    at = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
    return {str(name)[1:]: at[place[0].objgen] for name, place in file.Root.get("/Dests", pikepdf.Dictionary()).items()}


def pages(pdf: bytes, names: list[str]) -> tuple[dict[str, int], int]:
    """The number of the page on which each name stands, and how many pages there are.

    Raises Unfit where a name leads nowhere.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = _numbers(file)
        if lost := [name for name in names if name not in found]:
            raise Unfit(f"the PDF's contents lead to {lost[0]}, which is on none of its pages")
        return {name: found[name] for name in names}, len(file.pages)


_TAG = re.compile(rb"BDC\s(?!BT\sET\s)")
"""Where something tagged is drawn; what stands between the contents and the next page is tagged, and is empty."""


def _tags(page: pikepdf.Page) -> int:
    return len(_TAG.findall(page.Contents.read_bytes()))


def _ends(front: pikepdf.Pdf) -> int:
    """How many pages of a front are drawn on; names alone stand on those behind, if there are any."""
    return min(_numbers(front).values(), default=len(front.pages) + 1) - 1


def cut(pdf: bytes, count: int) -> bytes:
    """The first pages of a PDF by themselves, without its names, outline and tags."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        del file.pages[count:]
        for name in ("/Dests", "/Names", "/Outlines", "/StructTreeRoot"):
            if name in file.Root:
                del file.Root[name]
        file.save(out)
    return out.getvalue()


def _same(whole: pikepdf.Pdf, front: pikepdf.Pdf) -> bool:
    """Whether the pages of the front are the first of the whole, but for their numbers."""
    return all(_tags(whole.pages[at]) == _tags(front.pages[at]) for at in range(_ends(front)))


def alike(pdf: bytes, front: bytes) -> bool:
    """Whether the pages of the front are the first of the whole, but for their numbers."""
    with pikepdf.open(io.BytesIO(pdf)) as whole, pikepdf.open(io.BytesIO(front)) as numbered:
        return _same(whole, numbered)


def fronted(file: pikepdf.Pdf, front: bytes) -> None:
    """Puts what is drawn on the pages of `front`, without its names, onto the first pages of the file.

    Raises Unfit where these are not the same pages but for their numbers.
    """
    with pikepdf.open(io.BytesIO(front)) as numbered:
        if not _same(file, numbered):
            raise Unfit("the PDF's contents take another room with their numbers than without")
        for page, drawn in zip(file.pages, list(numbered.pages)[: _ends(numbered)], strict=False):
            page.Contents = file.copy_foreign(drawn.Contents)
            page.Resources = file.copy_foreign(numbered.make_indirect(drawn.Resources))
