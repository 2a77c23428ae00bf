"""Reads text files, and says what hinders it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from miaotui.base.problem import Problem, visible

_GENERATED = re.compile(r"(?:# |<!-- )?Generated: by scripts/split\.py from ")


def shown(path: Path) -> str:
    """The path as the reader would name it: relative where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def short(text: str, most: int = 60) -> str:
    """What was found, as a message shows it: on one line, without what acts on a screen, cut to `most` letters."""
    return visible(text if len(text) <= most else f"{text[: most - 1]}…")


def read(path: Path, what: str) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file, or what hinders reading it."""
    if path.is_dir():
        return None, [Problem(shown(path), 1, f"is a folder; accepted: {what}, a file")]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [Problem(shown(path), 1, f"is missing; accepted: {what}")]
    except OSError as error:
        return None, [Problem(shown(path), 1, f"cannot be read ({error.strerror}); accepted: {what}")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02x} is no UTF-8"
        return None, [Problem(shown(path), line, f"{found}; accepted: UTF-8 text")]


def is_generated(text: str) -> bool:
    """Whether a file's text says that scripts/split.py made it: a page, a YAML file or a figure."""
    return bool(_GENERATED.match(text))
