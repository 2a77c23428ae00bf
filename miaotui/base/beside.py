"""Work that a second process does at the same time, where the machine has a core for it.

What it yields, this process can work out by itself: where no process can be had, or it fails, that is what happens, and
what is wrong is told once. MIAOTUI_PROCESSES=1 has all of a build in one process.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

_Value = TypeVar("_Value")
PROCESSES = "MIAOTUI_PROCESSES"
_LOOKS = 0.2
"""Seconds after which a process looks whether the one that it works for is still there."""


def is_spared() -> bool:
    """Whether there is a core for a second process, and a process can be had by dividing this one.

    Other systems than Linux have libraries that do not outlive a division, nor does a lock of another thread.
    """
    if sys.platform != "linux" or os.environ.get(PROCESSES) == "1" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def _alone(parent: int) -> None:
    """Ends this process with the one that it works for, however that ends."""
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)


def _work(work: Callable[[], Any], then: Callable[[], None], out: int, parent: int) -> None:
    """Works in a process of its own, which says nothing but what it yields: whoever has to know is told by the other.

    Where it fails, it yields nothing. Then it goes on with what nobody waits for.
    """
    threading.Thread(target=_alone, args=(parent,), daemon=True).start()
    # What is there now stays: to look through it again and again for what may go would take long.
    gc.freeze()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    # Handlers that are added later count; those of the build would have its warnings said twice.
    for logger in (logging.root, *map(logging.getLogger, [*logging.root.manager.loggerDict])):
        logger.handlers = [logging.NullHandler()] if logger.handlers else []
    with os.fdopen(out, "wb") as pipe:
        pickle.dump(work(), pipe)
    then()


class Beside(Generic[_Value]):
    """What a function yields, worked out by a process of its own while this one goes on."""

    def __init__(
        self,
        work: Callable[[], _Value],
        instead: Callable[[], _Value] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """`instead` is what is done here where no other process has done the work: the work itself, unless told.

        `then` is what that process goes on with; where there is none, nobody does it.
        """
        self._instead, self._goes_on = instead or work, then is not None
        self._told, self._process = _divided(work, then or (lambda: None)) if is_spared() else (-1, 0)

    @cached_property
    def result(self) -> _Value:
        """What the function yields: waits for it, or works it out here."""
        if not self._process:
            return self._instead()
        with os.fdopen(self._told, "rb") as pipe:
            told = pipe.read()
        if not self._goes_on:
            # It leaves nothing behind.
            _ = self.ended
        try:
            yielded: _Value = pickle.loads(told)
        except (EOFError, pickle.UnpicklingError):
            # It has failed, or was ended amid its words.
            return self._instead()
        return yielded

    @cached_property
    def ended(self) -> bool:
        """Waits until the process has done all of its work; whether there was one, and it did not fail."""
        return bool(self._process) and os.waitpid(self._process, 0)[1] == 0


def _divided(work: Callable[[], Any], then: Callable[[], None]) -> tuple[int, int]:
    """What the other process is heard by, and the process; 0 where there is none."""
    read, write = os.pipe()
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        process = os.fork()
    except OSError:
        # No memory, or no further process allowed.
        os.close(read)
        os.close(write)
        return -1, 0
    if process == 0:
        # Whatever happens in here, only the other process goes on with the build.
        try:
            os.close(read)
            _work(work, then, write, parent)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(write)
    return read, process
