"""What is wrong with an input, and where: a sentence for its author."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Characters that move the cursor, end a line or turn the direction of text."""
_MOST = 800
"""Letters of a message that are shown; what an author wrote may be a file's length."""


def visible(text: str) -> str:
    """The text with what would act on a screen, or is not seen there, by its number."""
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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
        # What an author wrote does not act on the screen of whoever reads the message.
        text = self.text if len(self.text) <= _MOST else f"{self.text[: _MOST // 2]} … {self.text[-_MOST // 2 :]}"
        return f"{visible(self.path)}:{self.line}: {visible(text)}"


class RefusedError(Exception):
    """The input is refused; `problems` says every reason, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
