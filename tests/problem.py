"""The reference solution of a problem, for its property tests."""

from __future__ import annotations

from types import ModuleType

from miaotui.base.paths import PROBLEMS
from miaotui.judging import folder


def load(slug: str) -> ModuleType:
    """The solution as a module."""
    return folder.load(PROBLEMS / slug / "solution.py")
