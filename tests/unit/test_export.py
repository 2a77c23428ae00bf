"""`make offline`: what it leaves in dist/ when it is done, and when it is not."""

from __future__ import annotations

import json
import os
import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error as BrowserError

from miaotui.edge import variables
from miaotui.offline import printed as printing
from miaotui.offline.packed import packed
from miaotui.offline.single import Edition
from miaotui.offline.unfit import Unfit
from miaotui.site.manifest import File, Manifest, notes, read, size
from scripts import export

EDITION = Edition("v1", "2026-11-24", "https://miaotui.example/")
HTML = "<html><head></head><body><article><h1>标题</h1></article></body></html>"


def built(folder: Path, *, for_file: bool, downloads: Path | None = None) -> int:
    """Stands in for the site's build, which takes long and has tests of its own."""
    folder.mkdir()
    (folder / "index.html").write_text(f"{for_file} {bool(downloads)}", encoding="utf-8")
    return 0


def files(site: Path, folder: Path, edition: Edition) -> Iterator[File]:
    """Stands in for the products."""
    yield export._write(folder, "miaotui-zh.html", "html", "zh", f"{edition.version} {site.name}".encode)


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(export, "ROOT", tmp_path)
    monkeypatch.setattr(export, "DIST", tmp_path / "dist")
    monkeypatch.setattr(export, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(export, "build", built)
    monkeypatch.setattr(export, "products", files)
    return tmp_path / "dist"


def names(dist: Path) -> list[str]:
    return sorted(path.name for path in dist.iterdir())


def test_an_edition_takes_the_place_of_the_last(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dist.mkdir()
    (dist / "mine.txt").write_text("the reader's own", encoding="utf-8")
    old = Manifest("v0", "2026-11-01", (File("miaotui-old.pdf", "pdf", "zh", 1, ""),))
    (dist / "manifest.json").write_text(old.json(), encoding="utf-8")
    (dist / "miaotui-old.pdf").write_text("old", encoding="utf-8")
    (dist / "site").mkdir()
    (dist / "site/gone.html").write_text("old", encoding="utf-8")
    (dist / ".making-killed").mkdir()
    monkeypatch.setattr(export, "version", lambda: "v1")
    assert export.main() == 0
    assert names(dist) == ["RELEASE.md", "manifest.json", "miaotui-zh.html", "mine.txt", "site"]
    assert (dist / "miaotui-zh.html").read_text(encoding="utf-8") == "v1 for-file"
    assert [path.name for path in (dist / "site").iterdir()] == ["index.html"]
    assert (dist / "site/index.html").read_text(encoding="utf-8") == "False True"
    made = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    assert made["version"] == "v1"
    assert [(file["name"], file["bytes"]) for file in made["files"]] == [("miaotui-zh.html", 11)]


def disk_full(*_arguments: object, **_named: object) -> bytes:
    raise OSError(28, "No space left on device", f"{export.DIST}/miaotui-zh.html")


def interrupted(*_arguments: object, **_named: object) -> bytes:
    raise KeyboardInterrupt


def ended(*_arguments: object, **_named: object) -> bytes:
    os.kill(os.getpid(), signal.SIGTERM)
    return b"too late"


def unfit(*_arguments: object, **_named: object) -> bytes:
    raise Unfit("q/12.html has no heading")


FAULTS: dict[str, tuple[Callable[..., bytes], int, str]] = {
    "a full disk": (disk_full, 1, "offline: dist/miaotui-zh.html cannot be written (No space left on device)"),
    "Ctrl+C": (interrupted, 130, "offline: interrupted"),
    "a signal": (ended, 130, "offline: interrupted"),
    "a page": (unfit, 1, "offline: q/12.html has no heading"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_goes_wrong_is_told_and_leaves_the_last_edition(
    name: str, dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault, code, told = FAULTS[name]
    handler = signal.getsignal(signal.SIGTERM)
    assert export.main() == 0
    before = {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    capsys.readouterr()

    def broken(site: Path, folder: Path, edition: Edition) -> Iterator[File]:
        yield from files(site, folder, edition)
        yield export._write(folder, "miaotui-zh.pdf", "pdf", "zh", fault)

    monkeypatch.setattr(export, "products", broken)
    assert export.main() == code
    signal.signal(signal.SIGTERM, handler)
    assert capsys.readouterr().err == f"{told}; dist/ is as it was\n"
    assert {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()} == before
    assert not list(dist.glob(".making-*"))


@pytest.mark.parametrize("failing", range(1, 9))
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device", "dist/x"), KeyboardInterrupt()])
def test_an_edition_that_cannot_be_put_into_its_place_leaves_the_last_one(
    failing: int,
    fault: BaseException,
    dist: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(export, "version", lambda: "v1")
    assert export.main() == 0
    before = {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    capsys.readouterr()
    calls = iter(range(1, 100))
    real = Path.replace

    def replaced(path: Path, to: Path) -> Path:
        if next(calls) == failing:
            raise fault
        return real(path, to)

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(export, "version", lambda: "v2")
    assert export.main() in (1, 130)
    assert capsys.readouterr().err.endswith("; dist/ is as it was\n")
    assert {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()} == before


def test_of_two_at_once_the_second_leaves_the_first_alone(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = []

    def meanwhile(site: Path, folder: Path, edition: Edition) -> Iterator[File]:
        yield from files(site, folder, edition)
        monkeypatch.setattr(export, "products", files)
        second.append(export.main())
        assert (folder / "miaotui-zh.html").exists()

    monkeypatch.setattr(export, "products", meanwhile)
    assert export.main() == 0
    assert second == [1]
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if "NOT TO BE PUBLISHED" not in line] == [
        "offline: another make offline is at work; dist/ is as it was"
    ]
    assert "miaotui-zh.html" in names(dist)


def test_an_edition_without_addresses_says_so_at_its_end(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in variables.ADDRESSES:
        monkeypatch.delenv(name, raising=False)
    assert export.main() == 0
    assert capsys.readouterr().err.count("NOT TO BE PUBLISHED") == len(variables.ADDRESSES)
    for name in variables.ADDRESSES:
        monkeypatch.setenv(name, "https://bank.test/")
    assert export.main() == 0
    assert "NOT TO BE PUBLISHED" not in capsys.readouterr().err


def test_a_site_that_cannot_be_built_is_told(
    dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(export, "build", lambda *_arguments, **_named: 1)
    assert export.main() == 1
    told = "offline: the site could not be built; what is wrong with it stands above; dist/ is as it was\n"
    assert capsys.readouterr().err == told
    assert names(dist) == []


def test_no_browser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "find", lambda: None)
    with pytest.raises(Unfit, match="the PDF cannot be printed: no Chromium was found; install one: "):
        printing.printed(HTML, "2026-11-24")


def test_a_browser_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def started() -> None:
        raise BrowserError("Target crashed\nCall log: …")

    monkeypatch.setattr(printing, "started", started)
    with pytest.raises(Unfit, match=r"^the PDF cannot be printed: Target crashed$"):
        printing.printed(HTML, "2026-11-24")


def test_one_folder_gives_one_zip(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "q").mkdir(parents=True)
    for name in ("index.html", "q/1.html", "404.html"):
        (folder / name).write_text(name, encoding="utf-8")
    first = packed(folder, "miaotui-v1")
    (folder / "index.html").touch()
    assert packed(folder, "miaotui-v1") == first
    (tmp_path / "a.zip").write_bytes(first)
    with zipfile.ZipFile(tmp_path / "a.zip") as bundle:
        assert [(entry.filename, entry.date_time[0]) for entry in bundle.infolist()] == [
            ("miaotui-v1/index.html", 1980),
            ("miaotui-v1/q/1.html", 1980),
        ]


@pytest.mark.parametrize(("count", "told"), [(2_744_521, "2.74 MB"), (999_499, "999 kB"), (310, "0 kB")])
def test_a_size_is_told_in_thousands(count: int, told: str) -> None:
    assert size(count) == told


def test_release_notes_name_each_file() -> None:
    made = Manifest("v1", "2026-11-24", (File("miaotui-zh.pdf", "pdf", "zh", 3_720_003, "ab" * 32),))
    assert notes(made).splitlines()[0] == "v1（2026-11-24）"
    row = f"| miaotui-zh.pdf | PDF，中文 | PDF, Chinese | 3.72 MB | `{'ab' * 32}` |"
    assert notes(made).splitlines()[-1] == row


@pytest.mark.parametrize("text", ["", "[]", '{"version": "v1"}', '{"version": "v1", "date": "", "files": [{"x": 1}]}'])
def test_a_manifest_that_is_none_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert read(tmp_path) is None
