#!/usr/bin/env python3
"""Plants errors in the reference solutions, one at a time, and says which of them the problems' tests let pass.

`mutate.py` takes all problems, `mutate.py gptq rope` these. Prints each problem's share caught, and its survivors with
their line. Exit 0: at least 95 % are caught in each. 1: fewer in some. 2: usage. Minutes; no part of `make test`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from judging.folder import PROBLEMS, slugs
from judging.mutants import Mutant, mutants
from judging.verdict import judge_text

WANTED = 0.95
SECONDS = 3.0
"""For one mutant: a solution takes a hundredth of it, and an error that loops for ever is caught."""
AT_ONCE = 2


@dataclass(frozen=True)
class Caught:
    """What became of the mutants of one problem."""

    slug: str
    all: int
    survivors: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """The share that some case fails."""
        return 1 - len(self.survivors) / self.all if self.all else 1.0


def lives(slug: str, mutant: Mutant) -> bool:
    """Whether the tests let the mutant pass."""
    return judge_text(slug, mutant.text, seconds=SECONDS).passed


def caught(slug: str) -> Caught:
    """Runs all mutants of a problem's solution."""
    planted = list(mutants((PROBLEMS / slug / "solution.py").read_text(encoding="utf-8")))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        alive = list(pool.map(lambda mutant: lives(slug, mutant), planted))
    return Caught(slug, len(planted), tuple(mutant for mutant, left in zip(planted, alive, strict=True) if left))


def lines(found: Caught) -> Iterator[str]:
    """What is printed of a problem."""
    killed = found.all - len(found.survivors)
    yield f"{found.slug}: {killed} of {found.all} caught, {found.share:.1%}"
    for mutant in found.survivors:
        yield f"  problems/{found.slug}/solution.py:{mutant.line}: {mutant.old} -> {mutant.new}"


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
        few += found.share < WANTED
    return 1 if few else 0


if __name__ == "__main__":
    sys.exit(main())
