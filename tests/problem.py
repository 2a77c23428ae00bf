"""The reference solution of a problem, for its property tests."""

from __future__ import annotations

from types import ModuleType

from judging import folder


def load(slug: str) -> ModuleType:
    """The solution as a module."""
    return folder.load(folder.PROBLEMS / slug / "solution.py")
