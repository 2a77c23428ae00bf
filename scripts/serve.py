#!/usr/bin/env python3
"""Serves the site on http://127.0.0.1:8000; an edit of any source shows in the open page by itself.

`serve.py [--port N]`. Exit 0: ended by Ctrl+C or SIGTERM. 1: the port is taken, or an address that is set is
none. 2: usage.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ARTICLES, CACHE, DOCS, ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.words import words
from miaotui.edge import variables
from miaotui.edge.live import LiveSite
from miaotui.serving.changes import WATCHED, Snapshot
from miaotui.serving.loop import Loop
from miaotui.serving.server import ADDRESS, Server
from miaotui.serving.watching import Watcher
from miaotui.writers.files import carry_out
from miaotui.writers.generate import planned


def _generate() -> Iterable[Path]:
    words.cache_clear()
    if any(getattr(each, name) != said for each in LANGUAGES for name, said in words(each.code).generated.items()):
        # These are read where the builder's code is.
        _restart()
    _, change = planned(ARTICLES, DOCS)
    carry_out(change)
    return [*change.write, *change.remove]


def _restart() -> None:
    """Starts again with the builder's new code; pages that are open hear of it when the new process answers."""
    print("serve: the builder's code has changed; starting again", flush=True)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _watcher(loop: Loop) -> Watcher:
    watcher = Watcher(loop.edited)
    watcher.watch(ROOT, deep=False)
    for name in WATCHED:
        if (ROOT / name).is_dir():
            watcher.watch(ROOT / name, deep=True)
    return watcher


def _serve(port: int, folder: Path) -> int:
    loop = Loop(LiveSite(folder), Snapshot(ROOT), _generate, _restart)
    try:
        server = Server(loop, (ADDRESS[0], port))
    except OSError:
        print(f"serve: port {port} is taken; stop what uses it and run make serve again", file=sys.stderr)
        return 1
    with server:
        watcher = _watcher(loop)
        watcher.start()
        loop.generate()
        for each in (signal.SIGINT, signal.SIGTERM):
            # The server cannot be told to end from the thread that it runs in.
            signal.signal(each, lambda *_: threading.Thread(target=server.shutdown).start())
        print(f"serve: http://{ADDRESS[0]}:{port}/ (Ctrl+C ends it)", flush=True)
        server.serve_forever(poll_interval=0.1)
        watcher.stop()
    return 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="serve.py", description="Serves the site and shows every edit.")
    parser.add_argument("--port", type=int, default=ADDRESS[1])
    port = parser.parse_args(argv).port
    try:
        variables.settle(os.environ)
    except RefusedError as refused:
        print(f"serve: {refused}", file=sys.stderr)
        return 1
    return _serve(port, CACHE / f"served-{port}")


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
