"""words/<lang>.yml: every word of the interface, in one place for each language, of one schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from miaotui.base.paths import WORDS
from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import Strict, form


class Site(Strict):
    """What the site is called, and the scheme buttons: as the system, light, dark."""

    name: str
    description: str
    copyright: str
    language: str
    """The language's own name."""
    palette: tuple[str, str, str]


class Navigation(Strict):
    """The titles of the sections that are no topics."""

    home: str
    calculators: str
    problems: str
    listings: str
    lab: str


class Words(Strict):
    """The words of one language."""

    site: Site
    navigation: Navigation
    page: Mapping[str, Any]
    """The templates'; they read them as `config.extra`."""
    home: Mapping[str, Any]
    list: Mapping[str, Any]
    """The lists of questions, problems and calculators, and their filters."""
    sheet: Mapping[str, Any]
    """The interviewer's scoring sheets."""
    downloads: Mapping[str, Any]
    stays: Mapping[str, str]
    """What is said where a browser may keep the site, by the page and by the worker."""
    scripts: Mapping[str, str]
    """The scripts', which read them from the page's attributes and data."""
    seldom: Mapping[str, str]
    """What scripts say so seldom that no page carries it."""
    picture: Mapping[str, str]
    """Of the picture of a question, and the dialog that shows it."""
    not_found: Mapping[str, str]
    generated: Mapping[str, str]
    """What stands around the articles' words on generated pages."""
    offline: Mapping[str, Any]
    practice: Mapping[str, str]
    """What practice says, in its page and by its scripts."""
    hour: Mapping[str, str]
    mock: Mapping[str, str]
    asked: Mapping[str, Any]
    judge: Mapping[str, Any]


@cache
def words(code: str, folder: Path = WORDS) -> Words:
    """The words of a language.

    Raises RefusedError with everything that does not fit the schema.
    """
    said, _, problems = form(folder / f"{code}.yml", Words, "the words of the interface")
    if said is None:
        raise RefusedError(problems)
    return said
