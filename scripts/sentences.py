#!/usr/bin/env python3
"""Puts each sentence of our prose on a line of its own, as `make check` wants it: of the files named, or of all.

Exit 0: done, or nothing to do. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT
from miaotui.base.texts import is_generated, read, shown
from miaotui.checks.prose import pages, split


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="sentences.py", description="Puts each sentence on a line of its own.")
    parser.add_argument("file", nargs="*", type=Path, help="a page; all hand-written ones where none is named")
    asked = [path.resolve() for path in parser.parse_args(argv).file]
    known = {path.resolve(): code for path, code in pages(ROOT / "articles", ROOT / "docs")}
    if others := [shown(path) for path in asked if path not in known]:
        parser.error(f"no page of ours: {', '.join(others)}")
    for path in asked or known:
        text, _ = read(path, "a page")
        if text is None or is_generated(text) or (changed := split(text, known[path])) == text:
            continue
        path.write_bytes(changed.encode("utf-8"))
        print(f"wrote {shown(path)}")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
