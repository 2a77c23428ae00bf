"""`make scripts`: the page's scripts hold to their types and form, what does not is told; without Node, one line."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from miaotui.base.paths import ROOT, THEME
from miaotui.base.words import words
from scripts import node
from scripts import page_scripts as checked

SCRIPTS = THEME / "assets/js"
SETTINGS = ("globals.d.ts", "package.json", "tsconfig.json", ".prettierignore")
TYPES = [
    ("share.js", "words.copied", "words.copyed", r"share\.js\(\d+,\d+\): error TS2551: Property 'copyed' does not"),
    ("calculator/form.js", "input.longest", "input.longst", r"form\.js\(\d+,\d+\): error TS2551: .*'longst'"),
    ("plot.js", "plot.points, plot", "plot.kind, plot", r"plot\.js\(\d+,\d+\): error TS2345: .*'string'"),
]
"""A word, a key of a calculator's data and a type of one that there is not, and what is told of each."""
with_node = pytest.mark.skipif(
    not shutil.which("node") or not node.installed(checked.HOME), reason="make scripts installs what it needs"
)


@pytest.fixture
def copied(tmp_path: Path) -> tuple[Path, Path]:
    """The settings and the scripts, where they may be broken."""
    home, scripts = tmp_path / "tests/scripts", tmp_path / "overrides/assets/js"
    home.mkdir(parents=True)
    for name in SETTINGS:
        shutil.copy(checked.HOME / name, home)
    shutil.copytree(SCRIPTS, scripts)
    return home, scripts


@with_node
def test_the_scripts_hold_to_their_types_and_form() -> None:
    assert list(checked.faults()) == []


@with_node
def test_faults_are_told_with_their_places_and_the_form_is_put_right_where_that_is_asked(
    copied: tuple[Path, Path],
) -> None:
    home, scripts = copied
    for name, old, new, _ in TYPES:
        text = (scripts / name).read_text(encoding="utf-8")
        assert old in text
        (scripts / name).write_text(text.replace(old, new), encoding="utf-8")
    form = (scripts / "home.js").read_text(encoding="utf-8")
    (scripts / "home.js").write_text(form.replace("\n  const", "\n      const"), encoding="utf-8")
    types, told = checked.faults(home, scripts)
    assert [said for *_, said in TYPES if not re.search(said, types)] == []
    assert re.findall(r"\[warn\] .*/(.*\.js)", told) == ["home.js"]
    assert list(checked.faults(home, scripts, write=True)) == [types]
    assert (scripts / "home.js").read_text(encoding="utf-8") == form


@pytest.mark.parametrize("absent", ["node", "npm"])
def test_without_node_it_says_what_it_needs(
    absent: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, **_: None if name == absent else f"/usr/bin/{name}")
    monkeypatch.setattr(sys, "argv", ["page_scripts.py"])
    assert checked.main() == 1
    told = "scripts: no Node was found; accepted: Node 18.20 or later, which nothing else needs\n"
    assert capsys.readouterr() == ("", told)


def test_another_version_than_the_pinned_one_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"a": "1.0.0"}}', encoding="utf-8")
    assert not node.installed(tmp_path)
    there = tmp_path / "node_modules/a"
    there.mkdir(parents=True)
    for version in ("1.0.1", "1.0.0"):
        (there / "package.json").write_text(json.dumps({"version": version}), encoding="utf-8")
        assert node.installed(tmp_path) is (version == "1.0.0")


def test_types_and_form_leave_out_the_same_with_a_reason() -> None:
    settings = (checked.HOME / "tsconfig.json").read_text(encoding="utf-8")
    left_out = re.findall(r'"\.\./\.\./overrides/assets/js/([\w./-]+)"', settings.partition('"exclude"')[2])
    ignored = (checked.HOME / ".prettierignore").read_text(encoding="utf-8").splitlines()
    assert left_out == [line.rstrip("/") for line in ignored if not line.startswith("#")]
    assert all((SCRIPTS / name).exists() for name in left_out)
    assert settings.partition('"exclude"')[2].count("//") == 2
    assert ignored[0].startswith("# ")


def test_the_words_of_the_scripts_are_declared() -> None:
    text = (checked.HOME / "globals.d.ts").read_text(encoding="utf-8")
    declared = text.partition("interface Words {\n")[2].partition("}")[0]
    assert re.findall(r"(\w+): string", declared) == list(words("en").scripts)


@pytest.mark.parametrize("folder", ["bench", "scripts"])
def test_what_node_runs_is_pinned_and_its_lock_names_no_place(folder: str) -> None:
    home = ROOT / "tests" / folder
    asked = json.loads((home / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((home / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert asked
    assert f"/tests/{folder}/node_modules/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    for name, version in asked.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock[f"node_modules/{name}"]["version"] == version
    for place, package in lock.items():
        assert "resolved" not in package, place
        assert not place or package["integrity"].startswith("sha512-"), place
