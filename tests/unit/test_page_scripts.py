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
from miaotui.site import page_python
from miaotui.site.problem_pages import data_of
from miaotui.site.search_brief import brief
from miaotui.site.search_names import Names
from miaotui.site.search_pieces import Spoken, core
from scripts import node
from scripts import page_scripts as checked

SCRIPTS = THEME / "assets/js"
OFFLINE = ROOT / "miaotui/offline"
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
    shutil.copytree(checked.HOME, home, ignore=shutil.ignore_patterns("node_modules"))
    # Where Node looks for them, and where nothing that is tried here reaches them.
    (home / "node_modules").symlink_to(checked.HOME / "node_modules")
    shutil.copytree(SCRIPTS, scripts)
    shutil.copytree(OFFLINE, tmp_path / "miaotui/offline", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
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
    types, told = checked.faults(home)
    assert [said for *_, said in TYPES if not re.search(said, types)] == []
    assert re.findall(r"\[warn\] .*/(.*\.js)", told) == ["home.js"]
    assert list(checked.faults(home, write=True)) == [types]
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


LEFT_OUT = "tests/scripts/tsconfig.json leaves this script out; accepted: every script"


@with_node
def test_a_script_that_is_not_checked_is_told(copied: tuple[Path, Path]) -> None:
    home, scripts = copied
    new = home.parents[1] / "lab/new.js"
    new.parent.mkdir()
    new.write_text("window.added = 1\n", encoding="utf-8")
    (scripts / "drawer.js").write_text("// @ts-nocheck\nwindow.added = 1\n", encoding="utf-8")
    settings = (home / "tsconfig.json").read_text(encoding="utf-8")
    out = f'{settings.rstrip()[:-1].rstrip()}, "exclude": ["../../overrides/assets/js/judge/page.js"]}}'
    (home / "tsconfig.json").write_text(out, encoding="utf-8")
    assert list(checked.faults(home)) == [
        f"lab/new.js:1: {LEFT_OUT}\n"
        "overrides/assets/js/drawer.js:1: '@ts-nocheck'; accepted: types that hold\n"
        f"overrides/assets/js/judge/page.js:1: {LEFT_OUT}"
    ]


def test_what_others_wrote_and_what_is_built_is_not_ours(tmp_path: Path) -> None:
    for place in ("site/a.js", "dist/a.js", ".cache/a.js", "overrides/vendor/a.js", "tests/node_modules/b/a.js"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).touch()
    for place in ("miaotui/site/a.js", "tests/a.mjs", "tests/a.json"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    assert checked.ours(tmp_path) == [tmp_path / "miaotui/site/a.js", tmp_path / "tests/a.mjs"]


def declared(file: str, name: str) -> list[str]:
    """The keys that an interface declares."""
    text = (checked.HOME / file).read_text(encoding="utf-8")
    body = text.partition(f"interface {name} {{\n")[2].partition("\n  }")[0]
    return re.findall(r"^    (\w+)\??:", body, re.MULTILINE)


def test_the_words_of_the_scripts_are_declared() -> None:
    assert declared("globals.d.ts", "Words") == list(words("en").scripts)
    assert set(declared("judge.d.ts", "Words")) < set(words("en").judge)


def test_what_the_builder_writes_for_the_judge_and_the_search_is_declared() -> None:
    assert declared("judge.d.ts", "Data") == list(json.loads(data_of("a", "en", "judge/", {})))
    packed = page_python.files()["python.js"]().partition("miaotuiPython = ")[2]
    assert set(declared("judge.d.ts", "Packed")) == set(json.loads(packed))
    assert set(declared("search.d.ts", "Core")) == set(core([], Names([]), Spoken("en", ""), 1))
    assert set(declared("search.d.ts", "Brief")) == set(brief([]) or {})


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
