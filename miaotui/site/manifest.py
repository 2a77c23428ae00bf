"""What an edition consists of: its version and date, and each file with its size and checksum."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from miaotui.base.words import words

NAME = "manifest.json"


@dataclass(frozen=True)
class File:
    """A file of an edition."""

    name: str
    kind: str
    language: str
    """Empty where it has both."""
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """An edition."""

    version: str
    date: str
    files: tuple[File, ...]

    def json(self) -> str:
        """As it stands in manifest.json."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def entry(name: str, kind: str, language: str, data: bytes) -> File:
    """What the manifest says of a file."""
    return File(name, kind, language, len(data), hashlib.sha256(data).hexdigest())


def read(path: Path) -> Manifest | None:
    """The manifest of a folder, None where there is none that can be read."""
    try:
        found = json.loads((path / NAME).read_text(encoding="utf-8"))
        return Manifest(found["version"], found["date"], tuple(File(**file) for file in found["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def size(count: int) -> str:
    """A size as readers are told it: 2.75 MB, 310 kB; MB is 1e6 bytes."""
    return f"{count / 1e6:.2f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def notes(manifest: Manifest) -> str:
    """The release notes, in both languages."""
    head = ("| 文件 File | | | 大小 Size | SHA-256 |", "| --- | --- | --- | ---: | --- |")
    both = [(words("zh").offline, "，"), (words("en").offline, ", ")]
    lines = [f"{manifest.version}（{manifest.date}）", "", *head]
    for file in manifest.files:
        zh, en = (f"{said['kinds'][file.kind]}{comma}{said['languages'][file.language]}" for said, comma in both)
        lines.append(f"| {file.name} | {zh} | {en} | {size(file.bytes)} | `{file.sha256}` |")
    return "\n".join(lines) + "\n"
