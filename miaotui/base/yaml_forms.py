"""Reads a YAML file into a form, every key with its line, or says everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from miaotui.base.problem import Problem
from miaotui.base.texts import read, short, shown
from miaotui.base.yaml_nodes import values


class Strict(BaseModel):
    """A form that takes no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def line_of(lines: Mapping[tuple[str, ...], int], *path: str) -> int:
    """The line of a key, or of the nearest one around it."""
    for end in range(len(path), -1, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _unfit(error: ValidationError) -> Iterator[tuple[tuple[str, ...], str]]:
    """Place and fault of everything that does not fit a form."""
    for fault in error.errors(include_url=False, include_context=False):
        place = tuple(map(str, fault["loc"]))
        told = f"'{short('.'.join(place))}' is {str(fault['input'])[:60]!r}; accepted: {fault['msg']}"
        yield place, told


_Form = TypeVar("_Form", bound=BaseModel)


def fitted(
    found: Any, shape: type[_Form], lines: Mapping[tuple[str, ...], int], path: str
) -> tuple[_Form | None, list[Problem]]:
    """What was read as the shape has it, and everything that does not fit."""
    try:
        return shape.model_validate(found), []
    except ValidationError as error:
        return None, [Problem(path, line_of(lines, *place), told) for place, told in _unfit(error)]


@lru_cache(maxsize=64)
def _read(text: str, path: str, shape: type[_Form]) -> tuple[_Form | None, dict[tuple[str, ...], int], list[Problem]]:
    """A text as the shape has it, as `form` has it: a build asks for the glossary several times."""
    found, lines, faults = values(text, path)
    if faults:
        return None, lines, faults
    fit, problems = fitted(found, shape, lines, path)
    return fit, lines, problems


def form(
    path: Path, shape: type[_Form], what: str = "a file of formulas/"
) -> tuple[_Form | None, dict[tuple[str, ...], int], list[Problem]]:
    """The file as the shape has it, the lines of its keys, and everything that does not fit."""
    text, faults = read(path, what)
    if text is None:
        return None, {}, faults
    fit, lines, problems = _read(text.removeprefix("\ufeff"), shown(path), shape)
    return fit, dict(lines), [*problems]
