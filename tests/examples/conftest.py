"""Loads an example as its tests see it: a module with what it printed, from its file or with a planted error."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def loaded(name: str, text: str) -> ModuleType:
    """The example that `text` is, run; what it printed is its `output`."""
    module, printed = ModuleType("__main__"), io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, f"examples/{name}.py", "exec"), module.__dict__)
    module.__dict__["output"] = printed.getvalue()
    return module


@pytest.fixture(scope="session")
def load() -> Callable[[str, str], ModuleType]:
    """Loads an example by name and text."""
    return loaded


@pytest.fixture(scope="module")
def example(request: pytest.FixtureRequest) -> ModuleType:
    """The example that the test module is named for: test_NAME.py tests examples/NAME.py."""
    name = Path(str(request.path)).stem.removeprefix("test_")
    return loaded(name, (EXAMPLES / f"{name}.py").read_text(encoding="utf-8"))
