"""Puts generated pages on disk: computes, compares, writes only what differs, all or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import is_generated, shown

_HALF = ".making-"
"""How the name of a page begins that is not in its place yet; then the number of the process that makes it."""


@dataclass(frozen=True)
class Plan:
    """What has to change on disk for the pages to be as they should."""

    write: dict[Path, str]
    """New text by file."""
    remove: tuple[Path, ...]
    """Pages generated before that nothing generates any more."""
    kept: int
    """How many pages are as they should be."""

    @property
    def empty(self) -> bool:
        return not self.write and not self.remove


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return file.readline()


def _in_the_way(path: Path, root: Path) -> list[Problem]:
    """What stands where a page or one of its folders should be."""
    folders = [parent for parent in path.parents if parent == root or root in parent.parents]
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            return [Problem(shown(folder), 1, "is a file; accepted: a folder for generated pages")]
    if path.is_dir():
        return [Problem(shown(path), 1, "is a folder; accepted: a generated page")]
    if path.exists() and not is_generated(_first_line(path)):
        return [
            Problem(shown(path), 1, "is hand-written, and the split would write here; accepted: another name for it")
        ]
    return []


def _stale(root: Path, wanted: Mapping[Path, str]) -> list[Path]:
    """Generated pages under `root` that are not wanted."""
    pages = ("*/topics/*.md", "*/articles/*.md", "*/corrections.md", "*/references.md", "*/glossary.md")
    places = [path for pattern in (*pages, "figures/*.svg") for path in root.glob(pattern)]
    return sorted(path for path in places if path not in wanted and path.is_file() and is_generated(_first_line(path)))


def plan(root: Path, wanted: Mapping[Path, str]) -> Plan:
    """What to write, and to remove under `root`, so that the disk holds the files that are wanted.

    Raises RefusedError where something that is not ours stands in the way.
    """
    try:
        problems = [problem for path in wanted for problem in _in_the_way(path, root)]
        if problems:
            raise RefusedError(problems)
        write = {
            path: text
            for path, text in wanted.items()
            if not path.exists() or path.read_bytes() != text.encode("utf-8")
        }
        return Plan(write, tuple(_stale(root, wanted)), len(wanted) - len(write))
    except OSError as error:
        place = shown(Path(str(error.filename))) if error.filename else shown(root)
        raise RefusedError(
            [Problem(place, 1, f"cannot be read ({error.strerror}); accepted: a readable file")]
        ) from error


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _clean(folder: Path) -> None:
    """Removes from a folder what a run left there that was killed."""
    for left in folder.glob(f"{_HALF}*"):
        process = left.name.removeprefix(_HALF).partition("-")[0]
        if process.isdecimal() and not _alive(int(process)):
            left.unlink(missing_ok=True)


def _staged(path: Path, text: str) -> Path:
    """A finished copy of the page beside its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{_HALF}{os.getpid()}-", dir=path.parent)
    ready = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        ready.chmod(0o644)
    except OSError:
        ready.unlink(missing_ok=True)
        raise
    return ready


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    """Pages as they were, as far as the disk lets us."""
    for path, data in before.items():
        with suppress(OSError):
            if data is None:
                path.unlink()
            else:
                path.write_bytes(data)


def carry_out(change: Plan) -> None:
    """Does what the plan says: every page is finished beside its place before the first is put there.

    Raises RefusedError, with nothing changed, where a page cannot be written.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    path = Path()
    try:
        for folder in {path.parent for path in change.write}:
            _clean(folder)
        for path, text in change.write.items():
            staged[path] = _staged(path, text)
        for path, ready in staged.items():
            old = path.read_bytes() if path.exists() else None
            ready.replace(path)
            before[path] = old
        for path in change.remove:
            old = path.read_bytes()
            path.unlink()
            before[path] = old
    except OSError as error:
        _put_back(before)
        raise RefusedError(
            [Problem(shown(path), 1, f"cannot be written ({error.strerror}); accepted: a writable folder")]
        ) from error
    finally:
        for ready in staged.values():
            ready.unlink(missing_ok=True)
