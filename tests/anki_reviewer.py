"""The page in which Anki's own reviewer shows cards: its scripts, its style, its MathJax, without its window."""

from __future__ import annotations

import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from miaotui.base.paths import ROOT
from scripts.hosted import hosted
from tests.wheels import unpacked

WANTED = ROOT / "requirements-aqt.txt"
_SCRIPTS = ("webview", "mathjax", "vendor/mathjax/tex-chtml-full", "reviewer")
_WINDOW = "<script>window.bridgeCommand = window.pycmd = () => {}</script>"
_NIGHT = ' class="night-mode" data-bs-theme="dark"'


def taken(folder: Path) -> Path:
    """The web files of Anki's window, out of its package."""
    return unpacked(WANTED, folder) / "_aqt/data/web"


def classes(*, night: bool) -> str:
    """Those that Anki gives the body of a card's page."""
    return "card card1 isLin" + " nightMode night_mode" * night


def _page(*, night: bool) -> str:
    """As aqt/reviewer.py and aqt/webview.py write it; what only a window answers does nothing."""
    style = "".join(f'<link rel="stylesheet" href="/_anki/css/{name}.css">' for name in ("webview", "reviewer"))
    scripts = "".join(f'<script src="/_anki/js/{name}.js"></script>' for name in _SCRIPTS)
    return (
        f'<!doctype html><html dir="ltr"{_NIGHT * night}><head><meta charset="utf-8">{style}</head>'
        f'<body class="{classes(night=night)}">{_WINDOW}{scripts}'
        '<div id="_mark" hidden></div><div id="_flag" hidden></div><script>qFade = 0</script>'
        '<div id="qa" dir="auto"></div></body></html>'
    )


class _Reviewer(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path not in ("/light", "/night"):
            super().do_GET()
            return
        body = _page(night=self.path == "/night").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/_anki"))

    def log_message(self, *_said: Any) -> None:
        pass


@contextmanager
def reviewing(web: Path) -> Iterator[str]:
    """The address of the reviewer; below it light and night."""
    with hosted(partial(_Reviewer, directory=str(web))) as address:
        yield address
