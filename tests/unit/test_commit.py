"""Which commit is built: asked of git, read from a tarball, or said not to be known."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from miaotui.edge import command
from miaotui.edge.commit import ARCHIVE, UNKNOWN, Commit, commit, fault

ROOT = Path(__file__).resolve().parents[2]
NAMED = ("-c", "user.name=a", "-c", "user.email=a@example.org")
TOLD = "$Format:%H %ct %(describe:tags=true,abbrev=9)$\n"
"""What a checkout has in the file that tells a tarball its commit: in a tarball these tests find it filled in."""
WHEN = {"GIT_COMMITTER_DATE": "1700000000 +0800", "GIT_AUTHOR_DATE": "1700000000 +0800"}


def asking(root: Path) -> None:
    """Lays down the file as a checkout has it."""
    (root / ARCHIVE).parent.mkdir(parents=True)
    (root / ARCHIVE).write_text(TOLD, encoding="utf-8")


def git(folder: Path, *command: str) -> bytes:
    asked = ["git", *NAMED, *command]
    return subprocess.run(asked, cwd=folder, env={**os.environ, **WHEN}, capture_output=True, check=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of what tells a tarball its commit."""
    root = tmp_path / "repository 仓库"
    asking(root)
    shutil.copy(ROOT / ".gitattributes", root)
    git(root, "init", "--quiet")
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "one")
    return root


def unpacked(repository: Path, folder: Path) -> Path:
    with tarfile.open(fileobj=io.BytesIO(git(repository, "archive", "HEAD"))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_the_bank_s_own_file_asks_for_its_commit_or_has_it() -> None:
    text = (ROOT / ARCHIVE).read_text(encoding="utf-8")
    assert text == TOLD or re.fullmatch(r"[0-9a-f]{40} \d+ \S*\n", text)


@pytest.mark.parametrize("tag", ["", "v1"])
@pytest.mark.parametrize("since", [0, 2])
def test_a_tarball_is_of_the_same_commit_as_the_checkout(
    tag: str, since: int, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tag:
        git(repository, "tag", tag)
    for number in range(since):
        git(repository, "commit", "--quiet", "--allow-empty", "-m", str(number))
    found = commit(repository)
    assert found.seconds == 1_700_000_000
    assert found.version.startswith(tag)
    assert not fault(found)
    # In somebody else's repository, and where there is no git.
    folder = unpacked(repository, repository / "unpacked")
    assert commit(folder) == found
    monkeypatch.setenv("PATH", str(tmp_path))
    commit.cache_clear()
    assert commit(folder) == found


def test_a_checkout_has_our_ends_of_lines_and_bytes_as_they_are(repository: Path) -> None:
    texts = {"a.py": b"a\n", "b.md": "甲\n".encode(), "c.sh": b"c\n", "d.yml": b"d: 1\n"}
    others = {f"e.{kind}": b"a\r\nb\n\r" for kind in ("png", "wasm", "woff2")}
    for name, data in {**texts, **others}.items():
        (repository / name).write_bytes(data)
    windows = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    git(repository, *windows, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "two")
    for name in {**texts, **others}:
        (repository / name).unlink()
    git(repository, *windows, "checkout", "--", ".")
    assert {name: (repository / name).read_bytes() for name in {**texts, **others}} == {**texts, **others}


def test_a_folder_in_a_repository_of_others_is_no_checkout(repository: Path) -> None:
    asking(repository / "copy")
    assert commit(repository / "copy").version == UNKNOWN


def test_another_owners_checkout_is_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = commit(repository)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(repository))
    refused = subprocess.run(["git", "log"], cwd=repository, capture_output=True, text=True, check=False)
    assert "dubious ownership" in refused.stderr
    commit.cache_clear()
    assert commit(repository) == found


def test_without_git_it_is_said_once(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = commit(repository)
    assert found == Commit(unknown="git is not installed")
    monkeypatch.setattr(command, "commit", lambda: found)
    for name in ("docs/index.md", "theme/main.html"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x\n", encoding="utf-8")
    text = "site_name: x\nsite_dir: !ENV MIAOTUI_SITE_DIR\ntheme: {name: null, custom_dir: theme}\nplugins: []\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert command.build(tmp_path / "site", for_file=False, root=tmp_path) == 0
    told = "the version is not known (git is not installed), so it is called dev and dated 1970-01-01"
    mend = "build a checkout with its history, or the tarball that `git archive` makes"
    assert capsys.readouterr().err == f"build: {told}; {mend}\n"


def test_what_git_says_is_passed_on(tmp_path: Path) -> None:
    asking(tmp_path)
    assert fault(commit(tmp_path)).startswith("the version is not known (git says: fatal: not a git repository")
