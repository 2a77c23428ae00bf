"""make check holds formulas, worked values and number links together: one digit changed anywhere is told."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from miaotui.calculators import check as calculators
from miaotui.calculators import definitions
from miaotui.calculators.number_links import check

ROOT = Path(__file__).resolve().parents[2]
FORMULAS = definitions.load()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The formulas, articles and pages as they are, in a folder of their own."""
    for name in ("formulas", "articles", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told() -> list[str]:
    return [str(found) for found in calculators.problems(Path("formulas"), Path("articles"), Path("docs"))]


def change(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_agree(copy: Path) -> None:
    assert told() == []


NUMBER = re.compile(r"\[(?P<text>[^\]\n]*\d[^\]\n]*)\]\(\.\./calc/[^)\n]*\?[^)\n]*\)")
STATED = [
    (path.relative_to(ROOT).as_posix(), found[0])
    for path in [*ROOT.glob("articles/*/corrections.*.md"), *ROOT.glob("docs/*/intro/*.md")]
    for found in NUMBER.finditer(path.read_text(encoding="utf-8"))
]


def test_corrections_in_both_languages_state_numbers() -> None:
    assert {name for name, _ in STATED} >= {f"articles/inference-speed/corrections.{code}.md" for code in ("zh", "en")}


def _wrong(text: str) -> str:
    """The text with its last digit changed."""
    last = max(place for place, letter in enumerate(text) if letter.isdigit())
    return text[:last] + str((int(text[last]) + 1) % 10) + text[last + 1 :]


@pytest.mark.parametrize(("name", "link"), STATED)
def test_one_digit_of_any_number_link(name: str, link: str) -> None:
    text = NUMBER.match(link)["text"]  # type: ignore[index]
    code = "zh" if "zh" in name else "en"
    assert list(check(name, link, FORMULAS, code)) == []
    found = list(map(str, check(name, link.replace(f"[{text}]", f"[{_wrong(text)}]"), FORMULAS, code)))
    assert len(found) == 1
    said = _wrong(text).replace("\\$", "$")
    assert found[0].startswith(f"{name}:1: the text says {said}; the calculator gives ")


@pytest.mark.parametrize("folder", ["articles/inference-speed/corrections.zh.md", "docs/en/intro/"])
def test_make_check_tells_one_digit(copy: Path, folder: str) -> None:
    name, link = next((name, link) for name, link in STATED if name.startswith(folder))
    text = NUMBER.match(link)["text"]  # type: ignore[index]
    change(name, link, link.replace(f"[{text}]", f"[{_wrong(text)}]"))
    found = told()
    assert len(found) == 1
    assert f"the text says {_wrong(text)}; the calculator gives " in found[0]


def test_one_formula(copy: Path) -> None:
    change("formulas/calculators/kv-cache.yml", "2 * layers * kv_heads", "3 * layers * kv_heads")
    found = told()
    assert found
    assert all(problem.startswith("formulas/calculators/kv-cache.yml:") for problem in found)
    assert (
        "token_bytes is 196608.0, 131072.0 in: Llama-3.1-8B: 2 × 32 × 8 × 128 × 2; accepted: a relative difference of 0"
        in found[0]
    )


BROKEN = {
    "an unknown name": ("formulas/calculators/amdahl.yml", "1 - share + share / faster", "1 - part", "formulas/calculators/amdahl.yml:15: 'outputs.speedup.value' asks for part, which nothing before it gives; accepted: faster, share"),
    "a call of Python": ("formulas/calculators/amdahl.yml", "1 - 1 / speedup", "open(1)", "formulas/calculators/amdahl.yml:16: 'outputs.saved.value' 'open(1)' calls no function of ours; accepted: abs, "),
    "an unknown unit": ("formulas/calculators/amdahl.yml", 'units: ["%"], formula', "units: [pct], formula", "formulas/calculators/amdahl.yml:16: 'outputs.saved.units' the unit 'pct' is unknown; accepted: 1, x, %, "),
    "an unknown key": ("formulas/calculators/amdahl.yml", "main: speedup", "main: speedup\ncolour: red", "formulas/calculators/amdahl.yml:4: 'colour' is 'red'; accepted: Extra inputs are not permitted"),
    "a default out of bounds": ("formulas/calculators/amdahl.yml", "default: 60", "default: 160", "formulas/calculators/amdahl.yml:6: share is '160'; accepted: 0 to 100 %"),
    "no words": ("formulas/words/en.yml", "  share: Share of total time\n", "", "formulas/words/en.yml:"),
    "words nobody asks for": ("formulas/words/en.yml", "  share: Share of total time\n", "  share: Share of total time\n  shape: Shape\n", "'shape' is asked for by no calculator"),
    "no symbol": ("formulas/calculators/amdahl.yml", "  faster: s\n", "", "formulas/calculators/amdahl.yml:8: 'faster' stands in a shown formula and has no symbol; accepted: symbols: {faster: …}"),
    "no page": ("docs/en/calc/cost.md", "calculator: cost", "calculator: costs", "docs/en/calc/cost.md:1: does not show its calculator"),
    "a number in one language only": ("articles/inference-speed/corrections.en.md", "](../calc/cost.md?price=2.5&rate=2500)", "](../q/9.md)", "articles/inference-speed/corrections.en.md:1: its number links are not those of articles/inference-speed/corrections.zh.md: cost?price=2.5&rate=2500; accepted: the same in both"),
    "a chip without its source": ("formulas/hardware.yml", "https://www.nvidia.com/en-us/data-center/h100/", "the data sheet", "formulas/hardware.yml:"),
}  # fmt: skip


def test_a_page_of_no_calculator(copy: Path) -> None:
    Path("docs/en/calc/index.md").rename("docs/en/calc/costs.md")
    (found,) = told()
    accepted = "accepted: a page for each file of formulas/calculators/"
    assert found == f"docs/en/calc/costs.md:1: there is no calculator 'costs'; {accepted}"


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_fit_is_told_with_its_place(copy: Path, case: str) -> None:
    name, old, new, wanted = BROKEN[case]
    change(name, old, new)
    assert any(wanted in problem for problem in told()), "\n".join(told())
