"""Work beside this process: done by another one where there is one to spare, here where there is none, or it fails."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from miaotui.base import beside
from miaotui.base.beside import PROCESSES, Beside
from miaotui.base.paths import ROOT


@pytest.fixture(autouse=True)
def spared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else runs here, and on however many cores: a second process can be had."""
    monkeypatch.setattr(beside, "is_spared", lambda: sys.platform == "linux")


def _fails() -> int:
    if os.getpid() != MINE:
        raise ValueError("only there")
    return MINE


def _ends() -> int:
    return os.getpid() if os.getpid() == MINE else os._exit(0)


MINE = os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one process")
def test_another_process_works_while_this_one_goes_on(tmp_path: Path) -> None:
    go = tmp_path / "go"

    def work() -> tuple[int, str]:
        while not go.exists():
            time.sleep(0.01)
        return os.getpid(), "显存" * 100_000

    found = Beside(work)
    # It would wait for ever, were it done here.
    go.touch()
    process, text = found.result
    assert process != MINE
    assert text == "显存" * 100_000
    assert found.result == (process, text)


@pytest.mark.parametrize("work", [_fails, _ends])
def test_what_the_other_process_does_not_yield_is_worked_out_here(work: Callable[[], int]) -> None:
    assert Beside(work).result == MINE


def test_what_takes_its_place_is_done_where_it_fails() -> None:
    assert Beside(_fails, lambda: 7).result == 7


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one process")
def test_the_other_process_goes_on_once_it_has_yielded(tmp_path: Path) -> None:
    go, done = tmp_path / "go", tmp_path / "done"

    def then() -> None:
        while not go.exists():
            time.sleep(0.01)
        done.touch()

    found = Beside(os.getpid, then=then)
    # It would wait for ever, were it heard only at the end.
    assert found.result != MINE
    go.touch()
    assert found.ended
    assert done.exists()


def test_what_has_yielded_may_still_fail() -> None:
    found = Beside(lambda: 7, then=lambda: os._exit(1))
    assert found.result == 7
    assert not found.ended


def test_where_no_process_can_be_had_this_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError("no further process")

    monkeypatch.setattr(os, "fork", refused)
    assert Beside(os.getpid).result == MINE


def test_the_other_process_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("miaotui.test")
    logger.addHandler(logging.StreamHandler(sys.stderr))

    def loud() -> int:
        os.write(1, b"loud")
        os.write(2, b"loud")
        logger.error("loud")
        return 3

    assert Beside(loud, lambda: 0).result == (3 if sys.platform == "linux" else 0)
    logger.handlers.clear()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("case", ["told", "one core", "a thread", "another system"])
def test_one_process_is_all_where_it_has_to_be(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.delenv(PROCESSES, raising=False)
    monkeypatch.setattr(sys, "platform", "darwin" if case == "another system" else "linux")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0} if case == "one core" else {0, 1}, raising=False)
    monkeypatch.setattr(threading, "active_count", lambda: 2 if case == "a thread" else 1)
    if case == "told":
        monkeypatch.setenv(PROCESSES, "1")
    assert not beside.is_spared()


LASTING = """
import os, signal, time
# As a terminal starts a build: a shell that starts the tests in the background has them ignore the interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
from miaotui.base import beside
beside.is_spared = lambda: True
made = beside.Beside(lambda: time.sleep(600))
print(made._process, flush=True)
time.sleep(600)
"""


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one process")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_a_build_ends_nothing_is_left_running(ending: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LASTING], cwd=ROOT, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as build:
        assert build.stdout
        other = int(build.stdout.readline())
        assert _lives(other)
        build.send_signal(ending)
        build.wait(60)
    end = time.monotonic() + 60
    while _lives(other):
        assert time.monotonic() < end
        time.sleep(0.02)
