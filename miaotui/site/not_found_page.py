"""The 404 page names every question in every language: it answers for all of them, and is built once."""

from __future__ import annotations

from pathlib import Path

from miaotui.markup.front_matter import front_matter


def titles(folder: Path) -> list[tuple[int, str]]:
    """Number and short name, or title, of every question page in the folder, by number.

    A page without them is for a check to tell.
    """
    metas = (front_matter(path.read_text(encoding="utf-8")) for path in folder.glob("*.md"))
    return sorted(
        (meta["number"], f"{meta['number']}. {meta['name']}" if meta.get("name") else meta["title"])
        for meta in metas
        if {"number", "title"} <= meta.keys()
    )
