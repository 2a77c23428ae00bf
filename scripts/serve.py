#!/usr/bin/env python3
"""Serves the site on http://127.0.0.1:8000 and rebuilds it when an article, the glossary or a page changes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from miaotui.base.paths import ROOT
from scripts import split

ADDRESS = ("127.0.0.1", 8000)


def _generate() -> int:
    return split.main([])


class _Split(FileSystemEventHandler):
    """Generates the pages anew; MkDocs sees the changed ones."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Some editors write in place, others put a new file over the old one.
        if not event.is_directory and event.event_type in ("modified", "created", "moved", "deleted"):
            _generate()


class _Glossary(_Split):
    """Does so where the glossary has changed, of all that stands beside it."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        if "glossary.yml" in (os.path.basename(event.src_path), os.path.basename(event.dest_path)):
            super().on_any_event(event)


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
    if _generate():
        return 1
    observer = Observer()
    # A page that cites a work brings it to the references page, which it quotes.
    observer.schedule(_Split(), str(ROOT / "docs"), recursive=True)
    observer.schedule(_Split(), str(ROOT / "articles"), recursive=True)
    observer.schedule(_Glossary(), str(ROOT))
    observer.daemon = True
    observer.start()
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"{ADDRESS[0]}:{ADDRESS[1]}"]
    print(f"serve: building; then open http://{ADDRESS[0]}:{ADDRESS[1]}/ (Ctrl+C ends it)", flush=True)
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
