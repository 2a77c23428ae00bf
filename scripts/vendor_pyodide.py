#!/usr/bin/env python3
"""Makes vendor/pyodide/ from the npm package: `npm pack pyodide@314.0.7`, then `vendor_pyodide.py pyodide-314.0.7.tgz`.

Pyodide's loader and interpreter are taken as they are. Of its standard library go into library.zip the modules that an
answer may import and that Pyodide starts with, compiled: read as source they cost two thirds of the time to start. The
package's own interpreter compiles them, in a browser, so that the same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import sys
import tarfile
import tempfile
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.paths import VENDOR
from miaotui.judging.inside import IMPORTS
from miaotui.offline.browser import started
from scripts.bench_lighthouse import served

TAKEN = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
NEEDED = {*TAKEN, "python_stdlib.zip", "pyodide-lock.json"}
LATE = (
    *("_ast_unparse", "_pylong", "_strptime", "calendar", "string.templatelib"),
    *("encodings.ascii", "encodings.latin_1", "encodings.utf_16", "encodings.utf_32", "encodings.cp437"),
)
"""Modules that others import only when they need them."""
SPARED = ("ssl", "_ssl")
"""Modules that others do without."""
COMPILE = """
import base64, importlib._bootstrap_external as external, io, sys, zipfile
from types import CodeType

def without_lines(code):
    # Nobody is told of a line of the library, and a quarter of it would be lines: all is on the first, eight
    # instructions an entry, which has no columns (Objects/locations.md).
    whole, rest = divmod(len(code.co_code) // 2, 8)
    table = bytes([0x80 | 13 << 3 | 7, 0]) * whole + (bytes([0x80 | 13 << 3 | rest - 1, 0]) if rest else b"")
    inner = tuple(without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=table, co_consts=inner)

for name in NAMES:
    __import__(name)
library = zipfile.ZipFile(f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip")
begun = library.filename + "/"
specs = [module.__spec__ for name, module in list(sys.modules.items()) if name not in SPARED]
# What is frozen is part of the interpreter.
files = {spec.origin or "" for spec in specs if spec} - {"frozen"}
made = io.BytesIO()
with zipfile.ZipFile(made, "w") as kept:
    for file in sorted(file for file in files if file.startswith(begun)):
        code = without_lines(compile(library.read(file[len(begun):]), file, "exec", dont_inherit=True, optimize=2))
        # No moment of making: the same package gives the same bytes.
        place = zipfile.ZipInfo(file[len(begun):] + "c")
        kept.writestr(place, external._code_to_timestamp_pyc(code, 0, 0))
base64.b64encode(made.getvalue()).decode()
"""
RUN = """async program => {
  const { loadPyodide } = await import("/pyodide.mjs")
  const python = await loadPyodide({ indexURL: "/", env: { PYTHONHASHSEED: "0" } })
  return python.runPython(program)
}"""


def unpacked(package: Path, folder: Path) -> None:
    """The files of the package that are needed, in the folder."""
    with tarfile.open(package) as packed:
        for member in packed:
            name = member.name.removeprefix("package/")
            if name in NEEDED and (file := packed.extractfile(member)):
                (folder / name).write_bytes(file.read())


def library(folder: Path) -> bytes:
    """library.zip, compiled by the interpreter in the folder."""
    (folder / "index.html").write_text("<!doctype html>", encoding="utf-8")
    with started() as chrome, served(folder) as address:
        page = chrome.new_page()
        page.goto(address)
        made: str = page.evaluate(RUN, f"NAMES = {sorted({*IMPORTS, *LATE})!r}\nSPARED = {SPARED!r}\n{COMPILE}")
    return base64.b64decode(made)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="vendor_pyodide.py", description="Makes vendor/pyodide/ from its package.")
    parser.add_argument("package", type=Path, help="what `npm pack pyodide@VERSION` wrote")
    parser.add_argument("--to", type=Path, default=VENDOR / "pyodide", help="another folder, to compare")
    asked = parser.parse_args(argv)
    asked.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        unpacked(asked.package, folder)
        files = {name: (folder / name).read_bytes() for name in TAKEN} | {"library.zip": library(folder)}
    for name, data in files.items():
        (asked.to / name).write_bytes(data)
        print(f"{hashlib.sha256(data).hexdigest()}  {name}  {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
