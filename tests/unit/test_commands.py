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
    told = "no Python 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python3"
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


def test_a_port_that_is_taken(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(serve, "ADDRESS", ("127.0.0.1", port))
        assert serve.main() == 1
    assert capsys.readouterr().err == f"serve: port {port} is taken; stop what uses it and run make serve again\n"


def test_no_browser(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(sys, "argv", ["browser.py"])
    assert browser.main() == 1
    assert capsys.readouterr().err == f"browser: {HOW}\n"


def test_a_build_that_warns_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[x](nowhere.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_dir: !ENV SITE_DIR\n", encoding="utf-8")
    assert build.build(tmp_path / "site", for_file=False, root=tmp_path) == 1
    assert capsys.readouterr().err.startswith("WARNING -  Doc file 'index.md' contains a link 'nowhere.md'")


def test_a_full_disk_is_told_in_its_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "full.py").write_text(
        "def on_files(files, **_):\n    raise OSError(28, 'No space left on device', 'site/index.html')\n",
        encoding="utf-8",
    )
    config = "site_name: x\nsite_dir: !ENV SITE_DIR\nhooks: [full.py]\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert build.build(tmp_path / "site", for_file=False, root=tmp_path) == 1
    assert capsys.readouterr().err == "OSError: [Errno 28] No space left on device: 'site/index.html'\n"
