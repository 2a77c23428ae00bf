"""The house: which room of the package may import from which, and that there is one search path."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from miaotui.base.paths import ROOT

FLOORS = (
    {"base"},
    {"markup"},
    {"calculators", "judging", "drawing"},
    {"bank"},
    {"writers", "checks"},
    {"extensions"},
    {"site"},
    {"offline"},
    {"edge"},
    {"serving"},
)
"""The rooms of miaotui/ from the ground up: one imports from those below it, and not from its neighbours."""
PYTHON = [path for folder in ("miaotui", "scripts", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]


def floor(room: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if room in rooms)


def imported(text: str) -> Iterator[str]:
    """The modules that a text imports, by their whole names."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def against_the_order(room: str, text: str) -> list[str]:
    """What a module of the room imports from its neighbours or from above."""
    names = [name for name in imported(text) if name.startswith("miaotui.")]
    others = [(name, name.split(".")[1]) for name in names]
    outside = [name for name in imported(text) if name.split(".")[0] in ("scripts", "tests")]
    return [name for name, other in others if other != room and floor(other) >= floor(room)] + outside


def test_a_room_imports_only_from_those_below_it() -> None:
    for path in sorted((ROOT / "miaotui").rglob("*.py")):
        room = path.relative_to(ROOT / "miaotui").parts[0].removesuffix(".py")
        if room != "__init__":
            assert not against_the_order(room, path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "line",
    [
        "from miaotui.site import links",
        "import miaotui.checks.pairs",
        "from miaotui import edge",
        "from scripts import a",
    ],
)
def test_an_import_against_the_order_is_found(line: str) -> None:
    assert len(against_the_order("writers", f"from miaotui.base import texts\n{line}\n")) == 1


def test_one_room_knows_mkdocs() -> None:
    for path in PYTHON:
        if not {"edge", "tests"} & set(path.relative_to(ROOT).parts):
            names = {name.split(".")[0] for name in imported(path.read_text(encoding="utf-8"))}
            assert not names & {"mkdocs", "properdocs", "material", "mkdocs_static_i18n"}, path


def test_no_search_path_is_set_but_by_the_setup() -> None:
    setting = re.compile(r"sys\.path|PYTHONPATH|pythonpath|mypy_path")
    files = [*(path for path in PYTHON if path != Path(__file__)), ROOT / "Makefile", ROOT / "pyproject.toml"]
    allowed = {ROOT / f"tests/unit/test_{name}.py" for name in ("added", "deck", "examples", "tampering")}
    """Each looks at the path of a process that it starts; test_added.py starts those of a copy of the repository, whose
    own modules they are to import and not the ones of this tree, which the setup put in every process's path."""
    assert [path for path in files if setting.search(path.read_text(encoding="utf-8"))] == sorted(allowed)


def test_no_name_stands_for_two_modules() -> None:
    commands = {path.stem for path in (ROOT / "scripts").glob("*.py")}
    for path in PYTHON:
        bare = {name.split(".")[0] for name in imported(path.read_text(encoding="utf-8"))}
        assert not bare & commands, f"{path} imports a command by its bare name"


def committed_folders() -> set[str]:
    """Of the root: those that git has; in a tarball, where there is no git to ask, all but what .gitignore names."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files"]
    if (ROOT / ".git").exists():
        names = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split("\n")
        folders = {name.partition("/")[0] for name in names if "/" in name}
    else:
        ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split("\n")}
        folders = {path.name for path in ROOT.iterdir() if path.is_dir()} - ignored
    return {name for name in folders if not name.startswith(".")}


READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_map_of_a_readme_is_the_tree(readme: Path) -> None:
    rows = [line for line in readme.read_text(encoding="utf-8").split("\n") if line.startswith("| `")]
    named = {name.rstrip("/").partition("/")[0] for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert committed_folders() - named == set()
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_map_of_the_tests_is_the_tree() -> None:
    text = (ROOT / "tests/README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)/`", text, re.MULTILINE))
    assert named | {"bench"} == {
        path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"
    }


def test_every_test_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_no_module_is_long() -> None:
    long = [path for path in PYTHON if "tests" not in path.parts and path.read_text(encoding="utf-8").count("\n") > 250]
    assert long == []


def test_no_function_is_long() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for path in PYTHON
        if "tests" not in path.relative_to(ROOT).parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert found == []
