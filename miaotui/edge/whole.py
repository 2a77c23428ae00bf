"""Whether a folder already holds the site that a build would make: the same sources, and no file touched since."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from miaotui.base.paths import ROOT
from miaotui.base.store import Store, digest, digest_of_files
from miaotui.edge import variables

SITES = Store("sites")
SOURCES = (
    *("articles", "docs", "examples", "formulas", "lab", "listings", "miaotui", "overrides", "problems"),
    *("vendor", "words"),
    *("requirements.txt", "*.yml"),
)
"""Folders of which a site is made, and files in the root."""
_ASKED = (variables.BUILD, variables.DIRECTORY_URLS, *variables.ADDRESSES, "SOURCE_DATE_EPOCH")
"""What a build is told by its environment."""


def _sources(root: Path) -> Iterator[str]:
    for name in SOURCES:
        yield digest_of_files(root, f"{name}/**/*") if (root / name).is_dir() else digest_of_files(root, name)


def key(root: Path, environment: Mapping[str, str]) -> str:
    """The digest of all that the site of `root` is made of."""
    downloads = environment.get(variables.DOWNLOADS, "")
    edition = digest_of_files(Path(downloads), "*") if downloads else ""
    told = (environment.get(name, "") for name in _ASKED)
    # A copy of the pages alone is built with the words, formulas and code of the repository.
    sources = [each for folder in sorted({root.resolve(), ROOT}) for each in _sources(folder)]
    return digest(sys.version, *sources, *told, edition)


def _files(folder: Path) -> dict[str, str]:
    """The digest of each file of a built site."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _place(folder: Path, made_of: str) -> str:
    return digest(str(folder.absolute()), made_of)


def built(folder: Path, made_of: str) -> str | None:
    """What the build said that left the folder as it is; None where the folder or what it is made of has changed."""
    kept = SITES.get(_place(folder, made_of))
    return str(kept["said"]) if kept and kept["files"] == _files(folder) else None


def note(folder: Path, made_of: str, said: str) -> None:
    """Notes the folder as it is, and what its build said."""
    SITES.put(_place(folder, made_of), {"said": said, "files": _files(folder)})
