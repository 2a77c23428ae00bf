"""What commands print where the locale has no Chinese letters."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(ROOT.glob("scripts/*.py"))
LOCALES = {
    "C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    "GBK": {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
}
ANSWER = "problems/online-softmax/solution.py"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """The tree under a path of ASCII: of any other, Pydantic cannot be loaded without UTF-8, which `make` asks for."""
    (tmp_path / "bank").symlink_to(ROOT)
    return tmp_path / "bank"


def said(plain: Path, name: str, script: str, *arguments: str) -> tuple[int, str]:
    """Exit code and output, which is UTF-8 or fails the test."""
    command = [str(plain / ".venv/bin/python"), str(plain / script), *arguments]
    environment = {**os.environ, **LOCALES[name]}
    done = subprocess.run(command, cwd=plain, env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    return done.returncode, done.stdout.decode("utf-8")


@pytest.mark.parametrize("name", LOCALES)
def test_chinese_is_printed_whatever_the_locale(name: str, plain: Path) -> None:
    code, told = said(plain, name, "scripts/judge.py", "online-softmax", ANSWER, "--lang", "zh")
    assert code == 0
    assert "通过" in told


@pytest.mark.parametrize("name", LOCALES)
def test_every_sign_is_printed_whatever_the_locale(name: str, plain: Path) -> None:
    code, told = said(plain, name, "scripts/calc.py", "--list")
    assert code == 0
    assert not told.isascii()


def test_a_path_the_locale_cannot_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    chinese = tmp_path / "题库"
    chinese.symlink_to(ROOT)
    command = [str(chinese / ".venv/bin/python"), str(chinese / "scripts/calc.py"), "--list"]
    environment = {**os.environ, **LOCALES["C"]}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="ascii", check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("accepted: a call by make, or PYTHONUTF8=1\n")
    assert done.stderr.count("\n") == 1


def test_make_has_paths_read_as_utf8_whatever_the_locale(tmp_path: Path) -> None:
    asked = tmp_path / "asked.mk"
    asked.write_text('asked:\n\t@$(PY) -c "import sys; print(sys.getfilesystemencoding())"\n', encoding="utf-8")
    command = ["make", "--no-print-directory", "-f", "Makefile", "-f", str(asked), "asked"]
    environment = {**os.environ, **LOCALES["C"]}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "utf-8\n"


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_every_command_speaks_utf8(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "__main__" in text:
        assert text.count('if __name__ == "__main__":\n    speak_utf8()\n') == 1
