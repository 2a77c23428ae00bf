"""How readers put what a page answers, in everyday words: phrases.yml, which the search reads beside the pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import RootModel

from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import form

FILE = ROOT / "phrases.yml"


class _Phrases(RootModel[dict[str, dict[str, tuple[str, ...]]]]):
    """For each page, by language, its phrases."""


@cache
def read() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The phrases of each page by its place under docs/<lang>/, and by language."""
    found, _, problems = form(FILE, _Phrases, "what the search knows of pages")
    if found is None:
        raise RefusedError(problems)
    return found.root


def of(place: str, code: str) -> tuple[str, ...]:
    """The phrases of a page in a language."""
    return read().get(place, {}).get(code, ())
