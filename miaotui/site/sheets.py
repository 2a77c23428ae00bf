"""What a scoring sheet needs of its question, a small script each: assets/js/sheet.js loads those that are chosen.

A question's page is ten times as large, and a page opened from file:// may not fetch it; a script it may load.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import escape

FOLDER = "sheets/"
"""In the folder of a language."""
_PART = re.compile(r'<h2 id="(?P<id>[\w-]+)"[^>]*>.*?(?=<h2\b|\Z)', re.DOTALL)
_LINKS = re.compile(
    r'<a class="headerlink".*?</a>|</?(?:a|button)\b[^>]*>|(?<=<span) id="[^"]*"|(?<=<li) id="[^"]*"', re.DOTALL
)
"""What leads somewhere: on paper nothing does."""
WANTED = ("levels", "pitfalls", "follow-ups")


def part(html: str, name: str) -> str:
    """The part of a question's page with that id, without what leads somewhere; empty where there is none."""
    return next((_LINKS.sub("", one[0]).strip() for one in _PART.finditer(html) if one["id"] == name), "")


def parts(html: str) -> str:
    """The parts of a question's page that a sheet shows; of one that has no rubric yet its 60-second answer too."""
    found = {name: part(html, name) for name in ("short", *WANTED)}
    return "".join(found[name] for name in WANTED) if found["levels"] else "".join(found.values())


def script(number: int, wording: str, html: str) -> str:
    """The file of a question: how it is asked, then its parts."""
    told = f'<p class="question__wording">{escape(wording)}</p>{html}'
    return f"window.miaotuiSheets[{number}] = {json.dumps(told, ensure_ascii=False)}\n"


def files(folder: str, sheets: dict[int, str]) -> Iterator[tuple[str, str]]:
    """The files of a language by their places; `sheets` has the text of each by its question."""
    for number, text in sheets.items():
        yield f"{folder}{FOLDER}{number}.js", text
