"""The keys of the points of self-checks: which stay with which words, and what points.yml keeps of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from miaotui.bank import points
from miaotui.base.problem import RefusedError
from miaotui.writers.generate import self_check_points

KNOWN = {"aaaa0001": "I can derive $s/2$.", "aaaa0002": "I can name four formats.", "aaaa0003": "I can measure it."}
PAGE = "---\nnumber: {}\n---\n\n## Self-check {{ #self-check }}\n\n{}\n\n## References {{ #references }}\n\n- x\n"


def keyed(*texts: str) -> list[str]:
    """The keys of a page's points, a new one as `new`."""
    return [key if key in KNOWN else "new" for key in points.keys(KNOWN, texts)]


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (list(KNOWN.values()), ["aaaa0001", "aaaa0002", "aaaa0003"]),
        (["I can wait.", *KNOWN.values()], ["new", "aaaa0001", "aaaa0002", "aaaa0003"]),
        (list(reversed(KNOWN.values())), ["aaaa0003", "aaaa0002", "aaaa0001"]),
        # As it is built: TeX and code without the marks of Markdown.
        ([r"I can derive \(s/2\).", "I can name *four* `formats`."], ["aaaa0001", "aaaa0002"]),
        # Said otherwise, in another place, with a new one before it.
        (["I can wait.", "I can measure it well.", "I can derive $s/2$."], ["aaaa0002", "aaaa0003", "aaaa0001"]),
        (["I can name four formats.", "I measure it.", "I derive $s/2$."], ["aaaa0002", "aaaa0003", "aaaa0001"]),
        # In another's place: no card stays behind.
        (["I can derive $s/2$.", "Quite another one.", "I can measure it."], ["aaaa0001", "aaaa0002", "aaaa0003"]),
        ([], []),
    ],
)
def test_a_point_keeps_its_key(texts: list[str], kept: list[str]) -> None:
    assert keyed(*texts) == kept


def test_a_new_point_has_the_same_key_in_either_form_until_it_is_noted() -> None:
    (markdown,) = points.keys({}, ["I know $2 H_q / H_{kv}$ and `empty_cache()` ([x](a.md))."])
    (built,) = points.keys({}, [r"I know \(2 H_q / H_{kv}\) and empty_cache() (x)."])
    assert markdown == built
    assert points.keys({}, ["I know another."]) != [built]


def test_words_that_another_key_has_given_up_do_not_give_that_key_again() -> None:
    (first,) = points.keys({}, ["I can wait."])
    said_better = {first: "I can wait for a long time, and say why."}
    known, new = points.keys(said_better, [*said_better.values(), "I can wait."])
    assert known == first != new


def test_two_points_of_the_same_words_have_two_keys() -> None:
    assert len(set(points.keys({}, ["I can wait."] * 3))) == 3


@pytest.fixture(name="docs")
def _docs(tmp_path: Path) -> Path:
    for code in ("zh", "en"):
        (tmp_path / "docs" / code / "q").mkdir(parents=True)
        for number in (2, 10):
            said = f"- {code} one of {number}.\n- {code} two of {number},\n  on two lines."
            _write(tmp_path / "docs", code, number, said)
        (tmp_path / "docs" / code / "q" / "3.md").write_text("---\nwritten: false\n---\n\nNo points.\n", "utf-8")
    return tmp_path / "docs"


def _write(docs: Path, code: str, number: int, said: str) -> None:
    text = PAGE.format(number, said)
    (docs / code / "q" / f"{number}.md").write_text(text, encoding="utf-8")


def noted(docs: Path, file: Path) -> dict[str, dict[int, dict[str, str]]]:
    """What the generator would write, written."""
    made, problems = self_check_points(docs, file)
    assert problems == []
    file.write_text(made[file], encoding="utf-8")
    return dict(yaml.safe_load(made[file]))


def test_each_point_is_noted_and_found_again(docs: Path, tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    first = noted(docs, file)
    assert [list(first), list(first["en"])] == [["zh", "en"], [2, 10]]
    assert list(first["en"][10].values()) == ["en one of 10.", "en two of 10, on two lines."]
    assert noted(docs, file) == first

    _write(docs, "en", 10, "- A new one.\n- en one of ten.\n- en two of 10,\n  on two lines.")
    now = noted(docs, file)
    new = now["en"][10]
    assert list(new.values()) == ["A new one.", "en one of ten.", "en two of 10, on two lines."]
    assert list(new)[1:] == list(first["en"][10])
    assert {**now, "en": {**now["en"], 10: first["en"][10]}} == first


@pytest.mark.parametrize("text", ["zh: [1]\nen: {}\n", "zh: {\n", "zh: {}\n"])
def test_a_file_that_cannot_be_read_is_told_and_not_written_anew(text: str, docs: Path, tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    file.write_text(text, encoding="utf-8")
    made, problems = self_check_points(docs, file)
    assert made == {}
    assert str(problems[0]).startswith(f"{file}:")
    with pytest.raises(RefusedError):
        points.read(file)


def test_a_reader_s_ticks_go_by_the_same_keys_in_both_languages(docs: Path, tmp_path: Path) -> None:
    file = tmp_path / "points.yml"
    chinese = list(noted(docs, file)["zh"][10])
    assert points.ticked(docs, file)(10) == chinese
    assert points.ticked(docs, file)(99) == []
    # One put before the others, not yet noted: theirs stay.
    _write(docs, "zh", 10, "- 新的一条。\n- zh one of 10.\n- zh two of 10,\n  on two lines.")
    assert points.ticked(docs, file)(10)[1:] == chinese
    # With one language alone, by its own.
    (docs / "zh/q/10.md").unlink()
    assert points.ticked(docs, file)(10) == list(noted(docs, file)["en"][10])
