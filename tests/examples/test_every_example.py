"""Every example: it runs as recorded, and its tests fail on each error planted in it."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from miaotui.checks.examples import names
from scripts import examples
from tests.samples import drawn

HERE = Path(__file__).parent


def _tests(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"planted_{name}", HERE / f"test_{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fails(tests: ModuleType, example: ModuleType) -> bool:
    """Whether the example fails a test."""
    try:
        for name, test in vars(tests).items():
            if name.startswith("test_"):
                test(example)
    except Exception:
        return True
    return False


MODULES = {name: _tests(name) for name in names(examples.EXAMPLES)}
SOME, _ = drawn(list(MODULES), 16)
PLANTED = [
    pytest.param(name, at, marks=() if name in SOME else pytest.mark.full)
    for name, module in MODULES.items()
    for at in range(len(module.MUTANTS))
]


@pytest.mark.parametrize("name", MODULES)
def test_it_runs_as_recorded(name: str) -> None:
    given = examples.run(examples.EXAMPLES / f"{name}.py")
    assert not given.problems
    assert [line for file, text in given.made.items() for line in examples.difference(file, text)] == []


@pytest.mark.parametrize("name", MODULES)
def test_its_tests_take_the_example_alone(name: str) -> None:
    """As the planted errors are tried by calling them so."""
    taken = {
        test: list(inspect.signature(found).parameters)
        for test, found in vars(MODULES[name]).items()
        if test.startswith("test_")
    }
    assert taken
    assert taken == {test: ["example"] for test in taken}


@pytest.mark.parametrize(("name", "at"), PLANTED)
def test_a_planted_error_is_caught(name: str, at: int, load: Callable[[str, str], ModuleType]) -> None:
    """It stands in the example once, the example still runs with it, and a test of the example fails."""
    old, new, why = MODULES[name].MUTANTS[at]
    text = (examples.EXAMPLES / f"{name}.py").read_text(encoding="utf-8")
    assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in examples/{name}.py"
    mutant = load(name, text.replace(old, new))
    assert _fails(MODULES[name], mutant), f"no test sees that {why}"
