#!/usr/bin/env python3
"""Plants errors in the reference solutions, one at a time, and says which of them the problems' tests let pass.

`mutate.py` takes all problems, `mutate.py gptq rope` these. Prints each problem's share caught, and its survivors with
their line. What problems/<slug>/survivors.yml explains, each error as it is printed here, stands apart and is not
counted. Exit 0: at least 95 % of the others are caught in each, and every explanation is of a survivor. 1: it is not
so. 2: usage. Minutes; no part of `make test`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from miaotui.base.console import speak_utf8
from miaotui.base.paths import PROBLEMS
from miaotui.base.problem import Problem
from miaotui.judging.folder import slugs
from miaotui.judging.mutants import Mutant, mutants
from miaotui.judging.survivors import Explained, parse, untrue
from miaotui.judging.verdict import judge_text

WANTED = 0.95
SECONDS = 3.0
"""For one mutant: a solution takes a hundredth of it, and an error that loops for ever is caught."""
AT_ONCE = 2


@dataclass(frozen=True)
class Caught:
    """What became of the mutants of one problem."""

    slug: str
    all: int
    """How many there are, without those explained."""
    survivors: tuple[Mutant, ...]
    explained: tuple[tuple[Mutant, str], ...]
    """Survivors that nothing could catch, each with the reason."""
    problems: tuple[Problem, ...]
    """What is wrong with the explanations."""

    @property
    def share(self) -> float:
        """The share that some case fails."""
        return 1 - len(self.survivors) / self.all if self.all else 1.0

    @property
    def enough(self) -> bool:
        """Whether the problem may stay as it is."""
        return self.share >= WANTED and not self.problems


def explanations(slug: str) -> tuple[list[Explained], list[Problem]]:
    """What a problem's survivors.yml says, and what is wrong with it."""
    path = PROBLEMS / slug / "survivors.yml"
    return parse(path.read_text(encoding="utf-8"), _told(slug)) if path.exists() else ([], [])


def _told(slug: str) -> str:
    return f"problems/{slug}/survivors.yml"


def lives(slug: str, mutant: Mutant) -> bool:
    """Whether the tests let the mutant pass."""
    return judge_text(slug, mutant.text, seconds=SECONDS, to_the_end=False).passed


def caught(slug: str) -> Caught:
    """Runs all mutants of a problem's solution."""
    planted = list(mutants((PROBLEMS / slug / "solution.py").read_text(encoding="utf-8")))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = list(pool.map(lambda mutant: lives(slug, mutant), planted))
    alive = [mutant for mutant, left in zip(planted, passed, strict=True) if left]
    entries, problems = explanations(slug)
    reasons = [(mutant, entry.why) for mutant in alive for entry in entries if entry.about(mutant)]
    rest = [mutant for mutant in alive if not any(entry.about(mutant) for entry in entries)]
    problems += untrue(entries, planted, alive, _told(slug))
    return Caught(slug, len(planted) - len(reasons), tuple(rest), tuple(reasons), tuple(problems))


def lines(found: Caught) -> Iterator[str]:
    """What is printed of a problem."""
    killed = found.all - len(found.survivors)
    apart = f"; {len(found.explained)} explained" if found.explained else ""
    yield f"{found.slug}: {killed} of {found.all} caught, {found.share:.1%}{apart}"
    path = f"problems/{found.slug}/solution.py"
    for mutant in found.survivors:
        yield f"  {path}:{mutant.line}: {mutant.old} -> {mutant.new}"
        yield f"    in: {mutant.inside}"
        yield f"    line: {mutant.was}"
        yield f"    mutant: {mutant.becomes}"
    for mutant, why in found.explained:
        yield f"  explained: {path}:{mutant.line}: {mutant.old} -> {mutant.new}: {why}"
    yield from map(str, found.problems)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="mutate.py", description="Plants errors in the solutions.")
    parser.add_argument("problem", nargs="*", help="its name; all where none is given")
    asked = parser.parse_args(argv)
    known = slugs()
    if unknown := [name for name in asked.problem if name not in known]:
        print(f"mutate: there is no problem {', '.join(unknown)}; accepted: {', '.join(known)}", file=sys.stderr)
        return 2
    few = 0
    for slug in asked.problem or known:
        found = caught(slug)
        print(*lines(found), sep="\n", flush=True)
        few += not found.enough
    return 1 if few else 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
