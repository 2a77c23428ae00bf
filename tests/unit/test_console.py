"""What commands print where the locale has no Chinese letters."""

from __future__ import annotations

import os
import subprocess
import sys
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


def said(name: str, *command: str) -> tuple[int, str]:
    """Exit code and output, which is UTF-8 or fails the test."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env={**os.environ, **LOCALES[name]}, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    return done.returncode, done.stdout.decode("utf-8")


@pytest.mark.parametrize("name", LOCALES)
def test_chinese_is_printed_whatever_the_locale(name: str) -> None:
    code, told = said(name, "scripts/judge.py", "online-softmax", ANSWER, "--lang", "zh")
    assert code == 0
    assert "通过" in told


@pytest.mark.parametrize("name", LOCALES)
def test_every_sign_is_printed_whatever_the_locale(name: str) -> None:
    code, told = said(name, "scripts/calc.py", "--list")
    assert code == 0
    assert not told.isascii()


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_every_command_speaks_utf8(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "__main__" in text:
        assert text.count('if __name__ == "__main__":\n    speak_utf8()\n') == 1
