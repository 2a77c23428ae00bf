"""The Triton listings: read as Python, every name they use is known, and by Triton itself where a Python has it."""

from __future__ import annotations

import ast
import builtins
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.listings.cuda import FOLDER

PYTHON = os.environ.get("TRITON_PYTHON", "")
READS = Path(__file__).parent / "triton_reads.py"
LISTINGS = sorted(path.stem for path in FOLDER.glob("*.py"))
LANGUAGE = {
    *("arange", "atomic_add", "cdiv", "constexpr", "dot", "exp", "float32", "full", "int64", "load", "max", "maximum"),
    *("minimum", "num_programs", "program_id", "rsqrt", "store", "sum", "trans", "where", "zeros"),
}
"""What the listings use of triton.language; Triton's own reading holds that it is there."""


def _kernels(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(mark) == "triton.jit" for mark in node.decorator_list):
            yield node


def unknown(text: str) -> list[str]:
    """The names that a listing uses and neither defines nor imports, and what it wants of tl that is not there."""
    tree = ast.parse(text)
    top = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} | {"triton", "tl", *dir(builtins)}
    found = []
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        own = {arg.arg for arg in function.args.args}
        own |= {
            name.id for name in ast.walk(function) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id not in own | top:
                found.append(node.id)
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "tl" and node.attr not in LANGUAGE:
                found.append(f"tl.{node.attr}")
    return found


@pytest.mark.parametrize("name", LISTINGS)
def test_every_name_is_known(name: str) -> None:
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert unknown(text) == []
    assert [*_kernels(ast.parse(text))]


def test_an_unknown_name_is_found() -> None:
    assert unknown("def f(a):\n    return tl.arrange(0, a) + b\n") == ["b", "tl.arrange"]


def test_every_kernel_is_read_by_triton() -> None:
    """But for functions that kernels call."""
    listed = READS.read_text(encoding="utf-8")
    for name in LISTINGS:
        for kernel in _kernels(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
            assert f'"{name}", "{kernel.name}"' in listed or kernel.name == "grouped"


def _said(how: str) -> list[str]:
    done = subprocess.run([PYTHON, str(READS), how], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not PYTHON, reason="TRITON_PYTHON names no Python that has triton and numpy")
def test_triton_compiles_every_kernel() -> None:
    version, *lines = _said("lower")
    assert version.startswith("triton ")
    assert all(" ttir " in line and " cubin; " in line for line in lines)
    wide = {line.split(":")[0] for line in lines if not line.endswith("; 0 loads of 128 bits")}
    assert {"reduction sum_parts", "softmax softmax_row", "rmsnorm rmsnorm", "rmsnorm rmsnorm_residual"} <= wide


@pytest.mark.skipif(not PYTHON, reason="TRITON_PYTHON names no Python that has triton and numpy")
def test_triton_s_interpreter_gives_numpy_s_results() -> None:
    _, *lines = _said("interpret")
    assert lines
    assert all(line.endswith(": as numpy") for line in lines)
    assert {line.split()[0] for line in lines} == set(LISTINGS)
