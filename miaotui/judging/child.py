"""Runs one answer in this process, and tells what comes of it, a line of JSON each, on the standard output.

    child.py PROBLEMS SLUG ANSWER MEMORY all|first

Events: {"printed": text}, {"wrong": what is wrong with the text itself}, {"result": of a case}, {"done": true}. Each
bears the token that came on the standard input, which the answer does not know: a line without it was not told here.
Started by verdict.py alone: it limits the memory of the process it runs in.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

MOST_PRINTED = 20_000
"""Characters of the answer's own output; as many as the page shows."""
Tell = Callable[[dict[str, Any]], None]


class Enough(BaseException):
    """A case has failed, and no more was asked for."""


def teller(out: int, token: str) -> Tell:
    """What writes an event."""
    write, dumps = os.write, json.dumps

    def tell(event: dict[str, Any]) -> None:
        # On a line of its own, also where the answer has begun one.
        data = b"\n" + dumps({**event, "token": token}).encode() + b"\n"
        while data:
            data = data[write(out, data) :]

    return tell


def printed(tell: Tell) -> io.TextIOBase:
    """The answer's standard output, told as it comes, and cut."""
    left = MOST_PRINTED

    class Printed(io.TextIOBase):
        def write(self, text: str) -> int:
            nonlocal left
            if left > 0 and text:
                tell({"printed": text[:left], "cut": len(text) > left})
            left -= len(text)
            return len(text)

    return Printed()


def loaded(path: Path) -> ModuleType:
    """The module in that file, by its path alone: nothing is on the path of this process."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judge(tell: Tell, guard: ModuleType, folder: Path, slug: str, text: str) -> None:
    """Judges the answer in the text; what tell() raises ends it."""

    def private(path: Path, **modules: ModuleType) -> Any:
        return guard.private(path.stem, compile(path.read_text(encoding="utf-8"), path.name, "exec"), modules)

    harness = private(folder / "harness.py")
    tests = private(folder / slug / "tests.py", harness=harness)
    run, told = harness.run, harness.told
    tell({"cases": len(tests.CASES)})
    if (reaching := guard.reaches(text)) is not None:
        tell({"wrong": {**told(reaching, "answer.py"), "line": reaching.line}})
        return
    watch = guard.Guard([harness, tests], str(folder))
    watch.on()
    found, wrong = harness.read(text)
    if wrong:
        tell({"wrong": wrong})
        return
    results = run(found, tests.CASES, lambda result: tell({"result": result}))
    if watch.caught and not any(result.get("kind") == "tampering" for result in results):
        # The answer hid the refusal from the case.
        tell({"wrong": told(guard.Tampering(watch.caught[0]), "answer.py")})


def main(problems: str, slug: str, answer: str, memory: str, end: str) -> None:
    """Judges the answer in the file."""
    token = sys.stdin.readline().strip()
    text = Path(answer).read_text(encoding="utf-8")
    guard = loaded(Path(__file__).with_name("guard.py"))
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    tell = teller(out, token)
    sys.stdout = sys.stderr = printed(tell)
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
        judge(tell if end == "all" else tell_first, guard, Path(problems), slug, text)
    tell({"done": True})
    # A thread that the answer left behind does not keep the judge.
    leave(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
