"""Figures as files of a book: their colours in them, on a ground of their own.

A book's reader has no style for them, and not every one knows variables or `currentColor`. Where it knows media
queries, ground and ink change together, so that a figure is legible on any page.
"""

from __future__ import annotations

import re
from functools import cache

from bs4 import Tag

from miaotui.base.paths import PALETTE
from miaotui.drawing.palette import COLOURS

CAMEL = {
    name.lower(): name
    for name in ("viewBox", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "textLength", "lengthAdjust")
}
"""Attributes of SVG with capitals, which the reader of HTML has made small."""
_VARIABLE = re.compile(r"var\(--mt-(\w+)\)")
_HALO = (
    "@supports(paint-order:stroke){{text{{paint-order:stroke;stroke:{paper};stroke-width:4px;stroke-linejoin:round}}}}"
)


@cache
def palette(scheme: str) -> dict[str, str]:
    """The colours of the site's style, `default` or `slate`, by the names that figures use, ink among them."""
    css = PALETTE.read_text(encoding="utf-8")
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{([^}}]*--mt-ink:[^}}]*)\}}', css)
    found = dict(re.findall(r"--mt-(\w+): (#\w+);", block[1] if block else ""))
    return {name: found[name] for name in ("ink", *COLOURS)}


def _style() -> str:
    """The halo of labels, and the colours of the dark scheme in place of those that stand in the figure."""
    light, dark = palette("default"), palette("slate")
    rules = "".join(
        f'[fill="{light[name]}"]{{fill:{dark[name]}}}[stroke="{light[name]}"]{{stroke:{dark[name]}}}' for name in light
    )
    halo, dark_halo = _HALO.format(paper=light["paper"]), _HALO.format(paper=dark["paper"])
    return f"{halo}@media(prefers-color-scheme:dark){{{rules}{dark_halo}}}"


def _coloured(value: str) -> str:
    light = palette("default")
    return _VARIABLE.sub(lambda found: light[found[1]], value.replace("currentColor", light["ink"]))


def _set(tag: Tag) -> None:
    """Gives an element its colours and its attributes' names."""
    tag.attrs = {CAMEL.get(name, name): _coloured(str(value)) for name, value in tag.attrs.items()}


def drawn(svg: Tag) -> tuple[str, str, int, int]:
    """A figure of a page as a file of its own, its alternative, and its size."""
    for tag in (svg, *svg.find_all(True)):
        _set(tag)
    said = str(svg.attrs.pop("aria-label", ""))
    width, height = (round(float(str(svg[name]))) for name in ("width", "height"))
    for name in ("role", "class"):
        svg.attrs.pop(name, None)
    svg.attrs |= {"xmlns": "http://www.w3.org/2000/svg", "font-family": "sans-serif"}
    head, _, inner = svg.decode().partition(">")
    ground = f'<rect width="{width}" height="{height}" fill="{palette("default")["paper"]}"/>'
    return f"{head}><style>{_style()}</style>{ground}{inner}\n", said, width, height
