"""problems/<slug>/survivors.yml: planted errors that no valid input tells from the solution, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from miaotui.base.problem import Problem
from miaotui.base.yaml_nodes import composed
from miaotui.judging.mutants import Mutant

_KEYS = ("in", "line", "mutant", "why")
_FORM = "accepted: a list of {in: …, line: …, mutant: …} as mutate.py prints them, each with why: the reason"


@dataclass(frozen=True)
class Explained:
    """An error that may survive."""

    line: int
    """Of survivors.yml, where it begins."""
    inside: str
    was: str
    becomes: str
    why: str

    def about(self, other: Mutant | Explained) -> bool:
        """Whether it is of this error."""
        return _same_on_every_python(self) == _same_on_every_python(other)


def _same_on_every_python(one: Mutant | Explained) -> tuple[str, ...]:
    """What an error is known by: since 3.12 Python prints the same text in other quotation marks."""
    return tuple(text.replace('"', "'") for text in (one.inside, one.was, one.becomes))


def _entry(node: Node) -> Explained | None:
    """What a node says; None where it is not of the form."""
    pairs = node.value if isinstance(node, MappingNode) else []
    said = {str(key.value): str(value.value).strip() for key, value in pairs if isinstance(value, ScalarNode)}
    if len(pairs) != len(_KEYS) or tuple(said) != _KEYS or not all(said.values()):
        return None
    return Explained(int(node.start_mark.line) + 1, *said.values())


def parse(text: str, path: str) -> tuple[list[Explained], list[Problem]]:
    """What the file explains, and what is wrong with it."""
    node, faults = composed(text, path, _FORM.removeprefix("accepted: "))
    if faults:
        return [], faults
    if not isinstance(node, SequenceNode):
        return [], [Problem(path, 1, f"no list; {_FORM}")]
    explained: list[Explained] = []
    problems = []
    for item in node.value:
        if (entry := _entry(item)) is None:
            problems.append(Problem(path, int(item.start_mark.line) + 1, f"an entry of another form; {_FORM}"))
        elif any(entry.about(other) for other in explained):
            problems.append(Problem(path, entry.line, f"'{entry.becomes}' stands twice; accepted: once"))
        else:
            explained.append(entry)
    return explained, problems


def untrue(
    explained: Iterable[Explained], planted: Iterable[Mutant], alive: Iterable[Mutant], path: str
) -> list[Problem]:
    """The explanations of what is not planted, or does not survive."""
    planted, alive = list(planted), list(alive)
    problems = []
    for entry in explained:
        mine = [mutant for mutant in planted if entry.about(mutant)]
        caught = [mutant for mutant in mine if mutant not in alive]
        if not mine:
            said = (
                f"no planted error makes '{entry.becomes}' of '{entry.was}' in {entry.inside}; accepted: one that does"
            )
            problems.append(Problem(path, entry.line, said))
        elif caught:
            problems.append(Problem(path, entry.line, f"'{entry.becomes}' is caught; accepted: what survives"))
    return problems
