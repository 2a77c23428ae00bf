"""The metadata of a page, between two lines of ---: its form by the kind of page, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from miaotui.base.problem import Problem
from miaotui.base.yaml_forms import Strict, fitted
from miaotui.base.yaml_nodes import values

_BLOCK = re.compile(r"\A---\n(?P<yaml>.*?)^---(?:\n|\Z)", re.DOTALL | re.MULTILINE)

Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Number = Annotated[int, Field(ge=1, le=999_999_999)]
Minutes = Annotated[int, Field(ge=1, le=600)]


class Search(Strict):
    """How the search ranks a page, as Material's search plugin takes it."""

    model_config = ConfigDict(strict=True)
    boost: Annotated[float, Field(gt=0)] = 1.0
    exclude: bool = False


class Meta(Strict):
    """What any page may say of itself."""

    # A page that says "3" or true where a number is asked for is wrong, not nearly right.
    model_config = ConfigDict(strict=True)
    title: Text | None = None
    description: Text | None = None
    hide: list[Literal["navigation", "toc", "path", "footer"]] = Field(default_factory=list)
    template: Text | None = None
    search: Search | None = None
    unlinked: list[Text] = Field(default_factory=list)
    """Terms that mean something else on this page."""


class _Reviewed(Meta):
    title: Text
    level: Literal[1, 2, 3]
    minutes: Minutes
    reviewed: Month
    related: list[Number]


class QuestionMeta(_Reviewed):
    """A question's page."""

    number: Number
    name: Text
    asked: Annotated[int, Field(ge=0)] = 0
    written: bool
    keywords: list[Text]
    telling: Annotated[str, StringConstraints(max_length=30)] | None = None
    """The words of the short answer that its picture draws large, where a rule takes others; empty for none."""


class ProblemMeta(_Reviewed):
    """A coding problem's page."""

    problem: Text
    topic: Text


class ListingMeta(_Reviewed):
    """A page of reference code."""

    listing: Text
    topic: Text


class CalculatorMeta(Meta):
    """A calculator's page."""

    calculator: Text


_KINDS: dict[str, type[Meta]] = {
    "q": QuestionMeta,
    "problems": ProblemMeta,
    "listings": ListingMeta,
    "calc": CalculatorMeta,
}


def kind(name: str) -> type[Meta]:
    """The form of a page by its place in the folder of its language: q/12.md."""
    folder, _, file = name.rpartition("/")
    return Meta if file == "index.md" else _KINDS.get(folder, Meta)


@lru_cache(maxsize=1024)
def _known(yaml: str) -> tuple[Any, dict[tuple[str, ...], int], bool]:
    """The metadata, the lines of their keys, and whether anything hinders reading them: several steps ask for them."""
    meta, lines, problems = values(yaml, "", "metadata")
    return meta, lines, bool(problems)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [*map(_copied, value)] if isinstance(value, list) else value


def _values(yaml: str, path: str) -> tuple[Any, dict[tuple[str, ...], int], list[Problem]]:
    """The metadata as they stand, for whoever may change them; with what hinders reading them."""
    meta, lines, hindered = _known(yaml)
    return values(yaml, path, "metadata") if hindered else (_copied(meta), dict(lines), [])


def metadata(text: str, path: str = "") -> tuple[dict[str, Any], dict[tuple[str, ...], int], list[Problem]]:
    """The metadata of a page, the lines of its keys, and what hinders reading it; empty where it has none."""
    found = _BLOCK.match(text)
    if not found:
        unclosed = [Problem(path, 1, "--- that no --- closes; accepted: the metadata between two of them")]
        return {}, {}, unclosed if text.startswith("---\n") else []
    # The line of --- above it counts.
    meta, lines, problems = _values("\n" + found["yaml"], path)
    if meta is not None and not isinstance(meta, dict):
        problems.append(Problem(path, 2, "metadata that is no mapping; accepted: title: … and other keys"))
    return meta if isinstance(meta, dict) else {}, lines, problems


def front_matter(text: str) -> dict[str, Any]:
    """The metadata of a page, empty where it has none that can be read."""
    return metadata(text)[0]


@lru_cache(maxsize=1024)
def problems(path: str, text: str, shape: type[Meta]) -> tuple[Problem, ...]:
    """Where the metadata of a page cannot be read, or is not of its form."""
    meta, lines, faults = metadata(text, path)
    return tuple(faults or fitted(meta, shape, lines, path)[1])


def differences(metas: Mapping[str, Mapping[str, Any]], shared: Iterable[str]) -> Iterator[Problem]:
    """Where the pages of two languages, by their path, do not say the same; nothing where one is missing."""
    if len(metas) == 2:
        (first, mine), (second, theirs) = metas.items()
        for key in shared:
            if mine.get(key) != theirs.get(key):
                yield Problem(second, 1, f"'{key}' is not that of {first}; accepted: the same in both")
