"""An extension that rewrites a page's HTML when Markdown is done with it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor


class Rewriting(Extension, ABC):  # type: ignore[misc]  # Python-Markdown has no types
    """Rewrites a page; of several, the one that was given to Markdown first comes first."""

    @abstractmethod
    def rewritten(self, html: str) -> str:
        """The HTML of a page, rewritten."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Comes after all of Markdown's own postprocessors, whose priorities are above 0."""
        before = sum(isinstance(step, _Step) for step in md.postprocessors)
        md.postprocessors.register(_Step(self), type(self).__name__, -1 - before)


class _Step(Postprocessor):  # type: ignore[misc]
    def __init__(self, extension: Rewriting) -> None:
        super().__init__()
        self._extension = extension

    def run(self, text: str) -> str:
        return self._extension.rewritten(text)
