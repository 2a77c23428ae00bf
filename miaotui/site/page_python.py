"""The Python of a problem's page: CPython as Pyodide builds it, packed into scripts.

A page opened from file:// may fetch nothing, so all that it loads are scripts: the files of vendor/pyodide/ are packed
as one, cut, and each piece written as text. The pieces let the page show how far it is; their names change with what
they hold, so that no browser puts old ones and new ones together.
"""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache

from miaotui.base.paths import PROBLEMS, ROOT, THEME, VENDOR
from miaotui.base.store import Store, digest

ENGINE = VENDOR / "pyodide"
VERSION = "314.0.7"
"""Of Pyodide; a test holds it to vendor/vendored.yml."""
PYTHON = "3.14.2"
"""The CPython in it; a test asks the page."""
WORKER = "assets/js/judge-worker.js"
NOTICE = "LICENSE.txt"
_PACKED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "library.zip")
_PIECE = 180 * 1024
"""Bytes of a piece: a second and a half on slow 4G, and as text, of four characters for three bytes, 240 KiB."""
_NOTICED = f"// Pyodide and CPython, under the licences in {NOTICE} beside this file.\n"
_INSIDE = ("guard", "inside")
_KEPT = Store("page-python")


@cache
def packed() -> bytes:
    """The engine's files, one after the other."""
    files = [(ENGINE / name).read_bytes() for name in _PACKED]
    key = digest(*files)
    if kept := _KEPT.get(key):
        return base64.b64decode(kept)
    made = gzip.compress(b"".join(files), mtime=0)
    _KEPT.put(key, base64.b64encode(made).decode())
    return made


def megabytes() -> str:
    """What the first run loads."""
    return f"{len(packed()) / 1e6:.1f}"


def _pieces() -> dict[str, str]:
    """The names of the pieces, each with its text."""
    data = packed()
    name = digest(data)[:8]
    cut = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
    return {f"python-{name}-{at:02}.js": base64.b64encode(piece).decode() for at, piece in enumerate(cut)}


def _head() -> str:
    """What the page loads first: what the pieces are, the worker, and what judges in it."""
    judging = ROOT / "miaotui/judging"
    sources = {name: (judging / f"{name}.py").read_text(encoding="utf-8") for name in _INSIDE}
    sources["harness"] = (PROBLEMS / "harness.py").read_text(encoding="utf-8")
    told = {
        "pieces": list(_pieces()),
        "files": [[name, (ENGINE / name).stat().st_size] for name in _PACKED],
        "worker": (THEME / WORKER).read_text(encoding="utf-8"),
        "sources": sources,
        "given": {},
    }
    return f"{_NOTICED}window.miaotuiPython = {json.dumps(told, ensure_ascii=False)}\n"


def files() -> dict[str, str]:
    """Each file by its name."""
    pieces = {
        name: f"{_NOTICED}window.miaotuiPython.given[{json.dumps(name)}] = {json.dumps(text)}\n"
        for name, text in _pieces().items()
    }
    notice = (ENGINE / "LICENSE").read_text(encoding="utf-8")
    return {"python.js": _head(), NOTICE: notice, **pieces}
