"""Where the repository's folders are; the one place that knows where the package stands in it."""

from __future__ import annotations

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
CACHE = ROOT / ".cache"
