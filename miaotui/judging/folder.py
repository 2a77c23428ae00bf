"""The files of problems/: of each problem its starter, solution, tests and wrong answers."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from miaotui.base.paths import PROBLEMS

PARTS = ("starter.py", "solution.py", "tests.py")
LEAST_WRONG = 4
_FAILS = re.compile(r"^# fails: (?P<case>[a-z]\w*): \S")


@dataclass(frozen=True)
class Wrong:
    """A plausible wrong answer."""

    path: Path
    case: str
    """The function of the case that it fails first of all; empty where its first line does not say so."""


def slugs(folder: Path = PROBLEMS) -> list[str]:
    """The problems there are."""
    return sorted(path.name for path in folder.glob("*") if path.is_dir() and not path.name.startswith(("_", ".")))


def wrong(slug: str, folder: Path = PROBLEMS) -> list[Wrong]:
    """The wrong answers of a problem."""
    found = []
    for path in sorted((folder / slug / "wrong").glob("*.py")):
        said = _FAILS.match(path.read_text(encoding="utf-8"))
        found.append(Wrong(path, said["case"] if said else ""))
    return found


def load(path: Path) -> ModuleType:
    """A file of a problem as a module; its tests need `harness` on the path."""
    name = f"problem_{path.parent.name}_{path.stem}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(code: str, folder: Path = PROBLEMS) -> Mapping[str, Any]:
    """What the judge says in a language."""
    said: Mapping[str, Any] = yaml.safe_load((folder / f"words.{code}.yml").read_text(encoding="utf-8"))
    return said
