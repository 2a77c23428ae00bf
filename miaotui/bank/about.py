"""article.yml: whose an article is. One without it was received: its words are quoted, and corrected where they err."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from miaotui.base.problem import Problem
from miaotui.base.yaml_forms import Strict, form


class About(Strict):
    """What is said of an article."""

    origin: Literal["received", "ours"] = "received"
    """An article of ours has our 60-second answers, which question pages quote as such, and no corrections."""
    zh: str = ""
    en: str = ""
    licence: str = ""

    def title(self, code: str) -> str:
        """Its title in a language, empty where it has none but its folder's name."""
        return self.zh if code == "zh" else self.en


def read(folder: Path) -> tuple[About, list[Problem]]:
    """What article.yml of the folder says, and what is wrong with it."""
    file = folder / "article.yml"
    if not file.exists():
        return About(), []
    found, _, problems = form(file, About, "what is said of the article")
    return found or About(), problems
