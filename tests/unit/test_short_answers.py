"""The 60-second answers: how long they may be, that they say a number, and where our article's are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.checks.short_answers import CHARACTERS, SENTENCE, WORDS, faults, problems
from scripts import split
from tests.banks import make


def words(count: int) -> str:
    """A sentence of so many words, one of which has a digit."""
    return " ".join(["At", "8B", *["word"] * (count - 2)]) + "."


def english(count: int) -> str:
    """Sentences of ten words, so many in all."""
    return " ".join(words(10) for _ in range(count // 10))


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("zh", "8" + "字" * (CHARACTERS - 1), []),
        ("zh", "8" + "字" * CHARACTERS, [f"has {CHARACTERS + 1} characters; "]),
        # What is not said does not count: a link's target, marks, white space.
        ("zh", f"[**8**](../calc/kv-cache.md?layers=80) {'字' * (CHARACTERS - 1)}\n", []),
        ("zh", "没有数。", ["has no number; "]),
        ("en", english(WORDS), []),
        ("en", english(WORDS + 10), [f"has {WORDS + 10} words; "]),
        ("en", words(SENTENCE), []),
        ("en", words(SENTENCE + 1), [f"has a sentence of {SENTENCE + 1} words, 'At 8B word"]),
        ("en", "None at all.", ["has no number; "]),
    ],
)
def test_faults(code: str, text: str, told: list[str]) -> None:
    found = list(faults(text, code))
    assert len(found) == len(told)
    assert all(one.startswith(start) for one, start in zip(found, told, strict=True))


PAGE = "---\nnumber: {}\n---\n\n## Short {{ #short }}\n\n{}\n\n## Depth {{ #in-depth }}\n\nNo number here.\n"


def test_an_answer_is_looked_for_on_its_page_or_in_our_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"articles/a/article.yml": "origin: ours\nen: Ours\nzh: 我们的\n"}
    none: dict[str, str | bytes | None] = {f"articles/a/corrections.{code}.md": None for code in ("zh", "en")}
    pages = {
        "docs/en/q/1.md": PAGE.format(1, '--8<-- "en/topics/first.md:q1"'),
        "docs/zh/q/1.md": PAGE.format(1, "8 倍。"),
        "docs/en/q/2.md": "---\nnumber: 2\n---\n\nNo answer yet.\n",
    }
    monkeypatch.chdir(make(tmp_path, {**none, **ours, **pages}))
    assert split.main(["--articles", "articles", "--docs", "docs"]) == 0
    told = [str(found) for found in problems(load(Path("articles")), Path("docs"))]
    assert told == ["docs/en/q/1.md:5: the 60-second answer has no number; accepted: at least one"]
