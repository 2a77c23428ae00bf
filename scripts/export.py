#!/usr/bin/env python3
"""Makes what readers take away, in dist/: the site as a zip that opens from file://, and for each language one HTML
file, a PDF and an Anki deck; then the site to be served, which offers them, and a manifest of all.

Exit 0: made. 1: not made, dist/ is as it was. 130: interrupted, dist/ is as it was.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from miaotui.base.paths import ROOT
from miaotui.edge.command import build, commit_day, commit_time, site_url, version
from miaotui.offline.deck import deck
from miaotui.offline.packed import packed
from miaotui.offline.printed import printed, ready
from miaotui.offline.single import Edition, one_file
from miaotui.offline.unfit import Unfit
from miaotui.site import manifest
from miaotui.site.manifest import File, Manifest

DIST = ROOT / "dist"
HALF = ".making-"
"""How the folder begins in which an edition is made, in dist/ itself: a finished file is moved, not copied."""
NOTES = "RELEASE.md"
SITE = "site"
LANGUAGES = {"zh": "", "en": "en/"}
"""The folder of each in the site."""


def _say(text: str) -> None:
    print(f"offline: {text}", flush=True)


def _write(folder: Path, name: str, kind: str, language: str, make: Callable[[], bytes]) -> File:
    """Makes one file of the edition, and says so."""
    began = time.monotonic()
    data = make()
    (folder / name).write_bytes(data)
    _say(f"{name}: {manifest.size(len(data))} ({time.monotonic() - began:.0f} s)")
    return manifest.entry(name, kind, language, data)


def products(site: Path, folder: Path, edition: Edition) -> Iterator[File]:
    """Makes an edition's files in a folder, from the site as built for file://."""
    yield _write(folder, "miaotui-site.zip", "site", "", partial(packed, site, f"miaotui-{edition.version}"))
    for lang, below in LANGUAGES.items():
        html = one_file(site, below, edition)
        cards = partial(deck, site, below, made=commit_time(), address=edition.site)
        yield _write(folder, f"miaotui-{lang}.html", "html", lang, html.encode)
        yield _write(folder, f"miaotui-{lang}.pdf", "pdf", lang, partial(printed, html, edition.date))
        yield _write(folder, f"miaotui-{lang}.apkg", "anki", lang, cards)


def _build(folder: Path, *, for_file: bool, downloads: Path | None = None) -> None:
    if build(folder, for_file=for_file, downloads=downloads):
        raise Unfit("the site could not be built; what is wrong with it stands above")


def make(folder: Path, edition: Edition) -> Manifest:
    """Makes all of an edition in an empty folder."""
    ready()
    _say("building the site for file:// …")
    site = folder / "for-file"
    _build(site, for_file=True)
    made = Manifest(edition.version, edition.date, tuple(products(site, folder, edition)))
    shutil.rmtree(site)
    (folder / manifest.NAME).write_text(made.json(), encoding="utf-8")
    (folder / NOTES).write_text(manifest.notes(made), encoding="utf-8")
    _say("building the site to be served, with the downloads …")
    _build(folder / SITE, for_file=False, downloads=folder)
    return made


def place(made: Path, dist: Path) -> None:
    """Puts an edition where the last one was; what else is in dist/ stays."""
    before = manifest.read(dist)
    for name in [file.name for file in before.files] if before else []:
        (dist / name).unlink(missing_ok=True)
    shutil.rmtree(dist / SITE, ignore_errors=True)
    for path in sorted(made.iterdir()):
        path.replace(dist / path.name)


@contextmanager
def _half_made(dist: Path) -> Iterator[Path]:
    """A folder to make an edition in, gone when it is left; what a killed run left goes too."""
    dist.mkdir(exist_ok=True)
    for left in dist.glob(f"{HALF}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=HALF, dir=dist) as folder:
        yield Path(folder)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    signal.signal(signal.SIGTERM, _stop)
    edition = Edition(version(), commit_day(), site_url())
    try:
        with _half_made(DIST) as folder:
            made = make(folder, edition)
            place(folder, DIST)
    except Unfit as unfit:
        print(f"offline: {unfit}; dist/ is as it was", file=sys.stderr)
        return 1
    except OSError as error:
        where = os.path.relpath(error.filename, ROOT) if error.filename else "dist"
        print(f"offline: {where} cannot be written ({error.strerror}); dist/ is as it was", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("offline: interrupted; dist/ is as it was", file=sys.stderr)
        return 130
    total = sum(file.bytes for file in made.files)
    _say(
        f"dist/ has {len(made.files)} files, {manifest.size(total)}, and site/ to be served; {manifest.NAME} lists them"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
