"""A package that tests want the files of, and that the builder does without."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def unpacked(wanted: Path, folder: Path) -> Path:
    """Fetches the package that a file of requirements pins, and unpacks it into the folder."""
    asked = ["--quiet", "--no-deps", "--require-hashes", "-r", str(wanted)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *asked, "-d", str(folder)]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder)
    return folder
