"""One call for an edit, however many events the editor makes of it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

QUIET = 0.05
"""Seconds without an event that end an edit: an editor writes, renames and removes within a few milliseconds."""
_NO_EDITS = ("opened", "closed", "closed_no_write")


class _Paths(FileSystemEventHandler):
    def __init__(self, found: queue.Queue[Path | None]) -> None:
        self._found = found

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type in _NO_EDITS:
            return
        # Some editors write in place, others put a new file over the old one.
        for path in {event.src_path, event.dest_path} - {""}:
            self._found.put(Path(str(path)))


class Watcher:
    """Calls `edited` with the files of each edit, one edit after the other, in a thread of its own."""

    def __init__(self, edited: Callable[[set[Path]], None]) -> None:
        self._edited = edited
        self._found: queue.Queue[Path | None] = queue.Queue()
        self._observer = Observer()
        self._observer.daemon = True
        self._thread = threading.Thread(target=self._run, daemon=True)

    def watch(self, folder: Path, *, deep: bool) -> None:
        """Watches a folder, with `deep` all that is in it."""
        self._observer.schedule(_Paths(self._found), str(folder), recursive=deep)

    def start(self) -> None:
        self._observer.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends both threads."""
        self._observer.stop()
        self._observer.join()
        self._found.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (path := self._found.get()) is not None:
            paths = {path}
            while True:
                try:
                    path = self._found.get(timeout=QUIET)
                except queue.Empty:
                    break
                if path is None:
                    return
                paths.add(path)
            self._edited(paths)
