"""By which digests a page's HTML is kept: everything that it is made of goes into its key.

A page's HTML is made of its Markdown with what it quotes in place, its metadata, the figures it shows, what it takes of
the facts (formulas, glossary, words of the judge), where the pages stand that it may link to, and the builder itself.
What the templates make of it, and what changes with each commit, is made anew in every build.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from miaotui.base.paths import CACHE, FORMULAS, ROOT
from miaotui.base.store import digest, digest_of_files, is_on
from miaotui.site.glossary_terms import FOLDERS

_FIGURE = re.compile(r"figures/([\w-]+\.svg)")
_MADE_WITH = ("markdown", "pymdown-extensions", "pygments", "mkdocs-material")


def builder() -> str:
    """The builder's own version: its code, its settings and words, what it is made with."""
    ours = digest_of_files(ROOT, "miaotui/**/*", "mkdocs.yml", "words/*", "requirements.txt", "vendor/katex/*")
    calculator = digest_of_files(
        ROOT, "overrides/partials/calculator.html", "overrides/assets/js/*.js", "overrides/assets/js/calculator/*"
    )
    return digest(ours, calculator, sys.version, *map(version, _MADE_WITH))


def keep_compiled(env: Environment) -> None:
    """Keeps compiled templates, each under its text and the code that says how one is compiled."""
    if is_on():
        folder, how = CACHE / "templates", digest_of_files(ROOT, "miaotui/edge/*.py")[:16]
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder), f"{how}-%s.cache")


class Keys:
    """The keys of one language's pages in one build."""

    def __init__(self, config: MkDocsConfig, files: Files, builder: str) -> None:
        self.builder = builder
        self._docs = Path(config.docs_dir)
        settings = Path(config.config_file_path).read_bytes()
        places = "\n".join(sorted(f"{file.src_uri} {file.url}" for file in files))
        self._shared = digest(builder, settings, places, config.site_url or "", digest_of_files(FORMULAS, "words/*"))
        self._figure = cache(self._digest_of_figure)
        self._files = cache(digest_of_files)

    def _digest_of_figure(self, name: str) -> str:
        file = self._docs / "figures" / name
        return digest(file.read_bytes()) if file.is_file() else ""

    def content(self, page: Page, markdown: str, expanded: str, others: str = "") -> str:
        """The key of a page's HTML; `expanded` is its Markdown with what it quotes in place, `others` what is told
        of other pages.
        """
        source, facts = page.file.src_uri, self._facts(page, expanded)
        return digest(self._shared, source, _said(page), markdown, expanded, others, *facts)

    def _facts(self, page: Page, expanded: str) -> Iterator[str]:
        """What a page takes of files that its Markdown does not quote."""
        yield from map(self._figure, sorted(set(_FIGURE.findall(expanded))))
        if page.meta.get("calculator"):
            yield self._files(FORMULAS, "**/*")
        if page.file.src_uri.split("/")[1] in FOLDERS:
            yield self._files(ROOT, "glossary.yml")


def _said(page: Page) -> str:
    """The metadata of a page, without what a build has put there."""
    return repr(sorted((key, value) for key, value in page.meta.items() if key != "formulas"))
