"""Results kept in .cache/ under the digest of all that they were made of, so that nothing stale can be found.

MIAOTUI_CACHE=off turns every store off: nothing is read from one or put into one.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from miaotui.base.paths import CACHE

_KEPT_FOR = 14 * 24 * 3600
"""Seconds after which what nobody asked for goes."""


def digest(*parts: str | bytes) -> str:
    """One name for all of the parts, in their order."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(b"%d:" % len(data) + data)
    return whole.hexdigest()


def digest_of_files(root: Path, *patterns: str) -> str:
    """One name for every file of these patterns below the root, by path and bytes."""
    files = {path for pattern in patterns for path in root.glob(pattern) if "__pycache__" not in path.parts}
    found = ((path.relative_to(root).as_posix(), path) for path in files if path.is_file())
    return digest(*(part for name, path in sorted(found) for part in (name, path.read_bytes())))


def is_on() -> bool:
    """Whether results are kept."""
    return os.environ.get("MIAOTUI_CACHE") != "off"


class Store:
    """JSON values by digest, each in a file of its own."""

    def __init__(self, name: str, folder: Path = CACHE) -> None:
        self._folder = folder / name

    def get(self, key: str) -> Any:
        """The value, or None where there is none that can be read."""
        if not is_on():
            return None
        file = self._folder / f"{key}.json"
        try:
            value = json.loads(file.read_bytes())
            os.utime(file)
        except (OSError, ValueError):
            return None
        return value

    def put(self, key: str, value: Any) -> None:
        """Keeps the value; a folder that cannot be written to keeps nothing."""
        if not is_on():
            return
        file, part = self._folder / f"{key}.json", self._folder / f"{key}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            part.replace(file)
        except OSError:
            part.unlink(missing_ok=True)


def prune(now: float, folder: Path = CACHE) -> None:
    """Removes from every store what was neither put nor asked for in two weeks before `now`."""
    for file in (*folder.glob("*/*.json"), *folder.glob("templates/*.cache")):
        if file.stat().st_mtime < now - _KEPT_FOR:
            file.unlink(missing_ok=True)
