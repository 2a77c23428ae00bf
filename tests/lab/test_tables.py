"""lab/tables.py, lab/record.py, lab/plots.py and lab/publish.py: what a reader is shown of a record."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lab import publish, tables
from lab.plots import bars, lines
from lab.record import Measurement, Pair, from_json, to_json
from miaotui.base.paths import PALETTE
from miaotui.checks.figures import figure_problems
from miaotui.drawing.palette import style
from miaotui.drawing.svg import coloured, picture


def _batching() -> Measurement:
    found = Measurement("batching")
    found.add(batch=1, step=Pair(0.0271, 0.0302), rate=Pair(36.9, 33.1))
    found.add(batch=64, step=Pair(0.5, 1.25), rate=Pair(128.0, 51.2))
    return found


def test_a_table_has_predicted_measured_and_their_ratio() -> None:
    assert tables.markdown(_batching(), "en") == (
        "| Batch | Step (ms), predicted | measured | measured ÷ predicted "
        "| Throughput (tokens/s), predicted | measured | measured ÷ predicted |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| 1 | 27.1 | 30.2 | 1.11 | 36.9 | 33.1 | 0.897 |\n"
        "| 64 | 500 | 1,250 | 2.50 | 128 | 51.2 | 0.400 |\n"
    )


def test_a_table_is_in_either_language_and_in_text() -> None:
    first = tables.markdown(_batching(), "zh").split("\n")[0]
    assert first.startswith("| Batch | 一步（ms），预测 | 实测 | 实测 ÷ 预测 | 吞吐（tokens/s），预测 |")
    assert [len(line) for line in tables.text(_batching()).split("\n")[2:]] == [
        len(tables.text(_batching()).split("\n")[2])
    ] * 3


def test_choices_have_their_words_and_numbers_their_digits() -> None:
    assert [tables.shown("cache", "no", code) for code in ("zh", "en")] == ["无", "no"]
    assert [tables.shown("same_token", value, "en") for value in (True, False)] == ["yes", "no"]
    assert tables.shown("group", 64, "en") == "64"
    assert [tables.rounded(value) for value in (0.0, 0.01234, 9.996, 123456.0, -2.5)] == [
        "0",
        "0.0123",
        "10.00",
        "123,456",
        "-2.50",
    ]


def test_every_column_has_both_languages() -> None:
    words = tables.words()
    for column in (*words["columns"].values(), *words["words"].values(), *words["titles"].values()):
        assert column["zh"] and column["en"]
        assert all(each["zh"] and each["en"] for each in column.get("choices", {}).values())


def test_a_record_is_read_as_it_was_written() -> None:
    kept = json.loads(json.dumps(to_json(_batching())))
    assert from_json("batching", kept) == _batching()
    assert Pair(2, 3).ratio == 1.5


@pytest.mark.parametrize(
    "figure",
    [
        bars(_batching(), ("batch",), "step"),
        lines(_batching(), "batch", ["rate"]),
        lines(_batching(), "batch", ["rate", "step"]),
    ],
)
def test_a_plot_is_a_figure_of_the_site(figure: object) -> None:
    palette = style(PALETTE.read_text(encoding="utf-8"))
    assert list(figure_problems("plot", coloured(picture(figure), palette), palette)) == []  # type: ignore[arg-type]


def test_bars_are_as_long_as_their_values() -> None:
    drawn = ElementTree.fromstring(picture(bars(_batching(), ("batch",), "step")))
    wide = [float(each.attrib["width"]) for each in drawn if each.tag.endswith("rect")][:4]
    assert [each / wide[3] for each in wide] == pytest.approx([0.0271 / 1.25, 0.0302 / 1.25, 0.4, 1], abs=1e-3)


def test_a_value_is_not_written_on_the_line_right_above_it() -> None:
    """The prediction runs close above the first point and far above the last."""
    drawn = list(ElementTree.fromstring(picture(lines(_batching(), "batch", ["rate"]))))
    said = {each.text: float(each.attrib["y"]) for each in drawn if each.tag.endswith("text")}
    first, last = (float(each.attrib["cy"]) for each in drawn if each.tag.endswith("circle"))
    assert said["33.1"] > first
    assert said["51.2"] < last


def test_what_pages_quote_is_what_was_recorded() -> None:
    files = publish.made()
    assert publish.differing(files) == []
    assert publish.stale(files) == []


def test_a_table_changed_by_hand_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "RECORDS", tmp_path)
    monkeypatch.setattr(publish, "FIGURES", tmp_path)
    file = tmp_path / "lab-batching.md"
    file.write_text("| 1 | 27.1 |\n", encoding="utf-8")
    assert publish.differing({file: "| 1 | 27.2 |\n"}) == [file]
    publish.write({file: "| 1 | 27.2 |\n"})
    assert publish.differing({file: "| 1 | 27.2 |\n"}) == []
