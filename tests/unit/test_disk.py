"""The split and the disk: what is in its way, what fails under it, what it writes, removes and leaves alone."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import split
from tests.banks import EN, TOPICS, ZH, make, snapshot

ARGUMENTS = ["--articles", "articles", "--docs", "docs"]
PAGES = [
    f"docs/{code}/{name}"
    for code in ("en", "zh")
    for name in ("articles/a.md", "corrections.md", "topics/first.md", "topics/second.md")
]
Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the split on the bank in the working folder: exit code, lines of standard error, standard output."""
    monkeypatch.chdir(make(tmp_path))

    def run(*more: str) -> tuple[int, list[str], str]:
        code = split.main([*ARGUMENTS, *more])
        out, err = capsys.readouterr()
        return code, err.splitlines(), out

    return run


def states(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below `root` with its bytes and its time of change."""
    return {name: (data, (root / name).stat().st_mtime_ns) for name, data in snapshot(root).items()}


def test_first_run_second_run(tmp_path: Path, run: Run) -> None:
    assert run() == (0, [], "1 article, 2 questions: 8 files written, 0 up to date, 0 removed\n")
    written = states(tmp_path)
    assert sorted(name for name in written if name.startswith("docs/")) == PAGES
    assert run() == (0, [], "1 article, 2 questions: 0 files written, 8 up to date, 0 removed\n")
    assert states(tmp_path) == written


def test_only_what_differs_is_written(tmp_path: Path, run: Run) -> None:
    run()
    before = states(tmp_path)
    make(tmp_path, {"articles/a/zh.md": ZH.replace("丁", "寅")})
    assert run() == (0, [], "1 article, 2 questions: 1 file written, 7 up to date, 0 removed\n")
    changed = {name for name, state in states(tmp_path).items() if before[name] != state}
    assert {name for name in changed if name.startswith("docs/")} == {"docs/zh/topics/second.md"}


def test_generated_pages_say_so_and_are_readable_by_all(tmp_path: Path, run: Run) -> None:
    run()
    for name in PAGES:
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("Generated: by scripts/split.py from articles/")
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o644


def test_check_names_each_page_that_differs(tmp_path: Path, run: Run) -> None:
    assert run("--check") == (1, [f"{name}: is missing; run make split" for name in sorted(PAGES, key=_shown)], "")
    assert not (tmp_path / "docs").exists()
    run()
    assert run("--check") == (0, [], "1 article, 2 questions: 0 files written, 8 up to date, 0 removed\n")
    (tmp_path / "docs/zh/topics/first.md").write_text("Generated: by scripts/split.py from x\n", encoding="utf-8")
    (tmp_path / "docs/zh/topics/old.md").write_text("Generated: by scripts/split.py from x\n", encoding="utf-8")
    (tmp_path / "docs/en/corrections.md").unlink()
    before = states(tmp_path)
    code, err, out = run("--check")
    assert (code, out) == (1, "")
    assert err == [
        "docs/zh/topics/first.md: differs; run make split",
        "docs/en/corrections.md: is missing; run make split",
        "docs/zh/topics/old.md: is no longer generated; run make split",
    ]
    assert states(tmp_path) == before


def _shown(name: str) -> tuple[bool, int, str]:
    """Chinese first; topics, articles, corrections."""
    kinds = ("topics", "articles", "corrections.md")
    return name.startswith("docs/en"), kinds.index(name.split("/")[2]), name


def test_a_page_of_a_gone_topic_goes_and_hand_written_ones_stay(tmp_path: Path, run: Run) -> None:
    run()
    mine = {"docs/zh/topics/mine.md": "# Mine\n", "docs/en/articles/mine.md": "# Mine\n", "docs/zh/q/1.md": "# 1\n"}
    make(tmp_path, {**mine, "articles/topics.yml": TOPICS.replace("slug: second", "slug: third")})
    assert run() == (0, [], "1 article, 2 questions: 2 files written, 6 up to date, 2 removed\n")
    assert sorted(path.name for path in (tmp_path / "docs/zh/topics").iterdir()) == ["first.md", "mine.md", "third.md"]
    assert {name: snapshot(tmp_path)[name].decode() for name in mine} == mine


BROKEN: dict[str, Callable[[pytest.MonkeyPatch, int], None]] = {}


def breaking(name: str) -> Callable[[Callable[[pytest.MonkeyPatch, int], None]], None]:
    def add(change: Callable[[pytest.MonkeyPatch, int], None]) -> None:
        BROKEN[name] = change

    return add


def failing_at(call: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """`real`, but that its call with this number fails."""
    calls = iter(range(1, 1000))

    def fails(*arguments: Any, **named: Any) -> Any:
        if next(calls) == call:
            raise OSError(28, "No space left on device")
        return real(*arguments, **named)

    return fails


@breaking("opening")
def _opening(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    monkeypatch.setattr(os, "fdopen", failing_at(call, os.fdopen))


@breaking("finishing")
def _finishing(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    monkeypatch.setattr(Path, "chmod", failing_at(call, Path.chmod))


@breaking("placing")
def _placing(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    monkeypatch.setattr(Path, "replace", failing_at(call, Path.replace))


@pytest.mark.parametrize(("step", "call"), list(itertools.product(BROKEN, (1, 2, 5))))
@pytest.mark.parametrize("fresh", [True, False])
def test_a_disk_that_fails_midway_is_told_and_nothing_is_left(  # noqa: PLR0913 - two of them are fixtures
    step: str, call: int, *, fresh: bool, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not fresh:
        run()
        changed = {"articles/a/zh.md": ZH.replace("一？", "壹？"), "articles/a/en.md": EN.replace("One?", "One!")}
        make(tmp_path, changed)
    before = snapshot(tmp_path)
    BROKEN[step](monkeypatch, call)
    code, err, out = run()
    assert (code, out) == (1, "")
    fault, count = err
    place, _, told = fault.partition(":1: ")
    assert place in PAGES
    assert told == "cannot be written (No space left on device); accepted: a writable folder"
    assert count == "refused: 1 problem, nothing written"
    assert snapshot(tmp_path) == before


def test_a_page_that_cannot_be_removed_leaves_all_as_it_was(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    make(tmp_path, {"articles/topics.yml": TOPICS.replace("slug: second", "slug: third")})
    before = snapshot(tmp_path)
    monkeypatch.setattr(Path, "unlink", failing_at(2, Path.unlink))
    code, err, _ = run()
    told = "docs/zh/topics/second.md:1: cannot be written (No space left on device); accepted: a writable folder"
    assert (code, err[0]) == (1, told)
    assert snapshot(tmp_path) == before


def refused(tmp_path: Path, run: Run, messages: list[str]) -> None:
    """The split tells these, counts them, and changes nothing."""
    before = states(tmp_path)
    code, err, out = run()
    count = f"refused: {len(messages)} problem{'' if len(messages) == 1 else 's'}, nothing written"
    assert (code, err, out) == (1, [*messages, count], "")
    assert states(tmp_path) == before


def test_what_a_killed_run_left_goes_and_what_another_is_making_stays(tmp_path: Path, run: Run) -> None:
    killed = subprocess.Popen(["/bin/sh", "-c", "exit"])
    killed.wait()
    left = {f"docs/{place}/.making-{killed.pid}-abc": "half a page" for place in ("zh/topics", "en/articles", "zh")}
    others = {f"docs/zh/topics/.making-{os.getpid()}-x": "", "docs/zh/topics/.making-mine": "", "docs/zh/.a.md": ""}
    make(tmp_path, {**left, **others})
    assert run()[0] == 0
    hidden = {name for name in snapshot(tmp_path) if name.startswith("docs/") and "/." in name}
    assert hidden == set(others)


@pytest.mark.parametrize("name", ["docs", "docs/zh", "docs/zh/topics", "docs/en/articles"])
def test_a_file_where_a_folder_should_be(name: str, tmp_path: Path, run: Run) -> None:
    make(tmp_path, {name: "x"})
    refused(tmp_path, run, [f"{name}:1: is a file; accepted: a folder for generated pages"])


def test_a_folder_where_a_page_should_be(tmp_path: Path, run: Run) -> None:
    (tmp_path / "docs/zh/topics/first.md").mkdir(parents=True)
    refused(tmp_path, run, ["docs/zh/topics/first.md:1: is a folder; accepted: a generated page"])


@pytest.mark.parametrize("name", ["docs/zh/corrections.md", "docs/en/topics/first.md", "docs/en/articles/a.md"])
@pytest.mark.parametrize("text", ["# Mine\n", "", "\nGenerated: by scripts/split.py from x\n", b"\xff\xfe"])
def test_a_hand_written_file_at_a_generated_place(name: str, text: str | bytes, tmp_path: Path, run: Run) -> None:
    make(tmp_path, {name: text})
    told = f"{name}:1: is hand-written, and the split would write here; accepted: another name for it"
    refused(tmp_path, run, [told])


def test_a_page_that_cannot_be_read(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    page = Path("docs/zh/topics/first.md")
    real = Path.open

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == page:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", opened)
    before = states(tmp_path)
    code, err, _ = run()
    assert (code, err[0]) == (1, f"{page}:1: cannot be read (Permission denied); accepted: a readable file")
    assert states(tmp_path) == before
