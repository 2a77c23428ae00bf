"""The real Markdown pipeline of mkdocs.yml, and what a reader would get of a page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import yaml

ROOT = Path(__file__).resolve().parents[1]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose !ENV values matter to MkDocs only."""


_Loader.add_constructor("!ENV", lambda _loader, _node: "")


def configuration(path: Path) -> dict[str, Any]:
    """What mkdocs.yml says, its !ENV values left empty."""
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))


def _configured() -> dict[str, dict[str, Any]]:
    listed = configuration(ROOT / "mkdocs.yml")["markdown_extensions"]
    return {
        name: dict(options or {})
        for entry in listed
        for name, options in ([(entry, {})] if isinstance(entry, str) else entry.items())
    }


EXTENSIONS = _configured()


def html_of(docs: Path, text: str) -> str:
    """The page's body, its leading metadata left out as MkDocs does."""
    if text.startswith("Generated: "):
        text = text.partition("\n\n")[2]
    options = {**EXTENSIONS, "pymdownx.snippets": {**EXTENSIONS["pymdownx.snippets"], "base_path": [str(docs)]}}
    return str(markdown.Markdown(extensions=list(options), extension_configs=options).convert(text))


class Page(HTMLParser):
    """The tags, attributes and visible text of a page, as a browser would take them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.code: list[str] = []
        """The text of each code block and span."""
        self._depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "code":
            self._depth += 1
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._depth:
            self.code[-1] += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", {"comment": data}))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("!", {"declaration": decl}))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("?", {"instruction": data}))
