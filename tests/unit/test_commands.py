"""The commands on a bad day: no Python, no network, a port that is taken, a disk that fails, no browser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from miaotui.edge import command as build
from miaotui.offline.browser import HOW
from scripts import browser, serve

ROOT = Path(__file__).resolve().parents[2]


def setup(folder: Path, path: str, **environment: str) -> tuple[int, list[str]]:
    """Runs setup.sh on a clean copy, with only the commands in `path`."""
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/setup.sh", folder / "scripts")
    shutil.copy(ROOT / "requirements.txt", folder)
    command = ["/bin/sh", str(folder / "scripts/setup.sh")]
    done = subprocess.run(command, env={"PATH": path, **environment}, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.splitlines()


def test_setup_without_python_says_so(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(shutil.which("dirname") or "")
    told = "no Python 3.11 to 3.13 was found; install one, or name it: make PYTHON=/path/to/python3"
    assert setup(tmp_path, str(tools)) == (1, [f"setup: {told}"])
    assert not (tmp_path / ".venv").exists()


def test_setup_without_network_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": "/dev/null"}
    code, told = setup(tmp_path, "/usr/bin:/bin", PYTHON=sys.executable, HOME=str(tmp_path), **nowhere)
    assert code == 1
    assert len(told) == 1
    assert told[0].startswith("setup: the packages of requirements.txt could not be installed (")
    assert told[0].endswith("); is there a network?")
    assert not (tmp_path / ".venv").exists()


PRETENDER = """#!/bin/sh
case "$*" in
  "-m venv .venv")
    mkdir -p .venv/bin .venv/lib/python3.11/site-packages
    cp "$0" .venv/bin/python
    echo venv >>steps ;;
  "-c import yaml") ;;
  "-m pip"*)
    echo begins >>steps
    sleep 0.2
    echo ends >>steps
    [ ! -f fails ] ;;
  *) exec "{python}" "$@" ;;
esac
"""
"""A Python that makes an environment of itself and installs nothing, slowly."""


@pytest.fixture
def pretender(tmp_path: Path) -> str:
    (tmp_path / "pretender").write_text(PRETENDER.replace("{python}", sys.executable), encoding="utf-8")
    (tmp_path / "pretender").chmod(0o755)
    return str(tmp_path / "pretender")


def again(folder: Path, python: str) -> subprocess.Popen[str]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": python}
    command = ["/bin/sh", str(folder / "scripts/setup.sh")]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    told = process.communicate()[1]
    return process.returncode, told


def steps(folder: Path) -> list[str]:
    return (folder / "steps").read_text(encoding="utf-8").split()


def test_of_two_setups_at_once_one_makes_the_environment(tmp_path: Path, pretender: str) -> None:
    (tmp_path / "fails").touch()
    assert setup(tmp_path, "/usr/bin:/bin", PYTHON=pretender)[0] == 1
    (tmp_path / "fails").unlink()
    (tmp_path / "steps").unlink()
    both = [again(tmp_path, pretender), again(tmp_path, pretender)]
    assert [ended(one) for one in both] == [(0, "")] * 2
    assert steps(tmp_path) == ["venv", "begins", "ends"]


def test_an_environment_whose_python_is_gone_is_made_anew(tmp_path: Path, pretender: str) -> None:
    assert setup(tmp_path, "/usr/bin:/bin", PYTHON=pretender) == (0, [])
    before = steps(tmp_path)
    assert ended(again(tmp_path, pretender)) == (0, "")
    assert steps(tmp_path) == before
    (tmp_path / ".venv/bin/python").unlink()
    (tmp_path / ".venv/bin/python").symlink_to(tmp_path / "gone")
    assert ended(again(tmp_path, pretender)) == (0, "")
    assert steps(tmp_path) == before * 2


def test_an_environment_stays_where_another_cannot_be_made(tmp_path: Path, pretender: str) -> None:
    assert setup(tmp_path, "/usr/bin:/bin", PYTHON=pretender) == (0, [])
    (tmp_path / ".venv/mine").touch()
    (tmp_path / "requirements.txt").write_text("other==1\n", encoding="utf-8")
    (tmp_path / "fails").touch()
    assert ended(again(tmp_path, pretender))[0] == 1
    assert (tmp_path / ".venv/mine").exists()
    assert not list((tmp_path / ".cache").glob("venv*"))


def test_a_port_that_is_taken(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 1
    assert capsys.readouterr().err == f"serve: port {port} is taken; stop what uses it and run make serve again\n"


def test_no_browser(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(sys, "argv", ["browser.py"])
    assert browser.main() == 1
    assert capsys.readouterr().err == f"browser: {HOW}\n"


def test_a_build_that_warns_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[x](nowhere.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_dir: !ENV MIAOTUI_SITE_DIR\n", encoding="utf-8")
    assert build.build(tmp_path / "site", for_file=False, root=tmp_path) == 1
    assert capsys.readouterr().err.startswith("WARNING -  Doc file 'index.md' contains a link 'nowhere.md'")


def test_a_full_disk_is_told_in_its_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "full.py").write_text(
        "def on_files(files, **_):\n    raise OSError(28, 'No space left on device', 'site/index.html')\n",
        encoding="utf-8",
    )
    config = "site_name: x\nsite_dir: !ENV MIAOTUI_SITE_DIR\nhooks: [full.py]\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert build.build(tmp_path / "site", for_file=False, root=tmp_path) == 1
    assert capsys.readouterr().err == "OSError: [Errno 28] No space left on device: 'site/index.html'\n"
