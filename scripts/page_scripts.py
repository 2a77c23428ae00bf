#!/usr/bin/env python3
"""`make scripts`: the types and the form of the page's scripts, told by TypeScript and prettier. Needs Node.

Both are pinned in tests/scripts/, and installed there. Every script of ours is checked: one that the settings there
leave out, or that turns the check of its types off, is a fault too.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem
from scripts import node

HOME = ROOT / "tests/scripts"
TSC = ("typescript/lib/tsc.js", "--project", ".", "--pretty", "false", "--listFiles")
PRETTIER = ("prettier/bin/prettier.cjs", "--config", "package.json")
_BUILT = {"site", "dist"}
_OTHERS = {"vendor", "node_modules"}
_UNCHECKED = re.compile(r"@ts-(?:nocheck|ignore|expect-error)\b")


def ours(root: Path = ROOT) -> list[Path]:
    """Every script that we wrote: not what others did, nor what is built."""
    found: list[Path] = []
    for folder, inner, names in os.walk(root):
        skipped = _OTHERS | _BUILT if Path(folder) == root else _OTHERS
        inner[:] = [name for name in inner if name not in skipped and not name.startswith(".")]
        found += (Path(folder, name) for name in names if name.endswith((".js", ".mjs", ".cjs")))
    return sorted(found)


def _run(home: Path, tool: str, *arguments: str) -> tuple[str, bool]:
    """What the tool tells, and whether it finds fault."""
    command = ["node", str(home / "node_modules" / tool), *arguments]
    done = subprocess.run(command, cwd=home, capture_output=True, encoding="utf-8", check=False)
    return (done.stdout + done.stderr).strip(), bool(done.returncode)


def _unchecked(root: Path, scripts: Iterable[Path], read: set[Path]) -> Iterator[str]:
    """Scripts that TypeScript has not read, and lines that turn its checks off."""
    for script in scripts:
        name = script.relative_to(root).as_posix()
        if script.resolve() not in read:
            yield str(Problem(name, 1, "tests/scripts/tsconfig.json leaves this script out; accepted: every script"))
        for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1):
            if found := _UNCHECKED.search(line):
                yield str(Problem(name, number, f"{found[0]!r}; accepted: types that hold"))


def faults(home: Path = HOME, *, write: bool = False) -> Iterator[str]:
    """What is wrong with the scripts of the tree that has `home`; what prettier can put right it writes, if asked."""
    root = home.parents[1]
    scripts = ours(root)
    lines = _run(home, *TSC)[0].splitlines()
    types = [line for line in lines if not Path(line).is_absolute()]
    unchecked = _unchecked(root, scripts, {Path(line).resolve() for line in lines})
    files = [*map(str, scripts), *sorted(path.name for path in home.glob("*.d.ts"))]
    form, wrong = _run(home, *PRETTIER, "--write" if write else "--check", *files)
    yield from filter(None, ("\n".join(types), "\n".join(unchecked), form if wrong else ""))


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
