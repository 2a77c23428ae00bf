"""`make serve` as a writer meets it: a copy of the repository is served, its files are edited, a page listens."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.bench_loop import EDITS, Edit, copied, free_port, get, serving, shown, versions

WORD = "zqzqzq"


@dataclass(frozen=True)
class Served:
    """A copy of the repository, and the server of it."""

    root: Path
    port: int
    process: subprocess.Popen[str]

    def edited(self, place: str, old: str, new: str) -> Iterator[int]:
        """Edits a file of the copy; the versions that a page hears of from then on."""
        heard = versions(self.port)
        next(heard)
        file = self.root / place
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return heard


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(copy: Path) -> Iterator[Served]:
    port = free_port()
    with serving(copy, port) as process:
        yield Served(copy, port, process)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: str(edit.kind))
def test_an_edit_shows_in_the_open_page(edit: Edit, server: Served) -> None:
    original = (server.root / edit.file).read_text(encoding="utf-8")
    assert edit.old in original
    assert WORD not in get(edit.page, server.port)[1]
    shown(server.root, edit, original, WORD, server.port)
    (server.root / edit.file).write_text(original, encoding="utf-8")
    end = time.monotonic() + 60
    while WORD in get(edit.page, server.port)[1] and time.monotonic() < end:
        time.sleep(0.1)
    assert WORD not in get(edit.page, server.port)[1]


def test_a_mistake_is_told_with_its_place_while_the_last_good_page_stays(server: Served) -> None:
    page = "en/q/13/"
    assert get(page, server.port)[0] == 200
    file = server.root / "docs/en/q/13.md"
    line = file.read_text(encoding="utf-8").count("\n") + 2
    heard = server.edited("docs/en/q/13.md", "", "")
    with file.open("a", encoding="utf-8") as end:
        end.write("\n$\\frac{a$\n")
    next(heard)
    status, html = get(page, server.port)
    assert status == 200
    assert f"docs/en/q/13.md:{line}: KaTeX parse error" in html
    assert "</article>" in html
    next(server.edited("docs/en/q/13.md", "\n$\\frac{a$\n", ""))
    assert "live-faults" not in get(page, server.port)[1]


def test_a_page_that_is_not_there_says_so(server: Served) -> None:
    assert get("nowhere/", server.port)[0] == 404


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_nothing_is_left_running(how: signal.Signals, copy: Path) -> None:
    port = free_port()
    with serving(copy, port) as process:
        heard = versions(port)
        next(heard)  # a page that listens does not keep the server
        os.killpg(process.pid, how)
        assert process.wait(60) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        assert process.stderr
        assert process.stderr.read() == ""
