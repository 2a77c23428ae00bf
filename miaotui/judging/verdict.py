"""Judges an answer: starts a process for it, ends it in time, and gathers what it told."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from miaotui.base.paths import PROBLEMS

CHILD = Path(__file__).with_name("child.py")
SECONDS = 10.0
MEMORY = 512 * 1024 * 1024
Result = dict[str, Any]
"""What harness.run() says of a case, and what the answer printed meanwhile."""


@dataclass
class Verdict:
    """What came of an answer."""

    cases: int = 0
    """How many there are; some may not have been run."""
    results: list[Result] = field(default_factory=list)
    wrong: Result | None = None
    """What is wrong with the answer as a whole: it cannot be read, does not end, or breaks off."""
    printed: str = ""
    """What was printed outside of a case."""

    @property
    def passed(self) -> bool:
        """Whether every case was run and is right."""
        return not self.wrong and len(self.results) == self.cases and all(result["ok"] for result in self.results)

    @property
    def fails(self) -> str:
        """The function of the first case that fails; empty where none does."""
        return next((str(result["case"]) for result in self.results if not result["ok"]), "")


def gathered(events: Iterable[dict[str, Any]], otherwise: Result) -> Verdict:
    """The verdict that the events tell; `otherwise` is what is wrong where they break off."""
    verdict, printed, done = Verdict(), "", False
    for event in events:
        verdict.cases = event.get("cases", verdict.cases)
        printed += event.get("printed", "")
        if "result" in event:
            verdict.results.append({**event["result"], "printed": printed})
            printed = ""
        if "wrong" in event:
            verdict.wrong = event["wrong"]
        done = done or "done" in event
    verdict.printed = printed
    if not done:
        verdict.wrong = otherwise
    return verdict


def _events(text: str, token: str) -> list[dict[str, Any]]:
    """What the whole lines with the token tell: the last may have been cut short, others the answer's own."""
    events = []
    for line in text.split("\n")[:-1]:
        with suppress(ValueError, RecursionError):
            event = json.loads(line)
            if isinstance(event, dict) and event.get("token") == token:
                events.append(event)
    return events


def judge(
    slug: str, answer: Path, folder: Path = PROBLEMS, seconds: float = SECONDS, *, to_the_end: bool = True
) -> Verdict:
    """Runs the answer against the problem's cases, in a process of its own that ends after so many seconds.

    Where it is not to go to the end, the first case that fails is the last to be run.
    """
    end = "all" if to_the_end else "first"
    command = [sys.executable, "-I", "-S", str(CHILD), str(folder), slug, str(answer), str(MEMORY), end]
    token = secrets.token_hex()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=told, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.communicate(f"{token}\n".encode(), seconds)
            kind = "crash"
        except subprocess.TimeoutExpired:
            kind = "time"
        finally:
            # What the answer itself started ends with it.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        told.seek(0)
        events = _events(told.read().decode(errors="replace"), token)
    return gathered(events, {"kind": kind, "error": "", "message": "", "line": None})


def judge_text(
    slug: str, text: str, folder: Path = PROBLEMS, seconds: float = SECONDS, *, to_the_end: bool = True
) -> Verdict:
    """As judge(), for an answer that is no file."""
    with tempfile.TemporaryDirectory() as place:
        answer = Path(place, "answer.py")
        answer.write_text(text, encoding="utf-8")
        return judge(slug, answer, folder, seconds, to_the_end=to_the_end)
