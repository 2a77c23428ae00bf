#!/usr/bin/env python3
"""Runs the examples, examples/*.py, each in a process of its own, and compares what it prints and draws with what is
recorded: examples/<name>.txt and, where it defines figure(), docs/figures/<name>.svg.

Exit 0: all as recorded. 1: some differ, fail or take too long, each told with its place. 2: usage.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem
from miaotui.base.texts import shown
from miaotui.checks.examples import MARK, names
from miaotui.drawing.palette import style
from miaotui.drawing.svg import coloured

EXAMPLES = ROOT / "examples"
FIGURES = ROOT / "docs/figures"
SECONDS = 2.0
"""How long an example may compute."""
_LONGEST = 60
_RUN = """
import pathlib, runpy, sys
names = runpy.run_path(sys.argv[1], run_name="__main__")
if "figure" in names:
    pathlib.Path("figure.svg").write_text(names["figure"](), encoding="utf-8", newline="\\n")
"""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""What numpy is told before it is imported: small matrices take longer in two threads than in one."""
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    **ONE_THREAD,
}


@dataclass(frozen=True)
class Run:
    """What a run of an example gave."""

    made: dict[Path, str]
    """The text of each file that records it: its output, and its figure where it draws one."""
    seconds: float
    problems: list[Problem]
    """Why it gave nothing, where it failed."""


def _failure(path: Path, told: str) -> Problem:
    """The last line of a traceback, at the last line of the example that it names."""
    lines = re.findall(rf'File "{re.escape(str(path.resolve()))}", line (\d+)', told)
    last = told.strip().splitlines()[-1] if told.strip() else "it ended with an error and said nothing"
    return Problem(shown(path), int(lines[-1]) if lines else 1, f"{last}; accepted: a run without errors or warnings")


def _cpu() -> float:
    """The processor's time of all runs so far: an example has one thread, and other work on the machine is not its."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _drawn(svg: str, path: Path) -> str:
    """What an example's figure() gives as a file: with the palette, and where it comes from."""
    head = f"{MARK}examples/{path.name}; edit that and run make examples RECORD=1 -->"
    palette = style((ROOT / "overrides/assets/css/site/palette.css").read_text(encoding="utf-8"))
    return f"{head}\n{coloured(svg, palette)}"


def run(path: Path, figures: Path = FIGURES) -> Run:
    """Runs an example in a fresh process with a clean environment and an empty working directory."""
    command = [sys.executable, "-P", "-s", "-W", "error", "-c", _RUN, str(path.resolve())]
    before = _cpu()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, **_ENVIRONMENT}
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, check=False, timeout=_LONGEST
            )
        except subprocess.TimeoutExpired:
            fault = Problem(shown(path), 1, f"is still running after {_LONGEST} s; accepted: {SECONDS:g} s")
            return Run({}, float(_LONGEST), [fault])
        seconds = _cpu() - before
        told = done.stderr.decode("utf-8", "replace")
        if done.returncode or told:
            return Run({}, seconds, [_failure(path, told)])
        made = {path.with_suffix(".txt"): done.stdout.decode("utf-8")}
        figure = Path(folder, "figure.svg")
        if figure.is_file():
            made[figures / f"{path.stem}.svg"] = _drawn(figure.read_text(encoding="utf-8"), path)
    return Run(made, seconds, [])


def difference(file: Path, text: str) -> Iterator[str]:
    """What differs from the record: its place, then the first lines of a diff."""
    how = f"scripts/examples.py --record {file.stem}"
    if not file.is_file():
        yield f"{shown(file)}:1: is missing; accepted: what the example gives: {how}"
        return
    with file.open(encoding="utf-8", newline="") as opened:
        recorded = opened.read()
    if recorded == text:
        return
    mine, theirs = recorded.split("\n"), text.split("\n")
    at = next(
        (at for at, (a, b) in enumerate(zip(mine, theirs, strict=False), 1) if a != b), min(len(mine), len(theirs))
    )
    yield f"{shown(file)}:{at}: is not what the example gives; accepted: the same, byte for byte, or {how}"
    changed = (line for line in islice(unified_diff(mine, theirs, n=0), 2, None) if not line.startswith("@@"))
    yield from (f"    {line[:160]}" for line in islice(changed, 6))


def _check(path: Path, *, record: bool) -> Iterator[str]:
    """Runs one example and tells how long it took; yields what is wrong."""
    given = run(path)
    print(f"{given.seconds:5.2f} s  {path.stem}", flush=True)
    yield from map(str, given.problems)
    for file, text in given.made.items():
        if not record:
            yield from difference(file, text)
        elif not file.is_file() or file.read_bytes() != text.encode("utf-8"):
            file.write_bytes(text.encode("utf-8"))
            print(f"         wrote {shown(file)}")
    if not given.problems and given.seconds > SECONDS:
        yield f"{shown(path)}:1: took {given.seconds:.2f} s; accepted: {SECONDS:g} s"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="examples.py", description="Runs the examples and compares with the record.")
    parser.add_argument("name", nargs="*", help="an example, as int8_granularity; all where none is named")
    parser.add_argument("--record", action="store_true", help="write down what the examples give")
    asked = parser.parse_args(argv)
    known = names(EXAMPLES)
    chosen = [Path(name).stem for name in asked.name] or known
    if unknown := [name for name in chosen if name not in known]:
        parser.error(f"no example {', '.join(unknown)}; there are: {', '.join(known)}")
    before = _cpu()
    told = [line for name in chosen for line in _check(EXAMPLES / f"{name}.py", record=asked.record)]
    print(f"{_cpu() - before:5.2f} s  in all, {len(chosen)} {'example' if len(chosen) == 1 else 'examples'}")
    if told:
        print(*told, sep="\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
