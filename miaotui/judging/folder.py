"""The files of problems/: of each problem its starter, solution and tests; wrong.py reads the wrong answers."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from miaotui.base.paths import PROBLEMS

PARTS = ("starter.py", "solution.py", "tests.py", "wrong.py", "requirements.py")
LEAST_RIGHT = 5


def slugs(folder: Path = PROBLEMS) -> list[str]:
    """The problems there are."""
    return sorted(path.name for path in folder.glob("*") if path.is_dir() and not path.name.startswith(("_", ".")))


def rights(slug: str, folder: Path = PROBLEMS) -> list[Path]:
    """The right answers of a problem, each in a style of its own."""
    return sorted((folder / slug / "right").glob("*.py"))


def load(path: Path) -> ModuleType:
    """A file of a problem as a module; its tests need `harness` on the path."""
    name = f"problem_{path.parent.name}_{path.stem}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
