"""The metadata of every hand-written page, held against the form of its kind; and how the files are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import is_generated, read, shown
from miaotui.markup import front_matter


def _pages(docs: Path) -> Iterator[tuple[Path, str]]:
    """Every page with its place in the folder of its language."""
    for language in LANGUAGES:
        root = docs / language.code
        yield from ((path, path.relative_to(root).as_posix()) for path in sorted(root.rglob("*.md")))


def problems(docs: Path) -> Iterator[Problem]:
    """Everything wrong with the metadata of the pages."""
    for path, name in _pages(docs):
        text, faults = read(path, "a page")
        yield from faults
        if text is not None and not is_generated(text):
            yield from front_matter.problems(shown(path), text, front_matter.kind(name))


def refuse(docs: Path) -> None:
    """Raises RefusedError where the site cannot be built from the pages: bad metadata, or a language alone."""
    missing = [docs / language.code for language in LANGUAGES if not (docs / language.code).is_dir()]
    found = [Problem(shown(folder), 1, "is missing; accepted: the pages in both languages") for folder in missing]
    if problems_ := found or [*problems(docs)]:
        raise RefusedError(problems_)


def texts_as_kept(articles: Path, docs: Path) -> Iterator[Problem]:
    """Pages and corrections with a byte order mark or CRLF, each once: every other check would tell its lines wrong."""
    for path in (*(path for path, _ in _pages(docs)), *sorted(articles.glob("*/corrections.*.md"))):
        begins = path.read_bytes() if path.is_file() else b""
        if begins.startswith(b"\xef\xbb\xbf") or b"\r" in begins:
            found = "a byte order mark" if begins.startswith(b"\xef\xbb\xbf") else "a line end of CR"
            yield Problem(shown(path), 1, f"{found}; accepted: UTF-8 text whose lines end with LF alone")
