"""What happens after an edit: one run of the generator, one refresh, and every open page hears of it."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from miaotui.base.problem import RefusedError
from miaotui.serving.changes import Kind, Snapshot


class Site(Protocol):
    """The site as it is served."""

    def refresh(self) -> None:
        """Forgets what all pages share."""

    def answer(self, path: str) -> tuple[bytes | None, list[str]]:
        """The file at a path, None where there is none, and what is wrong with it."""

    def last_good(self, path: str) -> bytes | None:
        """The page as it was last made without a mistake."""


Generate = Callable[[], Iterable[Path]]
"""Writes every generated file that differs, and says which. Raises RefusedError, with nothing written."""


class Loop:
    """The sources' state, shared by the watcher, which changes it, and the server, which asks."""

    def __init__(self, site: Site, snapshot: Snapshot, generate: Generate, restart: Callable[[], None]) -> None:
        self._site, self._snapshot, self._generate, self._restart = site, snapshot, generate, restart
        self._lock = threading.Lock()
        self._moved = threading.Condition()
        # Another one than before a restart, so that a page from before it reloads.
        self.version = time.time_ns() // 1_000_000
        self._refused: list[str] = []
        """What the generator refuses; told on every page until it is mended."""
        self._said: list[str] = []

    def generate(self) -> bool:
        """Runs the generator; whether it wrote anything. What it refuses is told, and what it writes is no edit."""
        try:
            written = list(self._generate())
            self._refused = []
        except RefusedError as refused:
            written, self._refused = [], [str(problem) for problem in refused.problems]
            self._tell(self._refused)
        self._snapshot.note(written)
        return bool(written)

    def edited(self, paths: Iterable[Path]) -> None:
        """Does what an edit of these files asks for."""
        kinds = set(self._snapshot.edited(paths).values())
        if not kinds:
            return
        if Kind.BUILDER in kinds and self._sound(paths):
            self._restart()
            return
        with self._lock:
            if kinds - {Kind.PAGE, Kind.BUILDER}:
                if Kind.GENERATED in kinds:
                    self.generate()
                self._site.refresh()
        self._move()
        # A page is shown before what cites it is generated.
        if kinds == {Kind.PAGE} and self._generated_after():
            self._move()

    def _generated_after(self) -> bool:
        with self._lock:
            before = self._refused
            wrote = self.generate()
            if wrote:
                self._site.refresh()
            return wrote or before != self._refused

    def _sound(self, paths: Iterable[Path]) -> bool:
        """Whether the builder's code can be read; what hinders is told, and the old code goes on."""
        faults = [fault for path in paths if path.suffix == ".py" for fault in _unreadable(path)]
        self._refused = faults
        self._tell(faults)
        return not faults

    def _move(self) -> None:
        with self._moved:
            self.version += 1
            self._moved.notify_all()

    def wait(self, version: int, seconds: float) -> int:
        """The version once it is another one, or after some seconds as it is."""
        with self._moved:
            self._moved.wait_for(lambda: self.version != version, seconds)
            return self.version

    def page(self, path: str) -> tuple[bytes | None, int, list[str]]:
        """The file at a path as it is now, or as it was last good; the version it is of; and every fault."""
        with self._lock:
            version = self.version
            try:
                data, faults = self._site.answer(path)
            except Exception as error:
                data, faults = self._site.last_good(path), _told(error)
        self._tell(faults)
        return data, version, [*self._refused, *faults]

    def _tell(self, faults: list[str]) -> None:
        """Prints the faults, once."""
        for fault in faults:
            if fault not in self._said:
                print(fault, file=sys.stderr, flush=True)
        self._said = faults or self._said


def _unreadable(path: Path) -> Iterator[str]:
    try:
        compile(path.read_bytes(), str(path), "exec")
    except FileNotFoundError:
        return
    except (SyntaxError, ValueError) as error:
        yield f"{path}:{getattr(error, 'lineno', None) or 1}: {error.args[0]}; accepted: Python"


def _told(error: Exception) -> list[str]:
    """The error in its own sentence; one of no sentence of ours with the place in the code that raised it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    if isinstance(error, RefusedError) or type(error).__name__ in ("PluginError", "BuildError", "SnippetMissingError"):
        return str(error).splitlines()
    return [f"{place.filename}:{place.lineno}: {type(error).__name__}: {error}"]
