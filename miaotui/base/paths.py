"""Where the repository's folders are; the one place that knows where the package stands in it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository's root."""
ARTICLES = ROOT / "articles"
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "examples"
FIGURES = DOCS / "figures"
FORMULAS = ROOT / "formulas"
PROBLEMS = ROOT / "problems"
THEME = ROOT / "overrides"
PALETTE = THEME / "assets/css/site/palette.css"
WORDS = ROOT / "words"
VENDOR = ROOT / "vendor"
CACHE = Path(os.environ.get("MIAOTUI_CACHE_FOLDER") or ROOT / ".cache")
"""What builds keep; another folder where one is to begin with nothing."""
