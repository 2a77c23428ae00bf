"""What axe finds on an open page: what would keep some reader out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, expect

from tests.injected import until

Scheme = Literal["light", "dark"]
_AXE = Path(__file__).parent / "vendor/axe-core/axe.min.js"
# Every rule is run; of its results only the faults are worked out.
_RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(
  found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`))"""
_KEPT = {"light": "default", "dark": "slate"}
"""What Material calls the two."""


def faults(page: Page) -> list[str]:
    """Everything that axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(_RUN))


def faults_in(page: Page, schemes: Sequence[Scheme]) -> list[str]:
    """Everything that axe finds in each of these palettes: the system's changes while the page is open."""
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", _KEPT[scheme])
        # Colours on their way from one palette to the other are neither's.
        until(page, "!document.getAnimations().some(one => one.playState === 'running')")
        found += [f"{scheme}: {fault}" for fault in faults(page)]
    return found
