"""Puts our scripts into one file, so that a page asks for one: each does nothing where its element is absent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from miaotui.base.paths import THEME

FOLDER = "assets/js"
PARTS = (
    *("common", "search/page", "material", "faces"),
    *("language", "share", "progress", "self-test", "folds", "scroll", "path", "home"),
)
"""In the order they run: common.js has what the others use; the search's stands before Material's bundle, which starts
a worker; self-test.js makes folds."""
SOURCE = THEME / FOLDER


def on_files(files: Files, **_: object) -> None:
    """Keeps the parts themselves out of the site."""
    for part in PARTS:
        if file := files.get_file_from_path(f"{FOLDER}/{part}.js"):
            files.remove(file)


def joined(parts: Iterable[str]) -> str:
    """The parts as one script: they are written without semicolons, so each gets its last one here."""
    return "".join(f"{part.rstrip()};\n" for part in parts)


def on_post_build(config: MkDocsConfig) -> None:
    """Writes assets/js/miaotui.js."""
    target = Path(config.site_dir, FOLDER, "miaotui.js")
    target.parent.mkdir(parents=True, exist_ok=True)
    texts = (Path(SOURCE, f"{part}.js").read_text(encoding="utf-8") for part in PARTS)
    target.write_text(joined(texts), encoding="utf-8")
