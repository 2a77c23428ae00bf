"""What an extension may ask of the page that is converted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class MarkdownPage:
    """A page on its way from Markdown to HTML."""

    source: str
    """Its place under docs/: zh/q/12.md."""
    text: str
    """Its file's whole text, in which faults have their lines."""
    docs: Path
    numbered: bool = False
    """Whether it is a question's page."""
    output_label: str = ""
    """What stands above a recorded output."""
    formulas: list[str] = field(default_factory=list)
    """Its formulas as HTML, in the order of their marks: the extension puts them here."""

    @property
    def language(self) -> str:
        """The folder of its language."""
        return self.source.partition("/")[0]
