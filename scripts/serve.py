#!/usr/bin/env python3
"""Serves the site on http://127.0.0.1:8000 and rebuilds it when an article or a page changes."""

from __future__ import annotations

import socket
import subprocess
import sys

import split
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

ADDRESS = ("127.0.0.1", 8000)


class _Split(FileSystemEventHandler):
    """Splits the articles anew; MkDocs sees the changed pages."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Some editors write in place, others put a new file over the old one.
        if not event.is_directory and event.event_type in ("modified", "created", "moved", "deleted"):
            split.main([])


def _taken() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(ADDRESS)
        except OSError:
            return True
    return False


def main() -> int:
    if _taken():
        print(f"serve: port {ADDRESS[1]} is taken; stop what uses it and run make serve again", file=sys.stderr)
        return 1
    if split.main([]):
        return 1
    observer = Observer()
    # A page that cites a work brings it to the references page, which it quotes.
    observer.schedule(_Split(), str(split.ROOT / "docs"), recursive=True)
    observer.schedule(_Split(), str(split.ROOT / "articles"), recursive=True)
    observer.daemon = True
    observer.start()
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"{ADDRESS[0]}:{ADDRESS[1]}"]
    print(f"serve: building; then open http://{ADDRESS[0]}:{ADDRESS[1]}/ (Ctrl+C ends it)", flush=True)
    try:
        return subprocess.run(command, cwd=split.ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
