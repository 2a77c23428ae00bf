#!/usr/bin/env python3
"""Draws the figures that show computed values: docs/figures/*.svg, from scripts/drawing/.

Exit 0: written, or up to date. 1: with --check, some differ. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bank.figures import style
from bank.load import shown
from drawing import fusion_gain, kv_heads, memory, outlier, request, roofline, sparsity
from drawing.svg import MARK, document

ROOT = Path(__file__).resolve().parent.parent
CSS = ROOT / "overrides/assets/css/site/palette.css"
FIGURES = ROOT / "docs/figures"
DRAWN = {
    "fusion-gain": fusion_gain,
    "kv-heads": kv_heads,
    "memory-budget": memory,
    "outlier-scale": outlier,
    "request-timeline": request,
    "roofline": roofline,
    "sparse-storage": sparsity,
}


def drawn() -> dict[str, str]:
    """The text of each figure by its file's name."""
    palette = style(CSS.read_text(encoding="utf-8"))
    return {
        f"{name}.svg": document(module.draw(), f"scripts/{module.__name__.replace('.', '/')}.py", palette)
        for name, module in DRAWN.items()
    }


def stale(folder: Path) -> list[Path]:
    """Figures drawn before that nothing draws any more."""
    files = [file for file in sorted(folder.glob("*.svg")) if file.stem not in DRAWN]
    return [file for file in files if file.read_bytes().startswith(MARK.encode())]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="draw.py", description="Draws the figures that show computed values.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a figure differs")
    check = parser.parse_args(argv).check
    figures = {FIGURES / name: text.encode("utf-8") for name, text in drawn().items()}
    differ = [file for file, data in figures.items() if not file.is_file() or file.read_bytes() != data]
    gone = stale(FIGURES)
    if check and (differ or gone):
        told = [f"{shown(file)}: {'differs' if file.exists() else 'is missing'}; run make figures" for file in differ]
        told += [f"{shown(file)}: is no longer drawn; run make figures" for file in gone]
        print(*told, sep="\n", file=sys.stderr)
        return 1
    for file in differ:
        file.write_bytes(figures[file])
    for file in gone:
        file.unlink()
    print(f"{len(differ)} figures written, {len(figures) - len(differ)} up to date, {len(gone)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
