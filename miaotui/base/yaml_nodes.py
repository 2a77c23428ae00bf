"""A YAML text as nodes, or as values with the lines of keys: every fault is a sentence, at once, whatever it says.

What would not end well is refused before it is built: nesting without end, and aliases that multiply what they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from miaotui.base.problem import Problem
from miaotui.base.texts import short

Path = tuple[str, ...]
DEEPEST = 20
"""How deep lists and mappings may stand in each other."""
MOST = 10_000
"""How many nodes all aliases of a text may stand for."""
_LONGEST = 100_000
"""In a text longer than this a fault is told in the words of the fast reader, since the slow one would take long."""
# libyaml reads ten times as fast as PyYAML, and has other words for what is wrong.
_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def line_of_node(node: Node) -> int:
    """The line where the node begins, counted from 1."""
    return int(node.start_mark.line) + 1


def _aliases(text: str) -> tuple[int, str] | None:
    """Line and fault of the first nesting too deep, or alias that is inside what an anchor names, or one too many."""
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    named = stood_for = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Fast)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            stood_for += sizes.get(str(anchor), 0)
            if named or stood_for > MOST:
                return line, f"an alias '*{short(str(anchor))}' of too much; accepted: a few aliases, none in another"
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append((anchor, count))
            named += anchor is not None
            if len(opened) > DEEPEST:
                return line, f"lists and mappings more than {DEEPEST} deep in each other; accepted: fewer"
        elif isinstance(event, yaml.CollectionEndEvent):
            begun, at = opened.pop()
            named -= begun is not None
            sizes[str(begun)] = count - at
    return None


def _said(text: str, error: yaml.YAMLError) -> tuple[int, str]:
    """Line and words of what is wrong with a text that is no YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = getattr(error, "position", 0)
    line = mark.line + 1 if mark else text.count("\n", 0, at) + 1
    words = " ".join(str(getattr(error, "problem", None) or getattr(error, "reason", error)).split())
    return min(line, text.count("\n") + 1), f"no YAML: {short(words)}"


def composed(text: str, path: str, accepted: str = "YAML") -> tuple[Node | None, list[Problem]]:
    """The text as nodes, and what is wrong with it: an empty text is None, without a problem."""
    try:
        if fault := _aliases(text):
            return None, [Problem(path, *fault)]
        return yaml.compose(text, Loader=_Fast), []
    except yaml.YAMLError as error:
        told = _said(text, error)
    if len(text) <= _LONGEST:
        try:
            yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            told = _said(text, error)
        except RecursionError:
            pass
    return None, [Problem(path, told[0], f"{told[1]}; accepted: {accepted}")]


def _key(node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else "?"


def places(node: Node, path: Path = ()) -> Iterator[tuple[Path, int]]:
    """The line of every key and item below the node."""
    yield path, line_of_node(node)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from places(value, (*path, _key(key)))
            yield (*path, _key(key)), line_of_node(key)
    elif isinstance(node, SequenceNode):
        for at, value in enumerate(node.value):
            yield from places(value, (*path, str(at)))


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    for child in node.value if isinstance(node, (MappingNode, SequenceNode)) else ():
        for one in child if isinstance(child, tuple) else (child,):
            yield from _scalars(one)


def doubled(node: Node) -> Iterator[tuple[int, str]]:
    """Line and fault of every key that stands twice in its mapping."""
    if isinstance(node, MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name = _key(key)
            if name in seen and isinstance(key, ScalarNode):
                told = f"the key '{short(name)}' stands twice, first at line {seen[name]}; accepted: once"
                yield line_of_node(key), told
            seen.setdefault(name, line_of_node(key))
            yield from doubled(value)
    elif isinstance(node, SequenceNode):
        for child in node.value:
            yield from doubled(child)


def _unbuilt(node: Node) -> Iterator[tuple[int, str]]:
    """Line and fault of every value that is none: a date without a day, a number that is no number."""
    for scalar in _scalars(node):
        try:
            yaml.SafeLoader("").construct_document(scalar)
        except (yaml.YAMLError, ValueError, TypeError, OverflowError):
            yield line_of_node(scalar), f"no YAML: '{short(scalar.value)}' is no {scalar.tag.rpartition(':')[2]}"


def values(text: str, path: str, accepted: str = "YAML") -> tuple[Any, dict[Path, int], list[Problem]]:
    """The text as lists, mappings and values, the lines of its keys, and everything wrong with it."""
    node, problems = composed(text, path, accepted)
    if node is None:
        return None, {}, problems
    lines = dict(places(node))
    if faults := [*doubled(node)]:
        return None, lines, [Problem(path, *fault) for fault in faults]
    try:
        return yaml.SafeLoader("").construct_document(node), lines, []
    except (yaml.YAMLError, ValueError, TypeError, OverflowError) as error:
        told = " ".join(str(getattr(error, "problem", error)).split())
        faults = [*_unbuilt(node)] or [(line_of_node(node), f"no YAML: {short(told)}")]
        return None, lines, [Problem(path, line, f"{fault}; accepted: {accepted}") for line, fault in faults]
