"""What a command prints is UTF-8, whatever letters the locale has: a Chinese title is no reason to fail."""

from __future__ import annotations

import io
import sys


def speak_utf8() -> None:
    """Makes both outputs of this process UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
