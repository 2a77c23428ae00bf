"""How a build tells what is wrong with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError

from miaotui.base.problem import RefusedError


@contextmanager
def told() -> Iterator[None]:
    """Hands refused input to MkDocs as what it tells in a sentence, not as a traceback."""
    try:
        yield
    except RefusedError as refused:
        raise PluginError(str(refused)) from refused
