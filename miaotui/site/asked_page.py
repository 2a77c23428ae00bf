"""The page "Asked in interviews": each question with the part that answers it, and how often it was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from miaotui.bank.asked import Asked, Group
from miaotui.markup.escape import escape_text, escape_title
from miaotui.markup.front_matter import front_matter

MARK = "<!-- asked -->"


def names(folder: Path, groups: Sequence[Group]) -> dict[str, str]:
    """What each page that answers a question is called, by its place in the folder of a language."""
    places = {place.partition("#")[0] for group in groups for one in group.questions for place in one.answered}
    metas = {place: front_matter((folder / place).read_text(encoding="utf-8")) for place in sorted(places)}
    return {
        place: f"{meta['number']} {meta.get('name', '')}" if "number" in meta else str(meta.get("title", place))
        for place, meta in metas.items()
    }


def _answer(place: str, names: Mapping[str, str]) -> str:
    """A link to a part, called by its page."""
    name, _, _ = place.partition("#")
    return f"[{escape_title(names.get(name, name))}]({place})"


def _item(one: Asked, code: str, words: Mapping[str, Any], names: Mapping[str, str]) -> str:
    links = words["between"].join(_answer(place, names) for place in one.answered)
    mark = words["verdicts"].get(one.verdict, "")
    translated = words["translated"] if one.language != code else ""
    seen = words["seen"].format(sources=one.sources, reported=one.reported)
    facts = " · ".join(part for part in (links, mark, seen, translated) if part)
    return f"- {escape_text([one.said(code)])[0]}<br>{facts}"


def listing(groups: Sequence[Group], code: str, words: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The Markdown of the list; `names` has what each page is called, by its place under docs/<lang>/."""
    return "\n".join(_lines(groups, code, words, names))


def _lines(groups: Sequence[Group], code: str, words: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for group in groups:
        yield from (f"## {escape_text([group.title(code)])[0]} {{ #asked-{group.id} }}", "")
        # By how often it was seen: what is asked most stands first.
        for one in sorted(group.questions, key=lambda one: -one.sources):
            yield _item(one, code, words, names)
        yield ""
