"""The workflows: who may write, what is pinned, which address the site gets, and that zizmor has nothing to say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github/workflows"
FILES = sorted(FOLDER.glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
WORKFLOWS: dict[str, Any] = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
PYTHONS = WORKFLOWS["test"]["jobs"]["test"]["strategy"]["matrix"]["python"]


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, workflow in WORKFLOWS.items():
        yield from ((f"{name}.{job}", said) for job, said in workflow["jobs"].items())


def runs(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_others_wrote_is_pinned_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [one for one in used if not PINNED.fullmatch(one)] == []


def test_no_job_that_runs_code_of_ours_may_write() -> None:
    writing = []
    for name, job in jobs():
        if "write" in job["permissions"].values():
            writing.append(name)
            assert not any("checkout" in step.get("uses", "") for step in job["steps"]), name
            assert not re.search(r"\b(make|pip|python|sh)\b", " ".join(runs(job))), name
        else:
            assert job["permissions"] == {"contents": "read"}, name
            assert "GH_TOKEN" not in str(job), name
    assert writing == ["publish.deploy", "release.release"]
    assert all(workflow["permissions"] == {} for workflow in WORKFLOWS.values())


@pytest.mark.parametrize("name", ["publish", "release"])
def test_all_is_tested_before_anything_is_published(name: str) -> None:
    *_, last = WORKFLOWS[name]["jobs"].values()
    steps = runs(WORKFLOWS[name]["jobs"]["build"])
    assert last["needs"] == "build"
    assert steps.index("make test") < steps.index("make offline")


def test_what_is_run_is_a_command_of_ours() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {word for _, job in jobs() for run in runs(job) for word in re.findall(r"\bmake ([\w-]+)", run)}
    assert {"test", "test-all", "links", "offline"} <= asked <= targets


def value(expression: str, owner: str, name: str, variable: str) -> str:
    """What GitHub makes of an expression of ours, computed by Python."""
    text = expression.removeprefix("${{").removesuffix("}}").strip()
    for theirs, here in (("github.event.repository.name", "name"), ("github.repository_owner", "owner")):
        text = text.replace(theirs, here)
    text = text.replace("vars.SITE_URL", "variable").replace("&&", "and").replace("||", "or")
    known = {"format": str.format, "owner": owner, "name": name, "variable": variable, "__builtins__": {}}
    return str(eval(text, known))


@pytest.mark.parametrize("workflow", ["publish", "release"])
@pytest.mark.parametrize(
    ("owner", "name", "variable", "address"),
    [
        ("ann", "miaotui", "", "https://ann.github.io/miaotui/"),
        ("ann", "ann.github.io", "", "https://ann.github.io/"),
        ("ann", "bob.github.io", "", "https://ann.github.io/bob.github.io/"),
        ("ann", "miaotui", "https://miaotui.dev/", "https://miaotui.dev/"),
        ("ann", "ann.github.io", "https://miaotui.dev/", "https://miaotui.dev/"),
    ],
)
def test_the_site_has_the_address_that_pages_gives_it(
    workflow: str, owner: str, name: str, variable: str, address: str
) -> None:
    given = WORKFLOWS[workflow]["jobs"]["build"]["env"]["SITE_URL"]
    assert value(given, owner, name, variable) == address


def test_the_pythons_that_are_tested_are_those_that_are_named() -> None:
    assert PYTHONS == ["3.11", "3.12", "3.13"]
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"Python (3\.\d+)[^\d]+(3\.\d+)", text) == [(PYTHONS[0], PYTHONS[-1])], name
    setup = (ROOT / "scripts/setup.sh").read_text(encoding="utf-8")
    assert re.findall(r"python(3\.\d+)\b", setup) == PYTHONS[::-1]


def test_zizmor_has_nothing_to_say() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    if not zizmor.exists():
        pytest.skip("zizmor is not installed; make setup installs it")
    command = [str(zizmor), "--offline", "--persona", "pedantic", "--no-progress", "--color", "never", str(FOLDER)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "No findings to report. Good job!\n"), done.stdout
