#!/usr/bin/env python3
"""Writes beside each file of a built site its forms in brotli and gzip: `compress.py FOLDER`.

Exit 0: written. 1: there is no such site. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.site import compressed


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="compress.py", description="Compresses the files of a site beforehand.")
    parser.add_argument("folder", type=Path, help="a built site")
    folder: Path = parser.parse_args(argv).folder
    if not (folder / "index.html").is_file():
        print(f"{folder}: holds no index.html; accepted: the folder of a built site", file=sys.stderr)
        return 1
    files, whole, small = compressed.write(folder)
    print(f"{folder}: {files} files, {whole / 1e6:.1f} MB, {small / 1e6:.1f} MB in brotli")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
