"""Takes the pictures of the README anew, from site/ as it is built: docs-images/.

The text is set in the vendored letters, so that the pictures are the same wherever they are taken.
"""

from __future__ import annotations

import base64
import functools
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Route

from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT
from miaotui.offline.browser import started
from miaotui.offline.printed import FONTS
from miaotui.site import serif
from scripts.bench_lighthouse import served

PICTURES = {"home-zh": "", "home-en": "en/", "q12-zh": "q/12/", "q12-en": "en/q/12/"}
SIZE = {"width": 1440, "height": 900}
_SET = "document.documentElement.classList.contains('set')"


def _face(name: str, weight: int, font: Path) -> str:
    data = base64.b64encode(font.read_bytes()).decode()
    return f'@font-face{{font-family:"{name}";font-weight:{weight};src:url(data:font/woff2;base64,{data})}}'


@functools.cache
def letters() -> str:
    """The style that sets text in the vendored letters, and titles too until their serif has come."""
    weights = ((weight, FONTS / f"noto-sans-sc-chinese-simplified-{weight}-normal.woff2") for weight in (400, 700))
    faces = "".join(_face("Noto Sans SC", weight, font) for weight, font in weights)
    return f'{faces}{_face("Songti SC", 600, serif.FONT)}:root{{--mt-zh:"Noto Sans SC";--mt-en:"Noto Sans SC"}}'


def _with_letters(route: Route) -> None:
    route.fulfill(body=route.fetch().text() + letters(), content_type="text/css")


def picture(chrome: Browser, address: str) -> bytes:
    """What a reader at a desk sees of a page, in as few colours as it has."""
    context = chrome.new_context(viewport=SIZE, color_scheme="light", bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("**/miaotui.css", _with_letters)
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(_SET)
    data = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
        data, "PNG", optimize=True
    )
    context.close()
    return data.getvalue()


def main() -> int:
    """Writes the pictures."""
    with started() as chrome, served(ROOT / "site") as address:
        for name, path in PICTURES.items():
            (ROOT / f"docs-images/{name}.png").write_bytes(picture(chrome, address + path))
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
