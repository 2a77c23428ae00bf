"""What is wrong with an input, and where: a sentence for its author."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of an input file."""

    path: str
    """The file as the reader would name it."""
    line: int
    """The line, counted from 1."""
    text: str
    """What was found; what is accepted."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class RefusedError(Exception):
    """The input is refused; `problems` says every reason, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
