"""Which commit is built, and of when: one commit gives one set of bytes."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from miaotui.base.paths import ROOT

ARCHIVE = "miaotui/edge/archive.txt"
"""Of a tarball, where git writes the commit's hash, its time and the nearest tag, as .gitattributes asks for."""
UNKNOWN = "dev"
_DIGITS = 9
"""Of a hash: as many on every machine, which git by itself would take from the number of objects at hand."""


@dataclass(frozen=True)
class Commit:
    """The commit that is built."""

    version: str = UNKNOWN
    """The nearest tag, or the short hash."""
    seconds: int = 0
    """Of its time, since 1970."""
    unknown: str = ""
    """Why nothing is known of it, where that is so."""


def of_archive(text: str) -> Commit | None:
    """What git wrote into a tarball; None for the same file in a checkout, which git has not touched."""
    name, _, rest = text.strip().partition(" ")
    seconds, _, tag = rest.partition(" ")
    # A git too old to know of tags here leaves the question as it stands.
    short = name[:_DIGITS] if not tag or tag.startswith("%") else tag
    return None if name.startswith("$") else Commit(short, int(seconds))


def _git(root: Path, *command: str) -> str:
    """What git says of the repository at `root`.

    Raises OSError where there is no git, CalledProcessError where it has nothing to say.
    """
    # Another owner's checkout is read too: whoever builds it runs its code anyway. A folder in somebody else's
    # repository is not taken for that.
    alone = {"GIT_CEILING_DIRECTORIES": str(root.parent), "LC_ALL": "C"}
    asked = ["git", "-c", f"safe.directory={root}", *command]
    environment = {**os.environ, **alone}
    done = subprocess.run(asked, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def of_checkout(root: Path) -> Commit:
    """What git knows of the checkout, or why it knows nothing."""
    try:
        version = _git(root, "describe", "--tags", "--always", f"--abbrev={_DIGITS}")
        return Commit(version, int(_git(root, "log", "-1", "--format=%ct")))
    except OSError:
        return Commit(unknown="git is not installed")
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stderr.splitlines() if line]
        return Commit(unknown=f"git says: {said[0]}" if said else "git says nothing of it")


@cache
def commit(root: Path = ROOT) -> Commit:
    """The commit of a repository, or of the tarball that was made of it."""
    return of_archive((root / ARCHIVE).read_text(encoding="utf-8")) or of_checkout(root)


def fault(found: Commit) -> str:
    """What is to be said where the commit is not known, with what makes it known; empty where it is."""
    if not found.unknown:
        return ""
    mend = "build a checkout with its history, or the tarball that `git archive` makes"
    return f"the version is not known ({found.unknown}), so it is called {UNKNOWN} and dated 1970-01-01; {mend}"
