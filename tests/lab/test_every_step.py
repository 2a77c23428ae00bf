"""Every step of the engine: its size, that its tests run all of its lines, and that they fail on each planted error."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.lab.engine_loading import ENGINE, STEPS, loaded, text_of

HERE = Path(__file__).parent
MOST = 1000
"""Lines of code that the engine may have in all."""
SCHEDULES = 15
"""Random schedules of each kind that are run to see which lines run: tracing is slow."""


def _tests(step: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"planted_{step}", HERE / f"test_{step}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MODULES = {step: _tests(step) for step in STEPS if step != "shapes"}
PLANTED = [(step, at) for step, module in MODULES.items() for at in range(len(module.MUTANTS))]


def _run(tests: ModuleType, engine: SimpleNamespace) -> None:
    for name, test in vars(tests).items():
        if name.startswith("test_"):
            test(engine)


@pytest.mark.parametrize("step", MODULES)
def test_its_tests_take_the_engine_alone(step: str) -> None:
    """As the planted errors are tried by calling them so."""
    found = {name: test for name, test in vars(MODULES[step]).items() if name.startswith("test_")}
    assert found
    taken = {name: list(inspect.signature(test).parameters) for name, test in found.items()}
    assert taken == {name: ["engine"] for name in found}


@pytest.mark.parametrize(("step", "at"), PLANTED)
def test_a_planted_error_is_caught(step: str, at: int) -> None:
    """It stands in the step once, the step still loads with it, and a test of the step fails."""
    old, new, why = MODULES[step].MUTANTS[at]
    text = text_of(step)
    assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in lab/engine/{step}.py"
    engine = loaded(step, text.replace(old, new))
    try:
        _run(MODULES[step], engine)
    except (Exception, pytest.fail.Exception):
        return
    pytest.fail(f"no test sees that {why}")


def code_lines(text: str) -> set[int]:
    """The lines that are code: not blank, no comment, no docstring."""
    tree = ast.parse(text)
    strings = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    told = {line for node in strings for line in range(node.lineno, (node.end_lineno or 0) + 1)}
    lines = enumerate(text.splitlines(), 1)
    return {at for at, line in lines if line.strip() and not line.strip().startswith("#") and at not in told}


def test_the_engine_is_small_enough_to_read() -> None:
    files = sorted(ENGINE.glob("*.py"))
    assert {file.stem for file in files} == {*STEPS, "__init__"}
    assert sum(len(code_lines(file.read_text(encoding="utf-8"))) for file in files) <= MOST


def _executable(code: CodeType) -> Iterator[int]:
    yield from (line for _, _, line in code.co_lines() if line)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _executable(inner)


def test_the_tests_run_every_line() -> None:
    ran: dict[str, set[int]] = {str(ENGINE / f"{step}.py"): set() for step in STEPS}

    def traced(frame: FrameType, event: str, argument: Any) -> Any:
        lines = ran.get(frame.f_code.co_filename)
        if lines is None:
            return None
        lines.add(frame.f_lineno)
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        engine = loaded()
        for step in MODULES:
            tests = _tests(step)
            vars(tests)["SCHEDULES"] = SCHEDULES
            _run(tests, engine)
    finally:
        sys.settrace(before)
    for name, lines in ran.items():
        text = Path(name).read_text(encoding="utf-8")
        missed = (set(_executable(compile(text, name, "exec"))) & code_lines(text)) - lines
        assert not missed, f"{name}: no test runs the lines {sorted(missed)}"
