#!/usr/bin/env python3
"""Builds the site: `build.py FOLDER`, or `build.py --file FOLDER` to be opened from file://.

Exit 0: built, every link resolves. 1: a warning, a problem, or a dead link. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.edge.command import build


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="build.py", description="Builds the site and checks its links.")
    parser.add_argument("folder", type=Path, help="where the site goes")
    parser.add_argument("--file", action="store_true", help="for opening from file://")
    asked = parser.parse_args(argv)
    return build(asked.folder, for_file=asked.file)


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
