"""Results kept in .cache/ under the digest of all that they were made of, so that nothing stale can be found.

MIAOTUI_CACHE=off turns every store off: nothing is read from one or put into one.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from miaotui.base.paths import CACHE

_Value = TypeVar("_Value")
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

    def __init__(self, name: str, folder: Path = CACHE, *, packed: bool = False) -> None:
        """`packed` has them compressed: HTML is kept in a sixth of its size."""
        self._folder, self._packed = folder / name, packed

    def get(self, key: str) -> Any:
        """The value, or None where there is none that can be read."""
        if not is_on():
            return None
        file = self._folder / f"{key}.json"
        try:
            data = file.read_bytes()
            value = json.loads(zlib.decompress(data) if self._packed else data)
            os.utime(file)
        except (OSError, ValueError, zlib.error):
            return None
        return value

    def made(self, key: str, make: Callable[[], _Value]) -> _Value:
        """The value, made and kept where there is none."""
        kept: _Value | None = self.get(key)
        if kept is None:
            kept = make()
            self.put(key, kept)
        return kept

    def has(self, key: str) -> bool:
        """Whether there is a value."""
        return is_on() and (self._folder / f"{key}.json").is_file()

    def put(self, key: str, value: Any) -> None:
        """Keeps the value; a folder that cannot be written to keeps nothing."""
        if not is_on():
            return
        file, part = self._folder / f"{key}.json", self._folder / f"{key}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
            part.write_bytes(zlib.compress(data, 1) if self._packed else data)
            part.replace(file)
        except OSError:
            part.unlink(missing_ok=True)


def prune(now: float, folder: Path = CACHE) -> None:
    """Removes from every store what was neither put nor asked for in two weeks before `now`."""
    for file in (*folder.glob("*/*.json"), *folder.glob("templates/*.cache")):
        if file.stat().st_mtime < now - _KEPT_FOR:
            file.unlink(missing_ok=True)
