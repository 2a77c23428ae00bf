"""Runs one answer in this process, and tells what comes of it, a line of JSON each, on the standard output.

    child.py PROBLEMS SLUG ANSWER MEMORY

Events: {"printed": text}, {"wrong": what is wrong with the text itself}, {"result": of a case}, {"done": true}.
Started by verdict.py alone: it limits the memory of the process it runs in.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

import harness

MOST_PRINTED = 20_000
"""Characters of the answer's own output; as many as the page shows."""


def tell(out: int, event: dict[str, Any]) -> None:
    """Writes one event."""
    data = json.dumps(event).encode() + b"\n"
    while data:
        data = data[os.write(out, data) :]


class Printed(io.TextIOBase):
    """The answer's standard output, told as it comes, and cut."""

    def __init__(self, out: int) -> None:
        self._out = out
        self._left = MOST_PRINTED

    def write(self, text: str) -> int:
        """Tells the text, as far as there is room."""
        if self._left > 0 and text:
            tell(self._out, {"printed": text[: self._left], "cut": len(text) > self._left})
        self._left -= len(text)
        return len(text)


def main(problems: str, slug: str, answer: str, memory: str) -> None:
    """Judges the answer."""
    text = Path(answer).read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "tests"}
    source = Path(problems, slug, "tests.py").read_text(encoding="utf-8")
    exec(compile(source, "tests.py", "exec"), names)
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout = sys.stderr = Printed(out)
    limit = int(memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    tell(out, {"cases": len(names["CASES"])})
    found, wrong = harness.read(text)
    if wrong:
        tell(out, {"wrong": wrong})
    else:
        harness.run(found, names["CASES"], lambda result: tell(out, {"result": result}))
    tell(out, {"done": True})
    # A thread that the answer left behind does not keep the judge.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
