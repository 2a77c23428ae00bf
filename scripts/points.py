#!/usr/bin/env python3
"""Notes the points of the self-checks with their keys, for the Anki decks, in miaotui/offline/points.yml.

Exit 0: noted, or up to date. 1: the file or a page cannot be read, or with --check it differs. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.texts import shown
from miaotui.offline import points


def main(argv: list[str] | None = None, *, file: Path = points.FILE, docs: Path = ROOT / "docs") -> int:
    parser = argparse.ArgumentParser(prog="points.py", description="Notes the points of the self-checks.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the file differs")
    check = parser.parse_args(argv).check
    try:
        known = points.read(file) if file.exists() else points.Known(zh={}, en={})
        made = {language.code: points.updated(known, docs, language.code) for language in LANGUAGES}
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        return 1
    text = points.text_of(made)
    differs = not file.exists() or file.read_bytes() != text.encode("utf-8")
    if check and differs:
        print(f"{shown(file)}: {'differs' if file.exists() else 'is missing'}; run make split", file=sys.stderr)
        return 1
    if differs:
        file.write_text(text, encoding="utf-8", newline="\n")
    count = sum(len(keyed) for questions in made.values() for keyed in questions.values())
    print(f"points: {count} of the self-checks, {'written' if differs else 'up to date'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
