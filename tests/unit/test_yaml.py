"""Any YAML text is read at once, or refused with a line of it: what would not end, and what is no value, too."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from miaotui.bank import glossary, paths, points, topics, works
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.words import words
from miaotui.base.yaml_nodes import composed, values
from miaotui.calculators import definitions, presets
from miaotui.judging import survivors
from miaotui.markup.front_matter import QuestionMeta, problems

BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
)
FAULTS = {
    "an alias in what an anchor names": (BOMB, 2, "an alias '*a0' of too much"),
    "an alias of itself": ("a: &a [*a]", 1, "an alias '*a' of too much"),
    "very many aliases": (f"a: &a [{'x, ' * 500}]\nb: [{'*a, ' * 500}]", 2, "an alias '*a' of too much"),
    "lists without end": ("[" * 3000, 1, "lists and mappings more than 20 deep"),
    "items without end": ("- " * 3000 + "x", 1, "lists and mappings more than 20 deep"),
    "a date that is none": ("a: 1\nb: 2026-13-45", 2, "no YAML: '2026-13-45' is no timestamp"),
    "a number that is none": ("a: !!int x", 1, "no YAML: 'x' is no int"),
    "a number of 5,000 digits": (f"a: {'9' * 5000}", 1, f"no YAML: '{'9' * 59}…' is no int"),
    "an object": ("a: !!python/object:os.system x", 1, "no YAML: "),
    "a key twice": ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands twice, first at line 1"),
    "a list as a key": ("? [a]\n: b", 1, "no YAML: "),
    "a control character": ("a: 1\nb: \x01", 2, "no YAML: "),
    "no end": ("a: 'x", 1, "no YAML: "),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_with_its_line(case: str) -> None:
    text, line, begins = FAULTS[case]
    _, _, found = values(text, "f.yml")
    assert (found[0].path, found[0].line) == ("f.yml", line), found
    assert found[0].text.startswith(begins), found


def test_an_alias_that_spares_words_is_taken() -> None:
    assert values("a: &a [x, y]\nb: *a", "f.yml")[0] == {"a": ["x", "y"], "b": ["x", "y"]}


def test_a_long_text_is_not_read_twice_for_the_words_of_its_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow reader takes ten times as long, and only knows better words."""
    monkeypatch.setattr("miaotui.base.yaml_nodes.yaml.SafeLoader", None)
    _, found = composed("a: 1\n" * 30_000 + "b: [", "f.yml")
    assert found[0].text.startswith("no YAML: ")


def _refused(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except RefusedError as refused:
        return refused.problems
    return []


def _written(text: str, root: Path, name: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def _units(text: str, root: Path) -> list[Problem]:
    return _refused(lambda: definitions.load(_written(text, root, "units.yml").parent))


def _presets(text: str, root: Path) -> list[Problem]:
    _written("[]", root, "models.yml")
    return _refused(lambda: presets.load(_written(text, root, "hardware.yml").parent))


SOURCES: dict[str, tuple[str, Callable[[str, Path], list[Problem]]]] = {
    "topics": ("articles/topics.yml", lambda text, _: topics.parse(text, "f.yml")[1]),
    "paths": ("articles/topics.yml", lambda text, root: paths.read(_written(text, root, "topics.yml"), ["a"])[1]),
    "works": ("references.yml", lambda text, _: works.parse(text, "f.yml")[1]),
    "glossary": ("glossary.yml", lambda text, root: _refused(lambda: glossary.read(_written(text, root, "g.yml")))),
    "points": ("points.yml", lambda text, root: _refused(lambda: points.read(_written(text, root, "p.yml")))),
    "words": (
        "words/en.yml",
        lambda text, root: _refused(lambda: words.__wrapped__("en", _written(text, root, "en.yml").parent)),
    ),
    "units": ("formulas/units.yml", _units),
    "presets": ("formulas/hardware.yml", _presets),
    "survivors": ("problems/paged-cache/survivors.yml", lambda text, _: survivors.parse(text, "f.yml")[1]),
    "metadata": ("docs/zh/q/12.md", lambda text, _: list(problems("f.md", f"---\n{text}\n---\n", QuestionMeta))),
}
PIECES = [
    *("2026-13-45", "!!int x", "&a [*a]", "*a", "[" * 40, "- " * 40, "9" * 5000, "null", "[[12]]", "{a: 1}", "-9"),
    *("\x00", "\x85", "\u2028", "\t", "'", '"', ": ", "? ", "%TAG", "---\n", "...\n", "|\n", ".nan", ".inf"),
    *("!!binary x", "!!set {a, b}", "!!python/name:os.system", "<<: 5", "<<: [1]", "true", "~", "#", "字" * 300, "\n"),
]


def mutated(text: str, chance: random.Random) -> str:
    """The text with a few pieces put in, cut out, or in the place of a value."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 0, 1, 5, 40)))
        text = text[:at] + chance.choice(PIECES) + text[end:]
    return text


@pytest.mark.parametrize("kind", SOURCES)
def test_any_text_is_read_or_refused_with_its_line(kind: str, tmp_path: Path) -> None:
    name, read = SOURCES[kind]
    file = ROOT / name
    if not file.exists():
        file = next(ROOT.glob("problems/*/survivors.yml"))
    text = file.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")[0][:1500]
    chance = random.Random(16)
    for _ in range(60):
        changed = mutated(text, chance)
        for problem in read(changed, tmp_path):
            assert 1 <= problem.line <= changed.count("\n") + 3, (changed, problem)
            assert len(str(problem)) < 1000, problem
            assert str(problem).isprintable() or "\u3000" in str(problem), problem
