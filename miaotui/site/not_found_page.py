"""Gives the 404 page every question in every language: it answers for all of them, and is built once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.meta import get_data


def titles(folder: Path) -> list[tuple[int, str]]:
    """Number and title of every question page in the folder, by number."""
    metas = (get_data(path.read_text(encoding="utf-8"))[1] for path in folder.glob("*.md"))
    return sorted((meta["number"], meta["title"]) for meta in metas)


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> None:
    """Hands the titles to the templates."""
    languages = config.plugins["i18n"].config.languages
    env.globals["questions"] = {
        language.locale: titles(Path(config.docs_dir, language.locale, "q")) for language in languages
    }


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keeps the 404 page that the default language made: each language builds one, in the same place."""
    i18n: Any = config.plugins["i18n"]
    return "" if template_name == "404.html" and not i18n.is_default_language_build else output_content
