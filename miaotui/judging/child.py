"""Runs one answer in this process, and tells what comes of it, a line of JSON each, on the standard output.

    child.py PROBLEMS SLUG ANSWER MEMORY all|first

Events: {"cases": how many}, {"printed": text}, {"wrong": what is wrong with the text itself}, {"result": of a case},
{"done": true}. Each bears the token that came on the standard input, which the answer does not know: a line without it
was not told here. Started by verdict.py alone: it limits the memory of the process it runs in.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any


class Enough(BaseException):
    """A case has failed, and no more was asked for."""


def writer(out: int) -> Callable[[str], None]:
    """What writes a line."""
    write = os.write

    def write_line(text: str) -> None:
        # On a line of its own, also where the answer has begun one.
        data = b"\n" + text.encode() + b"\n"
        while data:
            data = data[write(out, data) :]

    return write_line


def loaded(path: Path) -> ModuleType:
    """The module in that file, by its path alone: nothing is on the path of this process."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(problems: str, slug: str, answer: str, memory: str, end: str) -> None:
    """Judges the answer in the file."""
    token = sys.stdin.readline().strip()
    files = (Path(problems, "harness.py"), Path(problems, slug, "tests.py"), Path(answer))
    texts = [path.read_text(encoding="utf-8") for path in files]
    guard, inside = (loaded(Path(__file__).with_name(f"{name}.py")) for name in ("guard", "inside"))
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    tell = inside.teller(writer(out), token)
    sys.stdout = sys.stderr = inside.printed(tell)
    # What is left here would lead the answer to what tells.
    del sys.modules["__main__"], sys.argv[1:]
    limit = int(memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    leave = os._exit

    def tell_first(event: dict[str, Any]) -> None:
        tell(event)
        if not event.get("result", {}).get("ok", True):
            raise Enough

    with suppress(Enough):
        inside.judge(tell if end == "all" else tell_first, guard, inside.Sources(*texts, problems))
    tell({"done": True})
    # A thread that the answer left behind does not keep the judge.
    leave(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
