"""The drawn figures of question pages: every number in them and in their alternative is computed here again."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from miaotui.checks.figures import parse
from miaotui.markup.page import parsed

ROOT = Path(__file__).resolve().parents[2]
KERNEL = 2e9 / 3.35e12 / 300 * 1e6
"""Microseconds: a 1B model's weights in BF16, spread over 300 operators."""
READ = 4.022e9 * (4 + 16 / 128) / 8 / 68.3e9 * 1e3
PER_TOKEN = [2 * 4.022e9 / speed * 1e3 for speed in (2.6e12, 17.5e12)]
"""Milliseconds of arithmetic for a token, on the CPU and on the GPU."""

PAGES = {"dispatch-gaps": 21, "phone-roofline": 22, "fake-quantization": 23, "neighbours": 29, "service-path": 74}
DEGREE = round((2 * 61_859_140 + 2_449_029) / 2_449_029, 1)
"""Entries in a row of ogbn-products, both directions and the node itself."""
ZONE = next(count for count in range(1, 100) if 2 * count * 11.83 >= 1000)
"""Replicas of a zone: two of three zones carry 1,000 requests per second at 11.83 each."""
SHOWN = {
    "neighbours": [
        f"{DEGREE**2:,.0f}",
        f"{DEGREE**2 * 4e-4:.2f} MB",
        "261",
        "104 KB",
        f"{DEGREE:.0f}",
        "21 KB",
        "400 B",
    ],
    "service-path": ["1,000", f"{1000 * (0.5 + 7.5):,.0f}", f"{1000 * 2000 * 2 // 5:,}", f"{1000 * 300:,}", str(ZONE)],
    "fake-quantization": ["−3", "3", "0", "1"],
    "dispatch-gaps": [f"{10 - KERNEL:.0f} µs", "60 µs", f"{6 * KERNEL:.0f} µs"],
    "phone-roofline": [
        f"{READ:.1f} ms",
        *(f"{READ / each:.0f}" for each in PER_TOKEN),
        *(f"{1024 * each:,.0f}" for each in PER_TOKEN),
    ],
}
"""What the figure shows and its alternative says, in both languages."""


def labels(name: str) -> str:
    text = (ROOT / f"docs/figures/{name}.svg").read_text(encoding="utf-8")
    return " ".join(node.text for node in parse(text).walk() if node.tag == "text")


def missing(numbers: list[str], text: str) -> list[str]:
    """The numbers that the text does not have, or has only as a part of another."""
    return [number for number in numbers if not re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d%])", text)]


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_numbers_are_computed_again(name: str, code: str) -> None:
    page = (ROOT / f"docs/{code}/q/{PAGES[name]}.md").read_text(encoding="utf-8")
    (image,) = [each for each in parsed(page).images if each.file == f"{name}.svg"]
    assert missing(SHOWN[name], labels(name)) == []
    assert missing(SHOWN[name], image.alt) == []


def test_the_gaps_are_drawn_to_scale() -> None:
    text = (ROOT / "docs/figures/dispatch-gaps.svg").read_text(encoding="utf-8")
    widths = [float(node.attributes["width"]) for node in parse(text).walk() if node.tag == "rect"]
    assert len(widths) == 6 + 6 + 1 + 6
    assert widths[0] / widths[6] == pytest.approx(10 / KERNEL, rel=0.01)


def test_the_staircase_is_fake_quantization() -> None:
    """Each step of the drawn path is flat for one scale, at clamp(round(w), −3, 3)."""
    text = (ROOT / "docs/figures/fake-quantization.svg").read_text(encoding="utf-8")
    path = next(node.attributes["d"] for node in parse(text).walk() if node.tag == "path")
    points = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
    drawn = [((x1 + x2) / 2, y1) for (x1, y1), (x2, y2) in pairwise(points) if y1 == y2 and x1 != x2]
    expected = [(220 + 40 * at, 136 - 28 * max(-3, min(3, at))) for at in range(-4, 5)]
    assert drawn == expected
