#!/usr/bin/env python3
"""Makes what readers take away, in dist/: the site as a zip that opens from file://, and for each language one HTML
file, a PDF, a second PDF of the scoring sheets, an EPUB and an Anki deck; then the site to be served, which offers
them, and a manifest of all.

With --dates it makes nothing of that, and brings note_dates.yml up to date, which is committed before a release: an
Anki note is as old as what it says. With --check too it says whether that is to be done.

Exit 0: made. 1: not made, dist/ is as it was; or with --check, note_dates.yml differs. 130: interrupted, dist/ is as it
was.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from miaotui.base.console import speak_utf8
from miaotui.base.locks import BusyError, alone
from miaotui.base.paths import CACHE, ROOT
from miaotui.base.problem import RefusedError
from miaotui.edge import variables
from miaotui.edge.command import build, commit_day, commit_time, site_url, version
from miaotui.offline import note_dates
from miaotui.offline.deck import dates, deck
from miaotui.offline.epub import epub
from miaotui.offline.packed import packed
from miaotui.offline.printed import printed, ready
from miaotui.offline.printed_sheets import printed_sheets
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


def products(site: Path, folder: Path, edition: Edition, books: Container[str] = tuple(LANGUAGES)) -> Iterator[File]:
    """Makes an edition's files in a folder, from the site as built for file://; books and decks in those languages."""
    yield _write(folder, "miaotui-site.zip", "site", "", partial(packed, site, f"miaotui-{edition.version}"))
    for lang, below in LANGUAGES.items():
        html = one_file(site, below, edition)
        cards = partial(deck, site, below, made=commit_time(), address=edition.site)
        yield _write(folder, f"miaotui-{lang}.html", "html", lang, html.encode)
        if lang not in books:
            continue
        yield _write(folder, f"miaotui-{lang}.pdf", "pdf", lang, partial(printed, html, edition.date))
        sheets = partial(printed_sheets, html, lang, edition)
        yield _write(folder, f"miaotui-sheets-{lang}.pdf", "sheets", lang, sheets)
        yield _write(folder, f"miaotui-{lang}.epub", "epub", lang, partial(epub, site, below, edition))
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
    """Puts an edition where the last one was; what else is in dist/ stays.

    The last one is moved aside and comes back where anything fails: dist/ is as it was, or all of it is new.
    """
    before = manifest.read(dist)
    aside = made / ".before"
    new = sorted(made.iterdir())
    aside.mkdir()
    names = {SITE, *(path.name for path in new), *(file.name for file in (before.files if before else ()))}
    moves = [(dist / name, aside / name) for name in sorted(names) if (dist / name).exists()]
    moved: list[tuple[Path, Path]] = []
    try:
        for here, there in [*moves, *((path, dist / path.name) for path in new)]:
            here.replace(there)
            moved.append((here, there))
    except BaseException:
        for here, there in reversed(moved):
            there.replace(here)
        raise


@contextmanager
def _half_made(dist: Path) -> Iterator[Path]:
    """A folder to make an edition in, gone when it is left; what a killed run left goes too."""
    dist.mkdir(exist_ok=True)
    with alone(CACHE / "offline.lock"):
        for left in dist.glob(f"{HALF}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=HALF, dir=dist, ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _dates(edition: Edition, *, check: bool) -> int:
    """Brings the dates of the decks' notes up to date."""
    with tempfile.TemporaryDirectory() as name:
        site = Path(name, "site")
        _build(site, for_file=True)
        made = partial(dates, site, made=commit_time(), address=edition.site)
        now = note_dates.text_of({lang: made(below) for lang, below in LANGUAGES.items()})
    before = note_dates.FILE.read_text(encoding="utf-8")
    if now == before:
        _say(f"{note_dates.FILE.name} is up to date")
        return 0
    count = len(set(now.splitlines()) - set(before.splitlines()))
    if check:
        _say(f"{note_dates.FILE.name}: {count} notes say something new; run scripts/export.py --dates and commit it")
        return 1
    note_dates.FILE.write_text(now, encoding="utf-8")
    _say(f"{note_dates.FILE.name}: {count} notes say something new")
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="export.py", description="Makes what readers take away, in dist/.")
    parser.add_argument("--dates", action="store_true", help="bring note_dates.yml up to date instead")
    parser.add_argument("--check", action="store_true", help="with --dates: write nothing; exit 1 where it differs")
    return parser.parse_args(argv)


def main(argv: Sequence[str] = ()) -> int:
    asked = _arguments(argv)
    signal.signal(signal.SIGTERM, _stop)
    try:
        unset = variables.unset(os.environ)
        edition = Edition(version(), commit_day(), site_url())
        if asked.dates:
            return _dates(edition, check=asked.check)
        with _half_made(DIST) as folder:
            made = make(folder, edition)
            place(folder, DIST)
    except (Unfit, RefusedError) as unfit:
        print(f"offline: {unfit}; dist/ is as it was", file=sys.stderr)
        return 1
    except BusyError:
        print("offline: another make offline is at work; dist/ is as it was", file=sys.stderr)
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
    # Last, where it is read; and whoever only tries the edition needs no address.
    print(
        *(f"offline: NOT TO BE PUBLISHED: {told}" for told in unset),
        sep="\n",
        end="\n" if unset else "",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main(sys.argv[1:]))
