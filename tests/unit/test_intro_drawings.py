"""Drawings of introductions whose numbers come from a shape: the shape is measured here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.checks.figures import Node, parse
from miaotui.drawing import acceptance, chunks, rollout_tail

ROOT = Path(__file__).resolve().parents[2]


def nodes(name: str) -> list[Node]:
    return list(parse((ROOT / f"docs/figures/{name}.svg").read_text(encoding="utf-8")).walk())


def test_as_many_squares_are_filled_as_sms_are_busy() -> None:
    drawn = [node.attributes for node in nodes("sm-split") if node.tag == "path"]
    counts = [(each["d"].count("M"), each["fill"] != "none") for each in drawn]
    assert counts == [(8, True), (132 - 8, False), (128, True), (132 - 128, False)]


def test_chunks_add_up_to_the_whole_prefill() -> None:
    assert sum(chunks.CHUNKS) == pytest.approx(chunks.WHOLE)
    widths = [float(node.attributes["width"]) for node in nodes("chunks") if node.tag == "rect"]
    assert sum(widths[1:]) == pytest.approx(widths[0], abs=0.2)
    assert widths[1:] == sorted(widths[1:])


def test_the_filled_area_is_the_share_of_busy_slots() -> None:
    path = next(node.attributes["d"] for node in nodes("rollout-tail") if node.tag == "path")
    heights = [232 - float(y) for y in re.findall(r"V([\d.]+)h", path)]
    assert len(heights) == 512
    assert sum(heights) / 512 / max(heights) == pytest.approx(rollout_tail.share(), abs=1e-3)
    assert sorted(heights)[256] < max(heights) / 20


def test_the_expensive_draft_gains_only_beyond_sixty_two_percent() -> None:
    gains = [acceptance.speedup(at / 1000, *acceptance.DEAR) > 1 for at in range(1001)]
    assert round(gains.index(True) / 10) == 62
    assert gains == sorted(gains)


def test_the_backlog_peaks_when_the_new_replicas_serve() -> None:
    path = next(node.attributes["d"] for node in nodes("burst") if node.tag == "path")
    left, top, right = (float(x) for x in re.findall(r"[ML]([\d.]+) ", path))
    assert (top - left) / (right - left) == pytest.approx(0.5, abs=0.01)
