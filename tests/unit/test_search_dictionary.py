"""jieba's dictionary: of this checkout alone, whatever stands in the system's folder for temporary files."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

from miaotui.edge.searching import own_folder

TEXT = "大模型推理加速"
CUT = f"""
import jieba
from miaotui.edge.searching import Dictionary
Dictionary()
print(*jieba.lcut("{TEXT}"))
"""


def cut(folder: Path) -> str:
    """The words of the text, told by a process whose folder for temporary files is this."""
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CUT], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("planted", [b"", marshal.dumps(({TEXT: 10**6}, 10**6))], ids=["unreadable", "words"])
def test_what_others_put_into_the_temporary_folder_changes_nothing(planted: bytes, tmp_path: Path) -> None:
    words = cut(tmp_path / "clean")
    assert " " in words
    assert not list((tmp_path / "clean").iterdir())
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted/jieba.cache").write_bytes(planted)
    assert cut(tmp_path / "planted") == words
    assert (tmp_path / "planted/jieba.cache").read_bytes() == planted


def test_where_nothing_can_be_written_there_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert own_folder(tmp_path / "file/jieba") is None
    assert own_folder(tmp_path / "a/jieba") == tmp_path / "a/jieba"
