"""ProperDocs, the maintained fork of MkDocs, builds the same site: what is left behind on the day that MkDocs ends."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from miaotui.base.paths import ROOT
from miaotui.edge import variables

TOLD = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", variables.BUILD: "b", "MIAOTUI_CACHE": "off"}


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with what ours has, and ProperDocs."""
    folder = tmp_path_factory.mktemp("properdocs")
    venv.create(folder, with_pip=False)
    python = folder / "bin/python"
    (packages,) = folder.glob("lib/python3.*/site-packages")
    (packages / "ours.pth").write_text(
        f"{sysconfig.get_path('purelib')}\n{ROOT}\n{ROOT / 'problems'}\n", encoding="utf-8"
    )
    wanted = ["--quiet", "--no-deps", "--require-hashes", "-r", str(ROOT / "requirements-properdocs.txt")]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", *wanted]
    subprocess.run(pip, check=True)
    return python


def _build(python: str, engine: str, site: Path) -> None:
    environment = {**os.environ, **TOLD, variables.SITE_DIR: str(site)}
    command = [python, "-m", engine, "build", "--strict", "-f", str(ROOT / "mkdocs.yml")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _files(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


@pytest.mark.full
def test_properdocs_builds_the_same_bytes(python: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "mkdocs", tmp_path / "properdocs"
    _build(sys.executable, "mkdocs", ours)
    _build(str(python), "properdocs", theirs)
    assert _files(theirs) == _files(ours)
    _, different, failed = filecmp.cmpfiles(ours, theirs, _files(ours), shallow=False)
    assert (different, failed) == ([], [])
    # A theme or a plugin that is not taken for ours loses these without a warning.
    assert sum(path.stat().st_size for path in (theirs / "search/en").iterdir()) > 1_000_000
