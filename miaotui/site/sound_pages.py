"""Ends a build with a sentence where its pages cannot be built: bad metadata, a language alone, a build in part."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import shown
from miaotui.checks import metadata


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Refuses --dirty: the search, the glossary and the lists of a page are made from all pages."""
    if dirty:
        raise PluginError(f"mkdocs {command} --dirty builds in part; accepted: without --dirty")


def on_config(config: MkDocsConfig, **_: Any) -> None:
    """Tells everything wrong with the metadata of the pages before the first is built."""
    docs = Path(config.docs_dir)
    missing = [docs / language.code for language in LANGUAGES if not (docs / language.code).is_dir()]
    problems = [Problem(shown(folder), 1, "is missing; accepted: the pages in both languages") for folder in missing]
    if problems or (problems := sorted(metadata.problems(docs))):
        raise PluginError("\n".join(map(str, problems)))
