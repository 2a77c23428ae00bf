"""Figures of computed values: the draw() of each module gives one of docs/figures/, which scripts/draw.py writes."""
