"""words/: one schema for both languages, every word in use, and what does not fit is told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.words import words

ZH, EN = (words(code).model_dump() for code in ("zh", "en"))
READERS = [
    path
    for folder, ending in (("miaotui", "py"), ("scripts", "py"), ("overrides", "html"), ("overrides/assets/js", "js"))
    for path in (ROOT / folder).rglob(f"*.{ending}")
] + [ROOT / "miaotui/offline/one-file.html", ROOT / "miaotui/offline/one-file.js", ROOT / "problems/harness.py"]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in READERS)
COMPUTED = re.compile(
    r"asked\.verdicts\..*|list\.states\..*|page\.parts\..*|home\.doors(_why)?\..*"
    r"|judge\.kinds\..*|downloads\.(kinds|languages)\..*|offline\.(kinds|languages)\..*"
)
"""Keys that the data names: kinds of a failure, of a file, its language; marks, doors, the parts of a page."""


def keys(said: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(said, dict):
        for key, value in said.items():
            yield from keys(value, (*place, key))
    else:
        yield place


def test_both_languages_have_the_same_keys() -> None:
    assert list(keys(ZH)) == list(keys(EN))


def test_forms_have_the_same_places() -> None:
    """A form in one language is filled in with what the other's is."""

    def value(said: Any, place: tuple[str, ...]) -> Any:
        for key in place:
            said = said[key]
        return said

    for place in keys(ZH):
        mine, theirs = (set(re.findall(r"\{(\w*)\}", str(value(said, place)))) for said in (ZH, EN))
        assert mine == theirs, place


@pytest.mark.parametrize(
    "place", [place for place in keys(ZH) if not COMPUTED.fullmatch(".".join(place))], ids=".".join
)
def test_every_word_is_used(place: tuple[str, ...]) -> None:
    assert re.search(rf"\b{re.escape(place[-1])}\b", TEXT.replace('"' + "words/" + '"', "")), place


def test_the_scripts_ask_for_no_word_that_there_is_not() -> None:
    asked = {
        name
        for path in (ROOT / "overrides/assets/js").glob("*.js")
        for name in re.findall(r"\bwords\.(\w+)\b(?!\()", path.read_text(encoding="utf-8"))
    }
    assert asked <= {*ZH["scripts"], *ZH["judge"], *_calculator_words()}


def _calculator_words() -> set[str]:
    text = (ROOT / "formulas/words/en.yml").read_text(encoding="utf-8")
    return set(re.findall(r"^  (\w+):", text.partition("page:")[2].partition("\nsteps:")[0], re.MULTILINE))


def test_what_does_not_fit_is_told_with_its_place(tmp_path: Path) -> None:
    text = (ROOT / "words/en.yml").read_text(encoding="utf-8")
    broken = text.replace("  home: Home\n", "  house: Home\n", 1)
    (tmp_path / "en.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        words("en", tmp_path)
    line = broken.split("\n").index("  house: Home") + 1
    told = [str(problem) for problem in refused.value.problems]
    assert any(
        problem.endswith(f"en.yml:{line}: 'navigation.house' is 'Home'; accepted: Extra inputs are not permitted")
        for problem in told
    )
