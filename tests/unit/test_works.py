"""references.yml: what it says, and what is refused, by its whole message."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import pytest

from miaotui.bank.works import parse
from miaotui.base.languages import EN, ZH
from miaotui.writers.bibliography import entry

GPTQ = 'GPTQ:\n  title: "GPTQ: Accurate"\n  authors: Frantar, Elias\n  more: true\n  year: 2022\n  arxiv: 2210.17320\n  checked: seen\n'
DOCS = 'LLM.doc:\n  title: "[A] page"\n  publisher: NVIDIA\n  url: https://example.org/a\n  as_of: "2026-11"\n  checked: read\n'
OSDI = "Orca:\n  title: Orca\n  authors: Kimi Team\n  year: 2022\n  venue: OSDI 2022\n  checked: partly\n"
FORM = "accepted: {title: …, authors: 'Frantar, Elias', more: true, year: 2022, arxiv: \"2210.17323\", checked: seen}"
FIELDS = "title, authors, more, publisher, year, arxiv, url, venue, as_of, checked"

ENTRIES = {
    "a paper": (GPTQ, "- Frantar et al., [GPTQ: Accurate](https://arxiv.org/abs/2210.17320){ #ref-gptq }, 2022, arXiv:2210.17320.", "- Frantar 等，[GPTQ: Accurate](https://arxiv.org/abs/2210.17320){ #ref-gptq }，2022，arXiv:2210.17320。"),
    "a page of documentation": (DOCS, "- NVIDIA, [\\[A\\] page](https://example.org/a){ #ref-llm-doc }, as of 2026-11.", "- NVIDIA，[\\[A\\] page](https://example.org/a){ #ref-llm-doc }，2026-11 查阅。"),
    "a venue of another year": (OSDI.replace("2022\n  venue", "2021\n  venue"), "- Kimi Team, *Orca*{ #ref-orca }, OSDI 2022, 2021.", "- Kimi Team，*Orca*{ #ref-orca }，OSDI 2022，2021。"),
    "no address, a body": (OSDI, "- Kimi Team, *Orca*{ #ref-orca }, OSDI 2022.", "- Kimi Team，*Orca*{ #ref-orca }，OSDI 2022。"),
}  # fmt: skip


@pytest.mark.parametrize("case", ENTRIES)
def test_an_entry(case: str) -> None:
    text, english, chinese = ENTRIES[case]
    works, problems = parse(text, "r.yml")
    (work,) = works.values()
    assert (problems, entry(work, EN), entry(work, ZH)) == ([], english, chinese)


def test_works_are_ordered_by_key_whatever_its_capitals() -> None:
    works, problems = parse(OSDI + GPTQ + DOCS, "r.yml")
    assert (list(works), problems) == (["gptq", "llm-doc", "orca"], [])


def test_an_empty_file() -> None:
    assert parse("# nothing yet\n", "r.yml") == ({}, [])


REFUSED = {
    "no YAML": ("a: [", ["r.yml:1: no YAML: expected the node content, but found '<stream end>'; accepted: KEY: and what it is"]),
    "a list": ("- GPTQ\n", [f"r.yml:1: is no mapping; accepted: KEY: and what it is, {FORM}"]),
    "a word": ("GPTQ: Frantar\n", [f"r.yml:1: GPTQ is no mapping; {FORM}"]),
    "a key that is no name": (GPTQ.replace("GPTQ:\n", "G_PTQ:\n"), ["r.yml:1: the key 'G_PTQ'; accepted: letters, digits, single '.' and '-', a letter first, as GPTQ or LLM.int8"]),
    "a key twice": (GPTQ + GPTQ, ["r.yml:8: the key 'GPTQ' stands at line 1 already, as 'GPTQ'; accepted: each once, capital letters as small"]),
    "a key twice, in other letters": (GPTQ + GPTQ.replace("GPTQ:\n", "gptq:\n"), ["r.yml:8: the key 'gptq' stands at line 1 already, as 'GPTQ'; accepted: each once, capital letters as small"]),
    "a field twice": (GPTQ + "  year: 2023\n", ["r.yml:8: 'year' of GPTQ stands twice; accepted: once"]),
    "an unknown field": (GPTQ + "  doi: x\n", [f"r.yml:8: unknown key 'doi' of GPTQ; accepted: {FIELDS}"]),
    "an id that is none": (GPTQ.replace("2210.17320", "22.17320"), ["r.yml:6: 'arxiv' of GPTQ is '22.17320'; accepted: \"2210.17323\""]),
    "a year that is none": (GPTQ.replace("2022", "22"), ["r.yml:5: 'year' of GPTQ is '22'; accepted: 2022"]),
    "more of what": (GPTQ.replace("true", "yes"), ["r.yml:4: 'more' of GPTQ is 'yes'; accepted: true where there are other authors"]),
    "authors in a row": (GPTQ.replace("Elias", "Elias, and others"), ["r.yml:3: 'authors' of GPTQ is 'Frantar, Elias, and others'; accepted: the first author as 'Frantar, Elias', or a body's name"]),
    "an address that is not safe": (DOCS.replace("https", "http"), ["r.yml:4: 'url' of LLM.doc is 'http://example.org/a'; accepted: https://…"]),
    "a month that is none": (DOCS.replace("2026-11", "2026-13"), ["r.yml:5: 'as_of' of LLM.doc is '2026-13'; accepted: a month, \"2026-11\""]),
    "checked by hope": (GPTQ.replace("seen", "yes"), ["r.yml:7: 'checked' of GPTQ is 'yes'; accepted: seen, partly, read"]),
    "nothing at all": ("GPTQ: {}\n", [f"r.yml:1: GPTQ has no 'title'; {FORM}", f"r.yml:1: GPTQ has no 'checked'; {FORM}", "r.yml:1: GPTQ has neither authors nor publisher; accepted: one of them", "r.yml:1: GPTQ has no place; accepted: arxiv, url or venue", "r.yml:1: GPTQ has no date; accepted: year, or as_of for a page that may change"]),
    "a publisher's page of no date": (DOCS.replace("as_of", "year").replace('"2026-11"', "2026"), ["r.yml:1: LLM.doc is a publisher's page and does not say when it was read; accepted: as_of: \"2026-11\""]),
    "others of nobody": (DOCS + "  more: true\n", ["r.yml:1: LLM.doc has 'more' without authors; accepted: authors, then more: true"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str) -> None:
    text, messages = REFUSED[case]
    assert [str(problem) for problem in parse(text, "r.yml")[1]] == messages
