"""Formulas in a real browser: what KaTeX draws is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

# Each root's sign: its height in pixels, and that of what stands under it.
SIGNS = """() => [...document.querySelectorAll(".katex-html .sqrt")].map(root => {
  const height = element => element.getBoundingClientRect().height
  return [height(root.querySelector("svg")), height(root.querySelector(".mord"))]
})"""


@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_a_root_has_its_sign(chrome: Browser, address: str, folder: str) -> None:
    """The theme sizes drawings by their width, and the sign's is 400,000 wide."""
    page = chrome.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}{folder}q/26/")
    signs = page.evaluate(SIGNS)
    page.close()
    assert len(signs) == 2
    for sign, inner in signs:
        assert sign > 0.5 * inner > 5
