"""One at a time, where two at work in the same place would take each other's files away."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BusyError(Exception):
    """Another process is at work."""


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Nobody else is in here as long as this lasts; the lock ends with the process, however that ends.

    Raises BusyError where somebody is.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError from None
        yield
