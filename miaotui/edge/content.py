"""How a page becomes HTML: by the extensions of mkdocs.yml, and by ours, which are told of the page."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from miaotui.edge.build import Build, told
from miaotui.extensions import ours
from miaotui.extensions.page import MarkdownPage


def rendered_by(page: Page, config: MkDocsConfig, build: Build) -> None:
    """Makes MkDocs render a page with our extensions, and tell refused input as it tells its own errors."""
    theirs = page.render
    mine = MarkdownPage(
        source=page.file.src_uri,
        text=page.file.content_string,
        docs=Path(config.docs_dir),
        numbered=bool(page.meta.get("number")),
        output_label=config.extra["output"],
    )
    page.meta["formulas"] = mine.formulas

    def render(config: MkDocsConfig, files: Files) -> None:
        named = config["markdown_extensions"]
        config["markdown_extensions"] = [*named, *ours(mine)]
        try:
            with told():
                theirs(config, files)
        finally:
            config["markdown_extensions"] = named

    page.render = render  # type: ignore[method-assign]
