#!/usr/bin/env python3
"""`make scripts`: the types and the form of the page's scripts, told by TypeScript and prettier. Needs Node.

Both are pinned in tests/scripts/, and installed there. What is left out of them is named there too, each with its
reason: in tsconfig.json and in .prettierignore.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT, THEME
from scripts import node

HOME = ROOT / "tests/scripts"
TSC = ("typescript/lib/tsc.js", "--project", ".", "--pretty", "false")
PRETTIER = ("prettier/bin/prettier.cjs", "--config", "package.json", "--ignore-path", ".prettierignore")


def _told(home: Path, tool: str, *arguments: str) -> str:
    """What the tool tells of faults; empty where there are none."""
    command = ["node", str(HOME / "node_modules" / tool), *arguments]
    done = subprocess.run(command, cwd=home, capture_output=True, encoding="utf-8", check=False)
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def faults(home: Path = HOME, scripts: Path = THEME / "assets/js", *, write: bool = False) -> Iterator[str]:
    """What is wrong with the scripts by the settings in `home`; what prettier can put right it writes, if asked."""
    told = (
        _told(home, *TSC),
        _told(home, *PRETTIER, "--write" if write else "--check", str(scripts), "globals.d.ts"),
    )
    yield from filter(None, told)


def main() -> int:
    """Prints what is wrong, or why nothing can be said."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="put the form right")
    write = options.parse_args().write
    if reason := node.missing(HOME):
        print(f"scripts: {reason}; accepted: Node 18.20 or later, which nothing else needs", file=sys.stderr)
        return 1
    told = list(faults(write=write))
    print("\n".join(told), end="\n" if told else "")
    return bool(told)


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
