"""Tools of Node's: what a folder's package.json pins, installed there where Node is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any


def absent() -> bool:
    """Whether Node or its npm is not there."""
    return not (shutil.which("node") and shutil.which("npm"))


def _said(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def installed(home: Path) -> bool:
    """Whether all that the folder pins is there, in the version that is pinned."""
    pinned = _said(home / "package.json")["dependencies"]
    modules = home / "node_modules"
    return all(_said(modules / name / "package.json").get("version") == version for name, version in pinned.items())


def missing(home: Path) -> str:
    """Why what the folder pins cannot run; empty where it can. Installs it where Node is there."""
    if absent():
        return "no Node was found"
    if installed(home):
        return ""
    done = subprocess.run(["npm", "ci", "--no-progress"], cwd=home, capture_output=True, encoding="utf-8", check=False)
    return f"npm could not install it: {done.stderr.strip().splitlines()[-1:]}" if done.returncode else ""
