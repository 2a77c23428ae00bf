"""The edit loop, as a writer meets it: a copy of the repository is served, its files are edited, a page listens."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from miaotui.base.paths import ROOT

_COPIED = (
    *("articles", "docs", "examples", "formulas", "lab", "listings", "miaotui", "overrides", "problems", "scripts"),
    "vendor",
    *("words", "asked.yml", "assumptions.yml", "glossary.yml", "mkdocs.yml", "nav.yml", "points.yml"),
    *("phrases.yml", "references.yml", "requirements.txt", "Makefile", "LICENSE", "LICENSE-CONTENT"),
)
_PATIENCE = 120.0
"""Seconds after which an edit counts as never shown."""


@dataclass(frozen=True)
class Edit:
    """An edit of one kind of source, and where it shows."""

    kind: str
    file: str
    old: str
    """What is replaced; the file's end where it is empty."""
    new: str
    """What stands there then: {} is the edit's own word."""
    page: str

    def carry_out(self, root: Path, original: str, word: str) -> None:
        """Edits the file, once it was as it is in the repository."""
        new = self.new.format(word)
        text = original.replace(self.old, new, 1) if self.old else f"{original}{new}"
        (root / self.file).write_text(text, encoding="utf-8")


EDITS = (
    Edit("a page", "docs/en/q/12.md", "", "\n{}\n", "en/q/12/"),
    Edit(
        "an article",
        "articles/inference-speed/corrections.en.md",
        "speculative decoding, tensor",
        "{}, tensor",
        "en/corrections/",
    ),
    Edit("a word", "words/en.yml", "Report an error in this question", "Report {}", "en/q/12/"),
    Edit("a generated word", "words/en.yml", "as_received: As received", "as_received: {}", "en/topics/quantization/"),
    Edit("a formula's word", "formulas/words/en.yml", "results: Results", "results: {}", "en/calc/kv-cache/"),
    Edit("a formula", "formulas/models.yml", "name: Llama-2-7B", "name: {}", "en/calc/kv-cache/"),
    Edit("a problem", "problems/rope/starter.py", "", "# {}\n", "en/problems/rope/"),
    Edit("an example's output", "examples/int8_granularity.txt", "group of 64", "{}", "en/q/12/"),
    Edit("a reference", "references.yml", "GPTQ: Accurate", "GPTQ {}: Accurate", "en/references/"),
    Edit(
        "the glossary", "glossary.yml", "Running a trained model on an input", "Running {} on an input", "en/glossary/"
    ),
    Edit("a style", "overrides/assets/css/site/type.css", "", "/* {} */\n", "assets/css/miaotui.css"),
    Edit("a script", "overrides/assets/js/share.js", "", "/* {} */\n", "assets/js/miaotui.js"),
    Edit("a template", "overrides/partials/footer.html", "", "<!-- {} -->\n", "en/q/12/"),
    Edit("the builder", "miaotui/extensions/table_boxes.py", "__scrollwrap", "__scrollwrap {}", "en/q/12/"),
)


def copied(folder: Path) -> Path:
    """A copy of the repository's sources."""
    folder.mkdir(exist_ok=True)
    for name in _COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(root: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The server of a copy, ready to be asked, in a group of processes of its own."""
    command = [sys.executable, "-m", "scripts.serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=root, encoding="utf-8", start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        try:
            assert server.stdout
            assert "http://" in server.stdout.readline()
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(_PATIENCE)


def get(path: str, port: int) -> tuple[int, str]:
    """Status and text of what the server answers, once it does: it may be starting again."""
    end = time.monotonic() + _PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        finally:
            connection.close()


def versions(port: int) -> Iterator[int]:
    """Each version that an open page hears of, over restarts of the server; the first is the one it has."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            connection.request("GET", "/.live")
            answer = connection.getresponse()
            while line := answer.readline():
                if line.startswith(b"data: "):
                    yield int(line[6:])
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.02)


def shown(root: Path, edit: Edit, original: str, word: str, port: int) -> float:
    """Seconds from an edit until the page that listens has it. Raises TimeoutError where it never does."""
    heard = versions(port)
    next(heard)
    start = time.perf_counter()
    edit.carry_out(root, original, word)
    for _ in heard:
        if word in get(edit.page, port)[1]:
            return time.perf_counter() - start
    raise TimeoutError(f"{edit.kind}: an edit of {edit.file} never showed on /{edit.page}")


def bench_loop(root: Path, plain: float, runs: int = 5) -> None:
    """Prints how long an edit of each kind takes to show, as a share of a plain build, which took `plain` seconds."""
    port = free_port()
    with serving(root, port):
        for edit in EDITS:
            original = (root / edit.file).read_text(encoding="utf-8")
            get(edit.page, port)
            taken = [shown(root, edit, original, f"zq{at}zq", port) for at in range(runs)]
            middle = statistics.median(taken)
            print(
                f"edit loop: {edit.kind} shows after {middle / plain:.3f} × a plain build ({middle:.2f} s)", flush=True
            )
            (root / edit.file).write_text(original, encoding="utf-8")
            time.sleep(1.0)
