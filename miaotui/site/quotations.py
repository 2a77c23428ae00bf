"""What a page quotes of other files, put in its place: each file is read once, however many pages quote it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown


def _reader(docs: Path) -> Any:
    """The reader of pymdownx.snippets, as mkdocs.yml has it."""
    places = [str(docs), *(str(docs.parent / name) for name in ("examples", "lab/records")), str(docs.parent)]
    options = {"base_path": places, "check_paths": True, "restrict_base_path": True}
    reader = Markdown(extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": options})
    return reader.preprocessors["snippet"]


class Quotations:
    """The files that pages quote, as they were when the first page asked: for one build, or one page."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self._reader = _reader(docs)
        self._marked: dict[int, dict[str, int]] = {}
        self._extract = self._reader.extract_section
        # Half of the pages quote the list of works, which is long.
        self._reader.read_lines = cache(self._reader.read_lines)
        self._reader.extract_section = self._section

    def _section(self, name: str, lines: list[str]) -> list[str]:
        """The section of a file, looked for where it is first named."""
        # The lines of a file are one list as long as this lives, so that its id tells which file it is.
        if id(lines) not in self._marked:
            self._marked[id(lines)] = self._marks(lines)
        found: list[str] = self._extract(name, lines[self._marked[id(lines)].get(name, 0) :])
        return found

    def _marks(self, lines: list[str]) -> dict[str, int]:
        """The line that names each section first."""
        marks: dict[str, int] = {}
        for at, line in enumerate(lines):
            if "8<-" in line and (found := self._reader.match_section(line)):
                marks.setdefault(found["name"], at)
        return marks

    def included(self, text: str) -> str:
        """The text with what it quotes from other files in place, as the built page has it."""
        return "\n".join(self._reader.run(text.split("\n")))


def included(text: str, docs: Path) -> str:
    """The text with what it quotes in place, of the files as they are now."""
    return Quotations(docs).included(text)
