"""Keeps the judge out of an answer's reach: modules of its own, and a hook that refuses what an answer has no use for.

It needs the standard library alone, so that whatever runs answers can load it by its path. No fence holds against
everything; this one turns the known ways into a sentence, and none of them into a pass.
"""

from __future__ import annotations

import ast
import builtins
import math
import os
import sys
from collections.abc import Iterable, Mapping
from types import CodeType, FrameType, ModuleType
from typing import Any

_REACHING = {
    *("__globals__", "__closure__", "__code__", "__builtins__", "__subclasses__", "__import__"),
    *("f_back", "f_globals", "f_locals", "f_builtins", "tb_frame", "gi_frame", "cr_frame", "ag_frame"),
    *("_getframe", "_current_frames", "settrace", "setprofile"),
}
"""Names that lead from an answer's own objects to those of the judge."""
_REFUSED = (
    *("os.fork", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.kill", "subprocess.", "pty.spawn"),
    *("socket.", "ctypes.", "gc.", "sys.settrace", "sys.setprofile", "sys._current", "sys.addaudithook"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown"),
    *("os.truncate", "shutil.", "fcntl.", "resource.setrlimit", "signal.", "winreg.", "webbrowser."),
)
"""Audit events that no answer needs, by how they begin."""
_FRAMES = {"tb_frame", "gi_frame", "cr_frame", "ag_frame"}
_LIBRARY = os.path.dirname(os.__file__) + os.sep


class Tampering(BaseException):
    """The answer reaches for what is not its own; the message says what for."""

    line: int | None = None
    """The answer's own, where its text was read and not run."""


def reaches(text: str, file: str = "answer.py") -> Tampering | None:
    """The first name in the text that leads to the judge; None where there is none, or no Python."""
    try:
        tree = ast.parse(text, file)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value
        if name in _REACHING:
            found = Tampering(name)
            found.line = getattr(node, "lineno", None)
            return found
    return None


def copied(module: ModuleType) -> ModuleType:
    """A module with the same names, which stay as they are whatever becomes of the other's."""
    copy = ModuleType(module.__name__)
    copy.__dict__.update(vars(module))
    return copy


def private(name: str, code: CodeType, modules: Mapping[str, ModuleType]) -> ModuleType:
    """The code as a module that the answer cannot import, with builtins, math and `modules` that it cannot change."""
    own = {"math": copied(math), **modules}
    importing = builtins.__import__

    def import_own(wanted: str, *arguments: Any, **more: Any) -> ModuleType:
        return own[wanted] if wanted in own else importing(wanted, *arguments, **more)

    module = ModuleType(name)
    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": import_own}
    exec(code, module.__dict__)
    return module


def _opens(arguments: tuple[Any, ...], folder: str) -> str | None:
    """What is refused of opening a file: writing any, and reading the problems' or what the system tells."""
    path, mode, flags = (*arguments, None, None, None)[:3]
    if isinstance(path, int):
        return "open"
    where = os.path.realpath(os.fsdecode(path)) if path is not None else ""
    writes = any(letter in str(mode or "") for letter in "wax+") or bool((flags or 0) & (os.O_WRONLY | os.O_RDWR))
    if writes and where != os.devnull:
        return f"open {where}"
    return f"open {where}" if where.startswith((folder, "/proc/", "/dev/fd", "/dev/mem")) else None


class Guard:
    """Refuses, once it is on, what an answer has no use for; `caught` is what it refused, hidden or not."""

    def __init__(self, trusted: Iterable[ModuleType], folder: str) -> None:
        self.caught: list[str] = []
        self._trusted = [vars(module) for module in trusted]
        self._folder = os.path.realpath(folder) + os.sep
        self._busy = False
        self._frame = sys._getframe

    def on(self) -> None:
        """From now on; there is no way back."""
        sys.addaudithook(self._event)

    def _foreign(self, frame: FrameType | None) -> bool:
        """Whether the code is neither the judge's nor the library's, of which one module hands out frames."""
        if frame is None or any(frame.f_globals is names for names in self._trusted):
            return False
        file = frame.f_code.co_filename
        return not file.startswith((_LIBRARY, "<frozen ")) or os.path.basename(file) == "inspect.py"

    def _refused(self, event: str, arguments: tuple[Any, ...], frame: FrameType | None) -> str | None:
        if event == "open":
            return _opens(arguments, self._folder)
        if event == "sys._getframe":
            return event if self._foreign(frame) else None
        if event == "object.__getattr__":
            return str(arguments[1]) if arguments[1] in _FRAMES and self._foreign(frame) else None
        return event if event.startswith(_REFUSED) else None

    def _event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            said = self._refused(event, arguments, self._frame(1))
        finally:
            self._busy = False
        if said is not None:
            self.caught.append(said)
            raise Tampering(said)
