"""The Python of a problem's page: CPython as Pyodide builds it, packed into scripts.

A page opened from file:// may fetch nothing, so all that it loads are scripts: the files of vendor/pyodide/ are packed
as one, cut, and each piece written as text. The pieces let the page show how far it is; their names change with what
they hold, so that no browser puts old ones and new ones together.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from functools import cache, partial

from miaotui.base.paths import PROBLEMS, ROOT, THEME, VENDOR
from miaotui.base.store import Store, digest
from miaotui.site.script_bundle import sent

ENGINE = VENDOR / "pyodide"
VERSION = "314.0.7"
"""Of Pyodide; a test holds it to vendor/vendored.yml."""
PYTHON = "3.14.2"
"""The CPython in it; a test asks the page."""
WORKER = "assets/js/judge-worker.js"
NOTICE = "LICENSE.txt"
_PACKED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "library.zip")
_PIECE = 180 * 1024
"""Bytes of a piece: about a second on slow 4G, and as text, of four characters for three bytes, 240 KiB."""
_NOTICED = f"// Pyodide and CPython, under the licences in {NOTICE} beside this file.\n"
_INSIDE = ("guard", "inside")
_KEPT = Store("page-python")


@cache
def packed() -> bytes:
    """The engine's files, one after the other, in gzip."""
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


@cache
def _pieces() -> dict[str, bytes]:
    """The names of the pieces, each with what it holds."""
    data = packed()
    name = digest(data)[:8]
    cut = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
    return {f"python-{name}-{at:02}.js": piece for at, piece in enumerate(cut)}


def _head() -> str:
    """What the page loads first: what the pieces are, the worker, and what judges in it."""
    judging = ROOT / "miaotui/judging"
    sources = {name: (judging / f"{name}.py").read_text(encoding="utf-8") for name in _INSIDE}
    sources["harness"] = (PROBLEMS / "harness.py").read_text(encoding="utf-8")
    told = {
        # Each with the bytes of its script: a server that compresses says how many it sends, not how many come of them.
        "pieces": [[name, len(_piece(name))] for name in _pieces()],
        "files": [[name, (ENGINE / name).stat().st_size] for name in _PACKED],
        "worker": sent((THEME / WORKER).read_text(encoding="utf-8")),
        "sources": sources,
        "given": {},
    }
    return f"{_NOTICED}window.miaotuiPython = {json.dumps(told, ensure_ascii=False)}\n"


def _piece(name: str) -> str:
    """A piece as a script."""
    text = base64.b64encode(_pieces()[name]).decode()
    return f"{_NOTICED}window.miaotuiPython.given[{json.dumps(name)}] = {json.dumps(text)}\n"


def _notice() -> str:
    return (ENGINE / "LICENSE").read_text(encoding="utf-8")


def files() -> dict[str, Callable[[], str]]:
    """The names of the files, each with what writes it."""
    return {"python.js": _head, NOTICE: _notice, **{name: partial(_piece, name) for name in _pieces()}}
