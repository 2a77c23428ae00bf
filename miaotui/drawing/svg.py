"""The pieces figures are made of: SVG as text, labels in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from miaotui.drawing.palette import LANGUAGE, SVG

MARK = "<!-- Generated: by scripts/split.py from "
SIZE = 15
"""The size of all type: 11 pixels on a phone, where a figure of 440 is scaled down to the page."""
GREY, LINE, QUIET, RED, TEAL = (f"var(--mt-{name})" for name in ("grey", "line", "quiet", "red", "teal"))

Look = dict[str, str | float]
"""How boxes of one kind are painted."""
BARE: Look = {"fill": "none"}
SHADED: Look = {"fill": GREY, "fill_opacity": 0.35}
SOLID: Look = {"fill": TEAL, "stroke": TEAL}
DASHED: Look = {"fill": RED, "fill_opacity": 0.35, "stroke": RED, "stroke_dasharray": "4 3"}
"""Kinds that are told apart without their colours: empty, grey, dark, and with a broken edge."""


@dataclass(frozen=True)
class Figure:
    """What a figure shows, and the room it takes."""

    height: int
    parts: tuple[str, ...]
    width: int = 440


def number(value: float) -> str:
    """A coordinate: two decimals at most, so that no machine's last digit shows."""
    return f"{round(value, 2) + 0:g}"


def element(tag: str, text: str = "", /, **attributes: str | float) -> str:
    """An element; `text` is escaped. Attributes are named as in SVG, with _ for -, and left out where empty."""
    named = {
        key.replace("_", "-"): number(value) if isinstance(value, (int, float)) else value
        for key, value in attributes.items()
    }
    open_ = tag + "".join(f" {key}={quoteattr(value)}" for key, value in named.items() if value)
    return f"<{open_}>{escape(text)}</{tag}>" if text else f"<{open_}/>"


def label(x: float, y: float, zh: str, en: str = "", **attributes: str | float) -> str:
    """A label whose baseline starts at the point; without `en` it is the same in both languages."""
    if not en:
        return element("text", zh, x=x, y=y, **attributes)
    both = element("text", zh, systemLanguage=LANGUAGE) + element("text", en)
    place = f"translate({number(x)} {number(y)})"
    return element("switch", transform=place, **attributes).removesuffix("/>") + f">{both}</switch>"


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": "currentColor", **attributes})


def rect(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    return element(
        "rect", x=x, y=y, width=width, height=height, **{"fill": "none", "stroke": "currentColor", **attributes}
    )


def key(x: float, y: float, words: tuple[str, str], look: Look) -> str:
    """A sample of what boxes of one kind look like, and what they are; the baseline of the words is at `y`."""
    return rect(x, y - 12, 13, 13, **look) + label(x + 20, y, *words)


def dot(x: float, y: float, r: float = 4.5, **attributes: str | float) -> str:
    return element("circle", cx=x, cy=y, r=r, **attributes)


def span(x1: float, x2: float, y: float) -> str:
    """A line with a tick at either end, that measures what is above it."""
    path = f"M{number(x1)} {number(y - 5)}v10M{number(x1)} {number(y)}H{number(x2)}M{number(x2)} {number(y - 5)}v10"
    return element("path", d=path, fill="none", stroke="currentColor")


def picture(figure: Figure) -> str:
    """The figure as SVG, without the palette: what an example's figure() gives."""
    width, height = figure.width, figure.height
    root = (
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-size="{SIZE}" fill="currentColor" stroke-width="1.5">'
    )
    return "\n".join([root, *figure.parts, "</svg>", ""])


def coloured(svg: str, style: str) -> str:
    """The SVG with the palette as the first of its root."""
    root, _, rest = svg.partition(">\n")
    return f"{root}>\n<style>{style}</style>\n{rest}"


def document(figure: Figure, source: str, style: str) -> str:
    """The figure as a file."""
    head = f"{MARK}{source}; edit that and run make split -->"
    return f"{head}\n{coloured(picture(figure), style)}"
