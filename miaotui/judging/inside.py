"""Judges one answer inside what is its own: a process of the command line (child.py), a worker of the page.

Both run this very text, so that both say the same. It needs the standard library alone, and is loaded by its text.
"""

from __future__ import annotations

import builtins
import io
import json
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

MOST_PRINTED = 20_000
"""Characters of the answer's own output."""
IMPORTS = (
    *("__future__", "abc", "array", "bisect", "builtins", "cmath", "collections", "contextlib", "copy", "dataclasses"),
    *("datetime", "decimal", "enum", "fractions", "functools", "graphlib", "hashlib", "heapq", "inspect", "io"),
    *("itertools", "json", "math", "numbers", "operator", "os", "pprint", "queue", "random", "re", "statistics"),
    *("string", "struct", "sys", "textwrap", "time", "traceback", "types", "typing", "unicodedata", "warnings"),
    *("weakref", "zlib"),
)
"""What an answer may import: the page's Python has these, and the command line gives no others."""
Tell = Callable[[dict[str, Any]], None]


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


def no_input(*_: object) -> str:
    """What stands for input()."""
    raise EOFError("there is no input here")


def importing(original: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
    """__import__ that knows, for an answer, what it may import and nothing else; modules import what they need."""

    def import_allowed(name: str, names: Mapping[str, object] | None = None, *rest: Any, **more: Any) -> ModuleType:
        if names is not None and names.get("__name__", "answer") == "answer":
            top = name.partition(".")[0]
            if top and top not in IMPORTS:
                raise ModuleNotFoundError(f"No module named {top!r}", name=top)
        return original(name, names, *rest, **more)

    return import_allowed


class Sources(NamedTuple):
    """The texts of the harness, of the problem's tests and of the answer; the folder that the answer may not read."""

    harness: str
    tests: str
    answer: str
    folder: str


def judge(
    tell: Tell, guard: ModuleType, sources: Sources, most: int | None = None, phase: Callable[[str], object] = str
) -> None:
    """Judges the answer by so many of the cases at most; what tell() raises ends it.

    phase() is called with what begins: parsing, compiling, running.
    """

    def private(name: str, text: str, **modules: ModuleType) -> Any:
        return guard.private(name, compile(text, f"{name}.py", "exec"), modules)

    harness = private("harness", sources.harness)
    tests = private("tests", sources.tests, harness=harness)
    run, told, text = harness.run, harness.told, sources.answer
    tell({"cases": len(tests.CASES)})
    phase("parsing")
    reaching = guard.reaches(text)
    phase("compiling")
    code, wrong = harness.compiled(text)
    phase("running")
    if reaching is not None:
        tell({"wrong": {**told(reaching, "answer.py"), "line": reaching.line}})
        return
    builtins.input = no_input
    builtins.__import__ = importing(builtins.__import__)
    watch = guard.Guard([harness, tests], sources.folder)
    watch.on()
    answer, wrong = (None, wrong) if code is None else harness.executed(code)
    if wrong:
        tell({"wrong": wrong})
        return
    results = run(answer, tests.CASES[:most], lambda result: tell({"result": result}))
    if watch.caught and not any(result.get("kind") == "tampering" for result in results):
        # The answer hid the refusal from the case.
        tell({"wrong": told(guard.Tampering(watch.caught[0]), "answer.py")})


def teller(write: Callable[[str], object], token: str = "") -> Tell:
    """What tells an event as JSON, with the token where there is one."""
    dumps = json.dumps

    def tell(event: dict[str, Any]) -> None:
        write(dumps({**event, "token": token} if token else event))

    return tell
