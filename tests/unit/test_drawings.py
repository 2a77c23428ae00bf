"""The figures' numbers: drawn files are what their scripts give, and every number is a sum done here again."""

# ruff: noqa: E501 - a figure's numbers stand on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lab import publish
from miaotui.checks import examples
from miaotui.checks.figures import parse
from miaotui.drawing.computed import drawn
from miaotui.markup.page import parsed
from miaotui.writers.files import plan
from miaotui.writers.generate import computed_figures

ROOT = Path(__file__).resolve().parents[2]
SLUGS = {
    "request-timeline": "fundamentals-metrics",
    "roofline": "hardware",
    "fusion": "compilers-runtimes",
    "outlier-scale": "quantization",
    "sparse-storage": "pruning",
    "distillation": "distillation",
    "kv-heads": "architecture-search",
    "memory-budget": "memory-cache",
    "parallelism": "parallelism",
    "sm-split": "attention-kernels",
    "chunks": "batching-scheduling",
    "rollout-tail": "beyond-text",
    "acceptance": "decoding",
    "burst": "system-design",
}
STEPPED = ["batching-steps", "kv-steps", "paging-steps"]
ON_QUESTIONS = ["dispatch-gaps", "fake-quantization", "fusion-gain", "neighbours", "phone-roofline", "service-path"]
ON_QUESTIONS += STEPPED
"""Drawn figures of question pages, each with a test of its own."""
PEAK, BANDWIDTH, SMALL, LARGE = 989e12, 3.35e12, 8.03e9, 70.6e9
EMBEDDING = 128256 * 4096
TTFT, TPOT = 2 * ((8030261248 - 2 * EMBEDDING) * 2048 + EMBEDDING) / (PEAK / 2) * 1e3, SMALL * 2 / BANDWIDTH * 1e3
LONG = TTFT + 499 * TPOT
TENSOR = 4096 * 4096 * 2 / 1e6
KV_TOKEN = 2 * 32 * 8 * 128 * 2
HELD = 32 * 8192 * KV_TOKEN
ROOM = 80e9 * 0.9 - 2e9 - SMALL * 2
READ = 2 * (8030261248 - 2 * EMBEDDING) / (PEAK / 2) * 1e3
ATTENDED = 4 * 32 * 4096 / (PEAK / 2) * 1e3
"""Milliseconds to read a token, and for each token that it attends to."""
STALL = 8192 * READ + ATTENDED * 8192**2 / 2
LAST = 512 * READ + ATTENDED * 512 * (8192 - 256)
"""The last chunk attends to 7,680 to 8,192 tokens."""
STARTED = 60 + 20 + 141 / 7 + 40

DRAWN = {
    "request-timeline": [f"{TTFT:.1f} ms", f"{TPOT:.1f} ms", f"{TTFT + 8 * TPOT:.1f} ms", "2,048"],
    "roofline": [f"{PEAK / BANDWIDTH:.0f}", f"{0.9995 * BANDWIDTH / 1e12:.2f}", f"{227.56 * BANDWIDTH / 1e12:.0f}", "989"],
    "fusion": [f"{6 * TENSOR:.0f} MB", f"{2 * TENSOR:.0f} MB"],
    "outlier-scale": [f"{8 / 7:.2f}", f"{0.3 / 7:.4f}", f"−{5 * 0.3 / 7:.3f}", f"{2 * 0.3 / 7:.3f}", f"{0.1 - 2 * 0.3 / 7:.3f}"],
    "sparse-storage": [str(64 * 2), str(32 * (2 + 4)), str(32 * 2 + 32 * 2 // 8), "56%", "50%"],
    "distillation": [f"{SMALL * 2 / 1e9:.2f} GB", f"{LARGE * 2 / 1e9:.1f} GB", f"{LARGE / SMALL:.1f}"],
    "kv-heads": [f"{2 * heads * 128 * 2:,}" for heads in (32, 8, 1)] + [f"{(512 + 64) * 2:,}"],
    "memory-budget": ["16.06 GB", f"{HELD / 1e9:.2f} GB", f"{(ROOM - HELD) / 1e9:.2f} GB", f"{ROOM / 1e9:.2f} GB", str(int(ROOM / KV_TOKEN / 8192)), f"{9216 / 24576:.1%}"],
    "parallelism": ["TP", "PP", "DP", "EP", "2", "all-reduce", "all-to-all"],
    "sm-split": [f"8 / 132 = {8 / 132:.0%}", f"128 / 132 = {128 / 132:.0%}", str(128 // 8)],
    "chunks": ["8,192", str(8192 // 512), "512", f"{STALL:.1f} ms", f"{LAST:.1f} ms"],
    "rollout-tail": ["512", "8%", "92%"],
    "acceptance": [f"{(1 - 0.8**5) / (1 - 0.8) / 1.2:.2f}×", f"{(1 - 0.5**9) / (1 - 0.5) / 2.6:.2f}×", "4", "0.05", "8", "0.2"],
    "burst": [f"{10 * STARTED:,.0f}", f"{STARTED:.0f} s", "10", "60", "20", "40"],
}  # fmt: skip
"""What the figure shows and its alternative says, in both languages."""
BELOW = {
    "request-timeline": [f"{LONG / 1e3:.2f} s", f"{499 * TPOT / LONG:.0%}"],
    "roofline": ["1.0", "227.6", f"{2048 * 4096 * 4096 / (2048 * 4096 * 2 + 4096 * 4096):,.0f} FLOP/B"],
    "fusion": [f"{TENSOR:.1f} MB"],
    "outlier-scale": ["15", f"{(8 / 7) / (0.3 / 7):.0f}"],
    "kv-heads": ["128"],
    "memory-budget": [f"{16 * KV_TOKEN / 2**20:g} MiB", "8,192"],
    "burst": ["30", "20", "5", f"{STARTED:.0f} s"],
    "parallelism": [str(80 * 2), f"{8192 * 2 / 1024:g} KiB", f"{80 * 2 * 8192 * 2 / 1e6:.1f} MB"],
}
"""What its caption says."""


def figure(name: str) -> str:
    return (ROOT / f"docs/figures/{name}.svg").read_text(encoding="utf-8")


def labels(name: str) -> str:
    return " ".join(node.text for node in parse(figure(name)).walk() if node.tag == "text")


def missing(numbers: list[str], text: str) -> list[str]:
    """The numbers that the text does not have, or has only as a part of another."""
    return [number for number in numbers if not re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d%])", text)]


def test_drawn_figures_are_what_their_scripts_give() -> None:
    assert {file: figure(file.removesuffix(".svg")) for file in drawn()} == drawn()


def test_every_figure_is_tested_here() -> None:
    files = [path.stem for path in (ROOT / "docs/figures").iterdir()]
    # Figures of examples and of measurements are drawn by what is tested with them.
    elsewhere = [name for name in files if figure(name).startswith((examples.MARK, publish.MARK))]
    assert sorted(SLUGS) == sorted(DRAWN) == sorted(set(files) - set(elsewhere) - set(ON_QUESTIONS))


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("name", DRAWN)
def test_numbers_are_their_sums(name: str, code: str) -> None:
    intro = (ROOT / f"docs/{code}/intro/{SLUGS[name]}.md").read_text(encoding="utf-8")
    (image,) = parsed(intro).images
    caption = re.search(r"^\*(.+?)\*$", intro, re.MULTILINE | re.DOTALL)
    assert image.file == f"{name}.svg"
    assert caption
    assert missing(DRAWN[name], labels(name)) == []
    assert missing(DRAWN[name], image.alt) == []
    assert missing(BELOW.get(name, []), caption[1]) == []


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_fusion_gains_is_summed_again(code: str) -> None:
    """Six passes over an activation or two, beside 9 × channels² weights; a prefill's bytes over the bandwidth."""
    sums = []
    for channels, side in ((64, 56), (512, 7)):
        one, weights = channels * side * side * 4, (9 * channels + 1) * channels * 4
        sums += [f"{(6 * one + weights + 16 * channels) / 1e6:.2f} MB", f"{(2 * one + weights) / 1e6:.2f} MB"]
    for passes, wide in ((20, 5), (8, 3)):
        moved = 32 * 2048 * 2 * (passes * 4096 + wide * 14336)
        sums.append(f"{TTFT + moved / BANDWIDTH * 1e3:.1f} ms")
    page = (ROOT / f"docs/{code}/q/7.md").read_text(encoding="utf-8")
    (image,) = [each for each in parsed(page).images if each.file == "fusion-gain.svg"]
    assert missing(sums, labels("fusion-gain")) == []
    assert missing([*sums, f"{TTFT:.1f} ms"], image.alt) == []


def test_teacher_and_student_are_drawn_to_scale() -> None:
    boxes = [node.attributes for node in parse(figure("distillation")).walk() if node.tag == "rect"]
    areas = sorted(float(box["width"]) * float(box["height"]) for box in boxes if box["fill"] == "var(--mt-quiet)")
    assert areas[0] == areas[1]
    assert areas[2] / areas[0] == pytest.approx(LARGE / SMALL, rel=0.01)


def test_the_request_is_drawn_to_scale() -> None:
    boxes = [node.attributes for node in parse(figure("request-timeline")).walk() if node.tag == "rect"]
    prefill, *steps = (float(box["width"]) for box in boxes)
    assert len(steps) == 8
    assert prefill / steps[0] == pytest.approx(TTFT / TPOT, rel=0.01)


def test_the_roofline_s_points_lie_on_the_roof() -> None:
    nodes = list(parse(figure("roofline")).walk())
    roof = next(node for node in nodes if node.attributes.get("stroke-width") == "2.5").attributes["d"]
    x1, y1, x2, y2 = map(float, re.findall(r"[\d.]+", roof)[:4])
    dots = [(float(node.attributes["cx"]), float(node.attributes["cy"])) for node in nodes if node.tag == "circle"]
    on_roof = [y2 if x >= x2 else y1 + (x - x1) * (y2 - y1) / (x2 - x1) for x, _ in dots]
    assert [y for _, y in dots] == pytest.approx(on_roof, abs=0.05)
    assert [x < x2 for x, _ in dots] == [True, True, False]


def test_a_figure_that_nothing_draws_any_more_goes_and_others_stay(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "figures").mkdir(parents=True)
    old = docs / "figures/old.svg"
    old.write_text("<!-- Generated: by scripts/split.py from miaotui/drawing/old.py; … -->", "utf-8")
    (docs / "figures/hand.svg").write_text("<svg/>", encoding="utf-8")
    (docs / "figures/run.svg").write_text("<!-- Generated: by scripts/examples.py from a.py -->", encoding="utf-8")
    change = plan(docs, computed_figures(docs))
    assert sorted(path.name for path in change.write) == sorted(drawn())
    assert change.remove == (old,)


def test_a_bank_without_figures_gets_none(tmp_path: Path) -> None:
    assert computed_figures(tmp_path) == {}
