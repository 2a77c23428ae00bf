"""What pages cite: the references pages made of it, and what is told, by its whole message."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank import citations
from scripts import check, split
from tests.banks import make
from tests.pipeline import Page, html_of

WORKS = """GPTQ:
  title: "GPTQ: Accurate"
  authors: Frantar, Elias
  more: true
  year: 2022
  arxiv: "2210.17323"
  checked: seen
AWQ:
  title: Activation-aware
  authors: Lin, Ji
  year: 2023
  arxiv: "2306.00978"
  checked: seen
"""
PAGE = """Text cites [{key}](#ref-{name}).

## References {{ #references }}

--8<-- "{code}/references.md:{name}"
It is where the method comes from.
"""
E = "docs/en/q/1.md"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank in which question 1 and an introduction cite GPTQ, and question 1 AWQ too."""
    pages = {"references.yml": WORKS}
    for code in ("zh", "en"):
        gptq = PAGE.format(key="GPTQ", name="gptq", code=code)
        pages[f"docs/{code}/q/1.md"] = f'{gptq}--8<-- "{code}/references.md:awq"\n\n[Lin](#ref-awq)\n'
        pages[f"docs/{code}/intro/first.md"] = f"One sentence.\n\n{gptq}"
        pages[f"docs/{code}/about.md"] = f"# About {{ #about }}\n\n{gptq}"
    monkeypatch.chdir(make(tmp_path, pages))
    return tmp_path


def change(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def told() -> list[str]:
    return [str(found) for found in citations.problems(Path("docs"), Path("references.yml"))]


PLACES = ["--articles", "articles", "--docs", "docs"]


def test_the_references_page(bank: Path) -> None:
    assert split.main(PLACES) == 0
    text = Path("docs/en/references.md").read_text(encoding="utf-8")
    assert text == (
        "Generated: by scripts/split.py from references.yml and the pages that cite it; edit those and run make split\n"
        "Title: References\n\n# References { #references data-search-exclude }\n\n"
        "Every work that a page cites, listed once, in the order of the names by which they are cited.\n\n"
        "## AWQ { #awq .work data-search-exclude }\n\n<!-- --8<-- [start:awq] -->\n"
        "- Lin, [Activation-aware](https://arxiv.org/abs/2306.00978){ #ref-awq }, 2023, arXiv:2306.00978.\n"
        "<!-- --8<-- [end:awq] -->\n\nCited by [question 1](q/1.md#ref-awq)\n\n"
        "## GPTQ { #gptq .work data-search-exclude }\n\n<!-- --8<-- [start:gptq] -->\n"
        "- Frantar et al., [GPTQ: Accurate](https://arxiv.org/abs/2210.17323){ #ref-gptq }, 2022, arXiv:2210.17323.\n"
        "<!-- --8<-- [end:gptq] -->\n\n"
        "Cited by [question 1](q/1.md#ref-gptq), [About](about.md#ref-gptq), [First](topics/first.md#ref-gptq)\n"
    )


def test_a_page_gets_one_list_with_an_id_each(bank: Path) -> None:
    split.main(PLACES)
    page = Page(html_of(Path("docs"), Path(E).read_text(encoding="utf-8")))
    assert [tag for tag, _ in page.tags].count("ul") == 1
    assert [tag for tag, _ in page.tags].count("li") == 2
    assert [found["id"] for tag, found in page.tags if tag == "a" and "id" in found] == ["ref-gptq", "ref-awq"]
    assert "2210.17323.\nIt is where the method comes from." in page.text


def test_only_what_is_cited_is_on_the_page_and_a_second_split_changes_nothing(bank: Path) -> None:
    for code in ("zh", "en"):
        Path(f"docs/{code}/q/1.md").unlink()
    split.main(PLACES)
    assert "awq" not in Path("docs/zh/references.md").read_text(encoding="utf-8")
    assert split.main([*PLACES, "--check"]) == 0
    assert told() == ["references.yml:8: no page cites 'AWQ'; accepted: works that a page lists"]


NONE = "accepted: a key of references.yml in lower case"
QUOTED = {
    "unknown": ("references.md:awq", "references.md:awk", f"{E}:7: there is no work 'awk'; did you mean 'awq'? {NONE}"),
    "nothing like it": ("references.md:awq", "references.md:zero", f"{E}:7: there is no work 'zero'; {NONE}"),
    "in capitals": ("references.md:awq", "references.md:AWQ", f"{E}:7: there is no work 'AWQ'; did you mean 'awq'? {NONE}"),
    "the other language's": ('"en/references.md:awq', '"zh/references.md:awq', f"{E}:7: quotes 'awq' from zh/references.md; accepted: \"en/references.md:awq\""),
    "the whole page": ("references.md:awq", "references.md", f'{E}:7: quotes all references; accepted: one work, --8<-- "en/references.md:gptq"'),
    "twice": ("references.md:awq", "references.md:gptq", f"{E}:7: lists 'gptq' again, first at line 5; accepted: each work once"),
}  # fmt: skip


@pytest.mark.parametrize("case", QUOTED)
def test_a_quotation_that_is_refused(case: str, bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, message = QUOTED[case]
    change(E, old, new)
    assert split.main(PLACES) == 1
    assert capsys.readouterr().err.splitlines() == [message, "refused: 1 problem, nothing written"]


def test_bad_works_are_told_alone(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("references.yml").write_text("[", encoding="utf-8")
    assert split.main(PLACES) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


LISTS = 'accepted: --8<-- "en/references.md:awq" among its references'
CITED = {
    "not listed": ('--8<-- "en/references.md:awq"\n', "", [f"{E}:8: cites 'awq', which the page does not list; {LISTS}"]),
    "not cited": ("[Lin](#ref-awq)", "", [f"{E}:7: lists 'awq', which its text does not cite; accepted: [AWQ](#ref-awq) where the text rests on it"]),
    "cited in code only": ("[Lin](#ref-awq)", "`[Lin](#ref-awq)`", [f"{E}:7: lists 'awq', which its text does not cite; accepted: [AWQ](#ref-awq) where the text rests on it"]),
    "no work": ("[Lin](#ref-awq)", "[Lin](#ref-awq) [x](#ref-gtpq)", [f"{E}:9: cites 'gtpq', which is no work; did you mean 'gptq'? {NONE}"]),
    "inside a paragraph": ('--8<-- "en/references.md:awq"', 'A paragraph.\n\nAnother.\n--8<-- "en/references.md:awq"', [f"{E}:10: 'awq' would be part of the paragraph above it; accepted: after a blank line, another work, or the sentence right below that work"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CITED)
def test_citations_that_are_told(case: str, bank: Path) -> None:
    old, new, messages = CITED[case]
    change(E, old, new)
    assert told() == messages


def test_unused_works_are_told(bank: Path) -> None:
    for code in ("zh", "en"):
        Path(f"docs/{code}/q/1.md").unlink()
    assert told() == ["references.yml:8: no page cites 'AWQ'; accepted: works that a page lists"]


def test_check_tells_citations(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(E, "[Lin](#ref-awq)", "")
    split.main(PLACES)
    found = [str(problem) for problem in check.problems(Path("articles"), Path("docs"), Path())]
    assert (
        f"{E}:7: lists 'awq', which its text does not cite; accepted: [AWQ](#ref-awq) where the text rests on it"
        in found
    )
