"""A server that gives one file by halves: the second on command, or never."""

from __future__ import annotations

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts.hosted import hosted
from tests.serving import Quiet


@dataclass
class Tap:
    """What becomes of the held file's second half: it waits until it is told."""

    address: str = ""
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for."""
    cut: bool = False
    """Whether the connection ends in place of the second half."""
    _open: threading.Event = field(default_factory=threading.Event)

    def give(self) -> None:
        """Lets the second half go, and whatever is asked for from now on."""
        self.cut = False
        self._open.set()

    def fail(self) -> None:
        """Ends the connection; a file that is asked for later waits again."""
        self.cut = True
        self._open.set()

    def wait(self) -> bool:
        """Whether the second half is to be sent, once that is known."""
        self._open.wait(60)
        return not self.cut


class _Trickling(Quiet):
    def __init__(self, *arguments: object, held: str, packed: bool, tap: Tap, directory: str) -> None:
        self._held, self._packed, self._tap = held, packed, tap
        super().__init__(*arguments, headers=lambda _: {}, directory=directory)

    def do_GET(self) -> None:
        """Gives the held file by halves, as a server that compresses or as one that does not."""
        self._tap.asked.append(self.path)
        if not self.path.endswith(f"/{self._held}"):
            super().do_GET()
            return
        body = Path(self.translate_path(self.path)).read_bytes()
        body = gzip.compress(body, 1) if self._packed else body
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(body)))
        if self._packed:
            self.send_header("Content-Encoding", "gzip")
        super(Quiet, self).end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        if self._tap.wait():
            self.wfile.write(body[len(body) // 2 :])
        self.close_connection = True


@contextmanager
def trickled(folder: Path, held: str, *, packed: bool = False) -> Iterator[Tap]:
    """The tap of a server of the folder that holds back half of the file of that name."""
    tap = Tap()
    handler = functools.partial(_Trickling, held=held, packed=packed, tap=tap, directory=str(folder))
    with hosted(handler) as tap.address:
        yield tap
        tap.fail()
