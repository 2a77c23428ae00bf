"""Files as a zip: names sorted, dates fixed, so that one commit gives one set of bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Container, Iterable
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip."""


def zipped(files: Iterable[tuple[str, bytes]], stored: Container[str] = ()) -> bytes:
    """The zip of files, each with its name in it; those that are stored are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for name, data in files:
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            bundle.writestr(info, data)
    return out.getvalue()


NOT_FOUND = "404.html"
"""What a server answers where there is no page; of a folder nobody gets to see it."""


def packed(folder: Path, name: str) -> bytes:
    """The zip of a folder, which unpacks into one of that name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NOT_FOUND)
    return zipped((f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()) for path in paths)
