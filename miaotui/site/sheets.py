"""What a scoring sheet needs of its question, a small script each: assets/js/sheet.js loads those that are chosen.

A question's page is ten times as large, and a page opened from file:// may not fetch it; a script it may load.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import escape

from miaotui.site import parts as page_parts

FOLDER = "sheets/"
"""In the folder of a language."""
_LINKS = re.compile(
    r'<a class="headerlink".*?</a>|</?(?:a|button)\b[^>]*>|(?<=<span) id="[^"]*"|(?<=<li) id="[^"]*"', re.DOTALL
)
"""What leads somewhere: on paper nothing does."""
WANTED = ("levels", "pitfalls", "follow-ups")


def unlinked(html: str) -> str:
    """The HTML without what leads somewhere."""
    return _LINKS.sub("", html).strip()


def parts(html: str) -> str:
    """The parts of a question's page that a sheet shows; of one that has no rubric yet its 60-second answer too."""
    found = {part.id: unlinked(part.html) for part in page_parts.parts(html)}
    wanted = WANTED if "levels" in found else ("short", *WANTED)
    return "".join(found.get(name, "") for name in wanted)


def script(number: int, wording: str, html: str) -> str:
    """The file of a question: how it is asked, then its parts."""
    told = f'<p class="question__wording">{escape(wording)}</p>{html}'
    return f"window.miaotuiSheets[{number}] = {json.dumps(told, ensure_ascii=False)}\n"


def files(folder: str, sheets: dict[int, str]) -> Iterator[tuple[str, str]]:
    """The files of a language by their places; `sheets` has the text of each by its question."""
    for number, text in sheets.items():
        yield f"{folder}{FOLDER}{number}.js", text
