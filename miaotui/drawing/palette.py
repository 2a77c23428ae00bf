"""The colours of figures, read from the style of the site."""

from __future__ import annotations

import re

SVG = "http://www.w3.org/2000/svg"
LANGUAGE = "zh,zh-CN"
"""The systemLanguage of Chinese labels: what browsers of Chinese readers ask for."""
COLOURS = ("grey", "line", "quiet", "paper", "red", "teal")
"""The palette's variables that a figure may use, without their prefix."""


def style(css: str) -> str:
    """The <style> of a figure by itself: the palette of the site's CSS, light and dark."""

    def rule(scheme: str) -> str:
        block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{([^}}]*--mt-ink:[^}}]*)\}}', css)
        palette = dict(re.findall(r"--mt-(\w+): (#\w+);", block[1] if block else ""))
        names = "".join(f";--mt-{name}:{palette[name]}" for name in COLOURS)
        return f"svg{{color:{palette['ink']};background:{palette['paper']}{names}}}"

    # The halo lets a label be read on a line; overrides/assets/css/site/figures.css has it for figures in a page.
    labels = (
        "text{font-family:sans-serif;paint-order:stroke;stroke:var(--mt-paper);stroke-width:4px;stroke-linejoin:round}"
    )
    return f"{rule('default')}@media(prefers-color-scheme:dark){{{rule('slate')}}}{labels}"
