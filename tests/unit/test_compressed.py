"""The compressed forms of a site's files."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import brotli
import pytest

from miaotui.site import compressed
from scripts import compress

TEXT = b"<p>word</p>\n" * 200


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_both_forms_are_the_file(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(TEXT)
    assert compressed.write(tmp_path)[:2] == (1, len(TEXT))
    assert gzip.decompress((tmp_path / "index.html.gz").read_bytes()) == TEXT
    assert brotli.decompress((tmp_path / "index.html.br").read_bytes()) == TEXT


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(TEXT)
    compressed.write(tmp_path)
    before = tree(tmp_path)
    compressed.write(tmp_path)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.png", TEXT), ("short.html", b"<p>"), ("noise.js", random.Random(1).randbytes(1000))],
    ids=["a picture", "within a packet", "no smaller"],
)
def test_what_gains_nothing_has_no_forms(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    compressed.write(tmp_path)
    assert set(tree(tmp_path)) == {name}


def test_forms_go_with_their_file_and_others_stay(tmp_path: Path) -> None:
    for name in ("gone.js.br", "gone.js.gz", "book.epub.gz"):
        (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "index.html").write_bytes(TEXT)
    compressed.write(tmp_path)
    (tmp_path / "index.html").write_bytes(b"<p>")
    compressed.write(tmp_path)
    assert set(tree(tmp_path)) == {"book.epub.gz", "index.html"}


def test_a_folder_without_a_site_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compress.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: holds no index.html; accepted: the folder of a built site\n"
