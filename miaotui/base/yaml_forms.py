"""Reads a YAML file into a form, every key with its line, or says everything that does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown


class Strict(BaseModel):
    """A form that takes no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _places(node: yaml.Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    """The line of every key and item of a YAML document."""
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _places(value, (*path, str(key.value)))
            yield (*path, str(key.value)), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _places(value, (*path, str(at)))


def _composed(text: str) -> yaml.Node | None:
    """The document, read by libyaml where it is there, ten times as fast; what is wrong is said in PyYAML's words."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def line_of(lines: Mapping[tuple[str, ...], int], *path: str) -> int:
    """The line of a key, or of the nearest one around it."""
    for end in range(len(path), -1, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


_Form = TypeVar("_Form", bound=BaseModel)


def form(
    path: Path, shape: type[_Form], what: str = "a file of formulas/"
) -> tuple[_Form | None, dict[tuple[str, ...], int], list[Problem]]:
    """The file as the shape has it, the lines of its keys, and everything that does not fit."""
    text, faults = read(path, what)
    if text is None:
        return None, {}, faults
    try:
        node = _composed(text)
        found = yaml.SafeLoader("").construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = " ".join(str(getattr(error, "problem", error)).split())
        return None, {}, [Problem(shown(path), mark.line + 1 if mark else 1, f"no YAML: {told}; accepted: YAML")]
    lines = dict(_places(node)) if node else {}
    try:
        return shape.model_validate(found), lines, []
    except ValidationError as error:
        problems = []
        for fault in error.errors():
            place = tuple(map(str, fault["loc"]))
            told = f"'{'.'.join(place)}' is {str(fault['input'])[:60]!r}; accepted: {fault['msg']}"
            problems.append(Problem(shown(path), line_of(lines, *place), told))
        return None, lines, problems
